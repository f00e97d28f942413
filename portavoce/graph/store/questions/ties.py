"""The ties of an actor of a corpus under conditions, and the part of the graph that proves some of them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from portavoce.graph.part import Part
from portavoce.graph.project import Ties, said_tie, told_tie
from portavoce.graph.query.answers import Evidence
from portavoce.graph.schema import MENTIONS, STATEMENT, Attributes
from portavoce.graph.store.acts import ACTS, DEEDS, OFFICES, ActTable
from portavoce.graph.store.conditions import BY_DAY, Conditions
from portavoce.graph.store.packing import spans_of
from portavoce.graph.store.reading import Reading

_SAID = f"""
SELECT x.statement, x.actor FROM (
    SELECT DISTINCT p.article, d.statement, q.actor FROM appearances p {{joined}} WHERE p.actor = :actor AND d.statement > 0 AND q.actor <> p.actor{{topic}}
) x CROSS JOIN articles ar ON ar.key = x.article WHERE 1{{days}}
ORDER BY {BY_DAY}, x.statement
"""
_TOLD = """
SELECT q.actor, o.key, o.edge, o.{word} FROM appearances p {joined}
CROSS JOIN articles ar ON ar.key = p.article WHERE p.actor = :actor AND q.actor <> p.actor{conditions}
"""
_SAID_WITH_ALL = (
    "CROSS JOIN {one} d ON d.article = p.article AND d.form = p.form CROSS JOIN {two} e ON e.statement = d.statement AND e.statement > 0"
    " CROSS JOIN appearances q ON q.article = e.article AND q.form = e.form"
)
_TOLD_WITH_ALL = "CROSS JOIN {table} o ON o.article = p.article AND o.{one} = p.form CROSS JOIN appearances q ON q.article = o.article AND q.form = o.{two}"
_TOGETHER = "CROSS JOIN appearances q ON q.actor = :other AND q.article = p.article"
"""The articles in which two appear are few: from these on, what one has to do with the other is found soon."""
_SAID_WITH_ONE = (
    f"{_TOGETHER} CROSS JOIN {{one}} d ON d.article = p.article AND d.form = p.form"
    " CROSS JOIN {two} e ON e.article = q.article AND e.form = q.form AND e.statement = d.statement"
)
_TOLD_WITH_ONE = (
    f"{_TOGETHER} CROSS JOIN {{table}} o ON o.article = p.article AND o.{{one}} = p.form AND o.{{two}} = q.form"
)
_PLACES = """
SELECT ar.id, ar.title, ar.published, x.evidence FROM (
    SELECT d.article, d.evidence FROM appearances p CROSS JOIN said d ON d.article = p.article AND d.form = p.form WHERE p.actor = :actor{topic}
    UNION ALL SELECT d.article, d.evidence FROM appearances p CROSS JOIN mentions d ON d.article = p.article AND d.form = p.form WHERE p.actor = :actor{topic}
    UNION ALL SELECT o.article, o.evidence FROM appearances p CROSS JOIN offices o ON o.article = p.article AND p.form IN (o.holder, o.body)
        WHERE p.actor = :actor{offices}
    UNION ALL SELECT o.article, o.evidence FROM appearances p CROSS JOIN relations o ON o.article = p.article AND p.form IN (o.source, o.target)
        WHERE p.actor = :actor{deeds}
) x CROSS JOIN articles ar ON ar.key = x.article WHERE 1{days}
"""


class Surroundings:
    """The ties of one actor: ``there`` from it to others and ``back`` from others to it, by the others' keys, as `ties_of` has them.

    A tie of words tells the key of its first statement alone.
    """

    def __init__(self, actor: int, conditions: Conditions, *, other: int | None = None) -> None:
        """Read the ties, with one other actor only where that is given."""
        self.there: dict[int, Ties] = defaultdict(dict)
        self.back: dict[int, Ties] = defaultdict(dict)
        self._rows: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._conditions = conditions
        self._values = {**conditions.values, "actor": actor, "other": other}
        said, told = (_SAID_WITH_ALL, _TOLD_WITH_ALL) if other is None else (_SAID_WITH_ONE, _TOLD_WITH_ONE)
        on_topic = conditions.on_topic("d.statement") if other is None else conditions.read("d.statement")
        for ties, one, two in ((self.there, "said", "mentions"), (self.back, "mentions", "said")):
            self._read_said(
                ties, _SAID.format(joined=said.format(one=one, two=two), topic=on_topic, days=conditions.days)
            )
            for acts in ACTS.values():
                first, second = acts.ends if ties is self.there else acts.ends[::-1]
                self._read_told(ties, acts, told.format(table=acts.table, one=first, two=second))

    def _read_said(self, ties: dict[int, Ties], query: str) -> None:
        said: dict[int, list[int]] = defaultdict(list)
        for statement, other in self._conditions.db.execute(query, self._values):
            said[other].append(statement)
        for other, statements in said.items():
            ties[other][MENTIONS] = said_tie(statements[:1], len(statements))

    def _read_told(self, ties: dict[int, Ties], acts: ActTable, joined: str) -> None:
        meets = self._conditions.days + self._conditions.of_acts(acts, "o")
        query = _TOLD.format(joined=joined, word=acts.what, conditions=meets)
        told: dict[int, dict[str, Attributes]] = defaultdict(dict)
        for other, key, edge, what in self._conditions.db.execute(query, self._values):
            told[other][edge] = {acts.what: what}
            self._rows[other].append((key, acts.kind))
        for other, edges in told.items():
            ties[other][acts.kind] = told_tie(acts.kind, edges)

    def proofs(self, other: int) -> tuple[list[int], list[tuple[int, str]]]:
        """The statements, and the deeds and offices with their kinds, by key, among which is the best proof of the ties with another."""
        if other in self._rows:
            return [], self._rows[other]
        said = (ties[other][MENTIONS] for ties in (self.there, self.back) if other in ties)
        return [key for tie in said for key in tie["statements"]], []


def prove(
    db: sqlite3.Connection, told: Iterable[tuple[Surroundings, int]], meant: Iterable[int]
) -> tuple[Part, list[tuple[Ties, Ties]]]:
    """The part of the graph that proves some ties, with those who are ``meant``; and these ties there and back, with nodes for keys."""
    told = [*told]
    proofs = [around.proofs(other) for around, other in told]
    reading = Reading(db, {key for statements, _ in proofs for key in statements})
    for key, kind in (row for _, rows in proofs for row in rows):
        reading.tell(kind, [key])
    part = reading.part(meant)
    rows = db.execute("SELECT s.key, s.id FROM temp.chosen c CROSS JOIN statements s ON s.key = c.statement")
    nodes = {key: f"{STATEMENT}/{id_}" for key, id_ in rows}

    def named(ties: Ties) -> Ties:
        if MENTIONS not in ties:
            return ties
        said = ties[MENTIONS]
        statements = [nodes[key] for key in said["statements"] if key in nodes]
        return {**ties, MENTIONS: said_tie(statements, said["weight"])}

    return part, [(named(around.there.get(other, {})), named(around.back.get(other, {}))) for around, other in told]


def first_place(actor: int, conditions: Conditions) -> Evidence | None:
    """The first place under the conditions where an actor speaks, is named, or has a part in something, by the days of the articles."""
    query = _PLACES.format(
        topic=conditions.on_topic("d.statement"), offices=conditions.of_acts(OFFICES, "o"),
        deeds=conditions.of_acts(DEEDS, "o"), days=conditions.days,
    )  # fmt: skip
    places = [
        (not spans, not day, day or "", id_, spans, title, day)
        for id_, title, day, evidence in conditions.db.execute(query, {**conditions.values, "actor": actor})
        for spans in [spans_of(evidence)[:1]]
    ]
    if not places:
        return None
    *_, id_, spans, title, day = min(places, key=lambda place: place[:5])
    return Evidence(id_, title, day, spans)
