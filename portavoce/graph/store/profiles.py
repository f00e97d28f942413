"""Names as the whole corpus shows them, kept beside it, and what ties one name to another.

Names that no tie connects, directly or through others, are decided apart: a new article touches only the names that are
tied to its own.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import orjson

from portavoce.graph.resolve.acronyms import initials_of, is_acronym
from portavoce.graph.resolve.appearances import Appearance
from portavoce.graph.resolve.known import KnownPerson
from portavoce.graph.resolve.profiles import Profile
from portavoce.graph.resolve.spelling import person_name, sound
from portavoce.graph.resolve.surnames import surname_keys
from portavoce.graph.store.packing import unpacked
from portavoce.ids import actor_id, fold

BOTH, ASKS, OFFERS = 0, 1, 2
"""Sides of a tie: all that share it are tied, or only one that asks (an acronym) to those that offer (what it may stand for)."""

SWAPPED = 6
"""Letters of a surname from which on one with the same letters in another order may be the same."""

_APPEARANCES = (
    "SELECT p.article, f.form, p.name, p.names, p.kind, p.wikidata, p.of_country, p.roles, a.countries, a.published"
    " FROM appearances p CROSS JOIN articles a ON a.key = p.article CROSS JOIN forms f ON f.key = p.form WHERE p.form = ?"
)


def appearances_of(db: sqlite3.Connection, form: int, *, new: bool = False) -> Iterator[Appearance]:
    """The appearances under a form, or only those that are not counted yet; articles go by their keys here."""
    for row in db.execute(_APPEARANCES + (" AND p.counted = 0" if new else ""), (form,)):
        article, words, name, names, kind, wikidata, country, roles, places, day = row
        yield Appearance(
            article=str(article), form=words, name=name, names=_strings(names), kind=kind, wikidata=wikidata, of_country=country,
            roles=_strings(roles), places=_places(places), day=day,
        )  # fmt: skip


@lru_cache(maxsize=65536)
def _strings(text: str) -> tuple[str, ...]:
    return tuple(unpacked(text))


@lru_cache(maxsize=65536)
def _places(text: str) -> frozenset[str]:
    return frozenset(unpacked(text))


def counted(db: sqlite3.Connection, form: int, words: str, *, anew: bool) -> Profile | None:
    """The profile of a form with the appearances that are not counted yet, or counted all anew; None where there are none."""
    row = None if anew else db.execute("SELECT profile FROM profiles WHERE form = ?", (form,)).fetchone()
    profile = profile_of(row[0], words) if row and row[0] else Profile(words, words)
    for appearance in appearances_of(db, form, new=row is not None):
        profile.add(appearance)
    if not profile.articles:
        return None
    profile.person = None
    profile.settle()
    return profile


def profile_packed(p: Profile) -> bytes:
    return orjson.dumps([
        p.names, p.kinds, [int(a) for a in p.articles], list(p.days.items()), p.places, p.at_home, p.roles, p.aliases,
        sorted(p.wikidata), sorted(p.countries), p.local,
    ])  # fmt: skip


def profile_of(data: bytes, words: str) -> Profile:
    """The profile that `profile_packed` put away."""
    names, kinds, articles, days, places, at_home, roles, aliases, wikidata, countries, local = orjson.loads(data)
    profile = Profile(
        words, words, Counter(names), Counter(kinds), set(map(str, articles)), Counter(dict(map(tuple, days))), Counter(places),
        at_home, Counter(roles), Counter(aliases), set(wikidata), set(countries), local,
    )  # fmt: skip
    profile.settle()
    return profile


def ties_of(profile: Profile, known: KnownPerson) -> set[tuple[str, int]]:
    """What ties a name to others: its sound as a person's, the entries that it may be, the initials of a body.

    Every name of the profile counts, whatever it is taken for, so that no tie is missing whichever way it is read.
    """
    ties = {(f"id {profile.form}", BOTH)}
    kinds = set(profile.kinds)
    for name in profile.names:
        for person in (True, False):
            if person and "person" not in kinds and profile.person is None:
                continue
            read = Profile(profile.form, profile.form, Counter({name: 1}), person=person_name(name) if person else None)
            for entry in known.search(read):
                ties.add((f"is {entry.key}", BOTH))
                ties.add((f"id {actor_id(entry.name)}", BOTH))
        if profile.local:
            continue
        if profile.may_be_surname or "person" in kinds:
            parts = person_name(name)
            if parts is not None:
                ties.update((f"of {key}", BOTH) for key in surname_keys(parts))
                if parts.single and len(parts.last) >= SWAPPED:  # one article may misspell it, letters swapped
                    ties.add((f"letters {''.join(sorted(parts.last))}", BOTH))
                if not parts.single:
                    ties.add((f"last {sound(parts.last)}", BOTH))
        if kinds & {"organization", "unknown"}:
            if is_acronym(name):
                ties.add((f"as {fold(name).replace(' ', '')}", ASKS))
            if len(name.split()) > 1:
                ties.update((f"as {letters}", OFFERS) for letters in initials_of(name) if len(letters) > 2)
                ties.update((f"as {fold(alias)}", OFFERS) for alias in profile.aliases if is_acronym(alias))
    return ties


class Ties:
    """The ties of all names, as the file keeps them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def of(self, form: int) -> set[tuple[str, int]]:
        return set(self.db.execute("SELECT token, side FROM ties WHERE form = ?", (form,)))

    def put(self, form: int, ties: set[tuple[str, int]], verdicts: set[str]) -> set[tuple[str, int]]:
        """Put a name's ties in the place of its old ones, and return those that are new or gone."""
        old = self.of(form)
        ties = ties | {(f"judged {verdict}", BOTH) for verdict in verdicts}
        self.db.executemany(
            "DELETE FROM ties WHERE token = ? AND form = ? AND side = ?", ((t, form, s) for t, s in old - ties)
        )
        self.db.executemany("INSERT INTO ties VALUES (?, ?, ?)", ((t, form, s) for t, s in sorted(ties - old)))
        return old ^ ties

    def others(self, tie: tuple[str, int]) -> list[int]:
        """The names at the other ends of a tie."""
        token, side = tie
        wanted = {BOTH: (BOTH, BOTH), ASKS: (ASKS, OFFERS), OFFERS: (ASKS, ASKS)}[side]
        return [
            f for (f,) in self.db.execute("SELECT form FROM ties WHERE token = ? AND side IN (?, ?)", (token, *wanted))
        ]

    def families(self, seeds: Iterable[int]) -> Iterator[list[int]]:
        """The names that are tied to some, directly or through others: one list for each set that hangs together."""
        seen: set[int] = set()
        followed: set[tuple[str, int]] = set()
        for seed in sorted(set(seeds)):
            if seed in seen:
                continue
            seen.add(seed)
            family, waiting = [], [seed]
            while waiting:
                form = waiting.pop()
                family.append(form)
                for tie in self.of(form):
                    if tie in followed:
                        continue
                    followed.add(tie)
                    for other in self.others(tie):
                        if other not in seen:
                            seen.add(other)
                            waiting.append(other)
            yield family
