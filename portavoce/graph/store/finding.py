"""Finding an actor of a corpus by a name as somebody types it, by the words of names."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from portavoce.errors import UnknownNameError
from portavoce.graph.query.answers import ActorMatch
from portavoce.graph.query.names import How, fit, nearest
from portavoce.graph.resolve.names import bare_name, known_name
from portavoce.graph.schema import ACTOR
from portavoce.graph.store.packing import unpacked
from portavoce.ids import actor_id, fold

_ROW = "SELECT key, id, name, names, kind, statements FROM actors a"
_NAMED = "(SELECT count(*) FROM (SELECT DISTINCT m.article, m.statement FROM appearances p JOIN mentions m ON m.article = p.article AND m.form = p.form WHERE p.actor = ?))"


def find_actor(db: sqlite3.Connection, name: str) -> ActorMatch:
    """The actor that a name means, as `portavoce.graph.query.find_actor` finds it in a graph."""
    found = look_for(db, name)
    if found is not None:
        return found
    if not fold(bare_name(name)).split():
        raise UnknownNameError(name)
    shown = db.execute("SELECT name, names FROM actors WHERE name IS NOT NULL ORDER BY id")
    raise UnknownNameError(name, nearest(name, ((best, unpacked(names)) for best, names in shown)))


def look_for(db: sqlite3.Connection, name: str) -> ActorMatch | None:
    """The same, or None where nobody has the name, without the nearest names, which take long to find."""
    id_ = name.removeprefix(f"{ACTOR}/")
    row = db.execute("SELECT id, name, statements FROM actors WHERE id = ? AND name IS NOT NULL", (id_,)).fetchone()
    if row:
        return ActorMatch(row[0], row[1], "id", row[2])
    words = fold(bare_name(name)).split()
    if not words:
        return None
    known = known_name(name, "country")
    known_id = actor_id(known.canonical) if known else None
    fits: list[tuple[int, How, ActorMatch]] = []
    query = f"{_ROW} WHERE a.name IS NOT NULL AND (a.id = ? OR a.key IN (SELECT actor FROM name_words WHERE word = ?))"
    for _, id_, shown, names, kind, said in db.execute(query, (known_id, words[0])):
        fully: tuple[int, How] = (0, "name")
        found = fully if id_ == known_id else fit(unpacked(names), kind, words)
        if found:
            fits.append((*found, ActorMatch(id_, shown, found[1], said)))
    if not fits:
        beginning = _by_beginning(db, words)
        return beginning[0] if len(beginning) == 1 else None
    best = min(rank for rank, *_ in fits)
    pool = [match for rank, _, match in fits if rank == best]
    first, *others = sorted(pool, key=lambda m: (-m.statements, -_mentioned(db, m.id), m.name, m.id))
    return replace(first, others=tuple(others))


def _mentioned(db: sqlite3.Connection, id_: str) -> int:
    key = db.execute("SELECT key FROM actors WHERE id = ?", (id_,)).fetchone()[0]
    return int(db.execute(f"SELECT {_NAMED}", (key,)).fetchone()[0])


def _by_beginning(db: sqlite3.Connection, words: list[str]) -> list[ActorMatch]:
    rows = db.execute(
        f"{_ROW} WHERE a.key IN (SELECT actor FROM name_words WHERE word >= ? AND word < ?)",
        (words[0], f"{words[0]}\U0010ffff"),
    ).fetchall()
    return [
        ActorMatch(id_, shown, "prefix", said)
        for _, id_, shown, names, _, said in rows
        if any(all(any(w.startswith(p) for w in fold(n).split()) for p in words) for n in unpacked(names))
    ]
