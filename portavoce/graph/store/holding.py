"""The offices that a corpus tells of, a page of them: which come first, and how many there are."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import NamedTuple

from portavoce.graph.store.rows import actors_of, leading

_DAY = "coalesce(ar.published, '')"
_OFFICES = """
FROM articles ar INDEXED BY articles_by_day CROSS JOIN offices o INDEXED BY offices_by_holder ON o.article = ar.key
CROSS JOIN appearances h INDEXED BY appearances_by_form ON h.form = o.holder AND h.article = o.article
CROSS JOIN appearances b INDEXED BY appearances_by_form ON b.form = o.body AND b.article = o.article WHERE 1{days}
"""
_BY_DAY = f"SELECT h.actor, o.role, b.actor, {_DAY} {_OFFICES} ORDER BY {{order}}"
_COUNT = f"SELECT count(*) FROM (SELECT DISTINCT h.actor, o.role, b.actor {_OFFICES})"
_ARTICLES = "SELECT count(*) FROM articles ar INDEXED BY articles_by_day WHERE 1{days}"
_ONLY_THERE = f"""
SELECT count(*) FROM (SELECT h.actor AS holder, b.actor AS body, o.role AS role, count(*) AS times {_OFFICES} GROUP BY h.actor, b.actor, o.role) t
CROSS JOIN held k ON k.holder = t.holder AND k.body = t.body AND k.role = t.role AND k.weight = t.times
"""
_HELD = """
SELECT o.key, o.role, b.actor FROM appearances h CROSS JOIN articles ar ON ar.key = h.article CROSS JOIN offices o ON o.article = h.article AND o.holder = h.form
CROSS JOIN appearances b INDEXED BY appearances_by_form ON b.form = o.body AND b.article = o.article WHERE h.actor = :holder{days}
"""


class Office(NamedTuple):
    """Who holds which office where, by keys."""

    holder: int
    role: str
    body: int


def first_offices(db: sqlite3.Connection, since: str | None, until: str | None, limit: int) -> list[int]:
    """The keys of all that tells of the first offices, by the day of which one is first told, its holder and its role.

    Of those that are the same in all three there may be more than the limit.
    """
    days, meant = _days(since, until)
    first: dict[Office, str] = {}
    latest = ""
    order = _DAY if meant else f"{_DAY} = '', {_DAY}"
    for *office, day in db.execute(_BY_DAY.format(days=days, order=order), meant):
        if len(first) >= limit and day != latest:
            break
        first.setdefault(Office(*office), day)
        latest = day
    names = actors_of(db, {office.holder for office in first})

    def rank(office: Office) -> tuple[bool, str, str, str]:
        return not first[office], first[office], names[office.holder].name, office.role

    told: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for office in leading(sorted(first, key=rank), limit, rank):
        told[office.holder].add((office.role, office.body))
    return [
        key
        for holder, held in told.items()
        for key, role, body in db.execute(_HELD.format(days=days), {**meant, "holder": holder})
        if (role, body) in held
    ]


def count_offices(db: sqlite3.Connection, since: str | None, until: str | None) -> int:
    """How many offices the articles of some days tell of, each once."""
    days, meant = _days(since, until)

    def count(query: str) -> int:
        return int(db.execute(query, meant).fetchone()[0])

    if meant and 2 * count(_ARTICLES.format(days=days)) < count("SELECT count(*) FROM articles"):
        return count(_COUNT.format(days=days))
    there = count("SELECT count(*) FROM held")
    return there - count(_ONLY_THERE.format(days=f" AND NOT (1{days})")) if meant else there


def _days(since: str | None, until: str | None) -> tuple[str, dict[str, str]]:
    """The conditions on the days of articles as their index has them, and their values."""
    told = {"since": since, "until": f"{until}\U0010ffff" if until else None}
    meant = {name: date for name, date in told.items() if date}
    dated = f" AND ({_DAY} = '') = 0" if meant else ""
    return dated + "".join(f" AND {_DAY} {'>=' if name == 'since' else '<='} :{name}" for name in meant), meant
