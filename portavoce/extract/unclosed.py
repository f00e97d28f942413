"""Where a quote ends whose closing mark is lost, as an encoder reads it.

The marks alone end it with its sentence (`marks.py`); nothing else in them tells. What the encoder reads as content from the
opening mark on tells more. Where that ends in the middle of a sentence it has lost its way: the quote ends with the sentence
before; and *ha detto Ferri* ends it, whatever is read behind. Now and then the mark has left a trace: two spaces, a space before a
comma, a small letter behind a full stop.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from typing import Protocol

from portavoce.extract.lang import read_table, read_words
from portavoce.extract.marks import ASIDE, Quote
from portavoce.extract.punctuation import DASHES

LANGUAGE = "it"
_NEAR = 2
"""Tokens between the opening mark and the beginning of what is read as content, at most."""
_REPORTING = frozenset({"say", "answer", "continue", "tell", "announce", "deny"})
_FINAL = frozenset({".", "!", "?", "…", "..."})
_GOES_ON = frozenset({"VERB", "AUX", "PART", "SCONJ", "ADP"})
"""What behind a verb is what it says, rather than who says it: *ha detto che*, *ha detto di*."""

_TRACE = re.compile(r"(?<=\w{3}[.!?…])(?= [^\W\d_A-ZÀ-ÖØ-Þ])|(?<=\w)(?=\s[.,;:!?](?:\s|$))|(?<=\S)(?=  \S)")
"""Where a mark stood that is lost; 14 of the 760 annotated articles have such a place for other reasons."""


class Parsed(Protocol):
    """What is asked of a parsed article; `Tokens` has it."""

    text: str
    n: int
    start: list[int]
    end: list[int]
    form: list[str]
    lemma: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    morph: list[dict[str, str]]
    quotes: list[Quote]


def with_read_ends(t: Parsed, contents: Sequence[tuple[int, int]]) -> list[Quote]:
    """The quotes of an article in text order, those without a closing mark up to where it left a trace or the content that begins with them ends.

    ``contents`` are token ranges in text order, both ends included. No quote runs into the next one.
    """
    first = [a for a, _ in contents]
    out = []
    for q, following in zip_longest(t.quotes, t.quotes[1:]):
        if q.close > q.end or q.open == q.start or q.depth or (following and following.depth):
            out.append(q)
            continue
        begin = bisect_left(t.start, q.start)
        limit = following.open if following else len(t.text)
        place = _trace(t.text, q.start, limit)
        if place is None and (end := _read_end(contents, first, begin)) is not None:
            end = _with_its_sentence(t, begin, _over_aside(t, contents, first, end))
            end = _before_attribution(t, begin, end)
            place = min(t.end[end], limit)
        out.append(q if place is None else _up_to(q, place))
    return out


def _up_to(q: Quote, place: int) -> Quote:
    return replace(q, end=place, close=place, reopenings=tuple(r for r in q.reopenings if r < place))


def _trace(text: str, start: int, end: int) -> int | None:
    """Where the lost mark of a quote left a trace in its paragraph."""
    paragraph = text.find("\n", start, end)
    begin = start + len(text[start:end]) - len(text[start:end].lstrip()) + 1
    found = _TRACE.search(text, begin, paragraph if paragraph >= 0 else end)
    if found is None:
        return None
    word = text[text.rfind(" ", start, found.start()) + 1 : found.start()]
    return None if word.lower() in read_words(LANGUAGE, "abbreviations") else found.start()


def _read_end(contents: Sequence[tuple[int, int]], first: Sequence[int], token: int) -> int | None:
    """The last token of the content that begins nearest to a token and goes on behind it."""
    near = contents[bisect_left(first, token - _NEAR) : bisect_right(first, token + _NEAR)]
    begun = [(abs(a - token), b) for a, b in near if b > token]
    return min(begun)[1] if begun else None


def _over_aside(t: Parsed, contents: Sequence[tuple[int, int]], first: Sequence[int], end: int) -> int:
    """The end of what is read behind an aside between dashes, where one parts it from what is read before: *… - ha detto -. …*."""
    aside = ASIDE.match(t.text, t.end[end])
    following = _read_end(contents, first, bisect_left(t.start, aside.end())) if aside else None
    return end if following is None else following


def _with_its_sentence(t: Parsed, begin: int, end: int) -> int:
    """The end of what is read, or of the last sentence in it where it breaks off in the middle of one."""
    behind = t.form[end + 1] if end + 1 < t.n else "."
    follows = range(end + 1, min(end + 4, t.n))
    if t.form[end] in _FINAL or not behind[0].isalnum() or any(_attribution(t, end + 1, k) for k in follows):
        return end
    return next((k for k in range(end, begin, -1) if t.form[k] in _FINAL), end)


def _before_attribution(t: Parsed, begin: int, end: int) -> int:
    """The last word before the verb that attributes the quote, where one stands in what is read: *…, ha detto Ferri*."""
    start = next((start for k in range(begin + 2, end + 1) if (start := _attribution(t, begin, k))), end + 1)
    return start - 1 if t.form[start - 1] != "," else start - 2


def _attribution(t: Parsed, begin: int, verb: int) -> int | None:
    """The first token of a finite verb that tells who said what stands before it, None where it tells what somebody says."""
    if t.lemma[verb] not in _verbs() or t.pos[verb] != "VERB" or _verb_form(t, verb) not in ("Fin", "Part"):
        return None
    start = verb
    while start > begin and t.head[start - 1] == verb and t.dep[start - 1].startswith("aux"):
        start -= 1
    if not any(_verb_form(t, k) == "Fin" for k in range(start, verb + 1)):
        return None
    if t.head[start - 1] == verb or t.pos[start - 1] == "CCONJ" or t.form[start - 1] in DASHES:
        return None
    subject = any(h == verb and t.dep[k].startswith("nsubj") for k, h in enumerate(t.head[begin:start], begin))
    behind = verb + 1
    if subject or behind >= t.n or t.pos[behind] in _GOES_ON or t.form[behind] in (":", "che"):
        return None
    return start


def _verb_form(t: Parsed, i: int) -> str:
    return t.morph[i].get("VerbForm", "")


@cache
def _verbs(language: str = LANGUAGE) -> frozenset[str]:
    return frozenset(
        lemma for lemma, (pos, class_) in read_table(language, "cues").items() if pos == "VERB" and class_ in _REPORTING
    )
