"""Who is who in a corpus: what people decided, the gazetteer, and the actors that names mean once it is settled."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from portavoce.graph.store.opening import transaction

if TYPE_CHECKING:
    from portavoce.graph.judgements import Judgement, Judgements
    from portavoce.graph.query.answers import ActorMatch
    from portavoce.graph.resolve import Gazetteer


class WhoIsWho:
    """What a corpus knows of who is who, and how it is brought up to date."""

    path: str
    db: sqlite3.Connection
    _gazetteer: Gazetteer | None = None

    def judgements(self) -> Judgements:
        """What people decided, in the order in which they did."""
        from portavoce.graph.judgements import Judgement, Judgements

        rows = self.db.execute(
            'SELECT id, "left", "right", verdict, by, "when", undoes, note FROM judgements ORDER BY key'
        )
        return Judgements(Judgement(*row) for row in rows)

    def judge(self, *lines: Judgement) -> None:
        """Add lines to the log; who is who is settled anew where they speak of it."""
        told = {line.id: line for line in self.judgements().lines}
        with transaction(self.db):
            for line in lines:
                if line.id in told:
                    continue
                self.db.execute(
                    'INSERT INTO judgements(id, "left", "right", verdict, by, "when", undoes, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                    (line.id, line.left, line.right, line.verdict, line.by, line.when, line.undoes, line.note),
                )
                told[line.id] = line
                about = told.get(line.undoes or "", line)
                self._unsettle(about.pair)

    def _unsettle(self, references: Iterable[str]) -> None:
        for reference in references:
            self.db.execute(
                "INSERT OR IGNORE INTO unsettled SELECT key, 0 FROM forms WHERE form = ?",
                (reference.partition("@")[0],),
            )

    def gazetteer(self) -> Gazetteer:
        """The package's gazetteer with the entries that the user gave to this corpus."""
        if self._gazetteer is None:
            from portavoce.graph.resolve import Gazetteer
            from portavoce.graph.resolve.gazetteer import own_entry

            rows = self.db.execute("SELECT entry FROM gazetteer ORDER BY key").fetchall()
            own = tuple(own_entry(entry, self.path) for (entry,) in rows)
            base = Gazetteer.default()
            self._gazetteer = Gazetteer((*own, *base.entries)) if own else base
        return self._gazetteer

    def keep_gazetteer(self, gazetteer: Gazetteer) -> None:
        """Put a gazetteer's own entries in the place of those that the corpus has; all who is who is settled anew."""
        from portavoce.graph.store.packing import packed

        own = [packed(entry.to_json()) for entry in gazetteer.entries if entry.own]
        if not own or own == [e for (e,) in self.db.execute("SELECT entry FROM gazetteer ORDER BY key")]:
            return
        with transaction(self.db):
            self.db.execute("DELETE FROM gazetteer")
            self.db.executemany("INSERT OR IGNORE INTO gazetteer(entry) VALUES (?)", ((entry,) for entry in own))
            self.db.execute("INSERT OR REPLACE INTO unsettled SELECT key, 1 FROM forms")
        self._gazetteer = None

    @property
    def is_unsettled(self) -> bool:
        """Whether articles or judgements have come since who is who was settled."""
        waiting = " UNION ALL ".join(f"SELECT 1 FROM {t}" for t in ("unsettled", "uncounted", "unheard", "unnamed"))
        return self.db.execute(f"{waiting} LIMIT 1").fetchone() is not None

    def settle(self) -> None:
        """Decide who is who for the names that articles or judgements have touched since, and count anew."""
        if self.is_unsettled:
            from portavoce.graph.store.settling import Settling

            Settling(self.db, self.gazetteer(), self.judgements()).settle()

    def meant(self, names: Iterable[str]) -> tuple[dict[str, int], dict[str, ActorMatch]]:
        """The actors that names mean, by name: their keys in the tables, and how each fits; raises `UnknownNameError`."""
        found = {name: self.find_actor(name) for name in names}
        rows = {
            name: self.db.execute("SELECT key FROM actors WHERE id = ?", (m.id,)).fetchone()
            for name, m in found.items()
        }
        return {name: int(row[0]) for name, row in rows.items()}, found

    def find_actor(self, name: str) -> ActorMatch:
        """The actor that a name means, as `portavoce.graph.query.find_actor` finds it; raises `UnknownNameError`."""
        from portavoce.graph.store.finding import find_actor

        self.settle()
        return find_actor(self.db, name)

    def look_for(self, name: str) -> ActorMatch | None:
        """The same, or None where nobody has the name: quicker, since the nearest names need not be found."""
        from portavoce.graph.store.finding import look_for

        self.settle()
        return look_for(self.db, name)
