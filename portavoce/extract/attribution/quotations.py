"""Quotations: the outer quotes of an article as speech may stand in them, and how a cue stands beside them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from portavoce.extract.tokens import Tokens

NEAR = 45
"""Tokens between a cue and a quote beyond which they have nothing to do with each other."""
_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """An outer quote as a token range (both ends included) and how much it looks like speech."""

    first: int
    last: int
    looks: str  # speech, phrase, few


class Quotations:
    """The outer quotes of an article; what they look like is looked up once."""

    def __init__(self, t: Tokens) -> None:
        self.t = t
        self.all: list[Quotation] = []
        finite = [0, *accumulate(m.get("VerbForm") == "Fin" for m in t.morph)]
        for q in t.quotes:
            if q.depth == 0 and q.end > q.start:
                first, last = t.at(q.start), t.at(q.end - 1)
                first += t.start[first] < q.start
                if last >= first:
                    self.all.append(Quotation(first, last, self._looks(first, last, finite[last + 1] - finite[first])))
        self._starts = [q.first for q in self.all]

    def _looks(self, first: int, last: int, finite: int) -> str:
        n = last - first + 1
        if finite and n > _PHRASE:
            return "speech" if self.t.text[self.t.start[first]].isupper() else "clause"
        if n > _PHRASE:
            return "phrase"
        return "short" if finite or self.t.text[self.t.end[last] - 1] in "!?" else "few"

    def beside(self, first: int, last: int, between: list[int]) -> list[str]:
        """How the tokens from ``first`` to ``last`` stand to the nearest quotes: side, distance, link and looks of each.

        ``between`` are the places of other cues in ascending order; one that is nearer may be the quote's own.
        """
        t = self.t
        at = bisect_left(self._starts, first)
        made = []
        if at and self.all[at - 1].last >= first:
            return ["inside"]
        if at and first - self.all[at - 1].last < NEAR and t.para[self.all[at - 1].last] == t.para[first]:
            q = self.all[at - 1]
            made.append(f"before:{q.looks}:{self._link(q.last + 1, first, between)}")
        if at < len(self.all) and self.all[at].first - last < NEAR and t.para[self.all[at].first] - t.para[last] <= 1:
            q = self.all[at]
            made.append(f"after:{q.looks}:{self._link(last + 1, q.first, between)}")
        return made

    def _link(self, start: int, end: int, between: list[int]) -> str:
        """What stands between a cue and a quote: nothing, a colon, a comma, a stop, another cue, or so many words."""
        t = self.t
        inside = range(start, end)
        if len(between) > bisect_left(between, start) and between[bisect_left(between, start)] < end:
            return "cue"
        forms = [t.form[k] for k in inside]
        words = sum(t.pos[k] != "PUNCT" for k in inside)
        far = "0" if not words else "1" if words < 4 else "2" if words < 10 else "3"
        stop = (
            "."
            if t.sent[start if start < t.n else end] != t.sent[end] or "." in forms
            else ":"
            if ":" in forms
            else ","
            if "," in forms
            else "-"
        )
        return far + stop
