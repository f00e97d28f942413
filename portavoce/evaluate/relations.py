"""How well predicted relations agree with gold ones: the right actors, the right type too, deeds and offices apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from portavoce.evaluate.compare import same_actor
from portavoce.records import SYMMETRIC, Relation

SOCIAL = frozenset({"role", "kin"})
"""What actors are to one another; all other types are what they do."""

RELATION_FIGURES = {"Pair": "pair", "Typed": "typed", "Action": "action", "Role": "role"}
"""The figures of relations, and what their counts are called."""


def relation_counts(gold: Sequence[Relation], predicted: Sequence[Relation]) -> Counter[str]:
    """The counts of one article: gold, predicted and right relations of each figure."""
    deeds = [r for r in gold if r.type not in SOCIAL], [r for r in predicted if r.type not in SOCIAL]
    social = [r for r in gold if r.type in SOCIAL], [r for r in predicted if r.type in SOCIAL]
    c: Counter[str] = Counter()
    for name, (wanted, found), typed in (
        ("pair", (gold, predicted), False), ("typed", (gold, predicted), True), ("action", deeds, True), ("role", social, True),
    ):  # fmt: skip
        c[f"relations gold {name}"] = len(wanted)
        c[f"relations predicted {name}"] = len(found)
        c[f"relations right {name}"] = len(aligned(wanted, found, typed=typed))
    return c


def aligned(gold: Sequence[Relation], predicted: Sequence[Relation], *, typed: bool) -> list[tuple[int, int]]:
    """Gold relations with the predicted one that each finds, one to one, by index; one of the same type goes first."""
    left, out = list(range(len(predicted))), []
    for i, g in enumerate(gold):
        found = [j for j in left if _fits(g, predicted[j], typed=True)]
        if not found and not typed:
            found = [j for j in left if _fits(g, predicted[j], typed=False)]
        if found:
            left.remove(found[0])
            out.append((i, found[0]))
    return out


def _fits(g: Relation, p: Relation, *, typed: bool) -> bool:
    if typed and g.type != p.type:
        return False
    if _same(g.source, p.source) and _same(g.target, p.target):
        return True
    return g.type in SYMMETRIC and _same(g.source, p.target) and _same(g.target, p.source)


def _same(gold: str, predicted: str) -> bool:
    return same_actor(gold, predicted, person=False)
