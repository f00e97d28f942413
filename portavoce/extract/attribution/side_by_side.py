"""Quotes side by side: joined by *e* they are one statement, with a stop between them two.

*«Basta» e «Andatevene», hanno gridato* is one, *ha detto: «Il conto torna». «Vedremo»* are two, the second without a cue of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portavoce.extract.acts import Attribution
from portavoce.extract.attribution.content_spans import MARKS
from portavoce.extract.attribution.cues import CueLexicon
from portavoce.extract.marks import Quote
from portavoce.extract.tokens import Tokens

_STOPS = frozenset(".!?… \n")
_NEAR = 8
"""Characters before a quote in which the end of the one before it in a list stands."""


def parted(t: Tokens, attributions: Sequence[Attribution], lexicon: CueLexicon) -> list[Attribution]:
    """The attributions without quotes that a stop alone parts from the one before, or that another source claims (*secondo cui*)."""
    return [replace(a, content=_before_the_next(t, a, lexicon)) for a in attributions]


def _before_the_next(t: Tokens, a: Attribution, lexicon: CueLexicon) -> tuple[tuple[int, int], ...]:
    for n in range(1, len(a.content)):
        pair = _quotes(t, a.content[n - 1], a.content[n])
        if pair and (set(_between(t, *pair)) <= _STOPS or _has_other_source(t, a, *pair, lexicon)):
            return a.content[:n]
    return a.content


def _has_other_source(t: Tokens, a: Attribution, first: Quote, second: Quote, lexicon: CueLexicon) -> bool:
    """Whether a preposition that names a source, with a relative pronoun, stands between two quotes and is not the cue."""
    begin, end = t.at(first.close), t.at(second.open)
    for k in range(begin, end):
        if lexicon.phrases.get((t.form[k],)) == "secondo" and not a.cue.first <= k <= a.cue.last:
            return any(t.morph[j].get("PronType") == "Rel" for j in range(k + 1, min(k + 3, end)))
    return False


def joined(t: Tokens, attributions: Sequence[Attribution], lexicon: CueLexicon) -> list[Attribution]:
    """The attributions in text order, a quote without a cue that *e* joins to the one before as a part of that one's statement.

    In a list of three or more (*«…», «…» e «…»*) each may be another's.
    """
    out: list[Attribution] = []
    for a in sorted(attributions, key=lambda a: (a.content[0], a.cue.head)):
        if out and a.rule == "marks-alone" and _are_joined(t, out[-1].content[-1], a.content[0], lexicon):
            out[-1] = replace(out[-1], content=out[-1].content + a.content)
        else:
            out.append(a)
    return out


def _are_joined(t: Tokens, before: tuple[int, int], behind: tuple[int, int], lexicon: CueLexicon) -> bool:
    pair = _quotes(t, before, behind)
    if pair is None or _between(t, *pair).strip() not in lexicon.particles["joining"]:
        return False
    before_both = t.text[max(0, pair[0].open - _NEAR) : pair[0].open].rstrip()
    return not (before_both.endswith(",") and before_both[:-1].rstrip()[-1:] in MARKS)


def _quotes(t: Tokens, before: tuple[int, int], behind: tuple[int, int]) -> tuple[Quote, Quote] | None:
    """The two quotes of which one span ends the first and another begins the second, where they are two."""
    first, second = t.quote[t.at(before[1] - 1)], t.quote[t.at(behind[0])]
    return (t.quotes[first], t.quotes[second]) if min(first, second) >= 0 and first != second else None


def _between(t: Tokens, first: Quote, second: Quote) -> str:
    return t.text[first.close : second.open]
