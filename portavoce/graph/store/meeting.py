"""Who has to do with whom in some days or on a topic: counted from statements, deeds and offices as `links` counts all of them."""

from __future__ import annotations

import sqlite3

from portavoce.graph.schema import HOLDS, MENTIONS, RELATES
from portavoce.graph.store.conditions import Conditions

TIES = "temp.met"
"""Where the ties are found, in the columns of ``links``."""

NAMED = "a.key IN (SELECT actor FROM temp.named)"
"""Whether what meets the conditions names an actor ``a`` of whom a country is known."""

_TEMPORARY = (
    "days(article INTEGER PRIMARY KEY)", "spoken(statement INTEGER PRIMARY KEY)", "acts(kind TEXT, key INTEGER, PRIMARY KEY (kind, key))",
    "named(actor INTEGER PRIMARY KEY)",
    "met(source INTEGER, target INTEGER, kind TEXT, weight INTEGER, PRIMARY KEY (source, target, kind)) WITHOUT ROWID",
)  # fmt: skip
_TABLES = ((HOLDS, "offices", "holder", "body", "NULL"), (RELATES, "relations", "source", "target", "o.statement"))

_PLACE = "CROSS JOIN appearances {p} ON {p}.article = {d}.article AND {p}.form = {d}.{form}"
_SPEAKER = f"CROSS JOIN said d ON d.statement = x.statement {_PLACE.format(p='s', d='d', form='form')}"
_MENTIONED = (
    f"CROSS JOIN mentions m ON m.statement = x.statement AND m.statement > 0 {_PLACE.format(p='t', d='m', form='form')}"
)
_SAID = (
    f"SELECT s.actor AS one, t.actor AS other, count(DISTINCT x.statement) AS n FROM temp.spoken x {_SPEAKER} {_MENTIONED}"
    " WHERE s.actor <> t.actor GROUP BY s.actor, t.actor"
)
_KNOWN = "JOIN actors a ON a.key = {p}.actor AND a.of_country IS NOT NULL"


def find_ties(db: sqlite3.Connection, conditions: Conditions) -> None:
    """Count the ties under conditions into a table of the connection."""
    for table in _TEMPORARY:
        db.execute(f"CREATE TABLE IF NOT EXISTS temp.{table}")
        db.execute(f"DELETE FROM temp.{table.partition('(')[0]}")
    db.execute("CREATE INDEX IF NOT EXISTS temp.met_back ON met(target, source)")
    days = conditions.days
    if days:
        db.execute(f"INSERT INTO temp.days SELECT ar.key FROM articles ar WHERE 1{days}", conditions.values)
    _choose_statements(db, conditions)
    for kind, table, one, other, reported in _TABLES:
        _choose_acts(db, conditions, kind, table, reported)
        ends = _ends(kind, table, one, other)
        counted = f"SELECT s.actor AS one, t.actor AS other, count(DISTINCT o.edge) AS n {ends} AND s.actor <> t.actor GROUP BY s.actor, t.actor"
        _keep(db, kind, counted)
    _keep(db, MENTIONS, _SAID)
    if db.execute("SELECT 1 FROM actors WHERE of_country IS NOT NULL LIMIT 1").fetchone():
        _note_named(db, conditions)


def _keep(db: sqlite3.Connection, kind: str, counted: str) -> None:
    db.execute(f"INSERT INTO temp.met SELECT one, other, '{kind}', n FROM ({counted})")


def _ends(kind: str, table: str, one: str, other: str) -> str:
    """The deeds or the offices chosen, as ``o``, with their actors, as ``s`` and ``t``."""
    places = (_PLACE.format(p=p, d="o", form=form) for p, form in (("s", one), ("t", other)))
    return f"FROM temp.acts x CROSS JOIN {table} o ON o.key = x.key {' '.join(places)} WHERE x.kind = '{kind}'"


def _choose_statements(db: sqlite3.Connection, conditions: Conditions) -> None:
    if conditions.words:
        dated = " AND s.article IN (SELECT article FROM temp.days)" if conditions.days else ""
        chosen = f"SELECT s.key FROM statements s WHERE 1{conditions.on_topic('s.key')}{dated}"
    else:
        chosen = "SELECT s.key FROM temp.days x CROSS JOIN statements s ON s.article = x.article"
    db.execute(f"INSERT INTO temp.spoken {chosen}", conditions.values)


def _choose_acts(db: sqlite3.Connection, conditions: Conditions, kind: str, table: str, reported: str) -> None:
    """Note the deeds or offices under the conditions: for words, those that may hold them are read to tell."""
    acts = f"temp.days x CROSS JOIN {table} o ON o.article = x.article" if conditions.days else f"{table} o"
    if not conditions.words:
        db.execute(f"INSERT INTO temp.acts SELECT '{kind}', o.key FROM {acts}")
        return
    written = " AND ".join(f"o.evidence LIKE '%{word}%'" for word in conditions.words)
    accented = "length(o.evidence) <> length(CAST(o.evidence AS BLOB)) OR instr(o.evidence, '\\u')"
    spoken = "SELECT 'statement/' || s.id FROM temp.spoken y CROSS JOIN statements s ON s.key = y.statement"
    maybe = (
        f"SELECT o.key, o.evidence, {reported} FROM {acts} WHERE ({written}) OR {accented} OR {reported} IN ({spoken})"
    )
    found = [
        (kind, key)
        for key, evidence, statement in db.execute(maybe).fetchall()
        if conditions.tells(db, evidence, statement)
    ]
    db.executemany("INSERT INTO temp.acts VALUES (?, ?)", found)


def _note_named(db: sqlite3.Connection, conditions: Conditions) -> None:
    mentioned = f"temp.spoken x {_MENTIONED}"
    if not conditions.words:  # wherever in the article
        mentioned = (
            f"temp.days x CROSS JOIN mentions m ON m.article = x.article {_PLACE.format(p='t', d='m', form='form')}"
        )
    places = [
        f"SELECT s.actor FROM temp.spoken x {_SPEAKER} {_KNOWN.format(p='s')}",
        f"SELECT t.actor FROM {mentioned} {_KNOWN.format(p='t')}",
    ]
    for kind, table, one, other, _ in _TABLES:
        for p in ("s", "t"):
            ends = _ends(kind, table, one, other).replace(" WHERE ", f" {_KNOWN.format(p=p)} WHERE ")
            places.append(f"SELECT {p}.actor {ends}")
    for place in places:
        db.execute(f"INSERT OR IGNORE INTO temp.named {place}")
