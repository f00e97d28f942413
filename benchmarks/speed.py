"""Words a second: the pipeline alone, the way to the records, and the way to the Turtle file."""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

from overhead import articles

import portavoce


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, help="only the first N articles")
    parser.add_argument("--model", help="the pipeline: encoder (the default), fast, or another")
    parser.add_argument("--workers", type=int, default=1, help="processes that extract side by side")
    options = parser.parse_args()

    start = time.perf_counter()
    nlp = portavoce.load_pipeline(options.model)
    seconds = {"load": time.perf_counter() - start}
    all_articles = articles(options.articles, options.limit)
    list(portavoce.extract(all_articles[:5], nlp=nlp))

    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(a.text for a in all_articles))
    seconds["pipeline"] = time.perf_counter() - start

    start = time.perf_counter()
    records = [
        r for r in portavoce.extract(all_articles, nlp=nlp, workers=options.workers) if isinstance(r, portavoce.Article)
    ]
    seconds["extract"] = time.perf_counter() - start

    start = time.perf_counter()
    graph = portavoce.build_graph(records)
    seconds["graph"] = time.perf_counter() - start

    with tempfile.TemporaryDirectory() as folder:
        turtle = Path(folder) / "graph.ttl"
        start = time.perf_counter()
        portavoce.write(graph, turtle)
        seconds["turtle"] = time.perf_counter() - start
        size = turtle.stat().st_size
    whole = seconds["extract"] + seconds["graph"] + seconds["turtle"]
    print(
        json.dumps(
            {
                "pipeline": options.model or "encoder",
                "workers": options.workers,
                "articles": len(all_articles),
                "words": words,
                "pipeline words/s": round(words / seconds["pipeline"]),
                "extract words/s": round(words / seconds["extract"]),
                "article to Turtle words/s": round(words / whole),
                "nodes": len(graph),
                "edges": graph.number_of_edges(),
                "Turtle bytes": size,
                "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "seconds": {name: round(value, 2) for name, value in seconds.items()},
            }
        )
    )


if __name__ == "__main__":
    main()
