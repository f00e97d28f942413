"""Where an actor or a topic first stands in the days of a question."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from portavoce.graph.store.conditions import BY_DAY, DAY, Conditions
from portavoce.graph.store.periods import Periods

MANY = 100
"""Rows from which on the first is looked for from its day on rather than by sorting all."""


class Places(NamedTuple):
    """Where something stands, by its key: in which rows, what is told of the first, the tables from these rows or from the days on, and what
    orders those of one article.
    """

    rows: str
    key: str
    told: str
    from_rows: str
    from_days: str
    then: str = ""


OF_ACTOR = Places(
    rows="appearances p", key="p.actor", told="ar.key, ar.id, ar.title, ar.published",
    from_rows="appearances p CROSS JOIN articles ar ON ar.key = p.article",
    from_days="articles ar CROSS JOIN appearances p INDEXED BY appearances_by_actor ON p.article = ar.key",
)  # fmt: skip
OF_TOPIC = Places(
    rows="about b", key="b.topic", told="ar.id, ar.title, ar.published, s.content", then=", s.key",
    from_rows="about b CROSS JOIN statements s ON s.key = b.statement CROSS JOIN articles ar ON ar.key = s.article",
    from_days="articles ar CROSS JOIN statements s ON s.article = ar.key CROSS JOIN about b ON b.statement = s.key",
)  # fmt: skip


def first(places: Places, key: int, conditions: Conditions, periods: Periods) -> Any:
    """What is told of the first place in the days; there is one."""
    tables, order, days = places.from_rows, BY_DAY, conditions.days
    values = {**conditions.values, "key": key}
    if _are_many(conditions.db, places, key):
        values["day"] = periods.first_day(key)
        tables, order, days = places.from_days, f"{DAY}, ar.id", f" AND ({DAY} = '') = (:day = '') AND {DAY} >= :day"
    query = f"SELECT {places.told} FROM {tables} WHERE {places.key} = :key{days} ORDER BY {order}{places.then} LIMIT 1"
    return conditions.db.execute(query, values).fetchone()


def _are_many(db: sqlite3.Connection, places: Places, key: int) -> bool:
    some = f"SELECT 1 FROM {places.rows} WHERE {places.key} = ? LIMIT {MANY + 1}"
    return bool(db.execute(f"SELECT count(*) > {MANY} FROM ({some})", (key,)).fetchone()[0])
