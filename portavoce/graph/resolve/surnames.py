"""Who is meant by a surname alone: of those with that surname the one that the article's day, countries and roles fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portavoce.graph.resolve.appearances import Appearance
from portavoce.graph.resolve.gazetteer import Entry, Gazetteer
from portavoce.graph.resolve.match import DOUBTFUL, NOTHING, Score
from portavoce.graph.resolve.profiles import HOME, Cluster, ordinal
from portavoce.graph.resolve.roles import fits, is_of_public_life
from portavoce.graph.resolve.spelling import ARABIC, PersonName, is_given, person_name, sound

SURE = 0.7
"""From this score on a surname alone means somebody."""

MARGIN = 0.15
"""By how much one candidate must be surer than all others."""

NEAR = 7
"""Days within which an article that gives the full name speaks for the same person."""

SUPPORT = 3
"""Articles with the full name that make somebody the one whom a surname means without any other reason."""

CANDIDATES = 50
"""Candidates that are looked at for one surname: those named in most articles."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a surname alone means: a cluster of the corpus, else an entry; ``open`` where several may be meant."""

    cluster: Cluster | None = None
    entry: Entry | None = None
    score: Score = NOTHING
    open: bool = False
    doubts: tuple[tuple[Cluster, Score], ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the appearance leaves the profile of its surname."""
        return self.cluster is not None or self.entry is not None or self.open


@dataclass(frozen=True, slots=True)
class _Candidate:
    cluster: Cluster | None
    entry: Entry | None
    articles: int

    @property
    def key(self) -> str:
        return self.cluster.root if self.cluster else self.entry.key if self.entry else ""


class Surnames:
    """The full names of a corpus and of a gazetteer by their surnames."""

    def __init__(self, clusters: Iterable[Cluster], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._of: dict[str, list[Cluster]] = {}
        self._candidates: dict[str, list[_Candidate]] = {}
        for cluster in sorted(clusters, key=lambda c: c.root):
            names = [p.person for p in cluster.members if p.person and not p.weak and not p.local]
            for key in sorted({key for name in names for key in surname_keys(name)}):
                self._of.setdefault(key, []).append(cluster)

    def choose(self, a: Appearance, allowed: Callable[[Cluster], bool]) -> Choice:
        """Whom an appearance under a surname alone means."""
        name = person_name(a.bare)
        if name is None:
            return Choice()
        candidates = [c for c in self._with(name) if c.cluster is None or allowed(c.cluster)]
        if not candidates:
            return Choice()
        total = sum(c.articles for c in candidates)
        asked = _Asked.of(a, alone=len(candidates) == 1)
        scores = [_score(asked, c, total) for c in candidates]
        values = [score.value for score in scores]
        ranked = sorted(range(len(candidates)), key=lambda n: (-values[n], candidates[n].key))
        first = ranked[0]
        second = values[ranked[1]] if len(ranked) > 1 else 0.0
        if values[first] >= SURE and values[first] - second >= MARGIN:
            chosen = candidates[first]
            return Choice(chosen.cluster, None if chosen.cluster else chosen.entry, scores[first])
        near = ((candidates[n].cluster, n) for n in ranked[:3] if values[n] >= DOUBTFUL)
        doubts = tuple((cluster, scores[n]) for cluster, n in near if cluster)
        rivals = sum(value >= 0.3 and c.cluster is not None for value, c in zip(values, candidates, strict=True))
        return Choice(open=rivals > 1, doubts=doubts)

    def _with(self, name: PersonName) -> list[_Candidate]:
        key = _key(name)
        found = self._candidates.get(key)
        if found is None:
            clusters = sorted(self._of.get(key, []), key=lambda c: (-c.articles, c.root))[:CANDIDATES]
            there = {c.entry.key for c in clusters if c.entry}
            known = [e for e in self.gazetteer.of_surname(name.surname) if e.key not in there]
            found = [_Candidate(c, c.entry, c.articles) for c in clusters]
            found += [_Candidate(None, e, 0) for e in sorted(known, key=lambda e: e.key)]
            self._candidates[key] = found
        return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of an appearance under a surname alone is the same for all candidates."""

    appearance: Appearance
    day: int | None
    suffix: str
    places: frozenset[str]
    told: tuple[tuple[str, float], ...]
    alone: bool

    @classmethod
    def of(cls, a: Appearance, *, alone: bool) -> _Asked:
        told = [] if a.kind == "person" else [("not told to be a person", -0.3)]
        if _is_given_name(a.bare):
            told.append(("it is a given name", -0.25))
        return cls(a, ordinal(a.day), _suffix(a.bare), a.places or frozenset({HOME}), tuple(told), alone)


def _score(asked: _Asked, candidate: _Candidate, total: int) -> Score:
    a, cluster, entry = asked.appearance, candidate.cluster, candidate.entry
    found = [("surname", 0.35)]
    if cluster is not None:
        share = candidate.articles / max(1, total)
        support = 1.0 if entry and share > 0.5 else min(1.0, candidate.articles / SUPPORT)
        found.append(("share of the full names", round(0.35 * share * support, 3)))
        if cluster.knows(a.article):
            found.append(("full name in the article", 0.3))
        if asked.day is not None and (apart := cluster.days_from(asked.day)) is not None:
            if apart <= NEAR:
                found.append(("full name within days", 0.2))
            if apart > 3 * 365:
                found.append(("full name only years apart", -0.2))
    if asked.alone and (cluster is not None or (entry and entry.rank > 1)):
        found.append(("nobody else of that surname", 0.1))
    found += asked.told
    if asked.suffix and not _has_suffix(cluster, asked.suffix):
        found.append(("junior or senior", -0.6))
    found += _country(asked, cluster, entry)
    if entry is not None:
        found += _office(a, entry)
    if a.wikidata and entry and entry.wikidata and a.wikidata != entry.wikidata:
        found.append(("other Wikidata id", -1.0))
    return Score(tuple(found))


def _country(asked: _Asked, cluster: Cluster | None, entry: Entry | None) -> list[tuple[str, float]]:
    if entry is not None and entry.countries:
        if not asked.places.isdisjoint(entry.countries):
            return [("country", 0.15)]
        at_home_or_everywhere = HOME in entry.countries or entry.rank > 1
        return [("another country", -0.1 if at_home_or_everywhere else -0.3)]
    places = asked.appearance.places
    if cluster is not None and places and cluster.places and places.isdisjoint(cluster.places):
        return [("other countries", -0.15)]
    return []


def _office(a: Appearance, entry: Entry) -> list[tuple[str, float]]:
    if not entry.alive_on(a.day):
        return [("not in office in these years", -0.5)]
    rank = entry.rank_on(a.day) or entry.rank / 2
    found = [("office holder", round(0.1 * rank, 3))] if rank else []
    if any(fits(role, entry) for role in a.roles):
        return [*found, ("office", 0.2)]
    if a.roles and not any(is_of_public_life(role) for role in a.roles):
        found.append(("other roles", -0.2))
    return found


def _key(name: PersonName) -> str:
    return " ".join(map(sound, name.surname))


def surname_keys(name: PersonName) -> set[str]:
    """The surnames alone by which somebody may be called: an Arabic article may go, a second surname may stay."""
    keys = {_key(name)}
    if len(name.surname) > 1 and name.surname[0] in ARABIC:
        keys.add(" ".join(map(sound, name.surname[1:])))
    return keys


def _is_given_name(name: str) -> bool:
    parts = person_name(name)
    return parts is not None and len(parts.words) == 1 and is_given(parts.last)


def _suffix(name: str) -> str:
    parts = person_name(name)
    return parts.suffix if parts else ""


def _has_suffix(cluster: Cluster | None, suffix: str) -> bool:
    return cluster is not None and any(p.person is not None and p.person.suffix == suffix for p in cluster.members)
