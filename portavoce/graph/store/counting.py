"""What questions would else have to count: kept up by what each article adds, taken out before the article or who is who in it changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

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
    ("articles", f"WITH {_SPEECH}, {_NAMING} SELECT actor, count(*) FROM (SELECT article, actor FROM speech"
                 " UNION SELECT article, actor FROM naming WHERE statement = 0) GROUP BY actor"),
)  # fmt: skip

_LINKS = (
    f"WITH {_SPEECH}, {_NAMING} SELECT s.actor, n.actor, 'mentions', count(*) FROM speech s CROSS JOIN naming n ON n.statement = s.statement"
    " AND n.statement > 0 WHERE s.actor <> n.actor GROUP BY s.actor, n.actor",
    "SELECT h.actor, b.actor, 'holds', count(*) FROM temp.batch t CROSS JOIN offices o ON o.article = t.article"
    " CROSS JOIN appearances h ON h.article = o.article AND h.form = o.holder CROSS JOIN appearances b ON b.article = o.article AND b.form = o.body"
    " WHERE h.actor <> b.actor GROUP BY h.actor, b.actor",
    "SELECT s.actor, g.actor, 'relates', count(*) FROM temp.batch t CROSS JOIN relations r ON r.article = t.article"
    " CROSS JOIN appearances s ON s.article = r.article AND s.form = r.source CROSS JOIN appearances g ON g.article = r.article AND g.form = r.target"
    " WHERE s.actor <> g.actor GROUP BY s.actor, g.actor",
)  # fmt: skip

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
        db.executemany(f"UPDATE actors SET {column} = {column} + ? WHERE key = ?", rows)  # noqa: S608 - names of our own
    for query in _LINKS:
        links = [(a, b, kind, sign * n) for a, b, kind, n in db.execute(query)]
        db.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET weight = weight + excluded.weight", links
        )
        if sign < 0:
            db.executemany(
                "DELETE FROM links WHERE source = ? AND target = ? AND kind = ? AND weight = 0", (l[:3] for l in links)
            )
    topics = [(topic, actor, sign * n) for topic, actor, n in db.execute(_TOPICS)]
    db.executemany(
        "INSERT INTO topic_speakers VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET statements = statements + excluded.statements",
        topics,
    )
    if sign < 0:
        db.executemany(
            "DELETE FROM topic_speakers WHERE topic = ? AND actor = ? AND statements = 0", (t[:2] for t in topics)
        )


def mark_unheard(db: sqlite3.Connection, article: int) -> None:
    """What an article's speakers say has to be compared anew."""
    db.execute(
        "INSERT OR IGNORE INTO unheard SELECT DISTINCT coalesce(a.voice, '#' || a.key) FROM said d"
        " CROSS JOIN appearances p ON p.article = d.article AND p.form = d.form CROSS JOIN actors a ON a.key = p.actor WHERE d.article = ?",
        (article,),
    )


def count_new(db: sqlite3.Connection) -> None:
    """Count the articles that are not counted yet; their speakers have to be heard anew."""
    waiting = [a for (a,) in db.execute("SELECT article FROM uncounted ORDER BY article")]
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        count_articles(db, batch, 1)
        db.execute(
            "INSERT OR IGNORE INTO unheard SELECT DISTINCT coalesce(a.voice, '#' || a.key) FROM temp.batch b"
            " CROSS JOIN said d ON d.article = b.article CROSS JOIN appearances p ON p.article = d.article AND p.form = d.form CROSS JOIN actors a ON a.key = p.actor"
        )
    db.execute("DELETE FROM uncounted")
