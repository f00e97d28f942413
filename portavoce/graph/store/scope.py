"""What stands in some days or on a topic: articles, statements, deeds and offices, noted in temporary tables."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from portavoce.graph.query.selection import begin
from portavoce.graph.schema import HOLDS, RELATES, STATEMENT
from portavoce.graph.store.choosing import BY_DAY, MATCHING, dated, matching, may_hold
from portavoce.graph.store.packing import spans_of

_TABLES = (
    "days_meant(article INTEGER UNIQUE, place INTEGER PRIMARY KEY)",
    "statements_meant(statement INTEGER PRIMARY KEY)",
    "acts_meant(kind TEXT, key INTEGER, PRIMARY KEY (kind, key))",
)
PER_ARTICLE = 5
"""Statements with the words of a topic, for each article of the days, up to which they are looked at rather than the days."""

MANY = 2000
"""Articles from which on all appearances of an actor are looked at rather than those in each article."""

_ENDS = {HOLDS: ("offices", "holder", "body", "role"), RELATES: ("relations", "source", "target", "type")}


class Act(NamedTuple):
    """A deed or an office between two actors, by their keys; ``what`` is its type or role."""

    article: int
    source: int
    target: int
    what: str


class Scope:
    """The articles of some days (all without), and of what they say that on a topic (all without ``words``)."""

    def __init__(self, db: sqlite3.Connection, since: str | None, until: str | None, words: list[str]) -> None:
        self.db, self.words, self.is_dated, self.articles = db, words, bool(since or until), 0
        for table in _TABLES:
            db.execute(f"CREATE TABLE IF NOT EXISTS temp.{table}")
            db.execute(f"DELETE FROM temp.{table.partition('(')[0]}")
        conditions, values = dated(since, until)
        if self.is_dated:
            self.articles = db.execute(
                f"INSERT INTO temp.days_meant SELECT ar.key, row_number() OVER (ORDER BY {BY_DAY}) FROM articles ar"
                f" WHERE {' AND '.join(conditions)}",
                values,
            ).rowcount
        if words:
            self._find()

    def _find(self) -> None:
        """Note the statements on the topic, from its words on or from the days on, whichever has less to look at."""
        match = matching(self.words)
        insert = "INSERT INTO temp.statements_meant"
        if not self.is_dated:
            self.db.execute(f"{insert} {MATCHING}", (match,))
            return
        (found,) = self.db.execute(f"SELECT count(*) FROM ({MATCHING})", (match,)).fetchone()
        if found < PER_ARTICLE * self.articles:
            self.db.execute(
                f"{insert} SELECT s.key FROM ({MATCHING}) m CROSS JOIN statements s ON s.key = m.rowid"
                " CROSS JOIN temp.days_meant x ON x.article = s.article",
                (match,),
            )
            return
        each = " AND ".join(["instr(' ' || s.words, ?) > 0"] * len(self.words))
        self.db.execute(
            f"{insert} SELECT s.key FROM temp.days_meant x CROSS JOIN statements s ON s.article = x.article WHERE {each}",
            [f" {word}" for word in self.words],
        )

    def places(self, table: str, *, asked: bool = False) -> str:
        """Tables in which ``p.actor`` says (the table said) or is named in (mentions) ``d.statement``, 0 where it is the article that names it.

        With ``asked`` those of the actors in temp.actors_told alone.
        """
        own = " AND +p.actor IN (SELECT actor FROM temp.actors_told)" if asked else ""
        if self.words:
            return (
                f"temp.statements_meant x CROSS JOIN {table} d ON d.statement = x.statement AND d.statement > 0"
                f" CROSS JOIN appearances p ON p.article = d.article AND p.form = d.form{own}"
            )
        appearances = f"temp.days_meant x CROSS JOIN appearances p ON p.article = x.article{own}"
        if asked and self.articles > MANY:
            appearances = "temp.actors_told q CROSS JOIN appearances p ON p.actor = q.actor CROSS JOIN temp.days_meant x ON x.article = p.article"
        return f"{appearances} CROSS JOIN {table} d ON d.article = p.article AND d.form = p.form"

    def tell(self) -> None:
        """Note the deeds and offices: with a topic those whose own words, or a statement that reports them, are on it."""
        for kind, (table, *_) in _ENDS.items():
            if not self.words:
                self.db.execute(
                    f"INSERT INTO temp.acts_meant SELECT '{kind}', o.key FROM temp.days_meant x CROSS JOIN {table} o ON o.article = x.article"
                )
                continue
            found = [
                (kind, key) for key, text in self._worded(table) if begin(self.words, (s.text for s in spans_of(text)))
            ]
            self.db.executemany("INSERT INTO temp.acts_meant VALUES (?, ?)", found)
        if self.words:
            self.db.execute(
                f"INSERT OR IGNORE INTO temp.acts_meant SELECT '{RELATES}', o.key FROM temp.statements_meant x CROSS JOIN statements s ON s.key = x.statement"
                f" CROSS JOIN relations o INDEXED BY relations_by_statement ON o.statement = '{STATEMENT}/' || s.id{self.within('o')}"
            )

    def _worded(self, table: str) -> sqlite3.Cursor:
        """Keys and evidence of what may have the words in it."""
        condition, values = may_hold("o.evidence", self.words)
        return self.db.execute(f"SELECT o.key, o.evidence FROM {table} o WHERE {condition}{self.within('o')}", values)

    def within(self, table: str) -> str:
        """The condition that a row's article is one of the days."""
        return f" AND {table}.article IN (SELECT article FROM temp.days_meant)" if self.is_dated else ""

    def acts(self, kind: str) -> list[Act]:
        """The deeds or the offices that are noted."""
        table, source, target, what = _ENDS[kind]
        rows = self.db.execute(
            f"SELECT o.article, s.actor, t.actor, o.{what} FROM temp.acts_meant a CROSS JOIN {table} o ON o.key = a.key"
            f" CROSS JOIN appearances s ON s.article = o.article AND s.form = o.{source}"
            f" CROSS JOIN appearances t ON t.article = o.article AND t.form = o.{target} WHERE a.kind = '{kind}'"
        )
        return [Act(*row) for row in rows]
