"""The quality gate: today's figures against pinned floors, on a corpus pinned by digest and counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import portavoce
from portavoce.evaluate import Scores, score
from portavoce.evaluate.align import align
from portavoce.evaluate.count import BARS
from portavoce.records import Article

ROOT = Path(__file__).resolve().parents[2]
OWN_GOLD = ROOT / "tests" / "gold" / "gold.jsonl"
FLOORS = ROOT / "tests" / "gold" / "floors.json"
SHARED = ROOT.parent / "shared"
NAMES = ("D-50", "D-80", "T2", "A", "About", "Category")

Pinned = Mapping[str, Any]


@dataclass(frozen=True)
class Corpus:
    """Gold articles and what pins them."""

    articles: tuple[Article, ...]
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Corpus:
        data = path.read_bytes()
        articles = tuple(Article.from_json(json.loads(line)) for line in data.split(b"\n") if line.strip())
        return cls(articles, hashlib.sha256(data).hexdigest())

    @property
    def pins(self) -> dict[str, Any]:
        statements = sum(len(article.statements) for article in self.articles)
        return {"sha256": self.sha256, "articles": len(self.articles), "statements": statements}


def found(corpus: Corpus) -> list[Article]:
    """What the pipeline finds in the bare texts of the corpus; what it rejects is not found."""
    bare = [article.bare() for article in corpus.articles]
    return [result for result in portavoce.extract(bare) if isinstance(result, Article)]


def measure(corpus: Corpus) -> Scores:
    """The figures of what the pipeline finds in the bare texts of the corpus."""
    return score(corpus.articles, found(corpus))


def by_phenomenon(path: Path, predicted: list[Article]) -> dict[str, tuple[int, int]]:
    """For each phenomenon that the gold names: statements found at .8, and statements in all."""
    predictions = {article.id: article.statements for article in predicted}
    counts: dict[str, list[int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        gold = Article.from_json(data)
        pairs = align(gold.text, gold.statements, predictions.get(gold.id, ()))
        good = {i for i, _, overlap in pairs if overlap >= BARS["80"]}
        for i, statement in enumerate(data["statements"]):
            for phenomenon in statement.get("phenomena", ()):
                hits = counts.setdefault(phenomenon, [0, 0])
                hits[0] += i in good
                hits[1] += 1
    return {phenomenon: (hit, whole) for phenomenon, (hit, whole) in sorted(counts.items())}


def today(scores: Scores, names: tuple[str, ...] = NAMES) -> dict[str, float]:
    """The figures that have floors, in percent."""
    return {name: scores.percent(name) for name in names}


def shortfalls(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """What fell below its floor, one line each; a floor named "… max" holds from above."""
    lines = []
    for name, floor in floors.items():
        value = figures[name.removesuffix(" max")]
        if (value > floor) if name.endswith(" max") else (value < floor):
            lines.append(f"{name}: {value} against a floor of {floor}")
    return lines


def changed_pins(corpus: Corpus, pinned: Pinned) -> list[str]:
    """Where the corpus is not the one that is pinned, or not the one that the floors were measured on."""
    pinned = pinned.get("gold", {}) | {"measured_on": pinned.get("measured_on")}
    here = corpus.pins | {"measured_on": corpus.sha256}
    return [f"{name}: {value}, pinned {pinned.get(name)}" for name, value in here.items() if pinned.get(name) != value]


def moved(figures: Mapping[str, float], floors: Mapping[str, float], *, margin: float, lower: bool) -> dict[str, float]:
    """New floors, ``margin`` points under the figures; a floor goes down only with ``lower``."""
    wanted = {name: round(value - margin, 1) for name, value in figures.items()}
    return {name: value if lower else max(value, floors.get(name, value)) for name, value in wanted.items()}
