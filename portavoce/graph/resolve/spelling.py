"""Names of persons in their parts, and how they sound: the same for the ways in which news transliterate one name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from portavoce.extract.lang import read_table
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
ARABIC = frozenset("al el as ash ad an ar at az".split())
PARTICLES = ARABIC | frozenset(
    "de di da del della dello dei degli d la lo le li al el as ash von van der den ter bin ben ibn abu abd mc mac san".split()
)
_GIVEN_ALIKE = (
    "joe joseph", "mike michael", "bill william", "bob robert rob", "jim james", "tony anthony antony", "ted edward", "ed edward",
    "dick richard", "rick richard", "tom thomas", "dan daniel", "chris christopher", "steve steven stephen", "alex alexander aleksandr oleksandr oleksander",
    "vladimir volodymyr wladimir", "sergei serhij serhiy serge", "mahmud mahmoud mahmood", "muhammad mohammed mohamed muhammed mohammad mehmet",
    "yusuf yousef jusuf", "husain hussein hossein hosein", "hasan hassan", "abdallah abdullah", "beppe giuseppe", "pippo giuseppe", "pino giuseppe",
    "gigi luigi", "mimmo domenico", "nino antonino", "gianni giovanni", "enzo vincenzo", "lele emanuele", "rosy rosa rosaria", "mara maria",
    "nichi nicola", "ken kenneth", "larry lawrence", "greg gregory", "nick nicholas", "matt matthew", "andy andrew", "tim timothy", "jeff jeffrey",
    "benjamin binyamin benyamin", "yuri iurii jurij", "dmitri dmitrii dmytro", "nicolas nikolas", "bashar bascar", "evgenij evgeni yevgeny eugenio",
    "marija maria mariya", "michail mikhail", "andrej andrei andrey andrij", "piotr petr petro",
)  # fmt: skip


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
    words, suffix = _pieces(name), ""
    if len(words) > 1 and words[-1] in _SUFFIXES:
        suffix = _SUFFIXES[words.pop()]
    if not words:
        return None
    start = len(words) - 1
    while start > 0 and words[start - 1] in PARTICLES:
        start -= 1
    return PersonName(tuple(words[:start]), tuple(words[start:]), suffix)


def _pieces(name: str) -> list[str]:
    """The folded words of a name, particles kept (`fold` drops some of them)."""
    words = []
    for piece in re.findall(r"[^\W_]+", name):
        folded = fold(piece)
        if folded:
            words.append(folded)
    return words


def alike_given(a: str, b: str) -> bool:
    """Whether two given names are one: the same sound, a short form, or one in two languages."""
    return sound(a) == sound(b) or bool(_alike().get(a, frozenset()) & _alike().get(b, frozenset()))


@cache
def _alike() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(_GIVEN_ALIKE):
        for name in group.split():
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


@cache
def _genders() -> dict[str, str]:
    return {fold(name): row[0] for name, row in read_table("it", "given_names").items() if row and row[0] in ("m", "f")}


def is_given(word: str) -> bool:
    """Whether a folded word is a given name that the lists know."""
    return word in _genders()


def gender_of(name: PersonName) -> str:
    """M or f by the first given name, "" where the lists do not know it."""
    return _genders().get(name.given[0], "") if name.given else ""


def given_groups(word: str) -> list[str]:
    """The groups of given names that are one name in several forms, by number, to which a folded name belongs."""
    return [f"={number}" for number in sorted(_alike().get(word, ()))]
