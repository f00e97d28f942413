"""`actors` from a corpus: a page of them from the tables that are kept up, or of those of some days or a topic."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from portavoce.graph.query.answers import ActorAnswer, Because, Evidence, Listing
from portavoce.graph.query.listing import role_words
from portavoce.graph.query.spoken import TOPICS
from portavoce.graph.store.conditions import BY_DAY, Conditions
from portavoce.graph.store.packing import spans_of, unpacked
from portavoce.graph.store.questions.actors_of_days import actors_of_days
from portavoce.graph.store.questions.rows import are_many

if TYPE_CHECKING:
    from portavoce.graph.store.corpus import Corpus

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


def actors(
    corpus: Corpus, *, since: str | None = None, until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> Listing[ActorAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.actors`."""
    conditions = Conditions(corpus.db, since, until, topic)
    return actors_of_days(conditions, limit) if conditions else _all_actors(corpus.db, limit)


def _all_actors(db: sqlite3.Connection, limit: int | None) -> Listing[ActorAnswer]:
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
    if are_many(db, "SELECT 1 FROM appearances WHERE actor = ?", actor):
        tables = "articles ar CROSS JOIN appearances p INDEXED BY appearances_by_actor ON p.article = ar.key"
    else:
        tables = "appearances p CROSS JOIN articles ar ON ar.key = p.article"
    key, id_, title, day = db.execute(
        f"SELECT ar.key, ar.id, ar.title, ar.published FROM {tables} WHERE p.actor = ? ORDER BY {BY_DAY} LIMIT 1",
        (actor,),
    ).fetchone()
    rows = db.execute(_PLACES, {"article": key, "actor": actor}).fetchall()
    return Evidence(id_, title, day, min((spans_of(evidence)[:1] for (evidence,) in rows), default=()))
