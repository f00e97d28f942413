"""Counts into figures: precision, recall and F1, shares, and the 95 % interval of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from portavoce.evaluate.calibration import CalibrationBin, calibration_bins, calibration_error
from portavoce.evaluate.classes import CUE_CLASSES, SPEAKER_CLASSES
from portavoce.evaluate.count import Counted
from portavoce.evaluate.mistakes import ERROR_CLASSES, Mistake
from portavoce.evaluate.relations import RELATION_FIGURES

Figure = tuple[float, ...]
"""(precision, recall, F1), or (share,); fractions of one."""

BREAKDOWNS: Mapping[str, tuple[str, ...]] = {"by speaker": SPEAKER_CLASSES, "by cue": CUE_CLASSES}
"""What gold statements are broken down by, and the classes of each."""

_CLASS_FIGURES = {"R50": ("found 50", "gold"), "R80": ("found 80", "gold"), "A": ("actor right", "actor known")}
_RESAMPLES = 1000
_SEED = 20


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """The figures of one class of gold statements: how many there are, their recall at .5 and .8, and A."""

    gold: int
    actor_known: int
    figures: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]

    def to_json(self) -> dict[str, Any]:
        intervals = {name: list(interval) for name, interval in self.intervals.items()}
        return {"gold": self.gold, "actor known": self.actor_known, **self.figures, "intervals": intervals}


@dataclass(frozen=True, slots=True)
class ErrorFigures:
    """One class of mistakes: how many, which share of all mistakes, and the mistakes themselves."""

    count: int
    share: float
    examples: tuple[Mistake, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"count": self.count, "share": self.share, "examples": [m.to_json() for m in self.examples]}


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a prediction, by name; fractions of one.

    D-50, D-80, D-ex: statements found at a Jaccard of .5, .8, 1 over the characters of their contents (P, R, F1).
    T2: found at .8 with the right actor; T3: and with a gold topic too (P, R, F1).
    R50, R80 by kind: recall of direct, mixed and indirect statements.
    A: actor right, over pairs at .5 whose gold actor is known; explicit and implicit: with and without a speaker in the
    text. A-mis: actor wrong, over those where one was given. S: speaker overlaps. kind: quote type right.
    About: phrases matched (P, R, F1), over pairs at .5. Category: category right, over the same.
    R80 in marks: recall of the direct statements that stand in marks. ECE, where statements have a confidence: its
    expected calibration error against "found at .8 with the right actor", over the bins in ``calibration``.
    Pair, Typed, Action, Role, where the gold has relations (P, R, F1): the right actors, the right type too, and that of
    what they do and of offices and family.
    ``intervals`` hold 95 % of 1000 resamples of the articles, of F1 where there is one. ``breakdowns`` hold R50, R80
    and A of the classes of gold statements, ``errors`` the mistakes by class.
    """

    figures: Mapping[str, Figure]
    intervals: Mapping[str, tuple[float, float]]
    counts: Mapping[str, int]
    articles: int
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    breakdowns: Mapping[str, Mapping[str, ClassFigures]] = field(default_factory=dict)
    errors: Mapping[str, ErrorFigures] = field(default_factory=dict)
    calibration: tuple[CalibrationBin, ...] = ()
    without: tuple[str, ...] = ()

    def first(self, most: int) -> Self:
        """The same with the first mistakes alone: so many in all, and so many of each class."""
        errors = {name: replace(error, examples=error.examples[:most]) for name, error in self.errors.items()}
        return replace(self, mistakes=self.mistakes[:most], errors=errors)

    def percent(self, name: str) -> float:
        """A figure (F1 where there is one) in percent, to one decimal."""
        return round(100 * self.figures[name][-1], 1)

    def to_json(self) -> dict[str, Any]:
        """All of it as a JSON-ready dictionary; a figure is [P, R, F1] or a number."""
        out = self.figures_json()
        out["intervals"] = {name: list(interval) for name, interval in self.intervals.items()}
        out["counts"] = dict(sorted(self.counts.items()))
        out["articles"] = self.articles
        out["missing"], out["unknown"] = list(self.missing), list(self.unknown)
        out["mistakes"] = [mistake.to_json() for mistake in self.mistakes]
        for name, classes in self.breakdowns.items():
            out[name] = {class_: figures.to_json() for class_, figures in classes.items()}
        out["errors"] = {name: error.to_json() for name, error in self.errors.items()}
        out["calibration"] = [bin_.to_json() for bin_ in self.calibration]
        out["without"] = list(self.without)
        return out

    def figures_json(self) -> dict[str, Any]:
        """The figures alone, JSON-ready."""
        return {name: list(f) if len(f) > 1 else f[0] for name, f in self.figures.items()}

    def table(self, baselines: Mapping[str, Scores] | None = None) -> str:
        """All of it as lines to read, in percent; ``baselines`` stand beside the figures, with F1 where there is one."""
        beside = baselines or {}
        heads = "".join(f"{name:>{len(name) + 3}}" for name in beside)
        lines = [
            f"{self.articles} articles, {self.counts['gold']} gold statements, {self.counts['predicted']} predicted",
            f"{'':14}{'P':>7}{'R':>7}{'F1':>7}   {'95 %':11}{heads}".rstrip(),
        ]
        for name, figure in self.figures.items():
            low, high = self.intervals[name]
            cells = "".join(f"{100 * value:7.1f}" for value in figure)
            others = "".join(f"{_percent(other, name):>{len(title) + 3}}" for title, other in beside.items())
            lines.append(f"{name:14}{cells:>21}   {f'{100 * low:.1f}–{100 * high:.1f}':11}{others}".rstrip())
        if self.without:
            lines.append(f"left out on request: {', '.join(self.without)}")
        if self.missing:
            lines.append(f"not predicted, counted as without statements: {', '.join(self.missing)}")
        if self.unknown:
            lines.append(f"predicted but not in the gold, left out: {', '.join(self.unknown)}")
        for name, classes in self.breakdowns.items():
            lines += ["", *_breakdown_lines(name, classes)]
        lines += _calibration_lines(self.calibration)
        return "\n".join([*lines, *_error_lines(self.errors)])


def _breakdown_lines(name: str, classes: Mapping[str, ClassFigures]) -> list[str]:
    lines = [f"{name:14}{'gold':>7}{'R50':>7}{'':14}{'R80':>7}{'':14}{'A':>7}"]
    for class_, these in classes.items():
        if not these.gold:
            continue
        cells = ""
        for figure, value in these.figures.items():
            low, high = these.intervals[figure]
            shown = f"{100 * value:7.1f}   {f'{100 * low:.1f}–{100 * high:.1f}':11}"
            cells += shown if figure != "A" or these.actor_known else f"{'–':>7}"
        lines.append(f"{class_:14}{these.gold:7}{cells}".rstrip())
    return lines


def _percent(scores: Scores, name: str) -> str:
    return f"{100 * scores.figures[name][-1]:.1f}" if name in scores.figures else "–"


def _calibration_lines(bins: Sequence[CalibrationBin]) -> list[str]:
    if not bins:
        return []
    lines = ["", f"{'by confidence':14}{'predicted':>10}{'confidence':>12}{'right':>8}"]
    for b in bins:
        shown = f"{100 * b.confidence:12.1f}{100 * b.right:8.1f}" if b.predicted else f"{'–':>12}{'–':>8}"
        lines.append(f"{f'{b.low:.1f}–{b.high:.1f}':14}{b.predicted:10}{shown}")
    return lines


def _error_lines(errors: Mapping[str, ErrorFigures]) -> list[str]:
    total = sum(error.count for error in errors.values())
    if not total:
        return []
    lines = ["", f"{'mistakes':28}{total:7}"]
    for name, error in errors.items():
        if error.count:
            lines.append(f"{name:28}{error.count:7}{100 * error.share:7.1f} %  {ERROR_CLASSES[name]}")
            lines += [f"    {mistake}" for mistake in error.examples]
    return lines


def scores_of(
    counted: Sequence[Counted], *, missing: tuple[str, ...], unknown: tuple[str, ...], without: tuple[str, ...] = ()
) -> Scores:
    """The figures of all articles together."""
    total: Counter[str] = Counter({"gold": 0, "predicted": 0})
    for article in counted:
        total.update(article.counts)
    counts = [article.counts for article in counted]
    mistakes = tuple(mistake for article in counted for mistake in article.mistakes)
    return Scores(
        figures=figures(total),
        intervals=_intervals(counts, figures),
        counts=dict(total),
        articles=len(counted),
        missing=missing,
        unknown=unknown,
        mistakes=mistakes,
        breakdowns=_breakdowns(total, counts),
        errors=_errors(mistakes),
        calibration=calibration_bins(total),
        without=without,
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
    out["R80 in marks"] = (_share(c, "found 80 in marks", "gold in marks"),)
    if bins := calibration_bins(c):
        out["ECE"] = (calibration_error(bins),)
    if c.get("relations gold pair"):
        for name, what in RELATION_FIGURES.items():
            out[name] = prf(*(f"relations {count} {what}" for count in ("right", "predicted", "gold")))
    return out


def _share(c: Mapping[str, int], part: str, whole: str) -> float:
    return c.get(part, 0) / c[whole] if c.get(whole) else 0.0


def class_figures(c: Mapping[str, int]) -> dict[str, Figure]:
    """The figures of the classes of gold statements, named as in "R50 by cue verb"; a share of nothing is missing."""
    out: dict[str, Figure] = {}
    for by, classes in BREAKDOWNS.items():
        for name in (f"{by} {class_}" for class_ in classes):
            for figure, (part, whole) in _CLASS_FIGURES.items():
                if c.get(f"{whole} {name}"):
                    out[f"{figure} {name}"] = (_share(c, f"{part} {name}", f"{whole} {name}"),)
    return out


def _breakdowns(total: Mapping[str, int], articles: Sequence[Mapping[str, int]]) -> dict[str, dict[str, ClassFigures]]:
    values, intervals = class_figures(total), _intervals(articles, class_figures)
    return {
        by: {
            class_: ClassFigures(
                gold=total.get(f"gold {by} {class_}", 0),
                actor_known=total.get(f"actor known {by} {class_}", 0),
                figures={name: values.get(f"{name} {by} {class_}", (0.0,))[0] for name in _CLASS_FIGURES},
                intervals={name: intervals.get(f"{name} {by} {class_}", (0.0, 0.0)) for name in _CLASS_FIGURES},
            )
            for class_ in classes
        }
        for by, classes in BREAKDOWNS.items()
    }


def _errors(mistakes: Sequence[Mistake]) -> dict[str, ErrorFigures]:
    by_class: dict[str, list[Mistake]] = {name: [] for name in ERROR_CLASSES}
    for mistake in mistakes:
        by_class[mistake.error].append(mistake)
    return {
        name: ErrorFigures(len(these), len(these) / len(mistakes) if mistakes else 0.0, tuple(these))
        for name, these in by_class.items()
    }


def _intervals(
    articles: Sequence[Mapping[str, int]], figures_of: Callable[[Mapping[str, int]], Mapping[str, Figure]]
) -> dict[str, tuple[float, float]]:
    names = sorted({name for counts in articles for name in counts})
    table = np.array([[counts.get(name, 0) for name in names] for counts in articles], dtype=np.int64)
    rng = np.random.default_rng(_SEED)
    drawn = rng.multinomial(len(articles), np.full(len(articles), 1 / len(articles)), size=_RESAMPLES) @ table
    resampled = [figures_of(dict(zip(names, map(int, row), strict=True))) for row in drawn]
    values: dict[str, list[float]] = {}
    for figures_drawn in resampled:
        for name, figure in figures_drawn.items():
            values.setdefault(name, []).append(figure[-1])
    out = {}
    for name, drawn_values in values.items():
        low, high = np.percentile(drawn_values, (2.5, 97.5))
        out[name] = (float(low), float(high))
    return out
