"""The topics of some days: all are counted, and only of those that are told it is looked up who speaks on them."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable

from portavoce.graph.query.answers import Evidence, Listing, TopicAnswer
from portavoce.graph.store.listing import foremost, labelled
from portavoce.graph.store.packing import packed, spans_of
from portavoce.graph.store.scope import PER_ARTICLE, Scope

_FROM_DAYS = "temp.days x CROSS JOIN statements s ON s.article = x.article CROSS JOIN about b ON b.statement = s.key"
_FROM_TOPICS = (
    "temp.wanted w CROSS JOIN about b INDEXED BY about_by_topic ON b.topic = w.topic CROSS JOIN statements s ON s.key = b.statement"
    " CROSS JOIN temp.days x ON x.article = s.article"
)
_TOPICS = "SELECT t.key, t.label, t.id, t.scheme, t.concept FROM json_each(?) j CROSS JOIN topics t ON t.key = j.value"
_FIRST = (
    "SELECT ar.id, ar.title, ar.published, s.content FROM statements s CROSS JOIN about b ON b.statement = s.key AND b.topic = ?"
    " CROSS JOIN articles ar ON ar.key = s.article WHERE s.article = ? ORDER BY s.key LIMIT 1"
)


def topics_in(
    db: sqlite3.Connection, since: str | None, until: str | None, words: list[str], limit: int | None
) -> Listing[TopicAnswer]:
    """The topics with most statements in some days; with words that all begin words of their labels."""
    scope = Scope(db, since, until, [])
    places = _places(scope, [key for key, *_ in labelled(db, words)]) if words else _FROM_DAYS
    rows = db.execute(f"SELECT b.topic, count(*), min(x.place), x.article FROM {places} GROUP BY b.topic").fetchall()
    counts, first = {topic: n for topic, n, *_ in rows}, {topic: article for topic, *_, article in rows}
    known = {key: told for key, *told in db.execute(_TOPICS, (packed(foremost(counts, limit)),))}
    told = sorted(known, key=lambda topic: (-counts[topic], *known[topic][:2]))[:limit]
    speakers = _speakers(scope, told)
    found = []
    for topic in told:
        label, id_, scheme, concept = known[topic]
        article, title, day, content = db.execute(_FIRST, (topic, first[topic])).fetchone()
        evidence = Evidence(article, title, day, spans_of(content))
        found.append(TopicAnswer(id_, label, scheme, concept, counts[topic], speakers[topic], evidence))
    return Listing(found, len(counts))


def _places(scope: Scope, topics: Iterable[int]) -> str:
    """Tables in which the statement ``s`` of the article ``x`` is on one of some topics ``b.topic``, by the shorter way."""
    scope.db.execute("CREATE TABLE IF NOT EXISTS temp.wanted (topic INTEGER PRIMARY KEY)")
    scope.db.execute("DELETE FROM temp.wanted")
    scope.db.executemany("INSERT INTO temp.wanted VALUES (?)", ((topic,) for topic in topics))
    (on_them,) = scope.db.execute(
        "SELECT coalesce(sum(t.statements), 0) FROM temp.wanted w CROSS JOIN topics t ON t.key = w.topic"
    ).fetchone()
    if on_them < PER_ARTICLE * scope.articles:
        return _FROM_TOPICS
    return f"{_FROM_DAYS} AND +b.topic IN (SELECT topic FROM temp.wanted)"


def _speakers(scope: Scope, topics: list[int]) -> dict[int, tuple[str, ...]]:
    """The names of who speaks on each topic, those with most statements first."""
    rows = scope.db.execute(
        f"SELECT b.topic, p.actor, count(DISTINCT s.key) FROM {_places(scope, topics)} CROSS JOIN said d ON d.statement = s.key"
        " CROSS JOIN appearances p ON p.article = d.article AND p.form = d.form GROUP BY b.topic, p.actor"
    ).fetchall()
    actors = packed(list({actor for _, actor, _ in rows}))
    names = dict(
        scope.db.execute(
            "SELECT a.key, a.name FROM json_each(?) j CROSS JOIN actors a ON a.key = j.value", (actors,)
        ).fetchall()
    )
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for topic, actor, n in rows:
        counts[topic][names[actor]] += n
    return {topic: _most_first(counts[topic]) for topic in topics}


def _most_first(names: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (-names[name], name)))
