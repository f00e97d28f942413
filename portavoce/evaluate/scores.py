"""Counts into figures: precision, recall and F1, shares, and the 95 % interval of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from portavoce.evaluate.count import Counted, Mistake

Figure = tuple[float, ...]
"""(precision, recall, F1), or (share,); fractions of one."""

_RESAMPLES = 1000
_SEED = 20


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a prediction, by name; fractions of one.

    D-50, D-80, D-ex: statements found at a Jaccard of .5, .8, 1 over the characters of their contents (P, R, F1).
    T2: found at .8 with the right actor; T3: and with a gold topic too (P, R, F1).
    R50, R80 by kind: recall of direct, mixed and indirect statements.
    A: actor right, over pairs at .5 whose gold actor is known; explicit and implicit: with and without a speaker in the
    text. A-mis: actor wrong, over those where one was given. S: speaker overlaps. kind: quote type right.
    About: phrases matched (P, R, F1), over pairs at .5. Category: category right, over the same.
    ``intervals`` hold 95 % of 1000 resamples of the articles, of F1 where there is one.
    """

    figures: Mapping[str, Figure]
    intervals: Mapping[str, tuple[float, float]]
    counts: Mapping[str, int]
    articles: int
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    def percent(self, name: str) -> float:
        """A figure (F1 where there is one) in percent, to one decimal."""
        return round(100 * self.figures[name][-1], 1)

    def to_json(self) -> dict[str, Any]:
        """All of it as a JSON-ready dictionary; a figure is [P, R, F1] or a number."""
        out: dict[str, Any] = {name: list(f) if len(f) > 1 else f[0] for name, f in self.figures.items()}
        out["intervals"] = {name: list(interval) for name, interval in self.intervals.items()}
        out["counts"] = dict(sorted(self.counts.items()))
        out["articles"] = self.articles
        out["missing"], out["unknown"] = list(self.missing), list(self.unknown)
        out["mistakes"] = [mistake.to_json() for mistake in self.mistakes]
        return out

    def table(self) -> str:
        """All of it as lines to read, in percent."""
        lines = [
            f"{self.articles} articles, {self.counts['gold']} gold statements, {self.counts['predicted']} predicted",
            f"{'':14}{'P':>7}{'R':>7}{'F1':>7}   95 %",
        ]
        for name, figure in self.figures.items():
            low, high = self.intervals[name]
            cells = "".join(f"{100 * value:7.1f}" for value in figure)
            lines.append(f"{name:14}{cells:>21}   {100 * low:.1f}–{100 * high:.1f}")
        if self.missing:
            lines.append(f"not predicted, counted as without statements: {', '.join(self.missing)}")
        if self.unknown:
            lines.append(f"predicted but not in the gold, left out: {', '.join(self.unknown)}")
        return "\n".join([*lines, *map(str, self.mistakes)])


def scores_of(counted: Sequence[Counted], *, missing: tuple[str, ...], unknown: tuple[str, ...]) -> Scores:
    """The figures of all articles together."""
    total: Counter[str] = Counter({"gold": 0, "predicted": 0})
    for article in counted:
        total.update(article.counts)
    return Scores(
        figures=figures(total),
        intervals=_intervals([article.counts for article in counted]),
        counts=dict(total),
        articles=len(counted),
        missing=missing,
        unknown=unknown,
        mistakes=tuple(mistake for article in counted for mistake in article.mistakes),
    )


def figures(c: Mapping[str, int]) -> dict[str, Figure]:
    """The figures that counts make; a share of nothing is 0."""

    def prf(hits: str, predicted: str = "predicted", gold: str = "gold") -> Figure:
        precision, recall = _share(c, hits, predicted), _share(c, hits, gold)
        total = precision + recall
        return precision, recall, 2 * precision * recall / total if total else 0.0

    out: dict[str, Figure] = {f"D-{bar}": prf(f"found {bar}") for bar in ("50", "80", "ex")}
    out["T2"], out["T3"] = prf("pairs good"), prf("triples good")
    for kind in ("direct", "mixed", "indirect"):
        for bar in ("50", "80"):
            out[f"R{bar} {kind}"] = (_share(c, f"found {bar} {kind}", f"gold {kind}"),)
    for suffix in ("", " explicit", " implicit"):
        out[f"A{suffix}"] = (_share(c, f"actor right{suffix}", f"actor known{suffix}"),)
    out["A-mis"] = (_share(c, "actor wrong", "actor given"),)
    out["S"] = (_share(c, "speaker right", "speaker known"),)
    out["kind"] = (_share(c, "kind right", "paired"),)
    out["About"] = prf("about matched", "about predicted", "about gold")
    out["Category"] = (_share(c, "category right", "paired"),)
    return out


def _share(c: Mapping[str, int], part: str, whole: str) -> float:
    return c.get(part, 0) / c[whole] if c.get(whole) else 0.0


def _intervals(articles: Sequence[Mapping[str, int]]) -> dict[str, tuple[float, float]]:
    names = sorted({name for counts in articles for name in counts})
    table = np.array([[counts.get(name, 0) for name in names] for counts in articles], dtype=np.int64)
    rng = np.random.default_rng(_SEED)
    drawn = rng.multinomial(len(articles), np.full(len(articles), 1 / len(articles)), size=_RESAMPLES) @ table
    resampled = [figures(dict(zip(names, map(int, row), strict=True))) for row in drawn]
    out = {}
    for name in resampled[0]:
        low, high = np.percentile([r[name][-1] for r in resampled], (2.5, 97.5))
        out[name] = (float(low), float(high))
    return out
