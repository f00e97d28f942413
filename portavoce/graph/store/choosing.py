"""Which statements meet the conditions of a selection, found by the table in which fewest have to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from portavoce.graph.store.conditions import BY_DAY, MATCHING, Conditions

if TYPE_CHECKING:
    from portavoce.graph.query.selection import TextSearch
    from portavoce.graph.store.selection import Selection

FEW = 5000
"""Statements with the words of a topic up to which they are sorted; where more have them, days are gone through in order."""

SAID = "SELECT {} FROM appearances p CROSS JOIN said d ON d.article = p.article AND d.form = p.form WHERE p.actor = :actor{}"
NAMING = (
    "SELECT {} FROM appearances p CROSS JOIN mentions d ON d.article = p.article AND d.form = p.form"
    " WHERE p.actor = :actor{} AND d.statement > 0"
)
"""What of the statements that an actor says, or that mention it; the actor's key goes by the name ``:actor`` with a number or nothing."""

IN_ORDER = f"{BY_DAY}, s.key"
_BOTH = "d.article, d.statement AS key"


class _Query:
    """The conditions of a selection in SQL: from the statements when few can be meant, else from the days on."""

    def __init__(
        self, conditions: Conditions, selection: Selection, keys: Mapping[str, int], text: TextSearch | None
    ) -> None:
        self.conditions, self.text = conditions, text
        self.where, self.source, self.rows = "", "", ""
        self.values = {**conditions.values}
        if selection.speaker:
            self._from(SAID.format(_BOTH, self._actor(keys[selection.speaker])))
        if selection.mentions:
            self._from(NAMING.format(_BOTH, self._actor(keys[selection.mentions])))
        if selection.actors:
            numbers = [self._actor(keys[name]) for name in selection.actors]
            self._from(" UNION ".join(each.format(_BOTH, n) for n in numbers for each in (SAID, NAMING)))
        if conditions.words or text:
            self._words(some=selection.limit is not None)
        for column in ("kind", "polarity"):
            if value := getattr(selection, column):
                self._look(f"r.{column} = :{column}", **{column: value})
        self.where += conditions.days

    def _actor(self, key: int) -> str:
        """The number under which an actor goes in the values."""
        number = str(sum(name.startswith("actor") for name in self.values))
        self.values[f"actor{number}"] = key
        return number

    def _from(self, source: str) -> None:
        if not self.source:
            self.source = source
        else:
            self.where += f" AND s.key IN (SELECT key FROM ({source}))"

    def _words(self, *, some: bool) -> None:
        """Leave statements with the words, and with the text; ``some`` says that not all of them are told."""
        if self.text:
            self.values["match"] = _match([] if self.source else self.conditions.words, self.text)
        if self.source:
            self.where += self.conditions.on_topic("s.key")
            if self.text:
                self.where += f" AND +s.key IN ({MATCHING})"
        elif some and self._count() > FEW:
            self.rows = "CROSS JOIN statements r ON r.key = s.key"
            self.where += self.conditions.begin("r")
            self._read()
        else:
            self._from(f"SELECT article, key FROM statements WHERE key IN ({MATCHING})")

    def _count(self) -> int:
        query = f"SELECT count(*) FROM ({MATCHING} LIMIT {FEW + 1})"
        return int(self.conditions.db.execute(query, self.values).fetchone()[0])

    def _look(self, condition: str, **values: object) -> None:
        """Look at each statement ``r``."""
        self.rows = "CROSS JOIN statements r ON r.key = s.key"
        self.where += f" AND {condition}"
        self.values.update(values)

    def _read(self) -> None:
        """Look for the text in each statement's content."""
        if self.text is None:
            return
        for n, word in enumerate(self.text.words):
            self._look(f"instr(' ' || r.content_words, :text{n}) > 0", **{f"text{n}": f" {word}"})
        for n, phrase in enumerate(self.text.phrases):
            whole = {f"phrase{n}": f" {' '.join(phrase)} "}
            self._look(f"instr(' ' || r.content_words || ' ', :phrase{n}) > 0", **whole)

    def sql(self, what: str, order: str) -> str:
        if self.source:
            tables = (
                f"(SELECT DISTINCT article, key FROM ({self.source})) s CROSS JOIN articles ar ON ar.key = s.article"
            )
        else:
            tables = "articles ar CROSS JOIN statements s ON s.article = ar.key"
        return f"SELECT {what} FROM {tables} {self.rows} WHERE 1{self.where} {order}"


def _match(words: list[str], text: TextSearch) -> str:
    """What `MATCHING` looks for: statements in which each word begins a word, and whose content holds a text."""
    said = [*(f'"{word}"*' for word in text.words), *(f'"{" ".join(phrase)}"' for phrase in text.phrases)]
    return " AND ".join([*(f'"{word}"*' for word in words), f"(content_words : ({' '.join(said)}))"])


def choose(
    conditions: Conditions, selection: Selection, keys: Mapping[str, int], *, text: TextSearch | None = None
) -> list[int]:
    """The keys of the statements in order: by date (none last), article and place; with ``text`` those whose content holds it.

    ``conditions`` are those of the selection.
    """
    query = _Query(conditions, selection, keys, text)
    values = {**query.values, "limit": -1 if selection.limit is None else selection.limit}
    return [key for (key,) in conditions.db.execute(query.sql("s.key", f"ORDER BY {IN_ORDER} LIMIT :limit"), values)]


def count(
    conditions: Conditions, selection: Selection, keys: Mapping[str, int], *, text: TextSearch | None = None
) -> int:
    """How many statements a selection means without its limit."""
    query = _Query(conditions, selection, keys, text)
    if (conditions.words or text) and not (
        selection.names or selection.kind or selection.polarity or conditions.are_dated
    ):
        told = f"SELECT count(*) FROM ({MATCHING})"
    elif not query.where and not query.source:
        told = "SELECT count(*) FROM statements"
    else:
        told = query.sql("count(*)", "")
    return int(conditions.db.execute(told, query.values).fetchone()[0])
