"""What can be wrong with a prediction: each mistake of an article, with its class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from portavoce.evaluate.align import align, characters
from portavoce.evaluate.compare import same_actor
from portavoce.records import Article, Statement

BARS = {"50": 0.5, "80": 0.8, "ex": 0.999}  # Jaccard from which a pair counts as found
PAIRED = BARS["50"]  # from here on the pair is one statement, so that its actor and topics are compared
GOOD = BARS["80"]
_MOST = 0.5  # share of its characters with which a statement lies inside another, as a part of it

What = Literal["missed", "extra", "boundary", "actor", "kind"]
ErrorClass = Literal[
    "missed", "missed under .5", "missed in another", "split or merged",
    "boundary left", "boundary right", "boundary both", "boundary inside",
    "extra", "extra overlap",
    "wrong actor, right mention", "wrong actor, wrong mention", "wrong antecedent", "actor not in gold", "actor missing",
    "wrong kind",
]  # fmt: skip

ERROR_CLASSES: Mapping[str, str] = {
    "missed": "no prediction shares a character with it",
    "missed under .5": "predicted, but with an overlap under .5",
    "missed in another": "it overlaps only with what answers another statement",
    "split or merged": "predicted in two parts, or together with another statement",
    "boundary left": "only the beginning differs, and less than .8 is shared",
    "boundary right": "only the end differs",
    "boundary both": "beginning and end differ",
    "boundary inside": "beginning and end agree, what lies between does not",
    "extra": "nothing in the gold overlaps",
    "extra overlap": "it overlaps with gold statements and answers none of them",
    "wrong actor, right mention": "the text has a speaker, which was found, and is taken for another actor",
    "wrong actor, wrong mention": "the text has a speaker, and another mention or none was found",
    "wrong antecedent": "the text has no speaker, and another actor is understood",
    "actor not in gold": "the gold leaves the actor open",
    "actor missing": "the gold has an actor, the prediction none",
    "wrong kind": "direct, mixed or indirect where the gold has another",
}
"""The classes of mistakes in the order of tables, each with what it means."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A place where prediction and gold differ.

    ``missed``: a gold statement without a prediction; ``extra``: the other way round; ``boundary``: found, but the
    contents share less than four fifths; ``actor``: found, but the actor is another; ``kind``: found, but the kind is
    another. ``error`` is the class in more detail, one of `ERROR_CLASSES`; ``gold`` and ``predicted`` are the places of
    the two statements in their records, from 0 on.
    """

    what: What
    article: str
    kind: str
    gold_actor: str | None
    predicted_actor: str | None
    cue: str | None
    text: str
    error: ErrorClass
    gold: int | None = None
    predicted: int | None = None

    def __str__(self) -> str:
        actors = {"missed": f"{self.gold_actor!r}", "extra": f"{self.predicted_actor!r}"}
        both = f"gold {self.gold_actor!r}, predicted {self.predicted_actor!r}"
        return f"{self.what:8} {self.article} {self.kind} {actors.get(self.what, both)} cue {self.cue!r} | {self.text}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class Comparison:
    """The statements of one article on both sides: which answers which, and what is wrong."""

    def __init__(self, gold: Article, predicted: Sequence[Statement]) -> None:
        self.article = gold
        self.gold, self.predicted = gold.statements, tuple(predicted)
        self.aligned = align(gold.text, self.gold, self.predicted)
        self.pairs = [(i, j, overlap) for i, j, overlap in self.aligned if overlap >= PAIRED]
        self._answer = {i: j for i, j, _ in self.pairs}
        self._answered = {j: i for i, j, _ in self.pairs}
        self._wanted = [characters(gold.text, s.content) for s in self.gold]
        self._found = [characters(gold.text, s.content) for s in self.predicted]

    def mistakes(self) -> Iterator[Mistake]:
        """What is wrong with the pairs, then what was missed, then what is extra."""
        for i, j, overlap in self.pairs:
            g, p = self.gold[i], self.predicted[j]
            if overlap < GOOD:
                yield self._mistake("boundary", self._boundary_error(i, j), i, j)
            if not actor_right(g, p):
                yield self._mistake("actor", _actor_error(g, p), i, j)
            if g.kind != p.kind:
                yield self._mistake("kind", "wrong kind", i, j)
        for i in range(len(self.gold)):
            if i not in self._answer:
                yield self._mistake("missed", self._missed_error(i), i, None)
        for j, found in enumerate(self._found):
            if j not in self._answered:
                overlaps = any(found & wanted for wanted in self._wanted)
                yield self._mistake("extra", "extra overlap" if overlaps else "extra", None, j)

    def _missed_error(self, i: int) -> ErrorClass:
        if self._split_or_merged(i):
            return "split or merged"
        near = [j for j, found in enumerate(self._found) if found & self._wanted[i]]
        if not near:
            return "missed"
        return "missed in another" if all(j in self._answered for j in near) else "missed under .5"

    def _boundary_error(self, i: int, j: int) -> ErrorClass:
        if self._split_or_merged(i):
            return "split or merged"
        wanted, found = self._wanted[i], self._found[j]
        left, right = min(wanted) != min(found), max(wanted) != max(found)
        if left and right:
            return "boundary both"
        if left:
            return "boundary left"
        return "boundary right" if right else "boundary inside"

    def _split_or_merged(self, i: int) -> bool:
        """Whether two predictions lie in the gold content, or it lies in a prediction together with another gold one.

        What answers another statement, or is answered by another one, is no part; nor is what lies in another part.
        """
        own = self._wanted[i]
        if _parts(own, [f for j, f in enumerate(self._found) if self._answered.get(j, i) == i]) > 1:
            return True
        for j, found in enumerate(self._found):
            if not _inside(own, found):
                continue
            others = [w for k, w in enumerate(self._wanted) if k != i and self._answer.get(k, j) == j]
            if _parts(found, [own, *others]) > 1:
                return True
        return False

    def _mistake(self, what: What, error: ErrorClass, i: int | None, j: int | None) -> Mistake:
        g = self.gold[i] if i is not None else None
        p = self.predicted[j] if j is not None else None
        shown = g or p
        return Mistake(
            what=what,
            article=self.article.id,
            kind=shown.kind if shown else "",
            gold_actor=g.actor if g else None,
            predicted_actor=p.actor if p else None,
            cue=shown.cue.text if shown and shown.cue else None,
            text=" ".join((shown.text if shown else "").split())[:90],
            error=error,
            gold=i,
            predicted=j,
        )


def actor_right(g: Statement, p: Statement) -> bool:
    """Whether the predicted actor is the gold one; both may be open."""
    if g.actor is None or p.actor is None:
        return g.actor is p.actor
    return same_actor(g.actor, p.actor, person=g.actor_kind == "person")


def speaker_right(g: Statement, p: Statement) -> bool:
    """Whether the predicted speaker overlaps the gold one."""
    return bool(g.speaker and p.speaker and g.speaker.start < p.speaker.end and p.speaker.start < g.speaker.end)


def _actor_error(g: Statement, p: Statement) -> ErrorClass:
    if g.actor is None:
        return "actor not in gold"
    if p.actor is None:
        return "actor missing"
    if g.speaker is None:
        return "wrong antecedent"
    return "wrong actor, right mention" if speaker_right(g, p) else "wrong actor, wrong mention"


def _inside(part: frozenset[int], whole: frozenset[int]) -> bool:
    return bool(part) and len(part & whole) >= _MOST * len(part)


def _parts(whole: frozenset[int], others: Sequence[frozenset[int]]) -> int:
    """How many of the others lie inside the whole, none of them inside another of those counted, nor around it."""
    parts: list[frozenset[int]] = []
    for other in others:
        apart = all(len(other & part) < _MOST * min(len(other), len(part)) for part in parts)
        if apart and _inside(other, whole):
            parts.append(other)
    return len(parts)
