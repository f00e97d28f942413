"""What it costs to open a corpus, to add one article more, to settle who is who after it, and to take it out again.

    python benchmarks/adding.py news.db --articles 20

The articles are made up as those of corpus.py, and are removed at the end. Milliseconds, median and worst; prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpus import records

from portavoce.graph.store import Corpus
from portavoce.records import Article

SEED = 20261127  # not that of the corpus, whose articles are there already


def taken(act: Callable[[], object]) -> float:
    """The milliseconds that something takes."""
    start = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - start)


def told(times: list[float]) -> dict[str, float]:
    """Their median and the worst."""
    return {"median ms": round(statistics.median(times), 1), "worst ms": round(max(times), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=20)
    options = parser.parse_args()

    articles = [
        replace(article, id=f"adding-{n}")
        for n, article in enumerate(map(Article.from_json, records(options.articles, seed=SEED)))
    ]
    opening = [taken(lambda: Corpus(options.corpus).close()) for _ in range(10)]
    with Corpus(options.corpus) as corpus:
        corpus.settle()
        adding, settling = [], []
        for article in articles:
            adding.append(taken(lambda a=article: list(corpus.add([a]))))
            settling.append(taken(corpus.settle))
        removing = [taken(lambda a=article: corpus.remove([a.id])) for article in articles]
        print(
            json.dumps(
                {
                    "articles": len(corpus),
                    "open": told(opening),
                    "add one": told(adding),
                    "settle after it": told(settling),
                    "remove one": told(removing),
                    "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                }
            )
        )


if __name__ == "__main__":
    main()
