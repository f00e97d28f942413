"""Named features of what an encoder's second look says, for the learned choices of cues, contents and speakers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portavoce.extract.act_view import UNLIKELY, ActView, Part, gap_class
from portavoce.extract.acts import Cue
from portavoce.extract.evidence import EvidenceView, bucket

Parts = tuple[Part, ...]


def act_of(evidence: EvidenceView | None, cue: Cue, parts: Parts = ()) -> ActView | None:
    """The second look at a statement: at its cue of words, else at the first word of its content."""
    if evidence is None:
        return None
    if cue.kind not in ("colon", "none"):
        return evidence.act_of_cue((cue.first, cue.last))
    return evidence.act_of_content(parts[0][0]) if parts else None


def of_cue(evidence: EvidenceView | None, cue: Cue, class_: str) -> list[str]:
    """Whether a candidate cue reports speech."""
    if evidence is None or cue.kind == "colon":
        return []
    act = act_of(evidence, cue)
    if act is None:
        return [f"look=none:{cue.kind}"]
    real, found = act.look.real, bool(act.content)
    return [
        f"look={bucket(real)}",
        f"look-kind={cue.kind}:{bucket(real)}",
        f"look-class={class_}:{bucket(real, 2)}",
        f"look-found={found}:{bucket(real, 2)}",
    ]


def of_contents(evidence: EvidenceView | None, cue: Cue, candidates: Sequence[Parts]) -> list[list[str]]:
    """How far each candidate content of a cue is from the likeliest one, and from the best of the candidates."""
    acts = [act_of(evidence, cue, parts) for parts in candidates]
    gaps = [act.gap(parts) if act and act.content else None for act, parts in zip(acts, candidates, strict=True)]
    least = min((gap for gap in gaps if gap is not None), default=0.0)
    made = []
    for act, gap, parts in zip(acts, gaps, candidates, strict=True):
        if act is None or gap is None:
            made.append([] if evidence is None else [f"look-content=none:{cue.kind}"])
            continue
        behind = gap_class(gap - least)
        first, last = act.content[0][0] - parts[0][0], act.content[-1][1] - parts[-1][1]
        made.append(
            [
                f"look-gap={gap_class(gap)}",
                f"look-behind={behind}",
                f"look-behind-kind={cue.kind}:{behind}",
                f"look-behind-real={behind}:{bucket(act.look.real, 3)}",
                f"look-edges={_sign(first)}:{_sign(last)}",
            ]
        )
    return made


def of_statement(evidence: EvidenceView | None, cue: Cue, parts: Parts) -> list[str]:
    """How sure the second look is of a cue together with its content."""
    act = act_of(evidence, cue, parts)
    if act is None:
        return [] if evidence is None else [f"look=none:{cue.kind}"]
    real = bucket(act.look.real)
    gap = gap_class(act.gap(parts)) if act.content else "nothing"
    return [
        f"look={real}",
        f"look-gap={gap}",
        f"look-both={bucket(real, 2)}:{gap}",
        f"look-kind={cue.kind}:{bucket(real, 2)}",
    ]


def of_mention(act: ActView | None, phrase: Part, kind: str, others: Iterable[Part]) -> list[str]:
    """Whether a phrase names the speaker, and whether another one does so more surely."""
    if act is None:
        return []
    speaker, actor = act.speaker(phrase), act.actor(phrase)
    behind = max((act.speaker(other) for other in others), default=UNLIKELY) - speaker
    return [
        f"look-speaker={bucket(speaker)}",
        f"look-speaker-kind={kind}:{bucket(speaker, 2)}",
        f"look-actor={bucket(actor)}",
        f"look-first={_sign(behind)}:{bucket(speaker, 3)}",
    ]


def of_nobody(act: ActView | None, kind: str) -> list[str]:
    """Whether no word at all names the speaker."""
    if act is None:
        return []
    most = bucket(float(act.look.speaker.max()))
    return [f"null-look={most}", f"null-look-kind={kind}:{most}"]


def of_antecedents(act: ActView | None, sort: str, places: Sequence[Sequence[int]]) -> list[list[str]]:
    """Whether the words that name each candidate actor name the actor of the statement, and which actor's do so most."""
    if act is None:
        return [[] for _ in places]
    odds = [act.actor_at(heads) for heads in places]
    most = max(odds, default=UNLIKELY)
    return [
        [
            f"{sort}:look-actor={bucket(o)}",
            f"{sort}:look-behind={bucket(most - o)}",
            f"{sort}:look-first={o == most}:{bucket(o, 3)}",
        ]
        for o in odds
    ]


def of_no_antecedent(act: ActView | None, sort: str, phrase: Part | None) -> list[str]:
    """Whether any other word than those of the phrase itself names the actor."""
    if act is None:
        return []
    beside = bucket(act.actor_beside(phrase))
    inside = "none" if phrase is None else bucket(act.actor(phrase), 2)
    return [f"{sort}:look-beside={beside}", f"{sort}:look-inside={inside}:{bucket(beside, 3)}"]


def _sign(number: float) -> str:
    return "=" if number == 0 else "+" if number > 0 else "-"
