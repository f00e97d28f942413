"""Quotes that their own attribution interrupts are one statement: *«Il conto», dice Ferri, «non torna»*.

Behind a full stop the next quote is a statement of its own: *«Il conto torna», dice Ferri. «Vedremo»*.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from portavoce.extract.acts import Attribution
from portavoce.extract.attribution.content_spans import characters, trimmed
from portavoce.extract.marks import Quote
from portavoce.extract.nearby import Nearby
from portavoce.extract.tokens import Tokens

ASIDE = 80
"""Characters between the two quotes at most: the cue and who speaks."""

PAUSES = ",–—-"
_STOPS = frozenset(".!?…:;\n")
_ENDS = frozenset(".!?\n")


def with_both_halves(t: Tokens, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, those that hold one half of an interrupted quote with the other, unless that is another's.

    The halves stand around the cue with nothing but who speaks between them, a comma or a dash before the cue and before
    the second half (unless the cue stands right before it), which goes on in small letters. What stands in marks behind
    the sentence of the cue is left out.
    """
    out = [_up_to_the_stop(t, a) for a in attributions]
    outer = [q for q in t.quotes if not q.depth and q.end > q.start]
    closes = [q.close for q in outer]
    held = Nearby(size=512)
    for n, a in enumerate(out):
        held.add(n, a.content)
    for n, a in enumerate(out):
        if a.cue.kind in ("none", "colon") or len(a.content) != 1:
            continue
        start, end = t.span(a.cue.first, a.cue.last)
        at = bisect_right(closes, start)
        if not 0 < at < len(outer) or outer[at].open < end or not _interrupted(t, outer[at - 1], outer[at], end):
            continue
        first, second = outer[at - 1 : at + 1]
        mine = next((q for q in (first, second) if _holds(q, a.content[0])), None)
        if mine is None:
            continue
        other = second if mine is first else first
        near = held.of([(other.start, other.end)])
        if any(k != n and _touches(other, span) for k in near for span in out[k].content):
            continue
        parts = [p for q in (first, second) if (p := trimmed(t, (t.at(q.start), t.at(q.end - 1)))) is not None]
        spans = characters(t, tuple(parts))
        if len(spans) == 2:
            out[n] = replace(a, content=spans)
            held.add(n, spans)
    return out


def _up_to_the_stop(t: Tokens, a: Attribution) -> Attribution:
    """An attribution that holds what its cue follows, without the quote behind the end of the cue's sentence."""
    end = t.end[a.cue.last]
    if a.cue.kind in ("none", "colon") or a.content[0][0] >= end:
        return a
    own = {t.quote[t.at(start)] for start, _ in a.content if start < end}
    kept = tuple(
        [span for span in a.content if span[0] < end or not _anew(t, end, t.quote[t.at(span[0])], span[0], own)]
    )
    return replace(a, content=kept) if len(kept) < len(a.content) else a


def _anew(t: Tokens, end: int, quote: int, start: int, own: set[int]) -> bool:
    """Whether a part begins another quote than what stands before the cue, in another sentence than the cue's."""
    return quote >= 0 and quote not in own and bool(_ENDS & set(t.text[end:start]))


def _interrupted(t: Tokens, first: Quote, second: Quote, cue_end: int) -> bool:
    """Whether what stands between two quotes may be an attribution in the middle of one.

    A cue right before the second half needs no pause there: *«Il conto», ha detto «non torna»*.
    """
    between = t.text[first.close : second.open]
    if len(between) > ASIDE or _STOPS & set(between):
        return False
    aside = between.strip()
    pause = t.text[first.end - 1 : first.end] in PAUSES or aside[:1] in PAUSES
    paused = aside[-1:] in PAUSES or t.text[cue_end : second.open].isspace()
    return bool(aside.strip(PAUSES + " ")) and pause and paused and _goes_on(t, second)


def _goes_on(t: Tokens, second: Quote) -> bool:
    return t.text[second.start : second.end].lstrip()[:1].islower()


def _holds(quote: Quote, span: tuple[int, int]) -> bool:
    """Whether a content is a quote, edges aside."""
    return quote.open <= span[0] <= quote.start + 2 and quote.end - 2 <= span[1] <= quote.close


def _touches(quote: Quote, span: tuple[int, int]) -> bool:
    return span[0] < quote.end and quote.start < span[1]
