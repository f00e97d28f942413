"""What one article adds to the figures, and the mistakes in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from portavoce.evaluate.align import align
from portavoce.evaluate.compare import TOPICS, same_actor, topics_matched
from portavoce.records import Article, Statement

BARS = {"50": 0.5, "80": 0.8, "ex": 0.999}  # Jaccard from which a pair counts as found
_PAIRED = BARS["50"]  # from here on the pair is one statement, so that its actor and topics are compared
_GOOD = BARS["80"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A place where prediction and gold differ.

    ``missed``: a gold statement without a prediction; ``extra``: the other way round; ``boundary``: found, but the
    contents share less than four fifths; ``actor``: found, but the actor is another.
    """

    what: Literal["missed", "extra", "boundary", "actor"]
    article: str
    kind: str
    gold_actor: str | None
    predicted_actor: str | None
    cue: str | None
    text: str

    def __str__(self) -> str:
        actors = {"missed": f"{self.gold_actor!r}", "extra": f"{self.predicted_actor!r}"}
        both = f"gold {self.gold_actor!r}, predicted {self.predicted_actor!r}"
        return f"{self.what:8} {self.article} {self.kind} {actors.get(self.what, both)} cue {self.cue!r} | {self.text}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one article and its mistakes."""

    counts: Counter[str]
    mistakes: tuple[Mistake, ...]


def count_article(gold: Article, predicted: Sequence[Statement]) -> Counted:
    """The counts of one gold article against the statements predicted for it."""
    c: Counter[str] = Counter()
    mistakes: list[Mistake] = []
    c["gold"], c["predicted"] = len(gold.statements), len(predicted)
    for statement in gold.statements:
        c[f"gold {statement.kind}"] += 1
    answered: set[int] = set()
    used: set[int] = set()
    for i, j, overlap in align(gold.text, gold.statements, predicted):
        g, p = gold.statements[i], predicted[j]
        for bar, least in BARS.items():
            if overlap >= least:
                c[f"found {bar}"] += 1
                c[f"found {bar} {g.kind}"] += 1
        if overlap < _PAIRED:
            continue
        answered.add(i)
        used.add(j)
        right = _count_pair(c, g, p, good=overlap >= _GOOD)
        if overlap < _GOOD:
            mistakes.append(_mistake("boundary", gold, g, p))
        if not right:
            mistakes.append(_mistake("actor", gold, g, p))
    mistakes += [_mistake("missed", gold, g, None) for i, g in enumerate(gold.statements) if i not in answered]
    mistakes += [_mistake("extra", gold, None, p) for j, p in enumerate(predicted) if j not in used]
    return Counted(c, tuple(mistakes))


def _count_pair(c: Counter[str], g: Statement, p: Statement, *, good: bool) -> bool:
    right = _actor_right(g, p)
    if g.actor is not None:
        source = "explicit" if g.speaker else "implicit"
        for suffix in ("", f" {source}"):
            c[f"actor known{suffix}"] += 1
            c[f"actor right{suffix}"] += right
        if p.actor is not None:
            c["actor given"] += 1
            c["actor wrong"] += not right
    if g.speaker:
        c["speaker known"] += 1
        c["speaker right"] += bool(p.speaker and g.speaker.start < p.speaker.end and p.speaker.start < g.speaker.end)
    matched = topics_matched(g.about, p.about)
    c["paired"] += 1
    c["kind right"] += g.kind == p.kind
    c["category right"] += g.category == p.category
    c["about gold"] += len(g.about)
    c["about predicted"] += len(p.about[:TOPICS])
    c["about matched"] += matched
    c["pairs good"] += good and right
    c["triples good"] += good and right and matched > 0
    return right


def _actor_right(g: Statement, p: Statement) -> bool:
    if g.actor is None or p.actor is None:
        return g.actor is p.actor
    return same_actor(g.actor, p.actor, person=g.actor_kind == "person")


def _mistake(
    what: Literal["missed", "extra", "boundary", "actor"], article: Article, g: Statement | None, p: Statement | None
) -> Mistake:
    shown = g or p
    return Mistake(
        what=what,
        article=article.id,
        kind=shown.kind if shown else "",
        gold_actor=g.actor if g else None,
        predicted_actor=p.actor if p else None,
        cue=shown.cue.text if shown and shown.cue else None,
        text=" ".join((shown.text if shown else "").split())[:90],
    )
