"""Which statements report one utterance, by their keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Container

from portavoce.graph.store.packing import packed

_UTTERANCES = "SELECT c.statement, c.utterance FROM json_each(?) j CROSS JOIN copies c ON c.statement = j.value"


def without_copies(db: sqlite3.Connection, statements: list[int], *, own: Container[int] = ()) -> list[int]:
    """The statements without those whose utterance an earlier one of them reports; somebody's ``own`` and others' stand apart."""
    utterances = dict(db.execute(_UTTERANCES, (packed(statements),)).fetchall())
    seen: set[tuple[bool, int, bool]] = set()
    out = []
    for key in statements:
        said = (key in utterances, utterances.get(key, key), key in own)
        if said not in seen:
            seen.add(said)
            out.append(key)
    return out
