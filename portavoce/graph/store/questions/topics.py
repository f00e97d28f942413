"""`topics` from a corpus: a page of them from the tables that are kept up, or of those of some days."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portavoce.graph.query.answers import Evidence, Listing, TopicAnswer
from portavoce.graph.query.listing import SPEAKERS, label_begins
from portavoce.graph.query.selection import topic_words
from portavoce.graph.store.choosing import IN_ORDER
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.opening import empty_tables
from portavoce.graph.store.packing import packed, spans_of
from portavoce.graph.store.questions.rows import actors_of, are_many, foremost
from portavoce.graph.store.questions.scope import PER_ARTICLE, Scope

if TYPE_CHECKING:
    from portavoce.graph.store.corpus import Corpus

_TOPICS = "SELECT key, id, label, scheme, concept, statements FROM topics"
_WEIGHT = "statements DESC, label, id"
_TopicRow = tuple[int, str, str, str, str | None, int]
_SPEAKERS = """
SELECT a.name FROM topic_speakers d CROSS JOIN actors a ON a.key = d.actor WHERE d.topic = :topic AND d.statements >= coalesce(
    (SELECT statements FROM topic_speakers WHERE topic = :topic ORDER BY statements DESC LIMIT 1 OFFSET :most - 1), 0
) ORDER BY d.statements DESC, a.name, a.id LIMIT :most
"""  # names are looked up only of those who may be among the first
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
_TOLD_TOPICS = (
    "SELECT t.key, t.label, t.id, t.scheme, t.concept FROM json_each(?) j CROSS JOIN topics t ON t.key = j.value"
)
_FIRST = (
    "SELECT ar.id, ar.title, ar.published, s.content FROM statements s CROSS JOIN about b ON b.statement = s.key AND b.topic = ?"
    " CROSS JOIN articles ar ON ar.key = s.article WHERE s.article = ? ORDER BY s.key LIMIT 1"
)

BATCH = 20_000
"""Rows that are counted in one go."""


def topics(
    corpus: Corpus, *, since: str | None = None, until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> Listing[TopicAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.topics`."""
    conditions = Conditions(corpus.db, since, until)
    words = topic_words(topic)
    return _of_days(conditions, words, limit) if conditions else _of_all_days(corpus.db, words, limit)


def _of_all_days(db: sqlite3.Connection, words: Sequence[str], limit: int | None) -> Listing[TopicAnswer]:
    """The topics with most statements, and with words that all begin words of their labels; all of them without a limit."""
    if words:
        found = list(_labelled(db, words))
        rows, total = found[:limit], len(found)
    else:
        rows = db.execute(f"{_TOPICS} ORDER BY {_WEIGHT} LIMIT ?", (-1 if limit is None else limit,)).fetchall()
        total = db.execute("SELECT count(*) FROM topics").fetchone()[0]
    told = (
        TopicAnswer(id_, label, scheme, concept, count, *_speakers(db, key), _first_on(db, key))
        for key, id_, label, scheme, concept, count in rows
    )
    return Listing(told, total)


def _labelled(db: sqlite3.Connection, words: Sequence[str]) -> Iterator[_TopicRow]:
    """The topics, by their rows, with words that all begin words of their labels, in the order of their statements."""
    each = " AND ".join(["label LIKE ?"] * len(words))  # in plain letters, folding changes capitals alone
    condition, values = f"({each} OR length(label) <> length(CAST(label AS BLOB)))", [f"%{word}%" for word in words]
    rows = db.execute(f"{_TOPICS} WHERE {condition} ORDER BY {_WEIGHT}", values)
    return (row for row in rows if label_begins(list(words), row[2]))


def _first_on(db: sqlite3.Connection, topic: int) -> Evidence:
    if are_many(db, "SELECT 1 FROM about WHERE topic = ?", topic):
        tables = "articles ar CROSS JOIN statements s ON s.article = ar.key CROSS JOIN about b ON b.statement = s.key"
    else:
        tables = "about b CROSS JOIN statements s ON s.key = b.statement CROSS JOIN articles ar ON ar.key = s.article"
    id_, title, day, content = db.execute(
        f"SELECT ar.id, ar.title, ar.published, s.content FROM {tables} WHERE b.topic = ? ORDER BY {IN_ORDER} LIMIT 1",
        (topic,),
    ).fetchone()
    return Evidence(id_, title, day, spans_of(content))


def _speakers(db: sqlite3.Connection, topic: int) -> tuple[tuple[str, ...], int]:
    """The first names of who speaks on a topic, those with most statements first, and how many there are."""
    names = db.execute(_SPEAKERS, {"topic": topic, "most": SPEAKERS}).fetchall()
    (total,) = db.execute("SELECT count(*) FROM topic_speakers WHERE topic = ?", (topic,)).fetchone()
    return tuple(name for (name,) in names), total


def _of_days(conditions: Conditions, words: list[str], limit: int | None) -> Listing[TopicAnswer]:
    """The topics with most statements in some days; with words that all begin words of their labels."""
    db, scope = conditions.db, Scope(conditions)
    places = _FROM_DAYS
    if words:
        few = _note(scope, [key for key, *_ in _labelled(db, words)])
        places = _FROM_TOPICS if few else f"{_FROM_DAYS} AND {_TOLD}"
    counts, first = _counts(db, places)
    known = {key: told for key, *told in db.execute(_TOLD_TOPICS, (packed(foremost(counts, limit)),))}
    told = sorted(known, key=lambda topic: (-counts[topic], *known[topic][:2]))[:limit]
    speakers = _speakers_of_days(scope, told)
    found = []
    for topic in told:
        label, id_, scheme, concept = known[topic]
        article, title, day, content = db.execute(_FIRST, (topic, first[topic])).fetchone()
        evidence = Evidence(article, title, day, spans_of(content))
        found.append(TopicAnswer(id_, label, scheme, concept, counts[topic], *speakers[topic], evidence))
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
    empty_tables(scope.db, "topics_told(topic INTEGER PRIMARY KEY)")
    scope.db.executemany("INSERT INTO temp.topics_told VALUES (?)", ((topic,) for topic in topics))
    (on_them,) = scope.db.execute(
        "SELECT coalesce(sum(t.statements), 0) FROM temp.topics_told w CROSS JOIN topics t ON t.key = w.topic"
    ).fetchone()
    return bool(on_them < PER_ARTICLE * scope.articles)


def _speakers_of_days(scope: Scope, topics: list[int]) -> dict[int, tuple[tuple[str, ...], int]]:
    """The same of each topic, of what is said in the days."""
    places = _SPOKEN_FROM_TOPICS if _note(scope, topics) else _SPOKEN_FROM_DAYS
    rows = Counter(scope.db.execute(f"SELECT b.topic, p.actor FROM {places} WHERE {_TOLD} AND {_ONCE}"))
    counts: dict[int, dict[int, int]] = {topic: {} for topic in topics}
    for (topic, actor), n in rows.items():
        counts[topic][actor] = n
    first = {topic: foremost(counts[topic], SPEAKERS) for topic in topics}
    shown = actors_of(scope.db, (actor for actors in first.values() for actor in actors))

    def names(topic: int) -> tuple[str, ...]:
        ranked = sorted((-counts[topic][actor], shown[actor].name, shown[actor].id) for actor in first[topic])
        return tuple(name for _, name, _ in ranked[:SPEAKERS])

    return {topic: (names(topic), len(counts[topic])) for topic in topics}
