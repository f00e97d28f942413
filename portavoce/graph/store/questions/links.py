"""The network of a corpus's actors, read from its tables where a search comes by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from portavoce.graph.query.paths import is_body, step_cost
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.opening import empty_tables
from portavoce.graph.store.packing import unpacked
from portavoce.graph.store.questions.meetings import Meetings
from portavoce.ids import fold

_BESIDE = (
    "SELECT l.target FROM temp.ones o CROSS JOIN {links} l ON l.source = o.key",
    "SELECT l.source FROM temp.ones o CROSS JOIN {links} l ON l.target = o.key",
)
_STEPS = (
    "SELECT o.key, t.key, l.kind, l.weight FROM temp.ones o CROSS JOIN {links} l ON l.source = o.key CROSS JOIN temp.others t ON t.key = l.target",
    "SELECT o.key, t.key, l.kind, l.weight FROM temp.ones o CROSS JOIN {links} l ON l.target = o.key CROSS JOIN temp.others t ON t.key = l.source",
)  # fmt: skip
_NAMED = """
(a.articles > 0 OR a.mentioned > 0 OR EXISTS (SELECT 1 FROM links l WHERE l.source = a.key AND l.kind <> 'mentions')
OR EXISTS (SELECT 1 FROM links l WHERE l.target = a.key AND l.kind <> 'mentions')
OR EXISTS (SELECT 1 FROM held h WHERE h.holder = a.key) OR EXISTS (SELECT 1 FROM deeds d WHERE d.source = a.key))
"""
"""Whether an article names an actor ``a``, or tells what they say, do or are."""


class Links:
    """The network of a corpus's actors by their keys, under conditions."""

    def __init__(self, conditions: Conditions) -> None:
        self._db, self._values = conditions.db, conditions.values
        self._actors: dict[int, tuple[str, str]] = {}
        self._by_name: dict[str, int | None] = {}
        self._meetings = Meetings(conditions) if conditions else None
        self._links = self._meetings.table if self._meetings else "links"
        self._named = self._meetings.names if self._meetings else _NAMED
        empty_tables(self._db, "ones(key INTEGER PRIMARY KEY)", "others(key INTEGER PRIMARY KEY)")

    def name(self, node: int) -> str:
        """The id of an actor to whom a step leads."""
        return self._actors[node][0]

    def country_of(self, actor: int) -> int | None:
        """The country that is known to be an actor's."""
        (name,) = self._db.execute("SELECT of_country FROM actors WHERE key = ?", (actor,)).fetchone()
        return None if name is None else self._country(name)

    def beside(self, nodes: set[int]) -> set[int]:
        """All who have a tie with one of some actors."""
        self._ask(nodes)
        found = {other for query in _BESIDE for (other,) in self._db.execute(query.format(links=self._links))}
        return found.union(other for _, other in self._known())

    def steps(self, ones: set[int], others: set[int]) -> dict[tuple[int, int], int]:
        """What each step from one of some actors to one of others costs."""
        if len(ones) > len(others):
            return {(one, other): cost for (other, one), cost in self.steps(others, ones).items()}
        self._ask(ones)
        self._fill("others", others)
        told: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
        for query in _STEPS:
            for one, other, kind, weight in self._db.execute(query.format(links=self._links)):
                told[one, other][kind] += weight
        for one, other in self._known():
            if other in others:
                told.setdefault((one, other), Counter())
        self._look_up({node for pair in told for node in pair} - self._actors.keys())
        return {
            pair: step_cost(kinds, sum(is_body(self._actors[node][1]) for node in pair)) for pair, kinds in told.items()
        }

    def _ask(self, nodes: set[int]) -> None:
        if self._meetings:
            self._meetings.ask(nodes)
        self._fill("ones", nodes)

    def _fill(self, table: str, nodes: Iterable[int]) -> None:
        self._db.execute(f"DELETE FROM temp.{table}")
        self._db.executemany(f"INSERT INTO temp.{table} VALUES (?)", ((node,) for node in sorted(nodes)))

    def _look_up(self, nodes: set[int]) -> None:
        self._fill("ones", nodes)
        rows = self._db.execute("SELECT a.key, a.id, a.kind FROM temp.ones o CROSS JOIN actors a ON a.key = o.key")
        self._actors.update((key, (id_, kind)) for key, id_, kind in rows)

    def _known(self) -> Iterator[tuple[int, int]]:
        """The steps from some actors to the country that is known to be theirs, and from a country to all whose it is."""
        rows = self._db.execute(
            f"SELECT a.key, a.names, a.kind = 'country', CASE WHEN {self._named} THEN a.of_country END"
            " FROM temp.ones o CROSS JOIN actors a ON a.key = o.key WHERE a.of_country IS NOT NULL OR a.kind = 'country'",
            self._values,
        ).fetchall()
        citizens = f"SELECT a.key FROM actors a WHERE a.of_country = :country AND a.key <> :key AND {self._named}"
        for key, names, is_country, of_country in rows:
            country = self._country(of_country) if of_country is not None else None
            if country not in {None, key}:
                yield key, country
            for name in unpacked(names) if is_country else ():
                if self._country(name) == key:
                    found = self._db.execute(citizens, {**self._values, "country": name, "key": key}).fetchall()
                    yield from ((key, citizen) for (citizen,) in found)

    def _country(self, name: str) -> int | None:
        """The country of a name; of several, the last by its id."""
        if name not in self._by_name:
            rows = self._db.execute(
                "SELECT a.key, a.names FROM name_words w CROSS JOIN actors a ON a.key = w.actor WHERE w.word = ? AND a.kind = 'country' ORDER BY a.id",
                (next(iter(fold(name).split()), ""),),
            )
            found = [key for key, names in rows if name in unpacked(names)]
            self._by_name[name] = found[-1] if found else None
        return self._by_name[name]
