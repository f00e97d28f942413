"""How fast a corpus on disk answers, beside the same questions to the graph in memory.

    python benchmarks/questions.py news.db --fresh --memory

Each question is asked about somebody of whom everybody speaks, about one in the middle and about one who is rarely named, on a topic as
popular as each, without and with days and topic; a page of each answer is taken. ``warm`` is the median of the
milliseconds in one process, ``cold`` the first time there, ``fresh`` (with --fresh) those of a command of its own, and ``memory`` (with --memory)
those over the NetworkX graph, which is loaded once. Prints a table in Markdown; --json gives rows for programs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from portavoce.graph import query
from portavoce.graph.store import Corpus

PAGE = 40
ROUNDS = 5


class Question(NamedTuple):
    """A question by its name, with names of actors and conditions, and how the command line spells it."""

    of: str
    name: str
    args: tuple[str, ...] = ()
    conditions: dict[str, Any] = {}  # noqa: RUF012 - never changed

    def command(self, corpus: Path) -> list[str]:
        """The same as a command, for programs."""
        options = [
            part for key, value in self.conditions.items() for part in (f"--{_OPTIONS.get(key, key)}", str(value))
        ]
        return [sys.executable, "-m", "portavoce", self.name, str(corpus), *self.args, *options, "--json"]

    def __str__(self) -> str:
        told = (f"{_OPTIONS.get(key, key)}" for key in self.conditions if key != "limit")
        return " ".join(
            [self.name, *("A" if n == 0 else "B" for n in range(len(self.args))), *(f"--{t}" for t in told)]
        )


_OPTIONS = {"speaker": "from", "says_about": "says-about", "speaks_for": "speaks-for", "types": "type"}


def questions(corpus: Corpus) -> Iterator[Question]:
    """All questions but those about the whole network."""
    for of, rank in (("popular", 0.0), ("middle", 0.1), ("rare", 0.9)):
        a, b = (_actor(corpus, rank, nth) for nth in (0, 1))
        topic = _topic(corpus, rank)
        days = {"since": "2020", "until": "2021"}
        for name in ("timeline", "changes", "neighbours", "relations"):
            for conditions in ({}, days, {"topic": topic}):
                yield Question(of, name, (a,), {**conditions, "limit": PAGE})
        for name in ("relations", "compare", "path"):
            for conditions in ({}, days, {"topic": topic}):
                yield Question(of, name, (a, b), {**conditions, "limit": 3 if name == "path" else PAGE})
        yield Question(of, "roles", (a,), {"limit": PAGE})
        for asked in ({"says_about": a}, {"accuses": a}, {"speaks_for": a}, {"says_about": topic}):
            yield Question(of, "who", (), {**asked, "limit": PAGE})
        for asked in (
            {"speaker": a},
            {"mentions": a},
            {"about": topic},
            {"text": topic},
            {"speaker": a, "about": topic},
        ):
            yield Question(of, "statements", (), {**asked, "limit": PAGE})
        for name in ("actors", "topics"):
            yield Question(of, name, (), {"topic": topic, "limit": PAGE})
    for conditions in ({}, {"since": "2020", "until": "2021"}, {"since": "2020-03-02", "until": "2020-03-08"}):
        for name in ("statements", "actors", "topics", "roles"):
            yield Question("all", name, (), {**conditions, "limit": PAGE})


def _actor(corpus: Corpus, rank: float, nth: int) -> str:
    rows = corpus.db.execute("SELECT count(*) FROM actors WHERE statements > 0").fetchone()[0]
    order = "SELECT id FROM actors WHERE statements > 0 ORDER BY statements DESC, id LIMIT 1 OFFSET ?"
    return str(corpus.db.execute(order, (int(rank * rows) + nth,)).fetchone()[0])


def _topic(corpus: Corpus, rank: float) -> str:
    """The label of a phrase; of those as popular, the first by its id."""
    own = "FROM topics WHERE scheme NOT IN ('category') AND concept IS NULL"
    rows = corpus.db.execute(f"SELECT count(*) {own}").fetchone()[0]
    order = f"SELECT label {own} ORDER BY statements DESC, id LIMIT 1 OFFSET ?"
    return str(corpus.db.execute(order, (int(rank * rows),)).fetchone()[0])


def milliseconds(ask: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """The first time and the median of the next times."""
    taken = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - start))
    return taken[0], statistics.median(taken[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--only", metavar="WORDS", default="", help="only questions whose row holds these words")
    parser.add_argument("--fresh", action="store_true", help="also as a command of its own")
    parser.add_argument("--memory", action="store_true", help="also over the graph in memory")
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args()

    rows = []
    with Corpus(options.corpus) as corpus:
        graph = corpus.graph() if options.memory else None
        if not options.as_json:
            print("| of | question | cold | warm | fresh | memory |\n|---|---|--:|--:|--:|--:|")
        for question in questions(corpus):
            if options.only not in f"{question.of} {question}":
                continue
            cold, warm = milliseconds(lambda q=question: corpus.ask(q.name, *q.args, **q.conditions))
            row = {
                "of": question.of,
                "question": str(question),
                "cold": cold,
                "warm": warm,
                "fresh": None,
                "memory": None,
            }
            if options.fresh:
                command = question.command(options.corpus)
                row["fresh"] = milliseconds(lambda c=command: subprocess.run(c, check=True, capture_output=True), 3)[1]
            if graph is not None:
                asked = getattr(query, question.name)
                row["memory"] = milliseconds(lambda q=question, a=asked: a(graph, *q.args, **q.conditions), 1)[1]
            rows.append(row)
            if not options.as_json:
                times = ("" if row[c] is None else f"{row[c]:.0f}" for c in ("cold", "warm", "fresh", "memory"))
                print(f"| {row['of']} | {row['question']} | {' | '.join(times)} |", flush=True)
    if options.as_json:
        print(json.dumps(rows))


if __name__ == "__main__":
    main()
