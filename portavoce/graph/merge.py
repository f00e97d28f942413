"""Two graphs into one: every attribute has one way to be united, so that the order of merging never shows.

`build_graph` unites what single articles say by the same means, so a graph of all articles is the merge of the
graphs of any parts of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from portavoce.errors import RecordError
from portavoce.graph.identity import Actors, Edge, resolved_edges, unresolved
from portavoce.graph.judgements import Judgements
from portavoce.graph.resolve import Gazetteer, bare_name, best_name, is_local
from portavoce.graph.schema import (
    APPEARS,
    ARTICLE,
    COPY,
    EMPTY,
    HOLDS,
    IN,
    SETS,
    STATEMENT,
    UTTERANCE,
    Attributes,
    edges_from,
    local_id,
    nodes_of,
    speakers_of,
)
from portavoce.graph.utterances import Said, utterances
from portavoce.ids import fold

EdgeName = tuple[str, str, str]


class Parts:
    """Nodes and edges that are being collected into a graph; adding a thing twice unites what is said of it."""

    def __init__(self, *, gazetteer: Gazetteer | None = None, judgements: Judgements | None = None) -> None:
        self._gazetteer, self._judgements = gazetteer, judgements
        self._nodes: dict[str, Attributes] = {}
        self._edges: dict[EdgeName, Attributes] = {}

    def add_node(self, name: str, attributes: Mapping[str, Any]) -> None:
        _unite(self._nodes.setdefault(name, {}), attributes)

    def add_edge(self, source: str, target: str, key: str, attributes: Mapping[str, Any]) -> None:
        _unite(self._edges.setdefault((source, target, key), {}), attributes)

    def told(self) -> tuple[dict[str, Attributes], list[Edge]]:
        """What was collected, between forms: nobody is anybody yet. Edges in the order of their names."""
        told = {name: _finished(collected) for name, collected in self._nodes.items()}
        return told, [(*ends, _finished(collected)) for ends, collected in sorted(self._edges.items(), key=_name)]

    def graph(self) -> nx.MultiDiGraph:
        """What was collected as a graph in which each actor is one node; nodes and edges in the order of their names."""
        told, between_forms = self.told()
        actors = Actors(told, between_forms, gazetteer=self._gazetteer, judgements=self._judgements)
        for node, attributes in actors.nodes().items():
            if node in told:  # of a file that no longer says what each article called its actors
                _unite(known := {n: set(v) if n in SETS else v for n, v in told[node].items()}, attributes)
                attributes = _finished(known)  # noqa: PLW2901
                attributes["name"] = best_name(local_id(node), attributes["names"])
            told[node] = attributes
        edges: dict[EdgeName, Attributes] = {}
        for source, target, key, attributes in resolved_edges(between_forms, actors):
            _unite(edges.setdefault((source, target, key), {}), attributes)
        graph = nx.MultiDiGraph()
        for name, attributes in sorted(told.items()):
            graph.add_node(name, **attributes)
        for (source, target, key), collected in sorted(edges.items(), key=_name):
            graph.add_edge(source, target, key, **_finished(collected))
        _derive_from_articles(graph)
        _add_utterances(graph)
        return graph


def merge(
    *graphs: nx.MultiDiGraph, gazetteer: Gazetteer | None = None, judgements: Judgements | None = None
) -> nx.MultiDiGraph:
    """A new graph that holds what any of the graphs holds; associative, commutative and idempotent.

    Who is who is decided anew from what all their articles say, by the ``gazetteer`` and the ``judgements`` given. Raises `RecordError` when two graphs hold one article with different texts.
    """
    parts, about = Parts(gazetteer=gazetteer, judgements=judgements), Attributes()
    for graph in graphs:
        _unite(about, graph.graph)
        derived = {source for source, _, kind in graph.edges(data="kind") if kind == APPEARS}
        for name, attributes in graph.nodes(data=True):
            if name not in derived and attributes["kind"] != UTTERANCE:
                parts.add_node(name, attributes)
        for source, target, key, attributes in unresolved(graph.edges(keys=True, data=True)):
            if attributes["kind"] != COPY:
                parts.add_edge(source, target, key, attributes)
    merged = parts.graph()
    merged.graph.update(about)
    return merged


def _name(item: tuple[EdgeName, Attributes]) -> EdgeName:
    return item[0]


def _unite(mine: Attributes, new: Mapping[str, Any]) -> None:
    """Put attributes to those of the same node or edge: sets grow, of two values the first in order stays."""
    if mine and new.get("kind") == ARTICLE:
        _check_same_text(mine, new)
    for name, value in new.items():
        if name in SETS:
            mine.setdefault(name, set()).update(value or ())
        else:
            mine[name] = _one(value, mine[name], EMPTY.get(name)) if name in mine else value


def _derive_from_articles(graph: nx.MultiDiGraph) -> None:
    """Give roles the date and statements the language of their article, which another graph may have known."""
    for source, target, attributes in graph.edges(data=True):
        if attributes["kind"] == HOLDS and attributes["article"] in graph:
            attributes["observed"] = graph.nodes[attributes["article"]]["published"]
        elif attributes["kind"] == IN:
            graph.nodes[source]["language"] = graph.nodes[target]["language"]


def _add_utterances(graph: nx.MultiDiGraph) -> None:
    """Add what several articles report as one utterance: a node that leads to its copies."""
    said = []
    for statement, d in nodes_of(graph, STATEMENT):
        speakers = speakers_of(graph, statement)
        article = min((target for target, _ in edges_from(graph, statement, IN)), default="")
        if speakers and article in graph:
            speaker = " + ".join(sorted(_heard(graph, node) for node in speakers))
            words = " ".join(span.text for span in d["content"])
            said.append(Said(statement, speaker, article, graph.nodes[article]["published"], words, d["polarity"]))
    for found in utterances(said):
        node = f"{UTTERANCE}/{found.id}"
        graph.add_node(node, kind=UTTERANCE, first=found.first, copies=len(found.statements))
        for statement in found.statements:
            graph.add_edge(node, statement, COPY, kind=COPY, evidence=graph.nodes[statement]["content"])


def _heard(graph: nx.MultiDiGraph, speaker: str) -> str:
    """By what a speaker is the same in two articles; "i testimoni" of two articles may have been heard once."""
    name = graph.nodes[speaker]["name"]
    return fold(bare_name(name)) if is_local(name) else speaker


def _finished(collected: Attributes) -> Attributes:
    return {name: tuple(sorted(value)) if name in SETS else value for name, value in collected.items()}


def _one(a: Any, b: Any, empty: Any) -> Any:
    if a == b or b is None or b == empty:
        return a if a is not None else b
    if a is None or a == empty:
        return b
    return min(a, b)


def _check_same_text(a: Mapping[str, Any], b: Mapping[str, Any]) -> None:
    one, other = a.get("text_digest"), b.get("text_digest")
    if one and other and one != other:
        raise RecordError(f"the article {a.get('id')!r} comes with two different texts")
