"""`roles` from a corpus: who holds which offices; of all offices a page is told, and how many there are."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from portavoce.graph import query
from portavoce.graph.query.answers import Listing, RoleAnswer
from portavoce.graph.query.names import FOUND
from portavoce.graph.schema import HOLDS
from portavoce.graph.store.acts import OFFICES
from portavoce.graph.store.conditions import DAY, Conditions
from portavoce.graph.store.packing import unpacked
from portavoce.graph.store.questions.rows import actors_of, leading
from portavoce.graph.store.reading import Reading

if TYPE_CHECKING:
    from portavoce.graph.store.corpus import Corpus

_OFFICES = """
FROM articles ar INDEXED BY articles_by_day CROSS JOIN offices o INDEXED BY offices_by_holder ON o.article = ar.key
CROSS JOIN appearances h INDEXED BY appearances_by_form ON h.form = o.holder AND h.article = o.article
CROSS JOIN appearances b INDEXED BY appearances_by_form ON b.form = o.body AND b.article = o.article WHERE 1{days}
"""
_BY_DAY = f"SELECT h.actor, o.role, b.actor, {DAY} {_OFFICES} ORDER BY {{order}}"
_COUNT = "SELECT count(*) FROM (SELECT DISTINCT h.holder, h.role, h.body FROM held h WHERE 1{days})"
_HELD = """
SELECT o.key, o.role, b.actor FROM appearances h CROSS JOIN articles ar ON ar.key = h.article CROSS JOIN offices o ON o.article = h.article AND o.holder = h.form
CROSS JOIN appearances b INDEXED BY appearances_by_form ON b.form = o.body AND b.article = o.article WHERE h.actor = :holder{days}
"""


class _Office(NamedTuple):
    """Who holds which office where, by keys."""

    holder: int
    role: str
    body: int


def roles(
    corpus: Corpus, actor: str | None = None, *, since: str | None = None, until: str | None = None, limit: int | None = None,
) -> Listing[RoleAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.roles`."""
    if actor is None and limit is not None and limit > 0:
        conditions = Conditions(corpus.db, since, until)
        reading = Reading(corpus.db)
        reading.tell(HOLDS, _first_offices(conditions, limit))
        (total,) = corpus.db.execute(_COUNT.format(days=conditions.on("h.day")), conditions.values).fetchone()
        return Listing(query.roles(reading.part(), limit=limit), total)
    keys, found = corpus.meant(filter(None, (actor,)))
    conditions = Conditions(corpus.db, since, until)
    reading = Reading(corpus.db, [], conditions)
    if actor is None:
        every = f"SELECT o.key FROM offices o CROSS JOIN articles ar ON ar.key = o.article WHERE 1{conditions.days}"
        reading.tell(HOLDS, (key for (key,) in corpus.db.execute(every, conditions.values).fetchall()))
        return query.roles(reading.part(), since=since, until=until, limit=limit)
    bodies = _bodies(corpus.db, keys[actor])
    reading.tell_of(OFFICES, bodies)
    part = reading.part(bodies)
    part.graph[FOUND] = found
    return query.roles(part, actor, since=since, until=until, limit=limit)


def _first_offices(conditions: Conditions, limit: int) -> list[int]:
    """The keys of all that tells of the first offices, by the day of which one is first told, its holder and its role.

    Of those that are the same in all three there may be more than the limit.
    """
    db, days = conditions.db, conditions.days
    first: dict[_Office, str] = {}
    latest = ""
    order = DAY if conditions else f"{DAY} = '', {DAY}"
    for *office, day in db.execute(_BY_DAY.format(days=days, order=order), conditions.values):
        if len(first) >= limit and day != latest:
            break
        first.setdefault(_Office(*office), day)
        latest = day
    names = actors_of(db, {office.holder for office in first})

    def rank(office: _Office) -> tuple[bool, str, str, str]:
        return not first[office], first[office], names[office.holder].name, office.role

    told: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for office in leading(sorted(first, key=rank), limit, rank):
        told[office.holder].add((office.role, office.body))
    return [
        key
        for holder, held in told.items()
        for key, role, body in db.execute(_HELD.format(days=days), {**conditions.values, "holder": holder})
        if (role, body) in held
    ]


def _bodies(db: sqlite3.Connection, actor: int) -> list[int]:
    """An actor, and for a country all that is known to be its own, persons aside."""
    kind, names = db.execute("SELECT kind, names FROM actors WHERE key = ?", (actor,)).fetchone()
    if kind != "country":
        return [actor]
    own = "SELECT key FROM actors WHERE of_country = ? AND kind NOT IN ('person', 'unknown', 'group')"
    return sorted({actor, *(key for name in unpacked(names) for (key,) in db.execute(own, (name,)))})
