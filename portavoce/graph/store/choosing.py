"""Which statements meet the conditions of a selection, found by the table in which fewest have to be looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING

from portavoce.ids import fold

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


class _Query:
    """The conditions of a selection in SQL."""

    def __init__(self, db: sqlite3.Connection, selection: Selection, keys: Mapping[str, int], text: str | None) -> None:
        self.where: list[str] = []
        self.values: list[object] = []
        self.few = bool(selection.speaker or selection.mentions or selection.actors)
        if selection.speaker:
            self._add(f"s.key IN ({SAID})", keys[selection.speaker])
        if selection.mentions:
            self._add(f"s.key IN ({NAMING})", keys[selection.mentions])
        if selection.actors:
            each = " UNION ".join([f"{SAID} UNION {NAMING}"] * len(selection.actors))
            self._add(f"s.key IN ({each})", *(keys[name] for name in selection.actors for _ in range(2)))
        if selection.kind:
            self._add("s.kind = ?", selection.kind)
        if selection.polarity:
            self._add("s.polarity = ?", selection.polarity)
        for date, sign in ((selection.since, ">="), (selection.until, "<=")):
            if date:
                self._add(f"ar.published <> '' AND substr(ar.published, 1, {len(date)}) {sign} ?", date)
        words = [*selection.words, *(fold(text).split() if text else ())]
        if words:
            match = " ".join(f'"{word}"*' for word in words)
            self._add("s.key IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)", match)
            found = "SELECT count(*) FROM (SELECT 1 FROM statements_fts WHERE statements_fts MATCH ? LIMIT ?)"
            self.few = self.few or db.execute(found, (match, FEW + 1)).fetchone()[0] <= FEW

    def _add(self, condition: str, *values: object) -> None:
        self.where.append(condition)
        self.values += values

    def rows(self, what: str, order: str) -> str:
        # from the statements when few can be meant; else from the days on, until there are enough
        statements, articles = (
            "statements s CROSS JOIN articles ar ON ar.key = s.article",
            "articles ar CROSS JOIN statements s ON s.article = ar.key",
        )
        return (
            f"SELECT {what} FROM {statements if self.few else articles} WHERE {' AND '.join(self.where) or '1'} {order}"  # noqa: S608
        )


def choose(
    db: sqlite3.Connection, selection: Selection, keys: Mapping[str, int], *, text: str | None = None
) -> list[int]:
    """The keys of the statements in order: by date (none last), article and place.

    With ``text`` those in which each of its words begins a word: among them are those in which it stands.
    """
    query = _Query(db, selection, keys, text)
    limit = -1 if selection.limit is None else selection.limit
    return [key for (key,) in db.execute(query.rows("s.key", f"ORDER BY {IN_ORDER} LIMIT ?"), (*query.values, limit))]


def count(db: sqlite3.Connection, selection: Selection, keys: Mapping[str, int]) -> int:
    """How many statements a selection means without its limit."""
    query = _Query(db, selection, keys, None)
    if not query.where:
        return int(db.execute("SELECT count(*) FROM statements").fetchone()[0])
    return int(db.execute(query.rows("count(*)", ""), query.values).fetchone()[0])
