"""Names of persons in their parts, and how they sound: the same for the ways in which news transliterate one name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from portavoce.graph.resolve import words
from portavoce.ids import fold

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("shch|sc[hc]|tsch", "sk"), ("tch|tz|ts|cz", "k"), ("sh|ss|sz", "s"), ("zh", "z"), ("kh|ch|ck|q|c|x", "k"), ("gh|dj|j(?=i)", "g"),
        ("ph", "f"), ("th", "t"), ("dh", "d"), ("w|v", "v"), ("[jy]+", "i"), ("ou|oo|u", "u"), ("(?<=.)h", ""), ("ie(?=[lnrv])", "e"),
        (r"(.)\1+", r"\1"), ("ii+", "i"),
    )
)  # fmt: skip
"""Spellings that one name has in Italian, English, French and German news, rewritten in this order."""

_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr"}
ARABIC = words.names("arabic")
PARTICLES = ARABIC | words.names("particles")


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """How a folded word of a name sounds, whatever the system it was transliterated by."""
    out = word
    for pattern, replacement in _SOUNDS:
        out = pattern.sub(replacement, out)
    return out


@dataclass(frozen=True, slots=True)
class PersonName:
    """The words of a person's name, folded: given names, and the surname with its particles joined in front of it.

    ``single`` says that there is no given name: "Rossi", "Di Pietro". ``suffix`` is jr or sr where the name has it.
    """

    given: tuple[str, ...]
    surname: tuple[str, ...]
    suffix: str = ""

    @property
    def single(self) -> bool:
        return not self.given

    @property
    def last(self) -> str:
        return self.surname[-1] if self.surname else ""

    @property
    def words(self) -> tuple[str, ...]:
        return self.given + self.surname


@lru_cache(maxsize=200_000)
def person_name(name: str) -> PersonName | None:
    """The parts of a person's name; None where it holds no word."""
    told, suffix = _pieces(name), ""
    if len(told) > 1 and told[-1] in _SUFFIXES:
        suffix = _SUFFIXES[told.pop()]
    if not told:
        return None
    start = len(told) - 1
    while start > 0 and told[start - 1] in PARTICLES:
        start -= 1
    return PersonName(tuple(told[:start]), tuple(told[start:]), suffix)


def _pieces(name: str) -> list[str]:
    """The folded words of a name, particles kept (`fold` drops some of them)."""
    return [folded for piece in re.findall(r"[^\W_]+", name) if (folded := fold(piece))]


def alike_given(a: str, b: str) -> bool:
    """Whether two given names are one: the same sound, a short form, or one in two languages."""
    return sound(a) == sound(b) or bool(_alike().get(a, frozenset()) & _alike().get(b, frozenset()))


@cache
def _alike() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(words.given_alike()):
        for name in group:
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


@cache
def _genders() -> dict[str, str]:
    return {fold(name): row[0] for name, row in words.table("given_names").items() if row and row[0] in ("m", "f")}


def is_given(word: str) -> bool:
    """Whether a folded word is a given name that the lists know."""
    return word in _genders()


def gender_of(name: PersonName) -> str:
    """M or f by the first given name, "" where the lists do not know it."""
    return _genders().get(name.given[0], "") if name.given else ""


def given_groups(word: str) -> list[str]:
    """The groups of given names that are one name in several forms, by number, to which a folded name belongs."""
    return [f"={number}" for number in sorted(_alike().get(word, ()))]
