"""What a corpus says of one name: all appearances under it, counted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from portavoce.graph.resolve import words
from portavoce.graph.resolve.appearances import Appearance
from portavoce.graph.resolve.gazetteer import Entry
from portavoce.graph.resolve.names import known_name
from portavoce.graph.resolve.spelling import PersonName, gender_of, person_name

_ONE_WORD = re.compile(r"[^\W\d_](?:['’]?[^\W\d_]*[a-zà-ÿ])+")

HOME = words.home()
"""The country that news are about where they name none."""


@lru_cache(maxsize=65536)
def ordinal(day: str | None) -> int | None:
    """A date as a number of days, None where it is no date."""
    try:
        return date.fromisoformat((day or "")[:10]).toordinal()
    except ValueError:
        return None


@dataclass(slots=True)
class Profile:
    """All appearances under one form; ``item`` is its name in the clusters."""

    item: str
    form: str
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    days: Counter[int] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    at_home: int = 0
    roles: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    wikidata: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    local: bool = False
    person: PersonName | None = None

    def add(self, a: Appearance) -> None:
        self.names[a.bare] += 1
        self.kinds[a.kind] += 1
        self.articles.add(a.article)
        self.local = a.local
        self.places.update(a.places)
        self.at_home += not a.places or HOME in a.places
        self.roles.update(a.roles)
        self.aliases.update(n for n in a.names if n != a.name)
        if a.wikidata:
            self.wikidata.add(a.wikidata)
        if a.of_country:
            self.countries.add(a.of_country)
        if (day := ordinal(a.day)) is not None:
            self.days[day] += 1

    def settle(self) -> None:
        """Read the name as a person's where most appearances say that it is one."""
        if self.kind == "person":
            self.person = person_name(self.name)

    @property
    def name(self) -> str:
        """The commonest spelling, of equally common ones the longest."""
        return min(self.names, key=lambda n: (-self.names[n], -len(n), n))

    @property
    def kind(self) -> str:
        """The commonest kind that is not unknown."""
        told = {k: n for k, n in self.kinds.items() if k != "unknown"}
        return min(told, key=lambda k: (-told[k], k)) if told else "unknown"

    @property
    def weak(self) -> bool:
        """Whether the name is a surname alone, which may be anybody's."""
        return self.person is not None and self.person.single

    @property
    def may_be_surname(self) -> bool:
        """Whether the name may be a surname alone, told by its kind or, of one word, not told otherwise."""
        if self.weak:
            return True
        word = self.name
        return (
            self.kind in ("organization", "unknown")
            and bool(_ONE_WORD.fullmatch(word))
            and not known_name(word, self.kind)
        )

    @property
    def gender(self) -> str:
        return gender_of(self.person) if self.person else ""

    def share_in(self, countries: Iterable[str]) -> float:
        """The share of its articles that name one of some countries; Italy needs no name."""
        names = set(countries)
        hits = max((self.places[c] for c in names), default=0)
        if HOME in names:
            hits = max(hits, self.at_home)
        return min(1.0, hits / max(1, len(self.articles)))


@dataclass(slots=True)
class Cluster:
    """Profiles that are one actor, with the entry of the gazetteer that it is, if any."""

    root: str
    members: list[Profile]
    entry: Entry | None = None
    because: str = ""
    score: float = 1.0
    _days: list[int] | None = None
    _places: Counter[str] | None = None

    @property
    def articles(self) -> int:
        return sum(len(p.articles) for p in self.members)

    @property
    def countries(self) -> set[str]:
        """The countries that it belongs to for sure."""
        told = set(self.entry.countries) if self.entry else set()
        return told.union(*(p.countries for p in self.members))

    @property
    def places(self) -> Counter[str]:
        if self._places is None:
            self._places = Counter()
            for p in self.members:
                self._places.update(p.places)
        return self._places

    @property
    def gender(self) -> str:
        if self.entry and self.entry.gender:
            return self.entry.gender
        return next((g for p in self.members if (g := p.gender)), "")

    def knows(self, article: str) -> bool:
        """Whether an article names it fully."""
        return any(article in p.articles for p in self.members)

    def days_from(self, day: int) -> int | None:
        """How many days lie between a day and the nearest article that names it fully."""
        if self._days is None:
            self._days = sorted({d for p in self.members for d in p.days})
        n = bisect_left(self._days, day)
        near = self._days[max(0, n - 1) : n + 1]
        return min((abs(d - day) for d in near), default=None)

    def best_form(self) -> Profile:
        """The profile whose name is in most articles, then the fullest, then the first."""
        return min(self.members, key=lambda p: (-len(p.articles), -len(p.name.split()), p.form))
