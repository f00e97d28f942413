"""Who has to do with whom in some days or on a topic: counted from statements, deeds and offices as `links` counts all of them."""

from __future__ import annotations

from portavoce.graph.schema import MENTIONS
from portavoce.graph.store.acts import ACTS
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.opening import empty_tables
from portavoce.graph.store.questions.scope import Scope

FEW = 1500
"""Articles up to which all ties in them are counted at once; in more days than these hold, those of the actors that are asked for."""

MATCHED = 20_000
"""Statements on a topic up to which all ties in them are counted at once."""

_PAIRS = "WHERE p.actor <> q.actor{} GROUP BY p.actor, q.actor"
_OF_ASKED = "FROM temp.asked z CROSS JOIN appearances p ON p.actor = z.key"
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
        self._db, self._conditions, self._scope = conditions.db, conditions, Scope(conditions)
        self._asked: set[int] = set()
        empty_tables(
            self._db,
            "asked(key INTEGER PRIMARY KEY)",
            "met(source INTEGER, target INTEGER, kind TEXT, weight INTEGER, PRIMARY KEY (source, target, kind)) WITHOUT ROWID",
        )
        self._db.execute("CREATE INDEX IF NOT EXISTS temp.met_back ON met(target, source)")
        few_days = conditions.are_dated and self._scope.articles <= FEW
        self._all = few_days or (bool(conditions.words) and not conditions.are_on_more_than(MATCHED))
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
        within = self._scope.within("p")
        for turn in (1, -1):
            source, target = ("p", "q")[::turn]
            one, two = ("said", "mentions")[::turn]
            pairs = _PAIRS.format(within + self._conditions.read("d.statement"))
            self._keep(source, target, MENTIONS, "d.statement", f"{_OF_ASKED} {_SAID.format(one=one, two=two)} {pairs}")
            for kind, acts in ACTS.items():
                one, two = acts.ends[::turn]
                pairs = _PAIRS.format(within + self._conditions.of_acts(acts, "o"))
                told = _TOLD.format(table=acts.table, one=one, two=two)
                self._keep(source, target, kind, "o.edge", f"{_OF_ASKED} {told} {pairs}")

    def _find_all(self) -> None:
        pairs = _PAIRS.format("")
        self._keep("p", "q", MENTIONS, "p.statement", f"FROM {self._scope.places('said')} p {_ALL_SAID} {pairs}")
        self._scope.tell()
        for kind, acts in ACTS.items():
            told = _ALL_TOLD.format(table=acts.table, one=acts.source, two=acts.target, kind=kind)
            self._keep("p", "q", kind, "o.edge", f"{told} {pairs}")

    def _keep(self, source: str, target: str, kind: str, what: str, places: str) -> None:
        """Put the ties of a kind in the table: how many of what is told there lie between a source and a target."""
        keep = f"INSERT OR IGNORE INTO temp.met SELECT {source}.actor, {target}.actor, '{kind}', count(DISTINCT {what})"
        self._db.execute(f"{keep} {places}", self._conditions.values)

    @property
    def names(self) -> str:
        """Whether a place under the conditions names an actor ``a``, or tells what they say, do or are; with the values of these."""
        listed = "temp.statements_meant" if self._all else None
        said = (
            f" AND d.statement IN (SELECT statement FROM {listed})" if listed else self._conditions.read("d.statement")
        )
        places = [
            f"SELECT 1 FROM {t} d WHERE d.article = p.article AND d.form = p.form{said if self._conditions.words else ''}"
            for t in ("said", "mentions")
        ]
        places += [
            f"SELECT 1 FROM {acts.table} o WHERE o.article = p.article AND p.form IN (o.{acts.source}, o.{acts.target})"
            f"{self._conditions.of_acts(acts, 'o', listed=listed)}"
            for acts in ACTS.values()
        ]
        any_ = " OR ".join(f"EXISTS ({place})" for place in places)
        return f"EXISTS (SELECT 1 FROM appearances p WHERE p.actor = a.key{self._scope.within('p')} AND ({any_}))"
