"""Where an article names somebody: proper names, the noun phrases around a head, the titles that belong to no name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from portavoce.extract.speaker_words import SpeakerWords
from portavoce.extract.tokens import Tokens

NameKind = Literal["PER", "ORG", "LOC", ""]

_LEFT = frozenset({"det", "amod", "nummod", "flat", "compound"})
_NOMINAL = ("NOUN", "PROPN")
_ATTACHED = ("compound", "flat", "amod", "flat:name")
_FULLEST = 9
_LONGEST = 14
"""Tokens behind a noun after which no further complement is taken in."""
_BREAKS = frozenset({",", ";", ":", "(", "-", "–", "—"})
_LEADING = frozenset({"article", "possessive", "same", "pronoun", "of", "quantifier"})
_RIGHT = frozenset({"amod", "nummod", "flat", "compound", "nmod", "appos", "fixed", "obl"})


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in the text: tokens ``first`` to ``last`` (both included), without the titles before it."""

    first: int
    last: int
    words: tuple[str, ...]
    kind: NameKind
    titled: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """A word without accents and case."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).lower()


def written(t: Tokens, i: int) -> str:
    """The token as it is written."""
    return t.text[t.start[i] : t.end[i]]


def is_capital(t: Tokens, i: int) -> bool:
    """Whether the token begins with a capital letter."""
    return t.text[t.start[i]].isupper()


def find_names(t: Tokens, words: SpeakerWords) -> list[Name]:
    """The proper names of an article in text order: its entities put right, and the capitalised runs beside them."""
    capital = [t.text[s].isupper() for s in t.start]
    names: list[Name] = []
    doubtful: list[Name] = []  # a name that is also a noun: a surname (Conte) where the full name stands elsewhere
    taken = [False] * t.n
    for first, end, kind in _whole_persons(t):
        if first < t.n and taken[first]:
            continue
        name = _from_entity(t, words, capital, first=first, last=end - 1, kind=kind)
        if name is not None and _is_noun(t, words, name):
            doubtful.append(name)
        elif name is not None:
            names.append(name)
            taken[name.first : name.last + 1] = [True] * (name.last + 1 - name.first)
    known = {w for n in names for w in n.words}
    people = {n.words[-1] for n in names if n.kind == "PER" and len(n.words) > 1}
    alone = {n.words[0] for n in names if len(n.words) == 1 and n.kind in ("ORG", "LOC")}
    alone -= {n.words[0] for n in names if len(n.words) == 1 and n.kind == "PER"}
    i = 0
    while i < t.n:
        if capital[i] and not taken[i] and _may_begin(t, words, capital, i, known):
            name = _from_run(t, words, capital, taken, i)
            if name.first == name.last and words.classes.get(t.form[i]) == "article":
                i += 1
                continue
            (doubtful if _is_noun(t, words, name) else names).append(name)
            i = name.last
        i += 1
    surnames = {n.words[-1] for n in names if len(n.words) > 1 and n.kind != "LOC"}
    names = [part for n in names for part in _parted(t, words, n, people, alone)]
    names += [n for n in doubtful if n.words[0] in surnames and not taken[n.first]]
    return sorted(names, key=lambda n: n.first)


def _whole_persons(t: Tokens) -> Iterator[tuple[int, int, str]]:
    """The entities of an article; a person's name of one word belongs to the person's name right behind it."""
    n = 0
    while n < len(t.entities):
        first, end, kind = t.entities[n]
        while (
            n + 1 < len(t.entities)
            and kind == "PER"
            and t.entities[n + 1][0] == end == first + 1
            and t.entities[n + 1][2] == "PER"
            and end < t.n
            and _adjacent(t, first)
        ):
            n += 1
            end = t.entities[n][1]
        yield first, end, kind
        n += 1


def _parted(t: Tokens, words: SpeakerWords, name: Name, people: set[str], alone: set[str]) -> list[Name]:
    """A surname behind an organisation or a country is a name of its own ("il presidente della Fiat Rossi")."""
    last = name.words[-1]
    if len(name.words) < 2 or name.last == name.first or last not in people or name.words[0] in words.genders:
        return [name]
    front = " ".join(name.words[:-1])
    if words.classes.get(front.lower()) in ("article", "particle", "of"):
        return [name]  # "La Russa", "Di Pietro"
    if not (front in words.countries or (len(name.words) == 2 and (front in alone or _is_acronym(front)))):
        return [name]
    return [
        _name(t, words, name.first, name.last - 1, "LOC" if front in words.countries else "ORG", titled=False),
        _name(t, words, name.last, name.last, "PER", titled=False),
    ]


def _is_noun(t: Tokens, words: SpeakerWords, name: Name) -> bool:
    """Whether a name of one word could as well be the noun that it is spelled like ("Ministero", "Conte")."""
    return len(name.words) == 1 and not name.titled and words.nominal(t, name.first) is not None


def _from_entity(
    t: Tokens, words: SpeakerWords, capital: list[bool], *, first: int, last: int, kind: str
) -> Name | None:
    """The name in an entity, without what the recogniser took in before it or left out behind it."""
    titled = False
    while first < last and (not capital[first] or t.form[first] in words.titles or t.pos[first] == "PUNCT"):
        titled |= t.form[first] in words.titles
        first += 1
    if first < last and words.classes.get(t.form[first]) == "article":
        rest = t.words(first + 1, last)
        first += rest in words.countries or rest in words.metonyms  # "La Russia", but "La Repubblica"
    while last > first and not (capital[last] or t.form[last][-1].isalnum()):
        last -= 1
    if kind == "ORG" and t.pos[last] == "ADP" and last + 1 < t.n and t.pos[last + 1] in _NOMINAL and _adjacent(t, last):
        last += 1  # "Centro nazionale degli" + "uragani"
    while last > first and t.pos[last] in ("ADP", "DET") and not capital[last]:
        last -= 1
    if kind == "ORG" and first < last and (words.nominal(t, first) or ("",))[0] == "person":
        return None  # an office is no name: "Capo dello Stato"
    for i in range(first + 1, last + 1):
        if not capital[i] and t.pos[i] in ("VERB", "AUX"):
            last = i - 1
            break
    for i in range(last - 1, first, -1):
        if words.classes.get(t.form[i]) == "article" and not capital[i] and t.pos[i] == "DET":
            first = i + 1  # "al termine del Cda il presidente X"
            break
    if kind == "LOC":
        for i in range(first + 1, last):
            if written(t, i) in words.genders and capital[i + 1]:  # "il sindaco di Rotterdam Mario Rossi"
                first, kind = i, "PER"
                break
    if kind == "PER":
        first = _person_start(t, words, capital, first, last)
    lone = first == last and t.form[first] in words.titles
    little = first == last and words.classes.get(t.form[first], "").startswith(("article", "pronoun"))
    if not capital[first] or little or (lone and words.nominal(t, first) is None):
        return None
    if kind == "PER":
        for i in range(first + 1, last):
            if t.pos[i] == "ADP" and t.form[i] not in words.classes and " " in t.lemma[i]:
                last = i - 1  # a preposition with article ends a name: "West al Washington Post"
                break
        while first and capital[first - 1] and written(t, first - 1) in words.genders and _adjacent(t, first - 1):
            if t.entity[first - 1] >= 0 and t.entities[t.entity[first - 1]][2] != "PER":
                break  # "la Casa Bianca Mario Rossi"
            first -= 1
        last = _extended(t, words, capital, last)
    return _name(t, words, first, last, kind, titled=titled or _titled(t, words, first))


def _person_start(t: Tokens, words: SpeakerWords, capital: list[bool], first: int, last: int) -> int:
    """Where a person's name begins in an entity that holds an article, a country, a title or a common noun before it."""
    while first < last and capital[first + 1]:
        word = written(t, first)
        common = t.pos[first] == "NOUN" and word not in words.genders
        noun = words.nominal(t, first) is not None and word not in words.genders
        known = word in words.countries or word in words.organizations or t.form[first] in words.titles
        if not (common or noun or known):
            break
        first += 1
    return first


def _extended(t: Tokens, words: SpeakerWords, capital: list[bool], last: int) -> int:
    """The end of a person's name that the recogniser cut short."""
    while last + 1 < t.n and _adjacent(t, last):
        nxt = last + 1
        if capital[nxt] and t.pos[nxt] == "PROPN" and t.entity[nxt] < 0 and t.form[nxt] not in words.titles:
            last = nxt
        elif words.classes.get(t.form[nxt]) == "particle" and nxt + 1 < t.n and capital[nxt + 1]:
            last = nxt + 1
        else:
            break
    return last


def _adjacent(t: Tokens, i: int) -> bool:
    return t.sent[i] == t.sent[i + 1] and t.start[i + 1] - t.end[i] <= 1 and t.para[i] == t.para[i + 1]


def _may_begin(t: Tokens, words: SpeakerWords, capital: list[bool], i: int, known: set[str]) -> bool:
    word = written(t, i)
    if words.classes.get(t.form[i], "").startswith("pronoun"):
        return False
    if t.form[i] in words.titles or t.pos[i] not in ("PROPN", "NOUN", "X", "ADJ"):
        return False
    initial = i == 0 or t.sent[i - 1] != t.sent[i] or not t.text[t.start[i - 1]].isalnum()
    if not initial:
        return t.pos[i] in ("PROPN", "X") or (len(word) > 1 and word.isupper())
    if len(word) > 1 and word.isupper() and len(word) <= 6:
        return t.pos[i] == "PROPN"
    follows = i + 1 < t.n and capital[i + 1] and t.sent[i + 1] == t.sent[i]
    return word in known or (word in words.genders and follows) or (t.pos[i] == "PROPN" and follows)


def _from_run(t: Tokens, words: SpeakerWords, capital: list[bool], taken: list[bool], first: int) -> Name:
    last = first
    while last + 1 < t.n and _adjacent(t, last) and not taken[last + 1]:
        nxt = last + 1
        if capital[nxt] and (t.pos[nxt] in ("PROPN", "X") or written(t, nxt).isupper()):
            last = nxt
        elif (
            words.classes.get(t.form[nxt]) == "particle"
            and nxt + 1 < t.n
            and capital[nxt + 1]
            and not taken[nxt + 1]
            and written(t, first) in words.genders
        ):
            last = nxt + 1
        else:
            break
    return _name(t, words, first, last, "", titled=_titled(t, words, first))


def _titled(t: Tokens, words: SpeakerWords, first: int) -> bool:
    before = first - 2 if first > 1 and t.form[first - 1] == "." else first - 1
    return before >= 0 and t.form[before] in words.titles


def _name(t: Tokens, words: SpeakerWords, first: int, last: int, kind: str, *, titled: bool) -> Name:
    forms = tuple(t.text[t.start[first] : t.end[last]].split())
    text = " ".join(forms)
    found: NameKind
    if text in words.countries or (text in words.metonyms and words.metonyms[text][0] == "capital"):
        found = "LOC"
    elif text in words.metonyms or forms[0] in words.organizations or (kind == "LOC" and _is_acronym(text)):
        found = "ORG"
    elif kind != "ORG" and (titled or (len(forms) > 1 and forms[0] in words.genders)):
        found = "PER"
    else:
        found = kind if kind in ("PER", "ORG", "LOC") else ""  # type: ignore[assignment]
    return Name(first, last, forms, found, titled)


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()


def phrase_head(t: Tokens, first: int, last: int) -> int:
    """The token of a stretch whose head lies outside it."""
    for i in range(first, last + 1):
        if not first <= t.head[i] <= last or t.head[i] == i:
            return i
    return first


def noun_phrase(t: Tokens, words: SpeakerWords, head: int) -> tuple[int, int]:
    """First and last token of the phrase around a noun: determiner, adjectives, ``di`` phrases, attached name.

    What stands behind a comma (an apposition, a relative clause) is left out.
    """
    first = head
    for c in reversed(t.children[head]):
        if c < first and t.dep[c].split(":", 1)[0] in _LEFT and t.right[c] + 1 == first and t.sent[c] == t.sent[head]:
            first = min(c, t.left[c])
    return first, _with_complements(t, words, head, _right_edge(t, words, head, 0))


def _with_complements(t: Tokens, words: SpeakerWords, head: int, last: int) -> int:
    """The end of a phrase with the complements of possession right behind it, whatever the parser hangs them on."""
    end = t.sentences[t.sent[head]][1]
    while last + 2 < end and last - head < _LONGEST and t.pos[last] in ("NOUN", "PROPN", "ADJ"):
        k = last + 1
        if t.pos[k] == "ADP" and words.classes.get(t.lemma[k].split(" ", 1)[0]) == "of":
            k += 1
            while k + 1 < end and (t.pos[k] in ("DET", "NUM") or (t.pos[k] == "ADJ" and t.pos[k + 1] in _NOMINAL)):
                k += 1
            if t.pos[k] not in _NOMINAL or t.quote[k] != t.quote[head]:
                break
            last = max(k, _right_edge(t, words, k, 1))
        elif t.pos[k] in ("NOUN", "ADJ", "PROPN") and t.dep[k] in _ATTACHED and head <= t.head[k] <= last:
            last = k
        elif (
            last > head
            and words.classes.get(t.form[k]) == "and"
            and k + 2 < end
            and t.pos[k + 1] == "ADP"
            and words.classes.get(t.lemma[k + 1].split(" ", 1)[0]) == "of"
            and t.pos[k + 2] in _NOMINAL
        ):
            last = max(k + 2, _right_edge(t, words, k + 2, 1))  # "dell'Università" + "e della Ricerca"
        else:
            break
    return last


def described_edge(t: Tokens, head: int, last: int) -> int:
    """The end of a phrase that tells who or what its noun is: with what stands right behind it and modifies it.

    A complement of another kind ("in pensione"), a participle ("diffusi dalla polizia") and, behind a noun that nothing
    else narrows down, a relative clause without a comma ("che ha visto la scena"), up to `_FULLEST` tokens.
    """
    bare = last == head
    for c in t.children[head]:
        if c <= last or t.left[c] != last + 1:
            continue
        base = t.dep[c].split(":", 1)[0]
        relative = t.dep[c] == "acl:relcl" or t.pos[last + 1] in ("PRON", "SCONJ")
        end = t.right[c]
        if base not in ("nmod", "acl") or (relative and not bare) or end - head > _FULLEST:
            break
        for j in range(last + 1, end + 1):
            if t.form[j] in _BREAKS or t.quote[j] != t.quote[head] or t.pos[j] == "SPACE":
                end = j - 1
                break
        if end <= last or (t.pos[c] == "VERB" and not c <= end):
            break
        last = end
    while last > head and t.pos[last] in ("ADP", "DET", "CCONJ", "PUNCT", "AUX", "SCONJ"):
        last -= 1
    return last


def _right_edge(t: Tokens, words: SpeakerWords, head: int, depth: int) -> int:
    last = head
    for c in t.children[head]:
        if c <= head or t.sent[c] != t.sent[head]:
            continue
        if t.left[c] > last + 1 or t.form[t.left[c]] in _BREAKS or t.dep[c].split(":", 1)[0] not in _RIGHT:
            if t.pos[c] == "PUNCT" and t.form[c] not in _BREAKS and c == last + 1:
                continue  # a mark around a word of the phrase
            break
        if t.dep[c].split(":", 1)[0] in ("nmod", "obl") and not _of(t, words, c):
            break
        last = max(last, _right_edge(t, words, c, depth + 1) if depth < 6 else c)
    return last


def _of(t: Tokens, words: SpeakerWords, i: int) -> bool:
    """Whether a complement belongs to the phrase: it is introduced by nothing or by the preposition of possession."""
    cases = [t.lemma[c].split(" ", 1)[0] for c in t.children[i] if t.dep[c] == "case"]
    return all(words.classes.get(case) == "of" for case in cases)


def without_article(t: Tokens, words: SpeakerWords, first: int, last: int) -> str:
    """The words of a phrase without the article, demonstrative or possessive in front, in one line."""
    while first < last and t.pos[first] != "PRON" and words.classes.get(t.form[first]) in _LEADING:
        first += 1
    return " ".join(t.words(first, last).split())
