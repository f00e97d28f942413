"""The days and the words to which a question keeps, in SQL and for what only Python can read."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar
from unicodedata import normalize

from portavoce.graph.query.selection import begin, check_date, topic_words
from portavoce.graph.store.packing import spans_of


@dataclass(frozen=True)
class Conditions:
    """Dates of articles, both inclusive, and words each of which begins a word of a statement's topics or content."""

    since: str | None = None
    until: str | None = None
    topic: str | None = None

    def check(self) -> None:
        """Raise `InputError` for a date of another form and for a topic without a word."""
        check_date(self.since)
        check_date(self.until)
        topic_words(self.topic)

    @cached_property
    def words(self) -> list[str]:
        """The folded words of the topic."""
        return topic_words(self.topic)

    @property
    def are_none(self) -> bool:
        """Whether everything meets them."""
        return not (self.since or self.until or self.words)

    @property
    def days(self) -> str:
        """What to add to a WHERE in which articles are ``ar``."""
        if not (self.since or self.until):
            return ""
        since = " AND ar.published >= :since" if self.since else ""
        until = " AND ar.published < :until" if self.until else ""
        return f" AND ar.published <> ''{since}{until}"

    matching: ClassVar[str] = "SELECT rowid FROM statements_fts WHERE statements_fts MATCH :match"
    """The keys of the statements on the topic."""

    def on_topic(self, statement: str) -> str:
        """What to add to a WHERE in which this is the key of a statement."""
        return f" AND {statement} IN ({self.matching})" if self.words else ""

    @property
    def values(self) -> dict[str, str]:
        """What the names in the SQL stand for."""
        match = " ".join(f'"{word}"*' for word in self.words)
        return {"since": self.since or "", "until": f"{self.until}\U0010ffff", "match": match}

    def tells(self, db: sqlite3.Connection, evidence: str, statement: str | None) -> bool:
        """Whether the words of a deed or an office, or the statement that reports it, are on the topic."""
        words = self.words
        if not words or self.in_words(evidence):
            return True
        id_ = (statement or "").partition("/")[2]
        row = db.execute("SELECT words FROM statements WHERE id = ?", (id_,)).fetchone() if id_ else None
        return row is not None and begin(words, row)

    def in_words(self, evidence: str) -> bool:
        """Whether the words of a deed or an office are on the topic."""
        plain = normalize("NFKD", evidence.casefold()).casefold().encode("ascii", "ignore").decode()
        if any(word not in plain for word in self.words if word.isascii()):  # seen sooner than where words begin
            return False
        return begin(self.words, (span.text for span in spans_of(evidence)))

    def meets(self, db: sqlite3.Connection, statement: int) -> bool:
        """Whether a statement is on the topic."""
        row = db.execute("SELECT words FROM statements WHERE key = ?", (statement,)).fetchone()
        return not self.words or begin(self.words, row)
