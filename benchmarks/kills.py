"""Kills a process that adds to a corpus, again and again, and looks whether anything is lost.

    python benchmarks/kills.py --kills 200 --articles 400

After each kill at a random moment the file must open, pass `PRAGMA integrity_check` and hold every article that was
reported done; a run to the end must complete it, and its Turtle must be that of a corpus which nobody killed, byte for byte. With
--orders N the same articles are added in N random splits and orders too. Exit status 1 when anything differs.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import orjson
from corpus import records

from portavoce.graph.store import Corpus
from portavoce.output import write
from portavoce.records import Article

ADD = """
import sys
import orjson
from portavoce.graph.store import Corpus
from portavoce.records import Article

with Corpus(sys.argv[1], create=True) as corpus, open(sys.argv[2], "rb") as stream:
    print("ready", flush=True)
    for done in corpus.add(Article.from_json(orjson.loads(line)) for line in stream):
        print(done.article.id, flush=True)
    corpus.settle()
print("end", flush=True)
"""


def adding(database: Path, articles: Path) -> subprocess.Popen[str]:
    """A process that adds articles and prints the id of each that is done."""
    return subprocess.Popen(
        [sys.executable, "-c", ADD, str(database), str(articles)], stdout=subprocess.PIPE, text=True
    )


def killed(process: subprocess.Popen[str], after: float) -> list[str]:
    """The ids that a process reported done until it was killed; it is killed some seconds after it was ready."""
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    reported = process.stdout.read().split("\n")[:-1]  # a line that the kill cut is no report
    process.wait()
    return [line for line in reported if line != "end"]


def lost(database: Path, reported: set[str]) -> list[str]:
    """What is wrong with a file after a kill: its integrity, and articles that were reported done and are not there."""
    db = sqlite3.connect(database)
    wrong = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    wrong += [f"foreign key: {row}" for row in db.execute("PRAGMA foreign_key_check")]
    there = {row[0] for row in db.execute("SELECT id FROM articles")}
    db.close()
    with Corpus(database) as corpus:
        len(corpus)
    return wrong + sorted(reported - there)


def exported(database: Path) -> bytes:
    """The Turtle of a corpus."""
    target = database.with_suffix(".ttl")
    with Corpus(database) as corpus:
        write(corpus.graph(), target, profile="full")
    return target.read_bytes()


def many_kills(
    folder: Path, articles: Path, kills: int, longest: float, rng: random.Random
) -> tuple[bytes, int, list[str]]:
    """The Turtle after so many kills, each at a random moment of a run; runs that end before it do not count."""
    database, wrong = folder / "killed.db", []
    reported: set[str] = set()
    done = ended = 0
    while done < kills:
        process = adding(database, articles)
        found = killed(process, rng.uniform(0, longest))
        if process.returncode == 0:  # it was faster: begin again with an empty file
            ended += 1
            reported = set()
            for suffix in ("", "-wal", "-shm"):
                database.with_name(database.name + suffix).unlink(missing_ok=True)
            continue
        done += 1
        reported.update(found)
        wrong += lost(database, reported)
    process = adding(database, articles)
    process.communicate()
    return exported(database), ended, wrong


def shuffled(folder: Path, found: list[Article], number: int, rng: random.Random) -> bytes:
    """The Turtle of the articles in a random order, in random parts, some of them twice or taken out and put in again."""
    database = folder / f"order{number}.db"
    order = list(found)
    rng.shuffle(order)
    while order:
        part = [order.pop() for _ in range(min(len(order), rng.randint(1, max(2, len(found) // 4))))]
        with Corpus(database, create=True) as corpus:
            list(corpus.add([*part, *rng.sample(part, len(part) // 3)]))
            if rng.random() < 0.5:
                corpus.settle()
            if rng.random() < 0.3:
                corpus.remove([part[0].id])
                order.append(part[0])
    return exported(database)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--orders", type=int, default=10)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--longest", type=float, default=3.0, help="Seconds that a process lives at most.")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = list(records(options.articles, actors=max(20, options.articles // 3), seed=options.seed))
        articles = folder / "articles.jsonl"
        articles.write_bytes(b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in made))
        adding(folder / "whole.db", articles).communicate()
        whole = exported(folder / "whole.db")
        turtle, ended, wrong = many_kills(folder, articles, options.kills, options.longest, rng)
        found = [Article.from_json(record) for record in made]
        same = sum(shuffled(folder, found, n, rng) == whole for n in range(options.orders))
    print(json.dumps({
        "articles": options.articles, "kills": options.kills, "runs_that_ended_first": ended, "wrong_after_kills": wrong[:5],
        "turtle_bytes": len(whole), "turtle_after_kills_is_the_same": turtle == whole, "orders": options.orders, "orders_with_the_same_turtle": same,
    }))  # fmt: skip
    return int(bool(wrong) or turtle != whole or same != options.orders)


if __name__ == "__main__":
    sys.exit(main())
