"""The topics of some days: all are counted, and only of those that are told it is looked up who speaks on them."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable

from portavoce.graph.query.answers import Evidence, Listing, TopicAnswer
from portavoce.graph.store.listing import foremost, labelled
from portavoce.graph.store.packing import packed, spans_of
from portavoce.graph.store.scope import PER_ARTICLE, Scope

_FROM_DAYS = (
    "temp.days_meant x CROSS JOIN statements s ON s.article = x.article CROSS JOIN about b ON b.statement = s.key"
)
_FROM_TOPICS = (
    "temp.topics_told w CROSS JOIN about b INDEXED BY about_by_topic ON b.topic = w.topic CROSS JOIN statements s ON s.key = b.statement"
    " CROSS JOIN temp.days_meant x ON x.article = s.article"
)
_SPOKEN_FROM_DAYS = (
    "temp.days_meant x CROSS JOIN appearances p ON p.article = x.article CROSS JOIN said d ON d.article = p.article AND d.form = p.form"
    " CROSS JOIN about b ON b.statement = d.statement"
)
_SPOKEN_FROM_TOPICS = f"{_FROM_TOPICS} CROSS JOIN said d ON d.statement = s.key CROSS JOIN appearances p ON p.article = d.article AND p.form = d.form"
_TOLD = "+b.topic IN (SELECT topic FROM temp.topics_told)"
_ONCE = """
NOT EXISTS (
    SELECT 1 FROM said e CROSS JOIN appearances q ON q.article = e.article AND q.form = e.form
    WHERE e.statement = d.statement AND e.form < d.form AND q.actor = p.actor
)
"""  # of a speaker under two names
_NAMES = "SELECT a.key, a.name FROM json_each(?) j CROSS JOIN actors a ON a.key = j.value"
_TOPICS = "SELECT t.key, t.label, t.id, t.scheme, t.concept FROM json_each(?) j CROSS JOIN topics t ON t.key = j.value"
_FIRST = (
    "SELECT ar.id, ar.title, ar.published, s.content FROM statements s CROSS JOIN about b ON b.statement = s.key AND b.topic = ?"
    " CROSS JOIN articles ar ON ar.key = s.article WHERE s.article = ? ORDER BY s.key LIMIT 1"
)


BATCH = 20_000
"""Rows that are counted in one go."""


def topics_in(
    db: sqlite3.Connection, since: str | None, until: str | None, words: list[str], limit: int | None
) -> Listing[TopicAnswer]:
    """The topics with most statements in some days; with words that all begin words of their labels."""
    scope = Scope(db, since, until, [])
    places = _FROM_DAYS
    if words:
        few = _note(scope, [key for key, *_ in labelled(db, words)])
        places = _FROM_TOPICS if few else f"{_FROM_DAYS} AND {_TOLD}"
    counts, first = _counts(db, places)
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


def _counts(db: sqlite3.Connection, places: str) -> tuple[Counter[int], dict[int, int]]:
    """How many statements are on each topic, and the first article with one; counting here is quicker than sorting there."""
    rows = db.execute(f"SELECT b.topic, x.article FROM {places} ORDER BY x.place")
    counts: Counter[int] = Counter()
    first: dict[int, int] = {}
    while some := rows.fetchmany(BATCH):
        counts.update(topic for topic, _ in some)
        first = dict(reversed(some)) | first
    return counts, first


def _note(scope: Scope, topics: Iterable[int]) -> bool:
    """Note some topics, and tell whether to look at all statements on them is less than to look at the days."""
    scope.db.execute("CREATE TABLE IF NOT EXISTS temp.topics_told (topic INTEGER PRIMARY KEY)")
    scope.db.execute("DELETE FROM temp.topics_told")
    scope.db.executemany("INSERT INTO temp.topics_told VALUES (?)", ((topic,) for topic in topics))
    (on_them,) = scope.db.execute(
        "SELECT coalesce(sum(t.statements), 0) FROM temp.topics_told w CROSS JOIN topics t ON t.key = w.topic"
    ).fetchone()
    return bool(on_them < PER_ARTICLE * scope.articles)


def _speakers(scope: Scope, topics: list[int]) -> dict[int, tuple[str, ...]]:
    """The names of who speaks on each topic, those with most statements first."""
    places = _SPOKEN_FROM_TOPICS if _note(scope, topics) else _SPOKEN_FROM_DAYS
    counts = Counter(scope.db.execute(f"SELECT b.topic, p.actor FROM {places} WHERE {_TOLD} AND {_ONCE}"))
    actors = packed(list({actor for _, actor in counts}))
    names = dict(scope.db.execute(_NAMES, (actors,)).fetchall())
    named: dict[int, Counter[str]] = defaultdict(Counter)
    for (topic, actor), n in counts.items():
        named[topic][names[actor]] += n
    return {topic: _most_first(named[topic]) for topic in topics}


def _most_first(names: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (-names[name], name)))
