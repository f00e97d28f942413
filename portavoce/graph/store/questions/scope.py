"""What stands in some days or on a topic, of all actors: articles, statements, deeds and offices, noted in temporary tables."""

from __future__ import annotations

from typing import NamedTuple

from portavoce.graph.store.acts import ACTS
from portavoce.graph.store.conditions import BY_DAY, MATCHING, Conditions
from portavoce.graph.store.opening import empty_tables

PER_ARTICLE = 5
"""Statements with the words of a topic, for each article of the days, up to which they are looked at rather than the days."""


class Act(NamedTuple):
    """A deed or an office between two actors, by their keys; ``what`` is its type or role."""

    article: int
    source: int
    target: int
    what: str


class Scope:
    """The articles of some days, and what they say that is on a topic: noted when it is asked for; nothing is noted without days or topic."""

    def __init__(self, conditions: Conditions) -> None:
        self.db, self.conditions, self.articles = conditions.db, conditions, 0
        self._noted: set[str] = set()
        self._is_found = False
        empty_tables(
            self.db,
            "days_meant(article INTEGER UNIQUE, place INTEGER PRIMARY KEY)",
            "statements_meant(statement INTEGER PRIMARY KEY)",
            "acts_meant(kind TEXT, key INTEGER, PRIMARY KEY (kind, key))",
        )
        if conditions.are_dated:
            self.articles = self.db.execute(
                f"INSERT INTO temp.days_meant(article) SELECT ar.key FROM articles ar WHERE 1{conditions.days} ORDER BY {BY_DAY}",
                conditions.values,
            ).rowcount

    def _find(self) -> None:
        """Note the statements on the topic, from its words on or from the days on, whichever has less to look at."""
        if self._is_found or not self.conditions.words:
            return
        self._is_found = True
        values = self.conditions.values
        insert = "INSERT INTO temp.statements_meant"
        if not self.conditions.are_dated:
            self.db.execute(f"{insert} {MATCHING}", values)
            return
        few = PER_ARTICLE * self.articles
        (found,) = self.db.execute(f"SELECT count(*) FROM ({MATCHING} LIMIT {few})", values).fetchone()
        if found < few:
            self.db.execute(
                f"{insert} SELECT s.key FROM ({MATCHING}) m CROSS JOIN statements s ON s.key = m.statement"
                " CROSS JOIN temp.days_meant x ON x.article = s.article",
                values,
            )
            return
        self.db.execute(
            f"{insert} SELECT s.key FROM temp.days_meant x CROSS JOIN statements s ON s.article = x.article WHERE 1{self.conditions.begin('s')}",
            values,
        )

    def places(self, table: str) -> str:
        """A table of who (actor) says (the table said) or is named in (mentions) what (article, statement: 0 where the article names it)."""
        if self.conditions.words:
            self._note(table)
            return f"temp.{table}_meant"
        places = f"temp.days_meant y CROSS JOIN appearances p ON p.article = y.article CROSS JOIN {table} d ON d.article = p.article AND d.form = p.form"
        return f"(SELECT p.actor, d.article, d.statement FROM {places})"

    def _note(self, table: str) -> None:
        """Note who says, or is named in, the statements on the topic."""
        if table in self._noted:
            return
        self._find()
        self._noted.add(table)
        empty_tables(self.db, f"{table}_meant(actor INTEGER, article INTEGER, statement INTEGER)")
        self.db.execute(
            f"INSERT INTO temp.{table}_meant SELECT p.actor, d.article, d.statement FROM temp.statements_meant y"
            f" CROSS JOIN {table} d ON d.statement = y.statement AND d.statement > 0"
            " CROSS JOIN appearances p INDEXED BY appearances_by_form ON p.form = d.form AND p.article = d.article"
        )

    def tell(self) -> None:
        """Note the deeds and offices: with a topic those whose own words, or a statement that reports them, are on it."""
        self._find()
        insert = "INSERT INTO temp.acts_meant SELECT '{acts.kind}', o.key FROM {rows} o{where}"
        for acts in ACTS.values():
            if self.conditions.are_dated:
                topic = self.conditions.of_acts(acts, "o", listed="temp.statements_meant")
                rows, where = f"temp.days_meant x CROSS JOIN {acts.table}", f" ON o.article = x.article WHERE 1{topic}"
            else:
                rows, where = f"({self.conditions.acts_matching(acts, listed='temp.statements_meant')})", ""
            self.db.execute(insert.format(acts=acts, rows=rows, where=where), self.conditions.values)

    def within(self, table: str) -> str:
        """The condition that a row's article is one of the days."""
        return f" AND +{table}.article IN (SELECT article FROM temp.days_meant)" if self.conditions.are_dated else ""

    def acts(self, kind: str) -> list[Act]:
        """The deeds or the offices that are noted."""
        _, table, source, target, what = ACTS[kind]
        rows = self.db.execute(
            f"SELECT o.article, s.actor, t.actor, o.{what} FROM temp.acts_meant a CROSS JOIN {table} o ON o.key = a.key"
            f" CROSS JOIN appearances s ON s.article = o.article AND s.form = o.{source}"
            f" CROSS JOIN appearances t ON t.article = o.article AND t.form = o.{target} WHERE a.kind = '{kind}'"
        )
        return [Act(*row) for row in rows]
