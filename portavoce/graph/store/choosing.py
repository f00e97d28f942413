"""Which statements meet the conditions of a selection, found by the table in which fewest have to be looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portavoce.graph.store.selection import Selection

FEW = 5000
"""Statements with the words of a topic up to which they are sorted; where more have them, days are gone through in order."""

SAID = (
    "SELECT d.statement FROM appearances p JOIN said d ON d.article = p.article AND d.form = p.form WHERE p.actor = ?"
)
NAMING = (
    "SELECT m.statement FROM appearances p JOIN mentions m ON m.article = p.article AND m.form = p.form"
    " WHERE p.actor = ? AND m.statement > 0"
)
IN_ORDER = "coalesce(ar.published, '') = '', coalesce(ar.published, ''), ar.id, s.key"


def choose(db: sqlite3.Connection, selection: Selection, keys: Mapping[str, int]) -> list[int]:
    """The keys of the statements in order: by date (none last), article and place."""
    where: list[str] = []
    values: list[object] = []
    few = False
    if selection.speaker:
        where.append(f"s.key IN ({SAID})")
        values.append(keys[selection.speaker])
        few = True
    if selection.mentions:
        where.append(f"s.key IN ({NAMING})")
        values.append(keys[selection.mentions])
        few = True
    if selection.actors:
        each = " UNION ".join([f"{SAID} UNION {NAMING}"] * len(selection.actors))
        where.append(f"s.key IN ({each})")
        values += [keys[name] for name in selection.actors for _ in range(2)]
        few = True
    if selection.kind:
        where.append("s.kind = ?")
        values.append(selection.kind)
    for date, sign in ((selection.since, ">="), (selection.until, "<=")):
        if date:
            where.append(f"ar.published <> '' AND substr(ar.published, 1, {len(date)}) {sign} ?")
            values.append(date)
    if selection.topic:
        match = " ".join(f'"{word}"*' for word in selection.words)
        if not match:
            return []
        where.append("s.key IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)")
        values.append(match)
        sql = "SELECT count(*) FROM (SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? LIMIT ?)"
        few = few or db.execute(sql, (match, FEW + 1)).fetchone()[0] <= FEW
    # from the statements when few can be meant; else from the days on, until there are enough
    tables = (
        "statements s CROSS JOIN articles ar ON ar.key = s.article"
        if few
        else "articles ar CROSS JOIN statements s ON s.article = ar.key"
    )
    sql = f"SELECT s.key FROM {tables} WHERE {' AND '.join(where) or '1'} ORDER BY {IN_ORDER} LIMIT ?"  # noqa: S608 - values are bound
    return [key for (key,) in db.execute(sql, (*values, -1 if selection.limit is None else selection.limit))]
