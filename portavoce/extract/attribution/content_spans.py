"""Spans of contents: their edges without punctuation, as token ranges and as characters, and the kind of quotation."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from portavoce.extract.marks import Quote
from portavoce.extract.punctuation import FINAL
from portavoce.extract.tokens import Tokens

_LONGEST_MARK = 2
MARKS = frozenset('«»“”„"‟‹›') | {"<<", ">>", "''", "``"}
EDGE = frozenset(".,;:-–—()[]") | MARKS

Part = tuple[int, int]
_opening = attrgetter("open")


def trimmed(t: Tokens, part: Part, leading: frozenset[str] = frozenset()) -> Part | None:
    """A range without punctuation and marks at its edges and ``leading`` words before it; None when nothing is left."""
    first, last = part
    while first <= last and (
        t.form[first] in EDGE or t.form[first] in FINAL or t.form[first] in leading or t.pos[first] == "SPACE"
    ):
        first += 1
    while last >= first and (t.form[last] in EDGE or t.form[last] == "…" or t.pos[last] == "SPACE"):
        last -= 1
    return (first, last) if first <= last else None


def characters(t: Tokens, parts: tuple[Part, ...]) -> tuple[tuple[int, int], ...]:
    """The character spans of token ranges: outer marks outside, a mark whose partner is inside kept with it."""
    out = []
    for first, last in parts:
        start, end = t.start[first], t.end[last]
        near = quotes_between(t, start - _LONGEST_MARK, end)
        for q in near:
            if start <= q.open and q.end <= end < q.close and q.open < q.start:
                end = q.close
            elif q.open < start <= q.start and q.close <= end and q.end < q.close:
                start = q.open
        for q in near:
            if q.open == start and q.close == end and q.open < q.start and q.end < q.close:
                start, end = q.start, q.end
        while start < end and t.text[start].isspace():
            start += 1
        while end > start and t.text[end - 1].isspace():
            end -= 1
        if end > start and t.text[end - 1] == "." and t.text[end - 3 : end] != "...":
            end -= 1
        if end > start:
            out.append((start, end))
    return tuple(out)


def quotes_between(t: Tokens, start: int, end: int) -> list[Quote]:
    """The quotes that open at ``start`` or later and before ``end``, in text order."""
    first = bisect_left(t.quotes, start, key=_opening)
    return t.quotes[first : bisect_left(t.quotes, end, lo=first, key=_opening)]


def quotation_kind(t: Tokens, spans: tuple[tuple[int, int], ...]) -> str:
    """Direct when all of the content stands inside marks, mixed when some does, else indirect."""
    inside = some = 0
    for start, end in spans:
        around = t.quote[t.at(start)]
        while around >= 0 and t.quotes[around].end < end:
            around = t.around[around]
        if around >= 0 and t.quotes[around].start <= start:
            inside += 1
        elif any(q.end <= end for q in quotes_between(t, start - _LONGEST_MARK, end) if q.start >= start):
            some += 1
    if inside == len(spans):
        return "direct"
    return "mixed" if inside or some else "indirect"
