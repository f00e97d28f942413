"""Quotes side by side: joined by *e* they are one statement, with a stop between them two, unless marks or brackets tell otherwise.

*«Basta» e «Andatevene», hanno gridato* is one, *ha detto: «Il conto torna». «Vedremo»* are two, the second without a cue of its own. A
quote that has lost its opening mark behind the attribution of another is the rest of that one; what an editor has put in behind a quote
was put into what is said, which goes on behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portavoce.extract.acts import Attribution
from portavoce.extract.attribution.content_spans import MARKS
from portavoce.extract.attribution.cues import CueLexicon
from portavoce.extract.attribution.interrupted import ASIDE, PAUSES
from portavoce.extract.attribution.unclaimed_marks import ALONE
from portavoce.extract.marks import Quote, find_insertions
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
            return any(t.form[j] in lexicon.particles["relative"] for j in range(k + 1, min(k + 3, end)))
    return False


def joined(t: Tokens, attributions: Sequence[Attribution], lexicon: CueLexicon) -> list[Attribution]:
    """The attributions in text order, a quote that goes on with the one before as a part of that one's statement.

    It does where *e* joins the two, where it lacks its opening mark and stands right behind the attribution of the one before
    (*«Basta», ha detto. Vedremo»*), and where what an editor put in stands between the two (*«Basta». [con le armi] Poi, ha detto,
    «vedremo»*): that is put into what is said. In a list of three or more (*«…», «…» e «…»*) each may be another's.
    """
    out: list[Attribution] = []
    for a in sorted(attributions, key=lambda a: (a.content[0], a.cue.head)):
        whole = _whole(t, out[-1], a, lexicon) if out else None
        if whole:
            out[-1] = whole
        else:
            out.append(a)
    return out


def _whole(t: Tokens, before: Attribution, behind: Attribution, lexicon: CueLexicon) -> Attribution | None:
    """The one statement that two are of which the second follows the first, or None."""
    pair = _quotes(t, before.content[-1], behind.content[0])
    if pair is None:
        return None
    if behind.rule == ALONE and (_are_joined(t, *pair, lexicon) or _is_the_rest(t, before, *pair)):
        return replace(before, content=before.content + behind.content)
    if before.rule == ALONE and (said := _around_an_insertion(t, behind, *pair)) is not None:
        return replace(behind, content=before.content + said + behind.content)
    return None


def _is_the_rest(t: Tokens, a: Attribution, first: Quote, second: Quote) -> bool:
    """Whether a quote without an opening mark stands right behind the sentence of the cue that closes the quote before it."""
    start, end = t.span(a.cue.first, a.cue.last)
    between = _between(t, first, second)
    return (
        a.cue.kind == "verb"
        and second.open == second.start
        and first.open < first.start
        and first.close <= start
        and end <= second.open
        and len(between) <= ASIDE
        and "\n" not in between
        and between.rstrip()[-1:] in _STOPS
    )


def _around_an_insertion(t: Tokens, a: Attribution, first: Quote, second: Quote) -> tuple[tuple[int, int], ...] | None:
    """What the speaker of two quotes says between them, outside of marks; None where no insertion, or no aside of the cue's, parts them."""
    between = _between(t, first, second)
    if len(between) > ASIDE or "\n" in between or a.cue.kind != "verb":
        return None
    inserted = next(iter(find_insertions(between)), None)
    start, end = t.span(a.cue.first, a.cue.last)
    if (
        inserted is None
        or set(between[: inserted[0]]) - _STOPS
        or not first.close + inserted[1] <= start < end <= second.open
    ):
        return None
    words = t.text[first.close + inserted[1] : start].rstrip()
    aside = t.text[end : second.open].strip()
    if not (words and aside) or words[-1] not in PAUSES or aside[-1] not in PAUSES:
        return None
    said = words.strip("".join(_STOPS) + PAUSES)
    at = t.text.index(said, first.close + inserted[1])
    return ((at, at + len(said)),) if said else ()


def _are_joined(t: Tokens, first: Quote, second: Quote, lexicon: CueLexicon) -> bool:
    if _between(t, first, second).strip() not in lexicon.particles["joining"]:
        return False
    before_both = t.text[max(0, first.open - _NEAR) : first.open].rstrip()
    return not (before_both.endswith(",") and before_both[:-1].rstrip()[-1:] in MARKS)


def _quotes(t: Tokens, before: tuple[int, int], behind: tuple[int, int]) -> tuple[Quote, Quote] | None:
    """The two quotes of which one span ends the first and another begins the second, where they are two."""
    first, second = t.quote[t.at(before[1] - 1)], t.quote[t.at(behind[0])]
    return (t.quotes[first], t.quotes[second]) if min(first, second) >= 0 and first != second else None


def _between(t: Tokens, first: Quote, second: Quote) -> str:
    return t.text[first.close : second.open]
