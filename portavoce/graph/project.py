"""The graph seen from its actors: who speaks of whom, who is what to whom, who speaks on the same topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from portavoce.graph.schema import (
    ABOUT,
    ACTOR,
    CATEGORY,
    HOLDS,
    MENTIONS,
    RELATES,
    SAYS,
    STATEMENT,
    TOPIC,
    Attributes,
    edges_from,
    edges_to,
    nodes_of,
    speakers_of,
)

if TYPE_CHECKING:
    import networkx as nx

SHARES = "shares"


def actor_network(graph: nx.MultiDiGraph, *, shared_topics: bool = True) -> nx.MultiDiGraph:
    """A new graph of actors only; an edge's key is its kind, ``weight`` counts what stands behind it.

    - ``mentions`` A → B: A says something that mentions B; ``statements`` are these statements' nodes.
    - ``relates`` A → B: ``types`` of the relations told of A and B, and ``edges``, their keys in the graph.
    - ``holds`` A → B: the ``roles`` that A has at B, and ``edges``.
    - ``shares`` A → B, A before B in order of names of nodes: ``topics`` on which both speak (phrases and concepts,
      no categories) and the ``statements`` of both on them. Left out when ``shared_topics`` is false: the number of
      pairs grows with the square of those who speak on one topic.
    """
    import networkx as nx

    network = nx.MultiDiGraph()
    network.add_nodes_from((node, dict(attributes)) for node, attributes in nodes_of(graph, ACTOR))
    for source, target, key, attributes in sorted(_edges(graph), key=lambda edge: edge[:3]):
        network.add_edge(source, target, key, **attributes)
    if shared_topics:
        for (one, other), (topics, statements) in sorted(_shared(graph).items()):
            network.add_edge(
                one, other, SHARES, kind=SHARES, weight=len(topics), topics=tuple(sorted(topics)),
                statements=tuple(sorted(statements)),
            )  # fmt: skip
    return network


def _edges(graph: nx.MultiDiGraph) -> list[tuple[str, str, str, Attributes]]:
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for statement, _ in nodes_of(graph, STATEMENT):
        for speaker in speakers_of(graph, statement):
            for mentioned, _ in edges_from(graph, statement, MENTIONS):
                if mentioned != speaker:
                    said[speaker, mentioned].add(statement)
    told: dict[tuple[str, str, str], dict[str, Attributes]] = defaultdict(dict)
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        if attributes["kind"] in {HOLDS, RELATES} and source != target:
            told[source, target, attributes["kind"]][key] = attributes
    out = [(*pair, MENTIONS, said_tie(sorted(statements), len(statements))) for pair, statements in said.items()]
    return out + [(*edge, told_tie(edge[2], edges)) for edge, edges in told.items()]


def said_tie(statements: Iterable[object], weight: int) -> Attributes:
    """What `actor_network` has on the edge of those statements of an actor that mention another."""
    return {"kind": MENTIONS, "weight": weight, "statements": tuple(statements)}


def told_tie(kind: str, edges: Mapping[str, Attributes]) -> Attributes:
    """What `actor_network` has on the edge of the deeds, or of the offices, that are told of one actor and another, by their keys."""
    name, plural = ("role", "roles") if kind == HOLDS else ("type", "types")
    told = tuple(sorted({edge[name] for edge in edges.values()}))
    return {"kind": kind, "weight": len(edges), plural: told, "edges": tuple(sorted(edges))}


Ties = dict[str, Attributes]
"""The edges from one actor to another in `actor_network`, by their kinds."""


def ties_of(graph: nx.MultiDiGraph, actor: str) -> tuple[dict[str, Ties], dict[str, Ties]]:
    """The edges that `actor_network` has from an actor to others and from others to it, by the others."""
    said: tuple[dict[str, set[str]], ...] = (defaultdict(set), defaultdict(set))
    for statement, _ in edges_from(graph, actor, SAYS):
        for mentioned, _ in edges_from(graph, statement, MENTIONS):
            said[0][mentioned].add(statement)
    for statement, _ in edges_to(graph, actor, MENTIONS):
        for speaker in speakers_of(graph, statement):
            said[1][speaker].add(statement)
    told: tuple[dict[tuple[str, str], dict[str, Attributes]], ...] = (defaultdict(dict), defaultdict(dict))
    for _, target, key, edge in graph.out_edges(actor, keys=True, data=True):
        told[0][target, edge["kind"]][key] = edge
    for source, _, key, edge in graph.in_edges(actor, keys=True, data=True):
        told[1][source, edge["kind"]][key] = edge
    ties: tuple[dict[str, Ties], ...] = (defaultdict(dict), defaultdict(dict))
    for n in (0, 1):
        for other, statements in said[n].items():
            ties[n][other][MENTIONS] = said_tie(sorted(statements), len(statements))
        for (other, kind), edges in told[n].items():
            if kind in {HOLDS, RELATES}:
                ties[n][other][kind] = told_tie(kind, edges)
        ties[n].pop(actor, None)
    return ties[0], ties[1]


def _shared(graph: nx.MultiDiGraph) -> dict[tuple[str, str], tuple[set[str], set[str]]]:
    shared: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for topic, attributes in nodes_of(graph, TOPIC):
        if attributes["scheme"] == CATEGORY:
            continue
        speakers: dict[str, set[str]] = defaultdict(set)
        for statement, _ in edges_to(graph, topic, ABOUT):
            for speaker in speakers_of(graph, statement):
                speakers[speaker].add(statement)
        for one, other in combinations(sorted(speakers), 2):
            topics, statements = shared[one, other]
            topics.add(topic)
            statements |= speakers[one] | speakers[other]
    return shared
