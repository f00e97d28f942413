"""What several articles report as said once, found anew for the speakers of whom something has changed."""

from __future__ import annotations

import sqlite3

from portavoce.graph.schema import ARTICLE, STATEMENT
from portavoce.graph.store.packing import spans_of
from portavoce.graph.utterances import Said, of_one_speaker

_SAID = """
SELECT s.key, s.id, ar.node, ar.published, s.text, s.content, s.polarity, s.signature
FROM appearances p CROSS JOIN said d ON d.article = p.article AND d.form = p.form
CROSS JOIN statements s ON s.key = d.statement CROSS JOIN articles ar ON ar.key = s.article
WHERE p.actor = ? AND s.signature IS NOT NULL
"""


def hear(db: sqlite3.Connection) -> None:
    """Find the utterances of the voices that are waiting: an actor's, or of all whom articles describe by the same words."""
    for (voice,) in db.execute("SELECT voice FROM unheard ORDER BY voice").fetchall():
        if voice.startswith("#"):
            row = db.execute("SELECT voice FROM actors WHERE key = ?", (int(voice[1:]),)).fetchone()
            actors = [int(voice[1:])] if row and row[0] is None else []
        else:
            actors = [a for (a,) in db.execute("SELECT key FROM actors WHERE voice = ?", (voice,))]
        _hear(db, voice, actors)
    db.execute("DELETE FROM unheard")


def _hear(db: sqlite3.Connection, voice: str, actors: list[int]) -> None:
    keys: dict[str, int] = {}
    speaker: dict[str, int] = {}
    group = []
    for actor in actors:
        for key, id_, article, day, text, content, polarity, signature in db.execute(_SAID, (actor,)):
            node = f"{STATEMENT}/{id_}"
            if node in keys:
                continue
            keys[node], speaker[node] = key, actor
            words = text if " […] " not in text else " ".join(span.text for span in spans_of(content))
            group.append(Said(node, voice, f"{ARTICLE}/{article}", day, words, polarity, signature))
    group.sort(key=lambda said: said.node)
    found = {u.id: u for u in of_one_speaker(group)} if len(group) > 1 else {}
    there = {
        id_
        for actor in actors
        for (id_,) in db.execute(
            "SELECT DISTINCT u.id FROM appearances p CROSS JOIN said d ON d.article = p.article AND d.form = p.form"
            " JOIN copies c ON c.statement = d.statement JOIN utterances u ON u.key = c.utterance WHERE p.actor = ?",
            (actor,),
        )
    }  # fmt: skip
    db.executemany("DELETE FROM utterances WHERE id = ?", ((id_,) for id_ in there - set(found)))
    for id_ in sorted(set(found) - there):
        utterance = found[id_]
        nodes = utterance.statements
        db.executemany(
            "DELETE FROM utterances WHERE key IN (SELECT utterance FROM copies WHERE statement = ?)",
            ((keys[n],) for n in nodes),
        )
        cursor = db.execute(
            "INSERT INTO utterances(id, first, copies) VALUES (?, ?, ?)", (id_, keys[utterance.first], len(nodes))
        )
        db.executemany("INSERT INTO copies VALUES (?, ?, ?)", ((keys[n], cursor.lastrowid, speaker[n]) for n in nodes))
