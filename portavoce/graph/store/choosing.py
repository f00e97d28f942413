"""Which statements meet the conditions of a selection, found by the table in which fewest have to be looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portavoce.graph.query.selection import TextSearch
    from portavoce.graph.store.selection import Selection

FEW = 5000
"""Statements with the words of a topic up to which they are sorted; where more have them, days are gone through in order."""

SAID = "SELECT {} FROM appearances p CROSS JOIN said d ON d.article = p.article AND d.form = p.form WHERE p.actor = ?"
NAMING = (
    "SELECT {} FROM appearances p CROSS JOIN mentions d ON d.article = p.article AND d.form = p.form"
    " WHERE p.actor = ? AND d.statement > 0"
)
IN_ORDER = "coalesce(ar.published, '') = '', coalesce(ar.published, ''), ar.id, s.key"
_BOTH = "d.article, d.statement AS key"
_MATCHING = "SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?"


class _Query:
    """The conditions of a selection in SQL: from the statements when few can be meant, else from the days on."""

    def __init__(
        self, db: sqlite3.Connection, selection: Selection, keys: Mapping[str, int], text: TextSearch | None
    ) -> None:
        self.where: list[str] = []
        self.values: list[object] = []
        self.source, self.rows = "", ""
        actors = [keys[name] for name in selection.actors]
        if selection.speaker:
            self._from(SAID.format(_BOTH), keys[selection.speaker])
        if selection.mentions:
            self._from(NAMING.format(_BOTH), keys[selection.mentions])
        if actors:
            each = f"{SAID.format(_BOTH)} UNION {NAMING.format(_BOTH)}"
            self._from(" UNION ".join([each] * len(actors)), *(a for actor in actors for a in (actor, actor)))
        if selection.words or text:
            self._words(db, selection, text)
        for column in ("kind", "polarity"):
            if value := getattr(selection, column):
                self._where(f"r.{column} = ?", value)
                self.rows = "CROSS JOIN statements r ON r.key = s.key"
        for date, sign in ((selection.since, ">="), (selection.until, "<=")):
            if date:
                self._where(f"ar.published <> '' AND substr(ar.published, 1, {len(date)}) {sign} ?", date)

    def _from(self, source: str, *values: object) -> None:
        if not self.source:
            self.source, self.values = source, [*values]
        else:
            self._where(f"s.key IN (SELECT key FROM ({source}))", *values)

    def _where(self, condition: str, *values: object) -> None:
        self.where.append(condition)
        self.values += values

    def _words(self, db: sqlite3.Connection, selection: Selection, text: TextSearch | None) -> None:
        match = _match(selection.words, text)
        few = f"SELECT count(*) FROM ({_MATCHING} LIMIT ?)"
        if self.source:
            self._where(f"s.key IN ({_MATCHING})", match)
        elif selection.limit is None or db.execute(few, (match, FEW + 1)).fetchone()[0] <= FEW:
            self._from(f"SELECT article, key FROM statements WHERE key IN ({_MATCHING})", match)
        else:
            self.rows = "CROSS JOIN statements r ON r.key = s.key"
            for word in selection.words:
                self._where("instr(' ' || r.words, ?) > 0", f" {word}")
            for word in text.words if text else ():
                self._where("instr(' ' || r.content_words, ?) > 0", f" {word}")
            for phrase in text.phrases if text else ():
                self._where("instr(' ' || r.content_words || ' ', ?) > 0", f" {' '.join(phrase)} ")

    def sql(self, what: str, order: str) -> str:
        if self.source:
            tables = (
                f"(SELECT DISTINCT article, key FROM ({self.source})) s CROSS JOIN articles ar ON ar.key = s.article"
            )
        else:
            tables = "articles ar CROSS JOIN statements s ON s.article = ar.key"
        return f"SELECT {what} FROM {tables} {self.rows} WHERE {' AND '.join(self.where) or '1'} {order}"


def _match(words: list[str], text: TextSearch | None) -> str:
    """What the words of a topic and of a text are for the full-text index."""
    parts = [f'"{word}"*' for word in words]
    if text:
        said = [*(f'"{word}"*' for word in text.words), *(f'"{" ".join(phrase)}"' for phrase in text.phrases)]
        parts.append(f"(content_words : ({' '.join(said)}))")
    return " AND ".join(parts)


def choose(
    db: sqlite3.Connection, selection: Selection, keys: Mapping[str, int], *, text: TextSearch | None = None
) -> list[int]:
    """The keys of the statements in order: by date (none last), article and place; with ``text`` those whose content holds it."""
    query = _Query(db, selection, keys, text)
    limit = -1 if selection.limit is None else selection.limit
    return [key for (key,) in db.execute(query.sql("s.key", f"ORDER BY {IN_ORDER} LIMIT ?"), (*query.values, limit))]


def count(
    db: sqlite3.Connection, selection: Selection, keys: Mapping[str, int], *, text: TextSearch | None = None
) -> int:
    """How many statements a selection means without its limit."""
    if (selection.words or text) and not (
        selection.names or selection.kind or selection.polarity or selection.since or selection.until
    ):
        return int(db.execute(f"SELECT count(*) FROM ({_MATCHING})", (_match(selection.words, text),)).fetchone()[0])
    query = _Query(db, selection, keys, text)
    if not query.where and not query.source:
        return int(db.execute("SELECT count(*) FROM statements").fetchone()[0])
    return int(db.execute(query.sql("count(*)", ""), query.values).fetchone()[0])
