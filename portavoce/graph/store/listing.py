"""Actors and topics of a corpus with their counts: a page of them from the tables that are kept up."""

from __future__ import annotations

import sqlite3

from portavoce.graph.query.answers import ActorAnswer, Because, Evidence, Listing, TopicAnswer
from portavoce.graph.query.listing import TOPICS
from portavoce.graph.store.choosing import IN_ORDER
from portavoce.graph.store.packing import spans_of, unpacked

_ACTORS = (
    "SELECT key, id, name, names, kind, wikidata, of_country, statements, mentioned, articles FROM actors"
    " WHERE name IS NOT NULL ORDER BY statements DESC, mentioned DESC, name, id LIMIT ?"
)
_COPIES = (
    "SELECT count(*), count(DISTINCT c.utterance) FROM appearances p CROSS JOIN said d ON d.article = p.article AND d.form = p.form"
    " CROSS JOIN copies c ON c.statement = d.statement WHERE p.actor = ?"
)
_ROLES = (
    "SELECT DISTINCT o.role, b.key, b.name FROM appearances p CROSS JOIN offices o ON o.article = p.article AND o.holder = p.form"
    " CROSS JOIN appearances q ON q.article = o.article AND q.form = o.body CROSS JOIN actors b ON b.key = q.actor WHERE p.actor = ?"
)
_BECAUSE = (
    "SELECT name, rule, score, count(*) FROM appearances INDEXED BY appearances_explained WHERE actor = ? AND rule <> 'name'"
    " GROUP BY name, rule, score"
)
_DEEDS = """
SELECT count(DISTINCT key) FROM (
    SELECT r.key, r.type, p.actor AS source, q.actor AS target FROM appearances p CROSS JOIN relations r ON r.article = p.article AND r.source = p.form
    CROSS JOIN appearances q ON q.article = r.article AND q.form = r.target WHERE p.actor = :actor
    UNION ALL
    SELECT r.key, r.type, q.actor, p.actor FROM appearances p CROSS JOIN relations r ON r.article = p.article AND r.target = p.form
    CROSS JOIN appearances q ON q.article = r.article AND q.form = r.source WHERE p.actor = :actor
) WHERE type <> 'role' OR NOT EXISTS (
    SELECT 1 FROM links l WHERE l.source = source AND l.target = target AND l.kind = 'holds'
)
"""


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
    from portavoce.graph.resolve.offices import country_in

    out = set()
    for role, body, name in db.execute(_ROLES, (actor,)):
        out.add(role if body == actor or name in role or name == country_in(role) else f"{role}, {name}")
    return out


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
    key, *about = db.execute(
        "SELECT ar.key, ar.id, ar.title, ar.published FROM appearances p CROSS JOIN articles ar ON ar.key = p.article WHERE p.actor = ?"
        " ORDER BY coalesce(nullif(ar.published, ''), '9999'), ar.id LIMIT 1",
        (actor,),
    ).fetchone()
    rows = db.execute(_PLACES, {"article": key, "actor": actor}).fetchall()
    return Evidence(*about, min((spans_of(evidence)[:1] for (evidence,) in rows), default=()))


def topics(db: sqlite3.Connection, limit: int | None = None) -> Listing[TopicAnswer]:
    """The topics with most statements; all of them without a limit."""
    rows = db.execute(
        "SELECT key, id, label, scheme, concept, statements FROM topics ORDER BY statements DESC, label, id LIMIT ?",
        (-1 if limit is None else limit,),
    ).fetchall()
    total = db.execute("SELECT count(*) FROM topics").fetchone()[0]
    found = (
        TopicAnswer(id_, label, scheme, concept, count, _speakers(db, key), _first_on(db, key))
        for key, id_, label, scheme, concept, count in rows
    )
    return Listing(found, total)


def _first_on(db: sqlite3.Connection, topic: int) -> Evidence:
    id_, title, day, content = db.execute(
        "SELECT ar.id, ar.title, ar.published, s.content FROM about b CROSS JOIN statements s ON s.key = b.statement CROSS JOIN articles ar ON ar.key = s.article"
        f" WHERE b.topic = ? ORDER BY {IN_ORDER} LIMIT 1",
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
