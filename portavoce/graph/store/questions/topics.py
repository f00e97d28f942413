"""`topics` from a corpus: a page of them from the tables that are kept up, or of those of some days."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from portavoce.graph.query.answers import Evidence, Listing, TopicAnswer
from portavoce.graph.query.listing import SPEAKERS, label_begins
from portavoce.graph.query.selection import topic_words
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.packing import packed, spans_of
from portavoce.graph.store.periods import TOPICS, Periods, counts_of
from portavoce.graph.store.questions.firsts import OF_TOPIC, first
from portavoce.graph.store.questions.rows import actors_of, foremost

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
_COUNTS = "SELECT p.topic, sum(p.statements) FROM json_each(?) j CROSS JOIN topic_periods p ON p.period = j.value GROUP BY p.topic"
_LISTS = "SELECT p.speakers FROM json_each(?) j CROSS JOIN topic_periods p ON p.period = j.value AND p.topic = ?"
_TOLD_TOPICS = (
    "SELECT t.key, t.label, t.id, t.scheme, t.concept FROM json_each(?) j CROSS JOIN topics t ON t.key = j.value"
)


def topics(
    corpus: Corpus, *, since: str | None = None, until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> Listing[TopicAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.topics`."""
    conditions = Conditions(corpus.db, since, until)
    words = topic_words(topic)
    return _of_days(conditions, words, limit) if conditions else _of_all_days(conditions, words, limit)


def _of_all_days(conditions: Conditions, words: Sequence[str], limit: int | None) -> Listing[TopicAnswer]:
    """The topics with most statements, and with words that all begin words of their labels; all of them without a limit."""
    db, periods = conditions.db, Periods(conditions, TOPICS)
    if words:
        found = list(_labelled(db, words))
        rows, total = found[:limit], len(found)
    else:
        rows = db.execute(f"{_TOPICS} ORDER BY {_WEIGHT} LIMIT ?", (-1 if limit is None else limit,)).fetchall()
        total = db.execute("SELECT count(*) FROM topics").fetchone()[0]
    told = (
        TopicAnswer(id_, label, scheme, concept, count, *_speakers(db, key), _first_place(conditions, periods, key))
        for key, id_, label, scheme, concept, count in rows
    )
    return Listing(told, total)


def _labelled(db: sqlite3.Connection, words: Sequence[str]) -> Iterator[_TopicRow]:
    """The topics, by their rows, with words that all begin words of their labels, in the order of their statements."""
    each = " AND ".join(["label LIKE ?"] * len(words))  # in plain letters, folding changes capitals alone
    condition, values = f"({each} OR length(label) <> length(CAST(label AS BLOB)))", [f"%{word}%" for word in words]
    rows = db.execute(f"{_TOPICS} WHERE {condition} ORDER BY {_WEIGHT}", values)
    return (row for row in rows if label_begins(list(words), row[2]))


def _first_place(conditions: Conditions, periods: Periods, topic: int) -> Evidence:
    id_, title, day, content = first(OF_TOPIC, topic, conditions, periods)
    return Evidence(id_, title, day, spans_of(content))


def _speakers(db: sqlite3.Connection, topic: int) -> tuple[tuple[str, ...], int]:
    """The first names of who speaks on a topic, those with most statements first, and how many there are."""
    names = db.execute(_SPEAKERS, {"topic": topic, "most": SPEAKERS}).fetchall()
    (total,) = db.execute("SELECT count(*) FROM topic_speakers WHERE topic = ?", (topic,)).fetchone()
    return tuple(name for (name,) in names), total


def _of_days(conditions: Conditions, words: list[str], limit: int | None) -> Listing[TopicAnswer]:
    """The topics with most statements in some days; with words that all begin words of their labels."""
    db, periods = conditions.db, Periods(conditions, TOPICS)
    days = packed([*periods])
    counts = dict(db.execute(_COUNTS, (days,)).fetchall())
    if words:
        counts = {key: counts[key] for key, *_ in _labelled(db, words) if key in counts}
    known = {key: told for key, *told in db.execute(_TOLD_TOPICS, (packed(foremost(counts, limit)),))}
    found = []
    for topic in sorted(known, key=lambda topic: (-counts[topic], *known[topic][:2]))[:limit]:
        label, id_, scheme, concept = known[topic]
        speakers = _speakers_of_days(db, days, topic)
        place = _first_place(conditions, periods, topic)
        found.append(TopicAnswer(id_, label, scheme, concept, counts[topic], *speakers, place))
    return Listing(found, len(counts))


def _speakers_of_days(db: sqlite3.Connection, days: str, topic: int) -> tuple[tuple[str, ...], int]:
    """The same of what is said in some days, which are periods as JSON."""
    counts = counts_of(db.execute(_LISTS, (days, topic)))
    shown = actors_of(db, foremost(counts, SPEAKERS))
    ranked = sorted((-counts[actor], told.name, told.id) for actor, told in shown.items())
    return tuple(name for _, name, _ in ranked[:SPEAKERS]), len(counts)
