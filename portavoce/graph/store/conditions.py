"""The days and the topic to which a question keeps, in SQL: conditions on articles, statements, deeds and offices.

Each condition begins with AND, to stand behind a WHERE, and is empty where nothing is asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from typing import TYPE_CHECKING

from portavoce.graph.query.selection import check_date, topic_words
from portavoce.graph.store.acts import DEEDS, ActTable
from portavoce.graph.store.opening import empty_tables
from portavoce.graph.store.packing import packed

if TYPE_CHECKING:
    from portavoce.graph.store.selection import Selection

MANY = 200_000
"""Statements with the words of a topic up to which they are listed; of more, those of the actors who are asked about."""

SHORT = 3
"""Letters of a word with which so many others begin that the statements of the actors are looked at if it has fewer."""

DAY = "coalesce(ar.published, '')"
SHORT_DAY = f"substr({DAY}, 1, 10)"
"""The day of an article ``ar`` as other tables have it: what dates are compared with, and nothing behind it."""

BY_DAY = f"{DAY} = '', {DAY}, ar.id"
"""The order of articles ``ar``: by date, those without a date last."""

MATCHING = "SELECT rowid AS statement FROM statements_fts WHERE statements_fts MATCH :match"
"""The keys of the statements on the topic, all of them."""

_OF_ACTORS = " UNION ".join(
    f"""
SELECT w.key FROM json_each(:of_actors) a CROSS JOIN appearances p ON p.actor = a.value CROSS JOIN articles ar ON ar.key = p.article
CROSS JOIN {table} d ON d.article = p.article AND d.form = p.form AND d.statement > 0 CROSS JOIN statements w ON w.key = d.statement WHERE 1{{conditions}}
"""
    for table in ("said", "mentions")
)


class Conditions:
    """Dates of articles, both inclusive, and words each of which begins a word of a statement's topics or content.

    ``values`` are what the names in its SQL stand for; a query adds its own. The statements on a topic are listed in a table of the
    connection when they are first asked for, those of the latest conditions alone.
    """

    def __init__(
        self, db: sqlite3.Connection, since: str | None = None, until: str | None = None, topic: str | None = None, *,
        actors: Collection[int] = (),
    ) -> None:  # fmt: skip
        """Raises `InputError` for a date of another form, and for a topic without a word; ``actors`` are asked about."""
        check_date(since)
        check_date(until)
        self.db, self.words, self._topic, self._actors, self._listed = db, topic_words(topic), topic, actors, False
        self._since, self._until, self._end = since, until, f"{until or ''}\U0010ffff"
        self.values: dict[str, object] = {
            "since": since,
            "until": self._end,
            "match": match_of(self.words),
            **{f"word{n}": f" {word}" for n, word in enumerate(self.words)},
        }

    @classmethod
    def of(cls, db: sqlite3.Connection, selection: Selection, actors: Collection[int] = ()) -> Conditions:
        """Those of a selection."""
        return cls(db, selection.since, selection.until, selection.topic or None, actors=actors)

    def of_actors(self, actors: Collection[int]) -> Conditions:
        """The same for a question about some actors."""
        return Conditions(self.db, self._since, self._until, self._topic, actors=actors)

    def of_any_topic(self) -> Conditions:
        """The days alone."""
        return Conditions(self.db, self._since, self._until)

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self._since or self._until or self.words)

    @property
    def are_dated(self) -> bool:
        """Whether only some days are meant."""
        return bool(self._since or self._until)

    def include(self, day: str) -> bool:
        """Whether a day of a table is one of the days."""
        return not self.are_dated or (bool(day) and (self._since or "") <= day < self._end)

    def exclude(self, first: str, last: str) -> bool:
        """Whether none of the days between two is one of the days."""
        return last < (self._since or "") or first >= self._end

    def on(self, day: str) -> str:
        """That a day of a table is one of the days."""
        since = f" AND {day} >= :since" if self._since else ""
        until = f" AND {day} < :until" if self._until else ""
        return f" AND {day} > ''{since}{until}" if self.are_dated else ""

    @property
    def days(self) -> str:
        """That an article ``ar`` is of the days; as the index of articles has it."""
        since = f" AND {DAY} >= :since" if self._since else ""
        until = f" AND {DAY} < :until" if self._until else ""
        return f" AND ({DAY} = '') = 0{since}{until}" if self.are_dated else ""

    def begin(self, row: str) -> str:
        """That each word begins a word of a row of statements, deeds or offices."""
        return "".join(f" AND instr(' ' || {row}.words, :word{n}) > 0" for n in range(len(self.words)))

    def on_topic(self, statement: str) -> str:
        """That a statement, by its key, is on the topic."""
        if not self.words:
            return ""
        if not self._listed:
            self._listed = True
            self._list()
        return f" AND +{statement} IN (SELECT statement FROM temp.matching)"  # with + not gone through for each row

    def read(self, statement: str) -> str:
        """The same, for few statements: each is looked up."""
        return (
            f" AND EXISTS (SELECT 1 FROM statements w WHERE w.key = {statement}{self.begin('w')})" if self.words else ""
        )

    def are_on_more_than(self, count: int) -> bool:
        """Whether more statements than these are on the topic."""
        query = f"SELECT count(*) > {count} FROM ({MATCHING} LIMIT {count + 1})"
        return bool(self.words) and bool(self.db.execute(query, self.values).fetchone()[0])

    def of_acts(self, acts: ActTable, row: str, *, listed: str | None = None) -> str:
        """That a deed or an office is on the topic: by its own words, or by the statement that tells of it.

        That is looked for in a table in which the statements on the topic are ``listed``, where there is one.
        """
        if not self.words:
            return ""
        told = ""
        if acts is DEEDS:
            reported = f"{row}.reported_in"
            of_list = f" AND {reported} IN (SELECT statement FROM {listed})"
            told = f" OR (1{of_list if listed else self.read(reported)})"
        return f" AND ((1{self.begin(row)}){told})"

    def acts_matching(self, acts: ActTable, *, listed: str) -> str:
        """The keys of the deeds or offices on the topic, all of them; ``listed`` are the statements on it."""
        words = f"SELECT rowid AS key FROM {acts.table}_fts WHERE {acts.table}_fts MATCH :match"
        told = f" UNION SELECT r.key FROM {listed} y CROSS JOIN relations r ON r.reported_in = y.statement"
        return words + (told if acts is DEEDS else "")

    @property
    def of_statements(self) -> str:
        """That a statement ``d`` of an article ``ar`` is of the days and on the topic."""
        return self.days + self.on_topic("d.statement")

    def _list(self) -> None:
        """List the statements on the topic, or those of the actors who are asked about, if there are any and all are too many."""
        empty_tables(self.db, "matching(statement INTEGER PRIMARY KEY)")
        insert = "INSERT INTO temp.matching"
        if not self._actors:
            self.db.execute(f"{insert} {MATCHING}", self.values)
            return
        if all(len(word) >= SHORT for word in self.words):
            if self.db.execute(f"{insert} {MATCHING} LIMIT {MANY + 1}", self.values).rowcount <= MANY:
                return
            self.db.execute("DELETE FROM temp.matching")
        own = _OF_ACTORS.format(conditions=self.days + self.begin("w"))
        self.db.execute(f"{insert} {own}", {**self.values, "of_actors": packed([*self._actors])})


def match_of(words: list[str]) -> str:
    """What `MATCHING` looks for: statements in which each word begins a word."""
    return " ".join(f'"{word}"*' for word in words)
