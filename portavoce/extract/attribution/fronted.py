"""What stands in front of a source that is put in between: *La Cina*, secondo Gartner, *è prima* is one content in two parts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from portavoce.extract.attribution.content_spans import Part, trimmed
from portavoce.extract.attribution.cues import CueLexicon
from portavoce.extract.attribution.proposals import Proposal
from portavoce.extract.lang import read_words
from portavoce.extract.tokens import Tokens

LANGUAGE = "it"
_STOPS = frozenset({".", ";", ":", "!", "?"})


def with_subject(t: Tokens, p: Proposal) -> Proposal:
    """The proposal, with the subject of its content where that stands before a preposition that names the source.

    Annotators take it in wherever the parse has one (13 of 13 in the annotated articles), unless it is a relative pronoun.
    """
    first, _ = p.content.parts[0]
    return _with(p, _subject(t, p) if p.cue.kind == "prep" and first > p.cue.last else None)


def with_fronted(t: Tokens, p: Proposal, lexicon: CueLexicon) -> Proposal:
    """The proposal, with the phrase of its content that stands before a cue put in between: *Nel quartiere*, racconta Neri, *non si dorme*.

    Annotators take it in, unless it only joins the sentence to the one before (*Inoltre*), or ends with what opens the clause
    behind the aside (*perché, secondo Neri, …*). A phrase with a finite verb, or with the subject of the cue, is another clause.
    """
    first, _ = p.content.parts[0]
    return _with(p, _before_an_aside(t, p, lexicon) if p.cue.kind in ("prep", "verb") and first > p.cue.last else None)


def _with(p: Proposal, part: Part | None) -> Proposal:
    return replace(p, content=replace(p.content, parts=(part, *p.content.parts))) if part else p


def _subject(t: Tokens, p: Proposal) -> Part | None:
    """The subject of the content where it stands before the preposition that names the source."""
    first, last = p.content.parts[0]
    root = next((i for i in range(first, last + 1) if not first <= t.head[i] <= last or t.head[i] == i), first)
    for c in t.children[root]:
        if not t.dep[c].startswith("nsubj") or t.right[c] >= p.cue.first or _has_relative(t, t.left[c], c):
            continue
        part = trimmed(t, (t.left[c], t.right[c]))
        if part and not any(t.form[k] in _STOPS for k in range(part[1], p.cue.first)):
            return part
    return None


def _before_an_aside(t: Tokens, p: Proposal, lexicon: CueLexicon) -> Part | None:
    cue, comma = p.cue, p.cue.first - 1
    content = p.content.parts[0][0]
    between = range(cue.last + 1, content)
    sentence = t.sentences[t.sent[cue.head]][0]
    if comma <= sentence or t.form[comma] != "," or not between or t.form[content - 1] != ",":
        return None
    if any(t.form[k] in lexicon.particles["introducer"] for k in between[:1]) or (
        cue.kind == "verb" and not _is_finite(t, cue.first, cue.last)
    ):
        return None
    start = comma
    while start > sentence and t.form[start - 1] not in _STOPS and not _opens_clause(t, start - 1):
        start -= 1
    start += t.pos[start] == "CCONJ"
    part = _without_connectives(t, start, comma)
    if part is None or t.quote[part[0]] >= 0 or _ends_open(t, part[1]):
        return None
    is_clause = any(
        t.morph[k].get("VerbForm") == "Fin" or (t.head[k] == cue.head and t.dep[k].startswith("nsubj"))
        for k in range(part[0], part[1] + 1)
    )
    return None if is_clause else part


def _opens_clause(t: Tokens, i: int) -> bool:
    """Whether a token is the conjunction that joins a clause to the one before: *…, ma nel quartiere*."""
    return t.pos[i] == "CCONJ" and i > 0 and t.form[i - 1] == ","


def _ends_open(t: Tokens, i: int) -> bool:
    """Whether a word opens what follows it: *perché*, *un uomo che*, *e*."""
    return t.pos[i] in ("CCONJ", "SCONJ") or t.dep[i] in ("mark", "cc", "case") or _has_relative(t, i, i)


def _without_connectives(t: Tokens, start: int, end: int) -> Part | None:
    """A range up to a comma, without the connectives that commas part from the rest; None when nothing is left."""
    cuts = [start - 1, *(k for k in range(start, end) if t.form[k] == ","), end]
    phrases = [p for a, b in pairwise(cuts) if (p := trimmed(t, (a + 1, b - 1)))]
    connectives = read_words(LANGUAGE, "connectives")
    kept = [p for p in phrases if t.words(*p).lower().replace("’", "'") not in connectives]
    return (kept[0][0], kept[-1][1]) if kept else None


def _has_relative(t: Tokens, first: int, last: int) -> bool:
    return any(t.morph[k].get("PronType") == "Rel" for k in range(first, last + 1))


def _is_finite(t: Tokens, first: int, last: int) -> bool:
    return any(t.morph[k].get("VerbForm") == "Fin" for k in range(first, last + 1))
