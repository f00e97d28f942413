"""What questions would else have to count: kept up by what each article adds, taken out before the article or who is who in it changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from portavoce.graph.store.voices import mark_voices

BATCH = 2000
"""Articles that are counted in one go."""

_SPEECH = """speech AS (
    SELECT DISTINCT d.article, d.statement, p.actor FROM temp.batch b CROSS JOIN said d ON d.article = b.article
    CROSS JOIN appearances p ON p.article = d.article AND p.form = d.form WHERE p.actor IS NOT NULL)"""
_NAMING = """naming AS (
    SELECT DISTINCT m.article, m.statement, p.actor FROM temp.batch b CROSS JOIN mentions m ON m.article = b.article
    CROSS JOIN appearances p ON p.article = m.article AND p.form = m.form WHERE p.actor IS NOT NULL)"""

_ACTORS = (
    ("statements", f"WITH {_SPEECH} SELECT actor, count(*) FROM speech GROUP BY actor"),
    ("mentioned", f"WITH {_NAMING} SELECT actor, count(*) FROM naming WHERE statement > 0 GROUP BY actor"),
    ("articles", f"WITH {_SPEECH}, {_NAMING} SELECT actor, count(*) FROM (SELECT article, actor FROM speech UNION SELECT article, actor FROM naming WHERE statement = 0) GROUP BY actor"),
)  # fmt: skip

_HELD = """
SELECT h.actor, b.actor, o.role, count(*) FROM temp.batch t CROSS JOIN offices o ON o.article = t.article
CROSS JOIN appearances h ON h.article = o.article AND h.form = o.holder CROSS JOIN appearances b ON b.article = o.article AND b.form = o.body
WHERE h.actor IS NOT NULL AND b.actor IS NOT NULL GROUP BY h.actor, b.actor, o.role
"""
_DEEDS = """
SELECT s.actor, g.actor, r.type, count(*) FROM temp.batch t CROSS JOIN relations r ON r.article = t.article
CROSS JOIN appearances s ON s.article = r.article AND s.form = r.source CROSS JOIN appearances g ON g.article = r.article AND g.form = r.target
WHERE s.actor IS NOT NULL AND g.actor IS NOT NULL GROUP BY s.actor, g.actor, r.type
"""
_LINKS = f"""
WITH {_SPEECH}, {_NAMING} SELECT s.actor, n.actor, 'mentions', count(*) FROM speech s JOIN naming n ON n.statement = s.statement
AND n.statement > 0 WHERE s.actor <> n.actor GROUP BY s.actor, n.actor
"""
_TOPICS = f"WITH {_SPEECH} SELECT a.topic, s.actor, count(*) FROM speech s CROSS JOIN about a ON a.statement = s.statement GROUP BY a.topic, s.actor"


def count_articles(db: sqlite3.Connection, articles: Iterable[int], sign: int) -> None:
    """Add what some articles say to the counts (``sign`` 1), or take it out (-1); those that are not counted have nothing to take out."""
    db.execute("CREATE TABLE IF NOT EXISTS temp.batch (article INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM temp.batch")
    db.executemany("INSERT OR IGNORE INTO temp.batch VALUES (?)", ((a,) for a in articles))
    if sign < 0:
        db.execute("DELETE FROM temp.batch WHERE article IN (SELECT article FROM uncounted)")
        db.execute("INSERT INTO uncounted SELECT article FROM temp.batch")
    for column, query in _ACTORS:
        rows = [(sign * n, actor) for actor, n in db.execute(query)]
        db.executemany(f"UPDATE actors SET {column} = {column} + ? WHERE key = ?", rows)
    held = [(*row, sign * n) for *row, n in db.execute(_HELD)]
    done = [(*row, sign * n) for *row, n in db.execute(_DEEDS)]
    links = [(*row, sign * n) for *row, n in db.execute(_LINKS)]
    links += [(a, b, "holds", n) for a, b, _, n in held if a != b]
    links += [(a, b, "relates", n) for a, b, _, n in done if a != b]
    _add(db, "links", ("source", "target", "kind"), "weight", links)
    _add(db, "held", ("holder", "body", "role"), "weight", held)
    _add(db, "deeds", ("source", "target", "type"), "weight", done)
    _add(db, "topic_speakers", ("topic", "actor"), "statements", [(*row, sign * n) for *row, n in db.execute(_TOPICS)])


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
    waiting = [a for (a,) in db.execute("SELECT article FROM uncounted ORDER BY article")]
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        count_articles(db, batch, 1)
        for article in batch:
            mark_voices(db, article=article)
    db.execute("DELETE FROM uncounted")
