"""The subject in front of a source that is put in between: *La Cina*, secondo Gartner, *è prima* is one content in two parts."""

from __future__ import annotations

from dataclasses import replace

from portavoce.extract.attribution.content_spans import Part, trimmed
from portavoce.extract.attribution.proposals import Proposal
from portavoce.extract.tokens import Tokens

_STOPS = frozenset({".", ";", ":", "!", "?"})


def with_subject(t: Tokens, p: Proposal) -> Proposal:
    """The proposal, with the subject of its content where that stands before a preposition that names the source.

    Annotators take it in wherever the parse has one (13 of 13 in the annotated articles), unless it is a relative pronoun.
    """
    first, last = p.content.parts[0]
    if p.cue.kind != "prep" or first <= p.cue.last:
        return p
    root = next((i for i in range(first, last + 1) if not first <= t.head[i] <= last or t.head[i] == i), first)
    for c in t.children[root]:
        subject = _subject(t, c) if t.dep[c].startswith("nsubj") and t.right[c] < p.cue.first else None
        if subject is not None and not any(t.form[k] in _STOPS for k in range(subject[1], p.cue.first)):
            return replace(p, content=replace(p.content, parts=(subject, *p.content.parts)))
    return p


def _subject(t: Tokens, i: int) -> Part | None:
    """The phrase of a subject; None for a relative pronoun, whose noun stands in another clause."""
    if any(t.morph[k].get("PronType") == "Rel" for k in range(t.left[i], i + 1)):
        return None
    return trimmed(t, (t.left[i], t.right[i]))
