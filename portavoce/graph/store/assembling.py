"""Nodes and edges that are put together from rows, as the whole graph has them."""

from __future__ import annotations

import sqlite3

from portavoce.graph.part import Lazy, Part
from portavoce.graph.places import place_of
from portavoce.graph.schema import ACTOR, MENTIONS, Attributes
from portavoce.graph.store.packing import spans_of, unpacked


class Assembly:
    """A part of a graph that grows."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.nodes: dict[str, Attributes] = {}
        self._db = db
        self._edges: dict[tuple[str, str, str], Attributes] = {}
        self._actors: dict[int, str] = {}

    def part(self) -> Part:
        """What there is of it."""
        return Part(self.nodes, self._edges)

    def actor(self, key: int) -> str:
        """The node of an actor, put there when it is first asked for."""
        node = self._actors.get(key)
        if node is None:
            id_, name, names, kind, wikidata, country = self._db.execute(
                "SELECT id, name, names, kind, wikidata, of_country FROM actors WHERE key = ?", (key,)
            ).fetchone()
            node = self._actors[key] = f"{ACTOR}/{id_}"
            self.nodes[node] = {
                "kind": ACTOR, "names": tuple(unpacked(names)), "name": name, "actor_kind": kind, "wikidata": wikidata,
                "of_country": country,
            }  # fmt: skip
        return node

    def has_edge(self, source: str, target: str, key: str) -> bool:
        """Whether an edge is there."""
        return (source, target, key) in self._edges

    def edge(self, source: str, target: str, key: str, edge: Attributes) -> None:
        """Put an edge there, or its places to those of the same edge."""
        there = self._edges.get((source, target, key))
        if there is None:
            self._edges[source, target, key] = edge
            return
        for name in ("evidence", "forms"):  # an actor under two forms in one place
            there[name] = tuple(sorted({*there[name], *edge[name]}))

    def spoken(self, kind: str, form: str, evidence: str) -> Lazy:
        """The attributes of an edge of a form that says something or is named, from the columns of its row."""
        return Lazy({"kind": kind}, {"evidence": (spans_of, evidence), "forms": (_forms, (form, evidence))})

    def mention(self, source: str, form: str, actor: int, evidence: str) -> None:
        """Put there that a statement or an article names an actor."""
        self.edge(source, self.actor(actor), MENTIONS, self.spoken(MENTIONS, form, evidence))


def _forms(columns: tuple[str, str]) -> tuple[str, ...]:
    form, evidence = columns
    return tuple(sorted(place_of(form, span) for span in spans_of(evidence)))
