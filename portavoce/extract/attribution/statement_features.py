"""What tells a statement from words that only look like one, once cue and content are chosen."""

from __future__ import annotations

from math import log, log2

from portavoce.extract import act_features
from portavoce.extract.attribution.proposals import Proposal, overlap
from portavoce.extract.evidence import bucket, odds
from portavoce.extract.tokens import Tokens


def statement_features(t: Tokens, p: Proposal, others: list[Proposal]) -> list[str]:
    """Named features of a proposal beside its neighbours; what the last look weighs."""
    size = min(5, int(log2(_size(p))))
    return [*_of_choice(p, size), *_of_words(t, p, size), *_read(t, p), *_beside(p, others), *p.why]


def _of_choice(p: Proposal, size: int) -> list[str]:
    """How sure the choices of cue and content were, and by which ways the content was found."""
    return [
        f"accepted={_bucket(p.accepted)}",
        f"chosen={_bucket(p.chosen)}",
        f"margin={int(p.margin * 5)}",
        f"kind={p.cue.kind}:{p.content.order}",
        f"class={p.class_}",
        f"class-chosen={p.class_}:{int(p.chosen * 5)}",
        f"begin={p.cue.kind}:{p.content.begins[0]}",
        f"end={p.content.ends[0]}",
        f"size={p.cue.kind}:{size}",
        f"product={_bucket(p.accepted * p.chosen)}",
        f"lemma={p.cue.kind}:{p.cue.lemma}",
    ]


def _of_words(t: Tokens, p: Proposal, size: int) -> list[str]:
    """Whether the content is a clause, a name or another noun, and whether it stands in marks."""
    inside = [k for a, b in p.content.parts for k in range(a, b + 1)]
    verbs = [k for k in inside if t.pos[k] in ("VERB", "AUX")]
    finite = any(t.morph[k].get("VerbForm") == "Fin" for k in verbs)
    marked = any(t.quote[k] >= 0 for k in inside)
    name = any(t.entity[k] >= 0 for k in inside)
    shape = "finite" if finite else "verb" if verbs else "name" if name else "noun"
    return [
        f"shape={p.cue.kind}:{shape}:{marked}",
        f"class-shape={p.class_}:{shape}",
        f"lemma-shape={p.cue.lemma}:{shape}",
        f"first={t.pos[p.content.parts[0][0]]}",
        f"shape-size={shape}:{size}",
    ]


def _read(t: Tokens, p: Proposal) -> list[str]:
    """What an encoder thinks of the cue and the content."""
    if t.evidence is None:
        return []
    cue = (p.cue.first, p.cue.last)
    inside, begin, end, beside = t.evidence.content(p.content.parts)
    read, linked = t.evidence.cue(cue), odds(t.evidence.linked(cue, p.content.parts))
    return [
        f"read-cue={bucket(read)}",
        f"read-inside={bucket(inside)}",
        f"read-begin={bucket(begin, 2)}",
        f"read-end={bucket(end, 2)}",
        f"read-beside={bucket(beside, 2)}",
        f"read-linked={bucket(linked)}",
        f"read-both={bucket(read, 2)}:{bucket(inside, 2)}",
        *act_features.of_statement(t.evidence, p.cue, p.content.parts),
    ]


def _beside(p: Proposal, others: list[Proposal]) -> list[str]:
    """Which proposals near by claim the same words, or hold the cue."""
    f = []
    for o in others:
        shared = overlap(p.content.parts, o.content.parts)
        if shared > 0:
            f.append(f"overlaps={p.cue.kind}:{o.cue.kind}:{'inner' if _size(o) > _size(p) else 'outer'}")
            f.append(f"overlap={int(shared * 4)}")
            if o.accepted > p.accepted:
                f.append("overlaps-surer")
        if any(a <= p.cue.head <= b for a, b in o.content.parts):
            f.append(f"cue-inside={o.cue.kind}")
    return f


def _size(p: Proposal) -> int:
    """How many tokens the content has."""
    return sum(b - a + 1 for a, b in p.content.parts)


def _bucket(chance: float) -> int:
    """The class of a chance, by its log-odds."""
    return int(max(-6.0, min(6.0, log(max(chance, 1e-6) / max(1 - chance, 1e-6)))) * 1.5)
