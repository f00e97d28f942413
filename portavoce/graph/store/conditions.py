"""The days and the topic of a question as conditions in SQL, on articles, statements, deeds and offices."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from portavoce.graph.query.selection import begin
from portavoce.graph.store.packing import packed, spans_of

if TYPE_CHECKING:
    from portavoce.graph.store.selection import Selection

MANY = 200_000
"""Statements with the words of a topic up to which they are listed; of more, those of the actors who are asked about."""

MATCHING = "SELECT rowid AS statement FROM statements_fts WHERE statements_fts MATCH {}"
_OF_ACTORS = " UNION ".join(
    f"""
SELECT w.key FROM json_each(:actors) a CROSS JOIN appearances p ON p.actor = a.value CROSS JOIN articles ar ON ar.key = p.article
CROSS JOIN {table} d ON d.article = p.article AND d.form = p.form AND d.statement > 0 CROSS JOIN statements w ON w.key = d.statement WHERE 1{{conditions}}
"""
    for table in ("said", "mentions")
)


class Conditions:
    """What of a corpus a question about some actors is about; its SQL calls an article ``ar`` and what has a statement ``d``.

    ``articles`` are the conditions on days, ``of_statements`` these and those on the topic; ``values`` are their values by name,
    to which a query adds its own. The statements on a topic stand in a table of the connection, those of the latest conditions
    alone.
    """

    def __init__(self, db: sqlite3.Connection, selection: Selection, actors: Collection[int] = ()) -> None:
        days = {"since": (selection.since, ">="), "until": (selection.until, "<=")}
        self.db, self.words, self.actors = db, selection.words, actors
        self.values: dict[str, object] = {name: date for name, (date, _) in days.items() if date}
        self.articles = "".join(
            f" AND ar.published <> '' AND substr(ar.published, 1, {len(date)}) {sign} :{name}"
            for name, (date, sign) in days.items()
            if date
        )

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.articles or self.words)

    @cached_property
    def of_statements(self) -> str:
        """The conditions on days and topic."""
        if not self.words:
            return self.articles
        self._list()
        return f"{self.articles} AND +d.statement IN (SELECT statement FROM temp.matching)"

    def _list(self) -> None:
        self.db.execute("CREATE TABLE IF NOT EXISTS temp.matching (statement INTEGER PRIMARY KEY)")
        self.db.execute("DELETE FROM temp.matching")
        matching = f"INSERT INTO temp.matching {MATCHING.format('?')} LIMIT {MANY + 1}"
        if self.db.execute(matching, (match_of(self.words),)).rowcount <= MANY:
            return
        have = "".join(f" AND instr(' ' || w.words, :word{n}) > 0" for n in range(len(self.words)))
        meant = {f"word{n}": f" {word}" for n, word in enumerate(self.words)} | {"actors": packed([*self.actors])}
        self.db.execute("DELETE FROM temp.matching")
        self.db.execute(
            f"INSERT INTO temp.matching {_OF_ACTORS.format(conditions=self.articles + have)}", {**self.values, **meant}
        )

    def tell_of(self, evidence: str, reported: str | None) -> bool:
        """Whether a deed or an office is on the topic by its own words, or by those of the statement that reports it."""
        if not self.words or begin(self.words, (span.text for span in spans_of(evidence))):
            return True
        return reported is not None and begin(self.words, (reported,))


def match_of(words: list[str]) -> str:
    """The folded words as a question to the FTS table: each begins a word."""
    return " ".join(f'"{word}"*' for word in words)
