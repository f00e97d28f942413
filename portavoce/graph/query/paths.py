"""How two actors hang together: the shortest chain in which every step is proved by a place in an article."""

from __future__ import annotations

import networkx as nx

from portavoce.graph.project import actor_network
from portavoce.graph.query.answers import Hop, PathAnswer, actor_name
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.relations import says_line, told_line
from portavoce.graph.query.statements import in_order
from portavoce.graph.schema import HOLDS, MENTIONS, RELATES, actor_node


def path(graph: nx.MultiDiGraph, a: str, b: str) -> PathAnswer:
    """The shortest chain of words, deeds and roles from one actor to another, in whatever direction each of them points.

    Raises `UnknownNameError` for an actor that the graph does not hold.
    """
    start, end = (actor_node(find_actor(graph, name).id) for name in (a, b))
    network = actor_network(graph, shared_topics=False)
    names = actor_name(graph, start), actor_name(graph, end)
    try:
        nodes = nx.shortest_path(network.to_undirected(as_view=True), start, end)
    except nx.NetworkXNoPath:
        return PathAnswer(*names, connected=False, hops=())
    return PathAnswer(
        *names, connected=True, hops=tuple(_hop(graph, network, *step) for step in nx.utils.pairwise(nodes))
    )


def _hop(graph: nx.MultiDiGraph, network: nx.MultiDiGraph, source: str, target: str) -> Hop:
    """A step with its best proof: a deed before a role before words, told of this direction before the other."""
    names = actor_name(graph, source), actor_name(graph, target)
    for kind in (RELATES, HOLDS, MENTIONS):
        for one, other in ((source, target), (target, source)):
            if not network.has_edge(one, other, kind):
                continue
            proof = network.edges[one, other, kind]
            if kind == MENTIONS:
                first = in_order(graph, list(proof["statements"]))[0]
                return Hop(*names, says_line(graph, first, one, other))
            return Hop(*names, told_line(graph, one, other, graph.edges[one, other, proof["edges"][0]]))
    raise LookupError(f"no edge between {source} and {target}")
