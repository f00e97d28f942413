"""Acronyms: what looks like one, which name it shortens, and what one in parentheses stands for."""

from __future__ import annotations

from collections.abc import Sequence

from portavoce.extract.actors.names import Name, folded
from portavoce.extract.actors.noun_phrases import noun_phrase, without_article
from portavoce.extract.actors.words import SpeakerWords
from portavoce.extract.tokens import Tokens


def is_acronym(word: str) -> bool:
    """Whether a word looks like an acronym: two to eight letters of which two are capitals, or two with the first one."""
    capitals = sum([c.isupper() for c in word])
    return 2 <= len(word) <= 8 and (capitals > 1 or (len(word) == 2 and word[0].isupper()))


def abbreviates(acronym: str, name: str) -> bool:
    """Whether a folded acronym takes all capitalised words of a name by their first letter, and some of the others."""
    words = name.replace("'", " ").replace("’", " ").split()
    every = folded("".join([w[0] for w in words]))
    capital = folded("".join([w[0] for w in words if not w[0].islower()]))
    return _within(acronym, every) and _within(capital, acronym)


def spelled_out_acronyms(
    t: Tokens, words: SpeakerWords, names: Sequence[Name], name_at: Sequence[int]
) -> dict[int, str]:
    """For each name that is an acronym in parentheses, by its index, the phrase before it that it stands for."""
    out: dict[int, str] = {}
    for k, name in enumerate(names):
        i = name.first
        acronym = name.text.replace(".", "")
        if not (i > 1 and t.form[i - 1] == "(" and name.last + 1 < t.n and t.form[name.last + 1] == ")"):
            continue
        if len(name.words) > 1 or not is_acronym(acronym):
            continue
        first = _spelled_out(t, acronym, i - 2)
        previous = name_at[i - 2]
        if first is None and previous >= 0 and len(names[previous].words) > 1:
            first = names[previous].first
        elif first is None:
            first = _organization_before(t, words, i - 2)
        if first is not None:
            out[k] = without_article(t, words, first, i - 2)
    return out


def _spelled_out(t: Tokens, acronym: str, last: int) -> int | None:
    """Where the phrase that ends at ``last`` and spells the acronym's letters begins."""
    left = [c.lower() for c in acronym if c.isalpha()]
    for i in range(last, max(-1, last - 12), -1):
        if t.sent[i] != t.sent[last] or t.pos[i] == "PUNCT":
            break
        if left and folded(t.form[i])[:1] == left[-1] and t.pos[i] not in ("ADP", "DET", "CCONJ"):
            left.pop()
            if not left:
                return i
    return None


def _organization_before(t: Tokens, words: SpeakerWords, last: int) -> int | None:
    """Where the phrase of an organisation that ends at ``last`` begins."""
    head = last
    while t.head[head] != head and t.sent[t.head[head]] == t.sent[last] and t.right[t.head[head]] <= last + 3:
        head = t.head[head]
        if t.pos[head] == "NOUN" and noun_phrase(t, words, head)[1] == last:
            break
    entry = words.nominal(t, head)
    if head < last and entry and entry[0] == "organization" and noun_phrase(t, words, head)[1] == last:
        return head
    return None


def _within(short: str, long: str) -> bool:
    """Whether the letters of one word stand in another in their order."""
    letters = iter(long)
    return all(c in letters for c in short)
