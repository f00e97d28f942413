"""Who has to do with whom in some days or on a topic: counted from statements, deeds and offices as `links` counts all of them."""

from __future__ import annotations

import sqlite3

from portavoce.graph.schema import HOLDS, MENTIONS, RELATES
from portavoce.graph.store.kept import Conditions

FEW = 1500
"""Articles up to which all ties in them are counted at once; in more days than these hold, those of the actors that are asked for."""

_TEMPORARY = (
    "days(article INTEGER PRIMARY KEY)", "spoken(statement INTEGER PRIMARY KEY)", "acts(kind TEXT, key INTEGER, PRIMARY KEY (kind, key))",
    "asked(key INTEGER PRIMARY KEY)",
    "met(source INTEGER, target INTEGER, kind TEXT, weight INTEGER, PRIMARY KEY (source, target, kind)) WITHOUT ROWID",
)  # fmt: skip
_TABLES = ((HOLDS, "offices", "holder", "body", ""), (RELATES, "relations", "source", "target", "o.statement"))

_KEEP = "INSERT OR IGNORE INTO temp.met SELECT {source}.actor, {target}.actor, '{kind}', count(DISTINCT {what})"
_PAIRS = "WHERE p.actor <> q.actor GROUP BY p.actor, q.actor"
_OF_ASKED = (
    "FROM temp.asked z CROSS JOIN appearances p ON p.actor = z.key CROSS JOIN temp.days x ON x.article = p.article"
)
_SAID = (
    "CROSS JOIN {one} d ON d.article = p.article AND d.form = p.form CROSS JOIN {two} e ON e.statement = d.statement AND e.statement > 0"
    " CROSS JOIN appearances q ON q.article = e.article AND q.form = e.form"
)
_ALL_SAID = (
    "FROM temp.spoken x CROSS JOIN said d ON d.statement = x.statement CROSS JOIN appearances p ON p.article = d.article AND p.form = d.form"
    " CROSS JOIN mentions e ON e.statement = x.statement AND e.statement > 0 CROSS JOIN appearances q ON q.article = e.article AND q.form = e.form"
)
_TOLD = "CROSS JOIN {table} o ON o.article = p.article AND o.{one} = p.form CROSS JOIN appearances q ON q.article = o.article AND q.form = o.{two}"
_ALL_TOLD = (
    "FROM temp.acts x CROSS JOIN {table} o ON o.key = x.key CROSS JOIN appearances p ON p.article = o.article AND p.form = o.{one}"
    " CROSS JOIN appearances q ON q.article = o.article AND q.form = o.{two} AND x.kind = '{kind}'"
)


class Meetings:
    """The ties under conditions, in a table of the connection."""

    table = "temp.met"
    """Where the ties stand that are known, in the columns of ``links``."""

    def __init__(self, db: sqlite3.Connection, conditions: Conditions) -> None:
        self._db, self._conditions = db, conditions
        self._asked: set[int] = set()
        for table in _TEMPORARY:
            db.execute(f"CREATE TABLE IF NOT EXISTS temp.{table}")
            db.execute(f"DELETE FROM temp.{table.partition('(')[0]}")
        db.execute("CREATE INDEX IF NOT EXISTS temp.met_back ON met(target, source)")
        days = 0
        if conditions.days:
            query = f"INSERT INTO temp.days SELECT ar.key FROM articles ar WHERE 1{conditions.days}"
            days = db.execute(query, conditions.values).rowcount
        self._all = bool(conditions.words) or days <= FEW
        if self._all:
            self._find_all()

    def ask(self, actors: set[int]) -> None:
        """Have the ties of some actors in the table."""
        new = actors - self._asked
        if self._all or not new:
            return
        self._asked |= new
        self._db.execute("DELETE FROM temp.asked")
        self._db.executemany("INSERT INTO temp.asked VALUES (?)", ((actor,) for actor in sorted(new)))
        for turn in (1, -1):
            source, target = ("p", "q")[::turn]
            one, two = ("said", "mentions")[::turn]
            keep = _KEEP.format(source=source, target=target, kind=MENTIONS, what="d.statement")
            self._db.execute(f"{keep} {_OF_ASKED} {_SAID.format(one=one, two=two)} {_PAIRS}")
            for kind, table, *ends, _ in _TABLES:
                one, two = ends[::turn]
                keep = _KEEP.format(source=source, target=target, kind=kind, what="o.edge")
                self._db.execute(f"{keep} {_OF_ASKED} {_TOLD.format(table=table, one=one, two=two)} {_PAIRS}")

    def _find_all(self) -> None:
        self._choose_statements()
        keep = _KEEP.format(source="p", target="q", kind=MENTIONS, what="x.statement")
        self._db.execute(f"{keep} {_ALL_SAID} {_PAIRS}")
        for kind, table, one, two, reported in _TABLES:
            self._choose_acts(kind, table, reported)
            keep = _KEEP.format(source="p", target="q", kind=kind, what="o.edge")
            self._db.execute(f"{keep} {_ALL_TOLD.format(table=table, one=one, two=two, kind=kind)} {_PAIRS}")

    def _choose_statements(self) -> None:
        if self._conditions.words and self._conditions.days:
            dated = " AND s.article IN (SELECT article FROM temp.days)"
            chosen = f"SELECT s.key FROM statements s WHERE 1{self._conditions.on_topic('s.key')}{dated}"
        elif self._conditions.words:
            chosen = self._conditions.matching
        else:
            chosen = "SELECT s.key FROM temp.days x CROSS JOIN statements s ON s.article = x.article"
        self._db.execute(f"INSERT INTO temp.spoken {chosen}", self._conditions.values)

    def _choose_acts(self, kind: str, table: str, reported: str) -> None:
        """Note the deeds or offices under the conditions: for words, those that may hold them are read to tell."""
        words = self._conditions.words
        acts = f"temp.days x CROSS JOIN {table} o ON o.article = x.article" if self._conditions.days else f"{table} o"
        if not words:
            self._db.execute(f"INSERT INTO temp.acts SELECT '{kind}', o.key FROM {acts}")
            return
        written = " AND ".join(f"o.evidence LIKE '%{word}%'" for word in words)
        accented = "length(o.evidence) <> length(CAST(o.evidence AS BLOB)) OR instr(o.evidence, '\\u')"
        ids = "SELECT 'statement/' || s.id FROM temp.spoken y CROSS JOIN statements s ON s.key = y.statement"
        spoken = f"{reported} IN ({ids})" if reported else "0"
        maybe = f"SELECT o.key, o.evidence, {spoken} AS spoken FROM {acts} WHERE ({written}) OR {accented} OR spoken"
        rows = self._db.execute(maybe)
        found = [
            (kind, key) for key, evidence, spoken in rows.fetchall() if spoken or self._conditions.in_words(evidence)
        ]
        self._db.executemany("INSERT INTO temp.acts VALUES (?, ?)", found)

    @property
    def names(self) -> str:
        """Whether a place under the conditions names an actor ``a``, or tells what they say, do or are."""
        words = self._conditions.words
        said = "d.statement IN (SELECT statement FROM temp.spoken)" if words else "1"
        act = "o.key IN (SELECT key FROM temp.acts WHERE kind = '{kind}')" if words else "1"
        places = [
            f"SELECT 1 FROM {t} d WHERE d.article = p.article AND d.form = p.form AND {said}"
            for t in ("said", "mentions")
        ]
        places += [
            f"SELECT 1 FROM {table} o WHERE o.article = p.article AND p.form IN (o.{one}, o.{two}) AND {act.format(kind=kind)}"
            for kind, table, one, two, _ in _TABLES
        ]
        dated = " AND p.article IN (SELECT article FROM temp.days)" if self._conditions.days else ""
        any_ = " OR ".join(f"EXISTS ({place})" for place in places)
        return f"EXISTS (SELECT 1 FROM appearances p WHERE p.actor = a.key{dated} AND ({any_}))"
