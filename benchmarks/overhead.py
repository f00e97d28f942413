"""What extraction costs on top of the bare pipeline: CPU time over CPU time, same articles, same run."""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
from pathlib import Path

import portavoce


def articles(path: Path, limit: int | None) -> list[portavoce.Article]:
    """The bare articles of a JSONL file."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [portavoce.Article(id=a["id"], title=a.get("title"), text=a["text"], language="it") for a in lines[:limit]]


def cpu() -> float:
    """Seconds of processor time of this process and its children."""
    return sum(os.times()[:4])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, help="only the first N articles")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    all_articles = articles(options.articles, options.limit)
    nlp = portavoce.load_pipeline()
    list(portavoce.extract(all_articles[:5], nlp=nlp))  # what is loaded once is no cost of an article
    ratios, speeds = [], []
    for n in range(options.rounds):
        new = [
            portavoce.Article(id=f"{a.id}-{n}", title=a.title, text=a.text + " " * n, language="it")
            for a in all_articles
        ]  # texts of their own each round, so that nothing kept from the last one helps
        start = cpu()
        words = sum(len(doc) for doc in nlp.pipe(a.text for a in new))
        bare = cpu() - start
        start = cpu()
        statements = sum(len(r.statements) for r in portavoce.extract(new, nlp=nlp) if isinstance(r, portavoce.Article))
        ratios.append((cpu() - start) / bare)
        speeds.append(words / bare)
    print(
        json.dumps(
            {
                "articles": len(all_articles),
                "words": words,
                "statements": statements,
                "overhead": round(statistics.median(ratios), 3),
                "overheads": [round(ratio, 3) for ratio in ratios],
                "pipeline words/s": round(statistics.median(speeds)),
                "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "pipeline": nlp.pipe_names,
            }
        )
    )


if __name__ == "__main__":
    main()
