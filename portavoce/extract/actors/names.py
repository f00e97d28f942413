"""The proper names of an article, without the titles that belong to none of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from portavoce.extract.actors.noun_phrases import NOMINAL
from portavoce.extract.actors.words import SpeakerWords
from portavoce.extract.tokens import Tokens

NameKind = Literal["PER", "ORG", "LOC", ""]


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
        """The name with single spaces."""
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
    if kind == "ORG" and t.pos[last] == "ADP" and last + 1 < t.n and t.pos[last + 1] in NOMINAL and _adjacent(t, last):
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
