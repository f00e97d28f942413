"""What one article adds to the figures, and the mistakes in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from portavoce.evaluate.calibration import confidence_counts
from portavoce.evaluate.classes import cue_class, speaker_class, stands_in_marks
from portavoce.evaluate.compare import TOPICS, topics_matched
from portavoce.evaluate.mistakes import BARS, GOOD, Comparison, Mistake, actor_right, speaker_right
from portavoce.evaluate.relations import relation_counts
from portavoce.records import Article, Relation, Statement

__all__ = ["BARS", "Counted", "Mistake", "count_article"]


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one article and its mistakes."""

    counts: Counter[str]
    mistakes: tuple[Mistake, ...]


def count_article(gold: Article, predicted: Sequence[Statement], relations: Sequence[Relation] = ()) -> Counted:
    """The counts of one gold article against the statements and relations predicted for it."""
    c = relation_counts(gold.relations, relations)
    c["gold"], c["predicted"] = len(gold.statements), len(predicted)
    classes = [(f"by speaker {speaker_class(s)}", f"by cue {cue_class(s, gold.text)}") for s in gold.statements]
    for statement, names in zip(gold.statements, classes, strict=True):
        c[f"gold {statement.kind}"] += 1
        c["gold in marks"] += stands_in_marks(statement, gold.text)
        c.update(f"gold {name}" for name in names)
    comparison = Comparison(gold, predicted)
    for i, _, overlap in comparison.aligned:
        for bar, least in BARS.items():
            if overlap >= least:
                c[f"found {bar}"] += 1
                c[f"found {bar} {gold.statements[i].kind}"] += 1
                c.update(f"found {bar} {name}" for name in classes[i])
                c[f"found {bar} in marks"] += stands_in_marks(gold.statements[i], gold.text)
    for i, j, overlap in comparison.pairs:
        _count_pair(c, gold.statements[i], predicted[j], good=overlap >= GOOD, classes=classes[i])
    right = {
        j for i, j, overlap in comparison.pairs if overlap >= GOOD and actor_right(gold.statements[i], predicted[j])
    }
    c.update(confidence_counts(predicted, right))
    return Counted(c, tuple(comparison.mistakes()))


def _count_pair(c: Counter[str], g: Statement, p: Statement, *, good: bool, classes: Sequence[str]) -> None:
    right = actor_right(g, p)
    if g.actor is not None:
        source = "explicit" if g.speaker else "implicit"
        for suffix in ("", f" {source}", *(f" {name}" for name in classes)):
            c[f"actor known{suffix}"] += 1
            c[f"actor right{suffix}"] += right
        if p.actor is not None:
            c["actor given"] += 1
            c["actor wrong"] += not right
    if g.speaker:
        c["speaker known"] += 1
        c["speaker right"] += speaker_right(g, p)
    matched = topics_matched(g.about, p.about)
    c["paired"] += 1
    c["kind right"] += g.kind == p.kind
    c["category right"] += g.category == p.category
    c["about gold"] += len(g.about)
    c["about predicted"] += len(p.about[:TOPICS])
    c["about matched"] += matched
    c["pairs good"] += good and right
    c["triples good"] += good and right and matched > 0
