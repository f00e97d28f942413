"""What several articles report as said once, found anew for the speakers of whom something has changed."""

from __future__ import annotations

import sqlite3

from portavoce.graph.schema import ARTICLE, STATEMENT
from portavoce.graph.store.packing import spans_of
from portavoce.graph.utterances import Said, Utterance, of_one_speaker

TOGETHER = " + "

_OWN = "coalesce(a.voice, '#' || a.key)"
_VOICE = f"""
(SELECT group_concat(v, '{TOGETHER}') FROM (SELECT DISTINCT {_OWN} AS v FROM said o
CROSS JOIN appearances q ON q.article = o.article AND q.form = o.form CROSS JOIN actors a ON a.key = q.actor
WHERE o.statement = d.statement ORDER BY v))
"""
_SAID = f"""
SELECT s.key, s.id, ar.node, ar.published, s.text, s.content, s.polarity, s.signature,
    CASE WHEN (SELECT count(*) FROM said o WHERE o.statement = s.key) > 1 THEN {_VOICE} END
FROM appearances p CROSS JOIN said d ON d.article = p.article AND d.form = p.form
CROSS JOIN statements s ON s.key = d.statement CROSS JOIN articles ar ON ar.key = s.article
WHERE p.actor = ? AND s.signature IS NOT NULL
"""
_SPEAKERS = """
SELECT DISTINCT p.actor, p.day FROM said d CROSS JOIN appearances p ON p.article = d.article AND p.form = d.form WHERE d.statement = ?
"""


def mark_voices(db: sqlite3.Connection, *, article: int | None = None, actor: int | None = None) -> None:
    """Note that what is said in an article, or by an actor, has to be compared anew with what the same voices say."""
    if article is not None:
        db.execute(
            f"INSERT OR IGNORE INTO unheard SELECT DISTINCT {_VOICE} FROM said d WHERE d.article = ?", (article,)
        )
    if actor is not None:
        db.execute(
            f"INSERT OR IGNORE INTO unheard SELECT DISTINCT {_VOICE} FROM appearances p"
            " CROSS JOIN said d ON d.article = p.article AND d.form = p.form WHERE p.actor = ?",
            (actor,),
        )


def hear(db: sqlite3.Connection) -> None:
    """Find the utterances of the voices that are waiting.

    A voice is an actor, or all whom articles describe by the same words; or several of these who speak together.
    """
    for (voice,) in db.execute("SELECT voice FROM unheard WHERE voice IS NOT NULL ORDER BY voice").fetchall():
        one = voice.partition(TOGETHER)[0]
        if one.startswith("#"):
            row = db.execute("SELECT voice FROM actors WHERE key = ?", (int(one[1:]),)).fetchone()
            actors = [int(one[1:])] if row and row[0] is None else []
        else:
            actors = [a for (a,) in db.execute("SELECT key FROM actors WHERE voice = ?", (one,))]
        _hear(db, voice, actors)
    db.execute("DELETE FROM unheard")


def _hear(db: sqlite3.Connection, voice: str, actors: list[int]) -> None:
    keys: dict[str, int] = {}
    group = []
    for actor in actors:
        for key, id_, article, day, text, content, polarity, signature, told in db.execute(_SAID, (actor,)):
            node = f"{STATEMENT}/{id_}"
            if node in keys or (told or voice) != voice or (told is None and TOGETHER in voice):
                continue
            keys[node] = key
            words = text if " […] " not in text else " ".join(span.text for span in spans_of(content))
            group.append(Said(node, voice, f"{ARTICLE}/{article}", day, words, polarity, signature))
    group.sort(key=lambda said: said.node)
    found = {u.id: u for u in of_one_speaker(group)} if len(group) > 1 else {}
    there = {
        id_
        for key in keys.values()
        for (id_,) in db.execute(
            "SELECT u.id FROM copies c CROSS JOIN utterances u ON u.key = c.utterance WHERE c.statement = ?", (key,)
        )
    }
    db.executemany("DELETE FROM utterances WHERE id = ?", ((id_,) for id_ in there - set(found)))
    for id_ in sorted(set(found) - there):
        _write(db, found[id_], keys)


def _write(db: sqlite3.Connection, utterance: Utterance, keys: dict[str, int]) -> None:
    statements = [keys[node] for node in utterance.statements]
    db.executemany(
        "DELETE FROM utterances WHERE key IN (SELECT utterance FROM copies WHERE statement = ?)",
        ((s,) for s in statements),
    )
    cursor = db.execute(
        "INSERT INTO utterances(id, first, copies) VALUES (?, ?, ?)",
        (utterance.id, keys[utterance.first], len(statements)),
    )
    db.executemany(
        "INSERT INTO copies(statement, actor, utterance, day) VALUES (?, ?, ?, ?)",
        (
            (s, actor, cursor.lastrowid, day)
            for s in statements
            for actor, day in db.execute(_SPEAKERS, (s,)).fetchall()
        ),
    )
