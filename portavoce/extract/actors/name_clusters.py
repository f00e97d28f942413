"""Which names of an article are one: a surname and the full name, an acronym and what it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from portavoce.extract.actors.names import Name, folded
from portavoce.extract.actors.noun_phrases import noun_phrase, without_article
from portavoce.extract.actors.words import SpeakerWords
from portavoce.extract.tokens import Tokens

_SHARED = 200
"""Clusters that share a word or an initial, at most: keeps the time linear in a text of a million names."""


def name_kind(names: Sequence[Name], words: SpeakerWords) -> str:
    """The kind that most of the mentions of one written name suggest: PER, ORG, LOC, or nothing."""
    count: Counter[str] = Counter()
    for name in names:
        count[name.kind] += 1 if name.kind else 0
        if name.titled and not (name.kind == "ORG" and len(name.words) == 1 and _is_acronym(name.text)):
            count["PER"] += 2
    if len(names[0].words) > 1 and names[0].words[0] in words.genders:
        count["PER"] += 1
    return min(count, key=lambda kind: (-count[kind], kind)) if any(count.values()) else ""


@dataclass(slots=True)
class LongerNames:
    """The clusters made so far, of longer names first, by what a shorter name could share with them."""

    generic: frozenset[tuple[str, ...]]
    saints: frozenset[str] = frozenset()
    keys: dict[int, tuple[str, ...]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    by_last: dict[str, list[int]] = field(default_factory=dict)
    people_by_word: dict[str, list[int]] = field(default_factory=dict)
    others_by_first: dict[str, list[int]] = field(default_factory=dict)
    others_by_letter: dict[str, list[int]] = field(default_factory=dict)

    def add(self, index: int, key: tuple[str, ...], name: str, *, person: bool, doubtful: bool) -> None:
        """Remember a cluster under the folded words of its name; at most `_SHARED` share a place."""
        if key[0] in self.saints:
            return  # "San Francesco" is not the Francesco whom the article calls by that name alone
        self.keys[index], self.names[index] = key, name
        places: list[tuple[dict[str, list[int]], str]] = []
        if person or doubtful:
            places.append((self.by_last, key[-1]))
        if person and len(key) > 1:
            places += [(self.people_by_word, word) for word in dict.fromkeys(key)]
        if not person:
            places.append((self.others_by_first, key[0]))
            if len(key) > 1:
                places.append((self.others_by_letter, key[0][:1]))
        for table, word in places:
            known = table.setdefault(word, [])
            if len(known) < _SHARED:
                known.append(index)

    def matching(self, s: tuple[str, ...], kind: str) -> list[int]:
        """The clusters made so far, of longer names, that a shorter name may belong to."""
        n, keys = len(s), self.keys
        ends = self.by_last.get(s[-1], [])
        if kind != "LOC":
            out = [a for a in ends if len(keys[a]) > n and keys[a][-n:] == s]
            if out:
                return out
        if kind in ("PER", ""):
            if n == 1:
                out = self.people_by_word.get(s[0], [])
                if len(out) == 1 and len(keys[out[0]]) > 1:
                    return out
                if out:
                    return []
            out = [a for a in ends if len(keys[a]) > n > 1 and set(s) <= set(keys[a])]
            if out:
                return out
        if kind != "LOC" and s not in self.generic:
            out = [a for a in self.others_by_first.get(s[0], ()) if len(keys[a]) > n and keys[a][:n] == s]
            if out:
                return out[:1]
        if n == 1 and 1 < len(s[0]) <= 7:
            for a in self.others_by_letter.get(s[0][0], ()):
                if abbreviates(s[0], self.names[a]):
                    return [a]
        return []


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
        if len(name.words) > 1 or not _is_acronym(acronym):
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


def _is_acronym(word: str) -> bool:
    """Whether a word looks like an acronym: two to eight letters of which two are capitals, or two with the first one."""
    capitals = sum([c.isupper() for c in word])
    return 2 <= len(word) <= 8 and (capitals > 1 or (len(word) == 2 and word[0].isupper()))


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


def abbreviates(acronym: str, name: str) -> bool:
    """Whether a folded acronym takes all capitalised words of a name by their first letter, and some of the others."""
    words = name.replace("'", " ").replace("’", " ").split()
    every = folded("".join([w[0] for w in words]))
    capital = folded("".join([w[0] for w in words if not w[0].islower()]))
    return _within(acronym, every) and _within(capital, acronym)


def _within(short: str, long: str) -> bool:
    """Whether the letters of one word stand in another in their order."""
    letters = iter(long)
    return all(c in letters for c in short)
