"""An actor as one article knows it: what resolution reads, and all that it reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from portavoce.graph.resolve import words
from portavoce.graph.resolve.names import DETERMINERS, bare_name, country_of_adjective, is_local, known_name
from portavoce.ids import fold
from portavoce.records import ActorKind

_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST = 5  # words in the name of a country


@dataclass(frozen=True, slots=True)
class Appearance:
    """One actor of one article under the id ``form``, which is a function of the article's record alone.

    ``article`` is the local id of the article's node, ``roles`` are the words by which it calls the actor, ``places`` the
    countries that it names, ``day`` is its date.
    """

    article: str
    form: str
    name: str
    names: tuple[str, ...] = ()
    kind: ActorKind = "unknown"
    wikidata: str | None = None
    of_country: str | None = None
    roles: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    day: str | None = None

    @property
    def bare(self) -> str:
        """The name without determiner and titles."""
        return bare_name(self.name)

    @property
    def local(self) -> bool:
        """Whether the article describes rather than names it."""
        return is_local(self.name)


def countries_in(text: str) -> tuple[str, ...]:
    """The countries that a text names by name, capital or adjective, sorted."""
    found: set[str] = set()
    matches = list(_WORDS.finditer(text))
    names = _country_names()
    starts = _first_words()
    for n, match in enumerate(matches):
        word = match[0]
        if country := country_of_adjective(word):
            found.add(country)
        if not word[0].isupper() or fold(word).partition(" ")[0] not in starts:
            continue
        for length in range(min(_LONGEST, len(matches) - n), 0, -1):
            phrase = text[match.start() : matches[n + length - 1].end()]
            if country := names.get(fold(phrase)):
                found.add(country)
                break
    return tuple(sorted(found))


@lru_cache(maxsize=65536)
def title_words(text: str) -> str:
    """The titles in front of the bare name in a mention: "il ministro Rossi" has "ministro"."""
    bare = bare_name(text)
    before = text.rstrip()[: -len(bare)].split() if bare and text.rstrip().endswith(bare) else []
    return " ".join(word for word in before if fold(word) and fold(word) not in DETERMINERS)


def canonical_country(name: str) -> str:
    """A country under the name that all its names are joined under."""
    known = known_name(name, "country")
    return known.canonical if known else name


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.partition(" ")[0] for name in _country_names())


@cache
def _country_names() -> dict[str, str]:
    names = {fold(name): canonical_country(row[0]) for name, row in words.table("countries").items()}
    names |= {
        fold(name): canonical_country(row[1])
        for name, row in words.table("metonyms").items()
        if len(row) > 1 and row[1]
    }
    return names
