"""Quotes that no statement holds: speech without a cue, or scare quotes, titles and names."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from math import log2

from portavoce.extract import act_features
from portavoce.extract.acts import Cue
from portavoce.extract.attribution.content_spans import Part, characters, trimmed
from portavoce.extract.evidence import bucket, odds
from portavoce.extract.marks import Quote
from portavoce.extract.tokens import Tokens

ALONE = "marks-alone"
"""The rule of a statement that stands in marks and has no cue."""

_NEAR_QUOTE, _NEAR_STATEMENT = 160, 200
"""Characters behind a quote and behind a statement within which a quote follows it."""

_LITTLE = 0.5
"""Share of a quote that statements inside of it hold at most, where the quote may be a statement of its own."""


def unclaimed_marks(
    t: Tokens, claimed: list[tuple[int, int]], cue_heads: set[int]
) -> list[tuple[Cue, tuple[tuple[int, int], ...], list[str]]]:
    """Quotes that no statement holds, with what tells speech from scare quotes, titles and names."""
    out = []
    claimed = sorted(claimed)
    reach = list(accumulate((end for _, end in claimed), max))  # how far the contents up to each one go
    speaking = {t.sent[h] for h in cue_heads if t.quote[h] < 0}
    previous_end = -1
    for q in t.quotes:
        if q.depth or q.end <= q.start:
            continue
        last_claim = bisect_left(claimed, (q.end, -1)) - 1
        if last_claim >= 0 and reach[last_claim] > q.start and not _holds_little(t, claimed, reach, q):
            previous_end = q.close
            continue
        part = trimmed(t, (t.at(q.start), t.at(q.end - 1)))
        if part is None or t.start[part[0]] < q.start or t.end[part[1]] > q.end:
            continue
        first, last = part
        spans = characters(t, (part,))
        if last == first or not spans:
            continue
        before_mark = bisect_left(claimed, (q.open, -1)) - 1
        held = before_mark >= 0 and reach[before_mark] <= q.open < reach[before_mark] + _NEAR_STATEMENT
        cue = Cue("none", first, first, first, "")
        f = [
            *_of_words(t, q, part),
            *_around(t, q, part, upper=t.text[spans[0][0]].isupper()),
            *_behind(t, q, previous_end, held=held, opens_paragraph=_opens_paragraph(t, q, part)),
            f"cue-in-sentence={t.sent[first] in speaking}",
            f"headline={t.para[first] == 0}",
            f"entity={t.entity[first] >= 0 and t.entity[last] == t.entity[first]}",
            f"dep={t.dep[first]}" if last - first < 3 else "long",
            *_read(t, cue, part),
        ]
        out.append((cue, spans, f))
        previous_end = q.close
    return out


def _holds_little(t: Tokens, claimed: list[tuple[int, int]], reach: list[int], q: Quote) -> bool:
    """Whether all that statements hold of a quote is little of it, reported by who speaks there: «Ci hanno chiesto di aprire. Lo farò»."""
    first = bisect_left(claimed, (q.start, -1))
    of_one_paragraph = t.para[t.at(q.start)] == t.para[t.at(q.end - 1)]
    if q.repaired or not of_one_paragraph or (first and reach[first - 1] > q.start):
        return False
    inside = claimed[first : bisect_left(claimed, (q.end, -1))]
    return all(end <= q.end for _, end in inside) and sum(b - a for a, b in inside) < _LITTLE * (q.end - q.start)


def _of_words(t: Tokens, q: Quote, part: Part) -> list[str]:
    """How long the quote is, in which marks it stands, and of which verbs it is made."""
    first, last = part
    verbs = [k for k in range(first, last + 1) if t.morph[k].get("VerbForm") == "Fin"]
    f = [
        f"size={min(6, int(log2(last - first + 1)))}",
        f"repaired={q.repaired}",
        f"style={q.style}",
        f"finite={min(len(verbs), 3)}",
    ]
    return [*f, "first-person"] if any(t.morph[k].get("Person") in ("1", "2") for k in verbs) else f


def _before(t: Tokens, q: Quote, first: int) -> int:
    """The last token before the opening mark, or -1."""
    before = first - 1
    while before >= 0 and t.start[before] >= q.open:
        before -= 1
    return before


def _opens_paragraph(t: Tokens, q: Quote, part: Part) -> bool:
    before = _before(t, q, part[0])
    return before < 0 or t.para[before] != t.para[part[0]]


def _around(t: Tokens, q: Quote, part: Part, *, upper: bool) -> list[str]:
    """Which words stand right before and behind the quote, whether it stands alone, and its capitals."""
    first, last = part
    before, after = _before(t, q, first), last + 1
    while after < t.n and t.end[after] <= q.close:
        after += 1
    opens = _opens_paragraph(t, q, part)
    ends = after >= t.n or t.para[after] != t.para[last]
    word = "¶" if opens else t.form[before] if t.pos[before] in ("PUNCT", "ADP", "DET", "CCONJ") else t.pos[before]
    next_word = "¶" if ends else t.form[after] if t.pos[after] == "PUNCT" else t.pos[after]
    stops = not opens and t.form[before] in (".", "!", "?", "…", ":", ";")
    capitals = sum(t.text[t.start[k]].isupper() for k in range(first, last + 1))
    return [
        f"before={word}",
        f"after={next_word}",
        f"alone={opens or stops}:{ends or (after < t.n and t.form[after] in '.;!?')}",
        f"upper={upper}",
        f"upper-words={min(3, capitals * 3 // (last - first + 1))}",
    ]


def _behind(t: Tokens, q: Quote, previous_end: int, *, held: bool, opens_paragraph: bool) -> list[str]:
    """Whether the quote follows another one or a statement, and by which words."""
    between = t.text[previous_end : q.open] if previous_end >= 0 else ""
    near = previous_end >= 0 and q.open - previous_end < _NEAR_QUOTE and "\n" not in between
    f = [f"follows-quote={near}", f"follows-statement={held}:{opens_paragraph}"]
    if previous_end >= 0:
        link = between.strip()
        f.append(f"link={link if len(link) < 4 else 'far'}:{held}")
    return f


def _read(t: Tokens, cue: Cue, part: Part) -> list[str]:
    """What an encoder thinks of the quote as a statement without a cue."""
    if t.evidence is None:
        return []
    inside, begin, end, _ = t.evidence.content((part,))
    return [
        f"read-inside={bucket(inside)}",
        f"read-begin={bucket(begin, 2)}",
        f"read-end={bucket(end, 2)}",
        f"read-unlinked={bucket(odds(t.evidence.unlinked((part,))))}",
        *act_features.of_statement(t.evidence, cue, (part,)),
    ]
