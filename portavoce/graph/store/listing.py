"""Actors and topics of a corpus with their counts: a page of them from the tables that are kept up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portavoce.graph.query.answers import ActorAnswer, Because, Evidence, Listing, TopicAnswer
from portavoce.graph.query.listing import label_begins, role_words
from portavoce.graph.query.spoken import TOPICS
from portavoce.graph.store.choosing import BY_DAY, IN_ORDER, may_hold
from portavoce.graph.store.packing import spans_of, unpacked

_ACTORS = (
    "SELECT key, id, name, names, kind, wikidata, of_country, statements, mentioned, articles FROM actors"
    " WHERE name IS NOT NULL ORDER BY statements DESC, mentioned DESC, name, id LIMIT ?"
)
_COPIES = "SELECT count(*), count(DISTINCT utterance) FROM copies WHERE actor = ?"
_ROLES = "SELECT h.role, h.body, b.name FROM held h CROSS JOIN actors b ON b.key = h.body WHERE h.holder = ?"
_BECAUSE = (
    "SELECT name, rule, score, count(*) FROM appearances INDEXED BY appearances_explained WHERE actor = ? AND rule <> 'name'"
    " GROUP BY name, rule, score"
)
_DEEDS = """
SELECT coalesce(sum(weight), 0) FROM (
    SELECT source, target, type, weight FROM deeds WHERE source = :actor
    UNION SELECT source, target, type, weight FROM deeds WHERE target = :actor
) d WHERE type <> 'role' OR NOT EXISTS (SELECT 1 FROM held h WHERE h.holder = d.source AND h.body = d.target)
"""
_TOPICS = "SELECT key, id, label, scheme, concept, statements FROM topics"
_WEIGHT = "statements DESC, label, id"
_TopicRow = tuple[int, str, str, str, str | None, int]

MANY = 400
"""Rows from which on the first by day is looked for day by day rather than by sorting all."""


def actors(db: sqlite3.Connection, limit: int | None = None) -> Listing[ActorAnswer]:
    """The actors with most statements, then those most mentioned; all of them without a limit."""
    total = db.execute("SELECT count(*) FROM actors WHERE name IS NOT NULL").fetchone()[0]
    found = [_actor(db, row) for row in db.execute(_ACTORS, (-1 if limit is None else limit,)).fetchall()]
    return Listing(found, total)


def _actor(
    db: sqlite3.Connection, row: tuple[int, str, str, str, str, str | None, str | None, int, int, int]
) -> ActorAnswer:
    key, id_, name, names, kind, wikidata, country, statements, mentioned, articles = row
    copies, utterances = db.execute(_COPIES, (key,)).fetchone()
    because = [Because(*told) for told in db.execute(_BECAUSE, (key,))]
    return ActorAnswer(
        id=id_, name=name, names=tuple(unpacked(names)), kind=kind, wikidata=wikidata, of_country=country, statements=statements,
        utterances=statements - copies + utterances, mentioned=mentioned, articles=articles, roles=tuple(sorted(_roles(db, key))),
        because=tuple(sorted(because, key=lambda b: (-b.articles, b.name, b.rule, b.score))),
        relations=db.execute(_DEEDS, {"actor": key}).fetchone()[0], topics=_topics_of(db, key), evidence=_first_place(db, key),
    )  # fmt: skip


def _roles(db: sqlite3.Connection, actor: int) -> set[str]:
    return {role_words(role, name, own=body == actor) for role, body, name in db.execute(_ROLES, (actor,))}


def _topics_of(db: sqlite3.Connection, actor: int) -> tuple[str, ...]:
    """The labels of the topics of most of its statements, without categories."""
    rows = db.execute(
        "SELECT t.label FROM topic_speakers s CROSS JOIN topics t ON t.key = s.topic WHERE s.actor = ? AND t.scheme <> 'category'"
        " ORDER BY s.statements DESC, t.label, t.id LIMIT ?",
        (actor, 4 * TOPICS),
    )
    return tuple(dict.fromkeys(label for (label,) in rows))[:TOPICS]


_PLACES = """
SELECT d.evidence FROM appearances p CROSS JOIN said d ON d.article = p.article AND d.form = p.form WHERE p.article = :article AND p.actor = :actor
UNION ALL SELECT m.evidence FROM appearances p CROSS JOIN mentions m ON m.article = p.article AND m.form = p.form WHERE p.article = :article AND p.actor = :actor
UNION ALL SELECT o.evidence FROM appearances p CROSS JOIN offices o ON o.article = p.article AND p.form IN (o.holder, o.body)
    WHERE p.article = :article AND p.actor = :actor
UNION ALL SELECT r.evidence FROM appearances p CROSS JOIN relations r ON r.article = p.article AND p.form IN (r.source, r.target)
    WHERE p.article = :article AND p.actor = :actor
"""


def _first_place(db: sqlite3.Connection, actor: int) -> Evidence | None:
    """The first place where an actor speaks, is named, or has a part in something, by the days of the articles."""
    if _is_many(db, "SELECT 1 FROM appearances WHERE actor = ?", actor):
        tables = "articles ar CROSS JOIN appearances p INDEXED BY appearances_by_actor ON p.article = ar.key"
    else:
        tables = "appearances p CROSS JOIN articles ar ON ar.key = p.article"
    key, id_, title, day = db.execute(
        f"SELECT ar.key, ar.id, ar.title, ar.published FROM {tables} WHERE p.actor = ? ORDER BY {BY_DAY} LIMIT 1",
        (actor,),
    ).fetchone()
    rows = db.execute(_PLACES, {"article": key, "actor": actor}).fetchall()
    return Evidence(id_, title, day, min((spans_of(evidence)[:1] for (evidence,) in rows), default=()))


def topics(db: sqlite3.Connection, limit: int | None = None, words: Sequence[str] = ()) -> Listing[TopicAnswer]:
    """The topics with most statements, and with words that all begin words of their labels; all of them without a limit."""
    if words:
        found = list(labelled(db, words))
        rows, total = found[:limit], len(found)
    else:
        rows = db.execute(f"{_TOPICS} ORDER BY {_WEIGHT} LIMIT ?", (-1 if limit is None else limit,)).fetchall()
        total = db.execute("SELECT count(*) FROM topics").fetchone()[0]
    told = (
        TopicAnswer(id_, label, scheme, concept, count, _speakers(db, key), _first_on(db, key))
        for key, id_, label, scheme, concept, count in rows
    )
    return Listing(told, total)


def labelled(db: sqlite3.Connection, words: Sequence[str]) -> Iterator[_TopicRow]:
    """The topics, by their rows, with words that all begin words of their labels, in the order of their statements."""
    condition, values = may_hold("label", words)
    rows = db.execute(f"{_TOPICS} WHERE {condition} ORDER BY {_WEIGHT}", values)
    return (row for row in rows if label_begins(list(words), row[2]))


def foremost(counts: Mapping[int, Any], limit: int | None) -> list[int]:
    """The keys of the highest counts, as many as a limit leaves and all that are equal to the last of them."""
    ranked = sorted(counts, key=counts.__getitem__, reverse=True)
    if limit is None or limit >= len(ranked):
        return ranked
    least = counts[ranked[limit]]
    return [key for key in ranked if counts[key] >= least]


def _is_many(db: sqlite3.Connection, rows: str, key: int) -> bool:
    return bool(db.execute(f"SELECT count(*) > {MANY} FROM ({rows} LIMIT {MANY + 1})", (key,)).fetchone()[0])


def _first_on(db: sqlite3.Connection, topic: int) -> Evidence:
    if _is_many(db, "SELECT 1 FROM about WHERE topic = ?", topic):
        tables = "articles ar CROSS JOIN statements s ON s.article = ar.key CROSS JOIN about b ON b.statement = s.key"
    else:
        tables = "about b CROSS JOIN statements s ON s.key = b.statement CROSS JOIN articles ar ON ar.key = s.article"
    id_, title, day, content = db.execute(
        f"SELECT ar.id, ar.title, ar.published, s.content FROM {tables} WHERE b.topic = ? ORDER BY {IN_ORDER} LIMIT 1",
        (topic,),
    ).fetchone()
    return Evidence(id_, title, day, spans_of(content))


def _speakers(db: sqlite3.Connection, topic: int) -> tuple[str, ...]:
    rows = db.execute(
        "SELECT a.name, sum(s.statements) AS n FROM topic_speakers s CROSS JOIN actors a ON a.key = s.actor WHERE s.topic = ?"
        " GROUP BY a.name ORDER BY n DESC, a.name",
        (topic,),
    )
    return tuple(name for name, _ in rows)
