"""Two graphs into one: every attribute has one way to be united, so that the order of merging never shows.

`build_graph` unites what single articles say by the same means, so a graph of all articles is the merge of the
graphs of any parts of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from portavoce.errors import RecordError
from portavoce.graph.resolve import best_name
from portavoce.graph.schema import ACTOR, ARTICLE, EMPTY, HOLDS, IN, SETS, Attributes, local_id

EdgeName = tuple[str, str, str]


class Parts:
    """Nodes and edges that are being collected into a graph; adding a thing twice unites what is said of it."""

    def __init__(self) -> None:
        self._nodes: dict[str, Attributes] = {}
        self._edges: dict[EdgeName, Attributes] = {}

    def add_node(self, name: str, attributes: Mapping[str, Any]) -> None:
        _unite(self._nodes.setdefault(name, {}), attributes)

    def add_edge(self, source: str, target: str, key: str, attributes: Mapping[str, Any]) -> None:
        _unite(self._edges.setdefault((source, target, key), {}), attributes)

    def graph(self) -> nx.MultiDiGraph:
        """What was collected as a graph, nodes and edges in the order of their names."""
        graph = nx.MultiDiGraph()
        for name, collected in sorted(self._nodes.items()):
            attributes = _finished(collected)
            if attributes["kind"] == ACTOR:
                attributes["name"] = best_name(local_id(name), attributes["names"])
            graph.add_node(name, **attributes)
        for (source, target, key), collected in sorted(self._edges.items(), key=lambda item: item[0]):
            graph.add_edge(source, target, key, **_finished(collected))
        _derive_from_articles(graph)
        return graph


def merge(*graphs: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A new graph that holds what any of the graphs holds; associative, commutative and idempotent.

    Raises `RecordError` when two graphs hold one article with different texts.
    """
    parts, about = Parts(), Attributes()
    for graph in graphs:
        _unite(about, graph.graph)
        for name, attributes in graph.nodes(data=True):
            parts.add_node(name, attributes)
        for source, target, key, attributes in graph.edges(keys=True, data=True):
            parts.add_edge(source, target, key, attributes)
    merged = parts.graph()
    merged.graph.update(about)
    return merged


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
