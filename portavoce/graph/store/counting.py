"""What questions would else have to count: kept up by what each article adds, taken out before the article or who is who in it changes."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from portavoce.graph.schema import CATEGORY
from portavoce.graph.store.conditions import DAY, SHORT_DAY
from portavoce.graph.store.opening import empty_tables
from portavoce.graph.store.packing import packed
from portavoce.graph.store.periods import ACTORS, TOPICS, Tallies
from portavoce.graph.store.voices import mark_voices

BATCH = 2000
"""Articles that are counted in one go."""

_SPEECH = """speech AS (
    SELECT DISTINCT b.day, d.article, d.statement, p.actor FROM temp.batch b CROSS JOIN said d ON d.article = b.article
    CROSS JOIN appearances p ON p.article = d.article AND p.form = d.form WHERE p.actor IS NOT NULL)"""
_NAMING = """naming AS (
    SELECT DISTINCT b.day, m.article, m.statement, p.actor FROM temp.batch b CROSS JOIN mentions m ON m.article = b.article
    CROSS JOIN appearances p ON p.article = m.article AND p.form = m.form WHERE p.actor IS NOT NULL)"""

_ACTORS = (
    ("statements", f"WITH {_SPEECH} SELECT actor, day, count(*) FROM speech GROUP BY actor, day"),
    ("mentioned", f"WITH {_NAMING} SELECT actor, day, count(*) FROM naming WHERE statement > 0 GROUP BY actor, day"),
    ("articles", f"""WITH {_SPEECH}, {_NAMING} SELECT actor, day, count(*) FROM (
        SELECT day, article, actor FROM speech UNION SELECT day, article, actor FROM naming WHERE statement = 0) GROUP BY actor, day"""),
)  # fmt: skip
_APPEARANCES = """
SELECT p.actor, b.day, count(*) FROM temp.batch b CROSS JOIN appearances p ON p.article = b.article WHERE p.actor IS NOT NULL GROUP BY p.actor, b.day
"""

_HELD = """
SELECT h.actor, b.actor, o.role, t.day, count(*) FROM temp.batch t CROSS JOIN offices o ON o.article = t.article
CROSS JOIN appearances h ON h.article = o.article AND h.form = o.holder CROSS JOIN appearances b ON b.article = o.article AND b.form = o.body
WHERE h.actor IS NOT NULL AND b.actor IS NOT NULL GROUP BY h.actor, b.actor, o.role, t.day
"""
_DEEDS = """
SELECT s.actor, g.actor, r.type, t.day, count(*) FROM temp.batch t CROSS JOIN relations r ON r.article = t.article
CROSS JOIN appearances s ON s.article = r.article AND s.form = r.source CROSS JOIN appearances g ON g.article = r.article AND g.form = r.target
WHERE s.actor IS NOT NULL AND g.actor IS NOT NULL GROUP BY s.actor, g.actor, r.type, t.day
"""
_LINKS = f"""
WITH {_SPEECH}, {_NAMING} SELECT s.actor, n.actor, 'mentions', count(*) FROM speech s JOIN naming n ON n.statement = s.statement
AND n.statement > 0 WHERE s.actor <> n.actor GROUP BY s.actor, n.actor
"""
_TOPICS = """
SELECT a.topic, b.day, count(*) FROM temp.batch b CROSS JOIN statements s ON s.article = b.article CROSS JOIN about a ON a.statement = s.key
GROUP BY a.topic, b.day
"""
_SPOKEN = f"""
WITH {_SPEECH} SELECT a.topic, s.day, s.actor, count(*) FROM speech s CROSS JOIN about a ON a.statement = s.statement GROUP BY a.topic, s.day, s.actor
"""
_CATEGORIES = f"SELECT t.key FROM json_each(?) j CROSS JOIN topics t ON t.key = j.value WHERE t.scheme = '{CATEGORY}'"


def count_articles(db: sqlite3.Connection, articles: Iterable[int], sign: int) -> None:
    """Add what some articles say to the counts (``sign`` 1), or take it out (-1); those that are not counted have nothing to take out."""
    keys = [*articles]
    for start in range(0, len(keys), BATCH):
        _count(db, keys[start : start + BATCH], sign)


def _count(db: sqlite3.Connection, articles: list[int], sign: int) -> None:
    empty_tables(db, "batch(article INTEGER PRIMARY KEY, day TEXT)")
    batch = f"INSERT OR IGNORE INTO temp.batch SELECT ar.key, {SHORT_DAY} FROM articles ar WHERE ar.key = ?"
    db.executemany(batch, ((a,) for a in articles))
    if sign < 0:
        db.execute("DELETE FROM temp.batch WHERE article IN (SELECT article FROM uncounted)")
        db.execute("INSERT INTO uncounted SELECT article FROM temp.batch")

    def counted(query: str) -> list[tuple[Any, ...]]:
        return [(*row, sign * n) for *row, n in db.execute(query)]

    _count_actors(db, counted)
    held, done, links = counted(_HELD), counted(_DEEDS), counted(_LINKS)
    links += [(a, b, "holds", n) for a, b, *_, n in held if a != b]
    links += [(a, b, "relates", n) for a, b, *_, n in done if a != b]
    _add(db, "links", ("source", "target", "kind"), "weight", links)
    _add(db, "held", ("holder", "body", "role", "day"), "weight", held)
    _add(db, "deeds", ("source", "target", "type", "day"), "weight", done)


def _count_actors(db: sqlite3.Connection, counted: Callable[[str], list[tuple[Any, ...]]]) -> None:
    """Count what actors say, where they are named, and on what they speak, in all and by periods."""
    actors, topics = Tallies(ACTORS), Tallies(TOPICS)
    actors.count("appearances", counted(_APPEARANCES))
    for column, query in _ACTORS:
        rows = counted(query)
        actors.count(column, rows)
        totals: Counter[int] = Counter()
        for actor, _, n in rows:
            totals[actor] += n
        change = f"UPDATE actors SET {column} = {column} + ? WHERE key = ?"
        db.executemany(change, ((n, actor) for actor, n in totals.items()))
    topics.count("statements", counted(_TOPICS))
    spoken = counted(_SPOKEN)
    topics.count_others(spoken)
    categories = {key for (key,) in db.execute(_CATEGORIES, (packed(sorted({topic for topic, *_ in spoken})),))}
    actors.count_others((actor, day, topic, n) for topic, day, actor, n in spoken if topic not in categories)
    actors.write(db)
    topics.write(db)
    speakers: Counter[tuple[int, int]] = Counter()
    for topic, _, actor, n in spoken:
        speakers[topic, actor] += n
    _add(db, "topic_speakers", ("topic", "actor"), "statements", [(*row, n) for row, n in speakers.items()])


def _add(db: sqlite3.Connection, table: str, names: tuple[str, ...], count: str, rows: list[tuple[Any, ...]]) -> None:
    """Add to the counts of a table; rows that come to nothing go."""
    marks = ", ".join("?" * (len(names) + 1))
    db.executemany(
        f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT DO UPDATE SET {count} = {count} + excluded.{count}",
        rows,
    )
    same = " AND ".join(f"{name} = ?" for name in names)
    db.executemany(f"DELETE FROM {table} WHERE {same} AND {count} = 0", (row[:-1] for row in rows if row[-1] < 0))


def count_new(db: sqlite3.Connection) -> None:
    """Count the articles that are not counted yet; their speakers have to be heard anew."""
    by_day = f"SELECT u.article FROM uncounted u CROSS JOIN articles ar ON ar.key = u.article ORDER BY {DAY}, u.article"
    waiting = [a for (a,) in db.execute(by_day)]  # those of one month together, whose rows are then written once
    count_articles(db, waiting, 1)
    for article in waiting:
        mark_voices(db, article=article)
    db.execute("DELETE FROM uncounted")
