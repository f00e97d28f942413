"""Rows with few columns about many statements, deeds and offices, from which the few that are told are chosen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest
from typing import Any, NamedTuple, TypeVar

from portavoce.graph.schema import ACTOR, RELATES, STATEMENT
from portavoce.graph.store.acts import ACTS, DEEDS
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.packing import packed, spans_of

Row = TypeVar("Row")


class Said(NamedTuple):
    """A statement with one who says it and one whom it mentions, by keys, and its article's day and id."""

    statement: int
    source: int
    target: int
    day: str | None
    article: str

    @property
    def place(self) -> tuple[bool, str, str, int]:
        """Orders as the statements stand in time, those without a day last."""
        return not self.day, self.day or "", self.article, self.statement


class Told(NamedTuple):
    """A deed (its type) or an office (its role) between two actors, by keys, with its article's day and id and its name as an edge."""

    key: int
    kind: str
    what: str
    modality: str
    source: int
    target: int
    day: str | None
    article: str
    evidence: str
    edge: str

    @property
    def place(self) -> tuple[bool, str, str]:
        """Orders as the articles stand in time, those without a day last."""
        return not self.day, self.day or "", self.article


class Actor(NamedTuple):
    """What is shown of an actor."""

    id: str
    name: str
    kind: str

    @property
    def node(self) -> str:
        """Its node in the graph."""
        return f"{ACTOR}/{self.id}"


_OF = """
WITH d AS MATERIALIZED (
    SELECT d.statement, ar.published, ar.id FROM appearances p CROSS JOIN articles ar ON ar.key = p.article
    CROSS JOIN {table} d ON d.article = p.article AND d.form = p.form AND d.statement > 0 WHERE p.actor = :actor{{conditions}}
)
"""
SAID, NAMING = _OF.format(table="said"), _OF.format(table="mentions")
"""The statements ``d`` that ``:actor`` says, or that mention it, which meet conditions, with the days and ids of their articles."""

_PAIRS = """
SELECT DISTINCT d.statement, {source}, {target}, d.published, d.id FROM d CROSS JOIN {table} x ON x.statement = d.statement AND x.statement > 0
CROSS JOIN appearances q INDEXED BY appearances_by_form ON q.form = x.form AND q.article = x.article WHERE {who}
"""
_NEAR = " AND p.article IN (SELECT article FROM appearances WHERE actor = :other)"
_END = "SELECT t.key FROM appearances p CROSS JOIN {table} t ON t.article = p.article AND t.{end} = p.form WHERE p.actor = :actor"
_TOLD = """
SELECT t.key, '{acts.kind}', t.{acts.what}, {modality}, s.actor, g.actor, ar.published, ar.id, t.evidence, t.edge FROM ({found}) f CROSS JOIN {acts.table} t ON t.key = f.key
CROSS JOIN articles ar ON ar.key = t.article CROSS JOIN appearances s INDEXED BY appearances_by_form ON s.form = t.{acts.source} AND s.article = t.article
CROSS JOIN appearances g INDEXED BY appearances_by_form ON g.form = t.{acts.target} AND g.article = t.article WHERE 1{conditions}
"""


def said_and_mentioned(actor: int, conditions: Conditions, other: int | None = None) -> list[Said]:
    """What an actor says that mentions others, and what others say that mentions it; only one ``other`` where it is given."""
    if other == actor:
        return []
    who, near = ("q.actor <> :actor", "") if other is None else ("q.actor = :other", _NEAR)
    meant = {**conditions.values, "actor": actor, "other": other}
    said, naming = (of.format(conditions=near + conditions.of_statements) for of in (SAID, NAMING))
    spoken = _PAIRS.format(source=":actor", target="q.actor", table="mentions", who=who)
    spoken_of = _PAIRS.format(source="q.actor", target=":actor", table="said", who=who)
    rows = [*conditions.db.execute(said + spoken, meant), *conditions.db.execute(naming + spoken_of, meant)]
    return list(map(Said._make, rows))


def speaking_of(actor: int, conditions: Conditions) -> list[Said]:
    """What is said that mentions an actor, with each who says it, the actor itself not left out."""
    query = NAMING.format(conditions=conditions.of_statements)
    query += _PAIRS.format(source="q.actor", target=":actor", table="said", who="1")
    return list(map(Said._make, conditions.db.execute(query, {**conditions.values, "actor": actor})))


def told_of(kind: str, actor: int, conditions: Conditions, *, target_only: bool = False) -> list[Told]:
    """The deeds (``RELATES``) or offices (``HOLDS``) in which an actor has a part, or of which it is the target or body."""
    acts = ACTS[kind]
    ends = (acts.target,) if target_only else acts.ends
    found = " UNION ".join(_END.format(table=acts.table, end=end) for end in ends)
    modality = "t.modality" if acts is DEEDS else "''"
    meets = conditions.days + conditions.of_acts(acts, "t")
    query = _TOLD.format(acts=acts, modality=modality, found=found, conditions=meets)
    return list(map(Told._make, conditions.db.execute(query, {**conditions.values, "actor": actor})))


def key_of(db: sqlite3.Connection, id_: str) -> int:
    """The key of an actor in the tables, by its id."""
    return int(db.execute("SELECT key FROM actors WHERE id = ?", (id_,)).fetchone()[0])


def actors_of(db: sqlite3.Connection, keys: Iterable[int]) -> dict[int, Actor]:
    """What is shown of actors, by their keys."""
    query = "SELECT a.key, a.id, a.name, a.kind FROM json_each(?) j CROSS JOIN actors a ON a.key = j.value"
    return {key: Actor(*row) for key, *row in db.execute(query, (packed(sorted({*keys})),))}


def statement_nodes(db: sqlite3.Connection, keys: Iterable[int]) -> dict[int, str]:
    """The nodes of statements, by their keys."""
    query = "SELECT s.key, s.id FROM json_each(?) j CROSS JOIN statements s ON s.key = j.value"
    return {key: f"{STATEMENT}/{id_}" for key, id_ in db.execute(query, (packed(sorted({*keys})),))}


def leading(rows: Sequence[Row], limit: int | None, rank: Callable[[Row], Any]) -> Sequence[Row]:
    """The first rows, and those after them of the same rank as the last of these; the rows stand in the order of their ranks."""
    if limit is None or not 0 < limit < len(rows):
        return rows
    last, end = rank(rows[limit - 1]), limit
    while end < len(rows) and rank(rows[end]) == last:
        end += 1
    return rows[:end]


def first_said(rows: list[Said], names: Mapping[int, Actor], limit: int | None) -> list[Said]:
    """The first statements as they stand in time, as `portavoce.graph.query.relations` has them."""
    found = leading(sorted(rows, key=_place), limit, _place)
    return sorted(found, key=lambda said: (said.place, names[said.source].id, names[said.target].id))[:limit]


def first_told(rows: list[Told], names: Mapping[int, Actor], limit: int | None) -> list[Told]:
    """The first deeds, or offices, by the days of their articles, the same way."""

    def order(told: Told) -> tuple[object, ...]:
        type_ = told.what if told.kind == RELATES else ""
        return told.place, spans_of(told.evidence), names[told.source].id, type_, names[told.target].id, told.edge

    return sorted(leading(sorted(rows, key=_place), limit, _place), key=order)[:limit]


def _place(row: Said | Told) -> tuple[object, ...]:
    return row.place


def foremost(counts: Mapping[int, Any], limit: int | None) -> list[int]:
    """The keys of the highest counts, as many as a limit leaves and all that are equal to the last of them."""
    if limit is None or not 0 < limit < len(counts):
        return [*counts]
    least = nlargest(limit, counts.values())[-1]
    return [key for key, count in counts.items() if count >= least]
