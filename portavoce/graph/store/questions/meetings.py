"""Who has to do with whom in some days or on a topic: counted from statements, deeds and offices as `links` counts all of them."""

from __future__ import annotations

from portavoce.graph.schema import MENTIONS
from portavoce.graph.store.acts import ACTS
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.opening import empty_tables
from portavoce.graph.store.questions.scope import Scope

FEW = 1500
"""Articles up to which all ties in them are counted at once; in more days than these hold, those of the actors that are asked for."""

_KEEP = "INSERT OR IGNORE INTO temp.met SELECT {source}.actor, {target}.actor, '{kind}', count(DISTINCT {what})"
_PAIRS = "WHERE p.actor <> q.actor GROUP BY p.actor, q.actor"
_OF_ASKED = "FROM temp.asked z CROSS JOIN appearances p ON p.actor = z.key CROSS JOIN temp.days_meant x ON x.article = p.article"
_APPEARS = (
    "CROSS JOIN appearances {0} INDEXED BY appearances_by_form ON {0}.form = {1}.form AND {0}.article = {1}.article"
)
_SAID = (
    "CROSS JOIN {one} d ON d.article = p.article AND d.form = p.form CROSS JOIN {two} e ON e.statement = d.statement AND e.statement > 0"
    f" {_APPEARS.format('q', 'e')}"
)
_ALL_SAID = f"CROSS JOIN mentions e ON e.statement = p.statement AND e.statement > 0 {_APPEARS.format('q', 'e')}"
_TOLD = "CROSS JOIN {table} o ON o.article = p.article AND o.{one} = p.form CROSS JOIN appearances q ON q.article = o.article AND q.form = o.{two}"
_ALL_TOLD = (
    "FROM temp.acts_meant x CROSS JOIN {table} o ON o.key = x.key CROSS JOIN appearances p ON p.article = o.article AND p.form = o.{one}"
    " CROSS JOIN appearances q ON q.article = o.article AND q.form = o.{two} AND x.kind = '{kind}'"
)


class Meetings:
    """The ties under conditions, in a table of the connection."""

    table = "temp.met"
    """Where the ties stand that are known, in the columns of ``links``."""

    def __init__(self, conditions: Conditions) -> None:
        self._db, self._scope = conditions.db, Scope(conditions)
        self._asked: set[int] = set()
        empty_tables(
            self._db,
            "asked(key INTEGER PRIMARY KEY)",
            "met(source INTEGER, target INTEGER, kind TEXT, weight INTEGER, PRIMARY KEY (source, target, kind)) WITHOUT ROWID",
        )
        self._db.execute("CREATE INDEX IF NOT EXISTS temp.met_back ON met(target, source)")
        self._all = bool(conditions.words) or self._scope.articles <= FEW
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
            for kind, acts in ACTS.items():
                one, two = acts.ends[::turn]
                keep = _KEEP.format(source=source, target=target, kind=kind, what="o.edge")
                self._db.execute(f"{keep} {_OF_ASKED} {_TOLD.format(table=acts.table, one=one, two=two)} {_PAIRS}")

    def _find_all(self) -> None:
        keep = _KEEP.format(source="p", target="q", kind=MENTIONS, what="p.statement")
        self._db.execute(f"{keep} FROM {self._scope.places('said')} p {_ALL_SAID} {_PAIRS}")
        self._scope.tell()
        for kind, acts in ACTS.items():
            keep = _KEEP.format(source="p", target="q", kind=kind, what="o.edge")
            told = _ALL_TOLD.format(table=acts.table, one=acts.source, two=acts.target, kind=kind)
            self._db.execute(f"{keep} {told} {_PAIRS}")

    @property
    def names(self) -> str:
        """Whether a place under the conditions names an actor ``a``, or tells what they say, do or are."""
        words = self._scope.conditions.words
        said = "d.statement IN (SELECT statement FROM temp.statements_meant)" if words else "1"
        act = "o.key IN (SELECT key FROM temp.acts_meant WHERE kind = '{kind}')" if words else "1"
        places = [
            f"SELECT 1 FROM {t} d WHERE d.article = p.article AND d.form = p.form AND {said}"
            for t in ("said", "mentions")
        ]
        places += [
            f"SELECT 1 FROM {acts.table} o WHERE o.article = p.article AND p.form IN (o.{acts.source}, o.{acts.target}) AND {act.format(kind=kind)}"
            for kind, acts in ACTS.items()
        ]
        any_ = " OR ".join(f"EXISTS ({place})" for place in places)
        return f"EXISTS (SELECT 1 FROM appearances p WHERE p.actor = a.key{self._scope.within('p')} AND ({any_}))"
