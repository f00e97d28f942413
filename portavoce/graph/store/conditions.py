"""The days and the topic of a question as conditions in SQL, on articles, statements, deeds and offices."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from portavoce.graph.query.selection import begin
from portavoce.graph.store.packing import spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portavoce.graph.store.selection import Selection

MANY = 50_000
"""Statements with the words of a topic up to which they are listed once; where more have them, each asked about is looked up."""

MATCHING = "SELECT rowid AS statement FROM statements_fts WHERE statements_fts MATCH {}"


class Conditions:
    """What of a corpus a question is about; its SQL calls an article ``ar`` and what has a statement ``d``.

    ``articles`` are the conditions on days, ``of_statements`` these and those on the topic; ``values`` are their values by name,
    to which a query adds its own.
    """

    def __init__(self, db: sqlite3.Connection, selection: Selection) -> None:
        days = {"since": (selection.since, ">="), "until": (selection.until, "<=")}
        self.words = selection.words
        self.values: dict[str, object] = {name: date for name, (date, _) in days.items() if date}
        self.articles = "".join(
            f" AND ar.published <> '' AND substr(ar.published, 1, {len(date)}) {sign} :{name}"
            for name, (date, sign) in days.items()
            if date
        )
        self.of_statements = self.articles + (self._on_topic(db) if self.words else "")

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.of_statements)

    def _on_topic(self, db: sqlite3.Connection) -> str:
        self.values["match"] = match_of(self.words)
        matching = MATCHING.format(":match")
        db.execute("CREATE TABLE IF NOT EXISTS temp.matching (statement INTEGER PRIMARY KEY)")
        db.execute("DELETE FROM temp.matching")
        db.execute(f"INSERT INTO temp.matching {matching} LIMIT {MANY + 1}", self.values)
        if db.execute("SELECT count(*) FROM temp.matching").fetchone()[0] <= MANY:
            return " AND d.statement IN (SELECT statement FROM temp.matching)"
        self.values.update((f"word{n}", f" {word}") for n, word in enumerate(self.words))
        have = " AND ".join(f"instr(' ' || w.words, :word{n}) > 0" for n in range(len(self.words)))
        return f" AND EXISTS (SELECT 1 FROM statements w WHERE w.key = d.statement AND {have})"

    def tell_of(self, evidence: str, words: Iterable[str | None] = ()) -> bool:
        """Whether a deed or an office is on the topic by its own words, or by those of the statement that reports it."""
        if not self.words:
            return True
        reported = [found for found in words if found is not None]
        return begin(self.words, (span.text for span in spans_of(evidence))) or (
            bool(reported) and begin(self.words, reported)
        )


def match_of(words: list[str]) -> str:
    """The folded words as a question to the FTS table: each begins a word."""
    return " ".join(f'"{word}"*' for word in words)
