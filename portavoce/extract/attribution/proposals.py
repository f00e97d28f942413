"""Proposals of statements: accepted cues with their best contents, and which of them claim the same words."""

from __future__ import annotations

from dataclasses import dataclass
from sys import intern

from portavoce.extract.acts import Cue
from portavoce.extract.attribution.content import Candidate
from portavoce.extract.linear import Linear, softmax
from portavoce.extract.nearby import Nearby

_SAME = 0.6
"""The Jaccard index above which two contents are the same act of saying."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An accepted cue with its best content, before proposals that claim the same words are settled.

    ``why`` holds the features by which the cue was accepted (``c|…``) and the content chosen (``k|…``), for the last look,
    each string once in memory: a long text has them by the million.
    """

    cue: Cue
    class_: str
    accepted: float
    content: Candidate
    chosen: float
    margin: float
    why: tuple[str, ...] = ()


def best_proposal(
    cue: Cue,
    class_: str,
    accepted: tuple[float, list[str]],
    contents: tuple[list[Candidate], list[list[str]]],
    model: Linear,
) -> Proposal:
    """The candidate with the highest score, the first among equals, and how far the next one is behind.

    ``accepted`` is the chance of the cue with its features, ``contents`` its candidates with theirs.
    """
    candidates, described = contents
    chances = softmax([model.score(f) for f in described])
    order = sorted(range(len(chances)), key=lambda k: (-chances[k], k))
    top = order[0]
    margin = chances[top] - chances[order[1]] if len(order) > 1 else 1.0
    why = tuple([intern(f"c|{x}") for x in accepted[1]] + [intern(f"k|{x}") for x in described[top]])
    return Proposal(cue, class_, accepted[0], candidates[top], chances[top], margin, why)


def overlap(a: tuple[tuple[int, int], ...], b: tuple[tuple[int, int], ...]) -> float:
    """The Jaccard index of two lists of ranges (both ends included)."""
    shared = sum(max(0, min(q, y) - max(p, x) + 1) for p, q in a for x, y in b)
    total = sum(q - p + 1 for p, q in a) + sum(y - x + 1 for x, y in b) - shared
    return shared / total if total else 0.0


def settle(judged: list[tuple[float, Proposal]]) -> list[tuple[float, Proposal]]:
    """Of proposals that claim nearly the same words, the surest: ``ha proseguito affermando che`` is one act."""
    kept: list[tuple[float, Proposal]] = []
    nearby = Nearby()
    for confidence, p in sorted(judged, key=lambda j: (-j[0], j[1].cue.head)):
        parts = p.content.parts
        if not any(overlap(parts, kept[k][1].content.parts) > _SAME for k in nearby.of(parts)):
            nearby.add(len(kept), parts)
            kept.append((confidence, p))
    return sorted(kept, key=lambda j: j[1].cue.head)


def with_neighbours(proposals: list[Proposal]) -> list[tuple[Proposal, list[Proposal]]]:
    """Each proposal with the others whose content or cue stands near it, in text order."""
    nearby = Nearby()
    for k, p in enumerate(proposals):
        nearby.add(k, p.content.parts)
    return [
        (p, [proposals[j] for j in nearby.of([*p.content.parts, (p.cue.head, p.cue.head)]) if j != k])
        for k, p in enumerate(proposals)
    ]
