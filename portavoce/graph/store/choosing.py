"""Which statements meet the conditions of a selection, found by the table in which fewest have to be looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portavoce.graph.query.selection import TextSearch
    from portavoce.graph.store.selection import Selection

FEW = 5000
"""Statements with the words of a topic up to which they are sorted; where more have them, days are gone through in order."""

SHORT = 3
"""Letters of a word with which so many others begin that statements of an actor are looked at one by one if it has fewer."""

SAID = "SELECT {} FROM appearances p CROSS JOIN said d ON d.article = p.article AND d.form = p.form WHERE p.actor = ?"
NAMING = (
    "SELECT {} FROM appearances p CROSS JOIN mentions d ON d.article = p.article AND d.form = p.form"
    " WHERE p.actor = ? AND d.statement > 0"
)
BY_DAY = "coalesce(ar.published, '') = '', coalesce(ar.published, ''), ar.id"
IN_ORDER = f"{BY_DAY}, s.key"
_BOTH = "d.article, d.statement AS key"
MATCHING = "SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?"


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
            self._words(db, selection.words, text, some=selection.limit is not None)
        for column in ("kind", "polarity"):
            if value := getattr(selection, column):
                self._where(f"r.{column} = ?", value)
                self.rows = "CROSS JOIN statements r ON r.key = s.key"
        conditions, days = dated(selection.since, selection.until)
        self.where += conditions
        self.values += days

    def _from(self, source: str, *values: object) -> None:
        if not self.source:
            self.source, self.values = source, [*values]
        else:
            self._where(f"s.key IN (SELECT key FROM ({source}))", *values)

    def _where(self, condition: str, *values: object) -> None:
        self.where.append(condition)
        self.values += values

    def _words(self, db: sqlite3.Connection, words: list[str], text: TextSearch | None, *, some: bool) -> None:
        """Leave statements with these words, and with this text; ``some`` says that not all of them are told."""
        few = f"SELECT count(*) FROM ({MATCHING} LIMIT ?)"
        if self.source:
            long = [word for word in words if len(word) >= SHORT]
            if long or text:
                self._where(f"s.key IN ({MATCHING})", matching(long, text))
            self._look_for([word for word in words if len(word) < SHORT])
        elif some and db.execute(few, (matching(words, text), FEW + 1)).fetchone()[0] > FEW:
            self._look_for(words)
            if text:
                self._read(text)
        else:
            self._from(f"SELECT article, key FROM statements WHERE key IN ({MATCHING})", matching(words, text))

    def _look_for(self, words: list[str]) -> None:
        """Look for words in each statement."""
        for word in words:
            self.rows = "CROSS JOIN statements r ON r.key = s.key"
            self._where("instr(' ' || r.words, ?) > 0", f" {word}")

    def _read(self, text: TextSearch) -> None:
        """Look for a text in each statement's content."""
        self.rows = "CROSS JOIN statements r ON r.key = s.key"
        for word in text.words:
            self._where("instr(' ' || r.content_words, ?) > 0", f" {word}")
        for phrase in text.phrases:
            self._where("instr(' ' || r.content_words || ' ', ?) > 0", f" {' '.join(phrase)} ")

    def sql(self, what: str, order: str) -> str:
        if self.source:
            tables = (
                f"(SELECT DISTINCT article, key FROM ({self.source})) s CROSS JOIN articles ar ON ar.key = s.article"
            )
        else:
            tables = "articles ar CROSS JOIN statements s ON s.article = ar.key"
        return f"SELECT {what} FROM {tables} {self.rows} WHERE {' AND '.join(self.where) or '1'} {order}"


def dated(since: str | None, until: str | None) -> tuple[list[str], list[str]]:
    """The conditions, with their values, that an article ``ar`` is of some days: both included, each as exact as it is given."""
    days = "coalesce(ar.published, '')"
    told = [(f"{days} >= ?", since)] if since else []
    told += [(f"{days} < ?", f"{until}\U0010ffff")] if until else []
    return [f"({days} = '') = 0", *(condition for condition, _ in told)] if told else [], [day for _, day in told]


def may_hold(column: str, words: Sequence[str]) -> tuple[str, list[str]]:
    """The condition, with its values, that a column may hold words: in plain letters, folding changes capitals alone."""
    plain = " AND ".join([f"{column} LIKE ?"] * len(words))
    others = f"length({column}) <> length(CAST({column} AS BLOB)) OR instr({column}, '\\u') > 0"
    return f"({plain} OR {others})", [f"%{word}%" for word in words]


def matching(words: list[str], text: TextSearch | None = None) -> str:
    """What `MATCHING` looks for: statements in which each word begins a word, and whose content holds a text."""
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
        return int(db.execute(f"SELECT count(*) FROM ({MATCHING})", (matching(selection.words, text),)).fetchone()[0])
    query = _Query(db, selection, keys, text)
    if not query.where and not query.source:
        return int(db.execute("SELECT count(*) FROM statements").fetchone()[0])
    return int(db.execute(query.sql("count(*)", ""), query.values).fetchone()[0])
