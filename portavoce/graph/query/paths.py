"""How two actors hang together: the shortest chains in which every step is proved by a place in an article."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from portavoce.graph.project import actor_network
from portavoce.graph.query.answers import Hop, PathAnswer, RelationLine, actor_name
from portavoce.graph.query.listing import first_place
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.relations import says_line, told_line
from portavoce.graph.query.selection import selected
from portavoce.graph.query.statements import in_order
from portavoce.graph.schema import ACTOR, HOLDS, MENTIONS, RELATES, ROLE, Attributes, actor_node, nodes_of

if TYPE_CHECKING:
    import networkx as nx

CHAINS = 3
"""Chains that are shown where nobody asks for more or fewer."""

_BELONGS = "belongs"
_COSTS = {RELATES: 1.0, HOLDS: 1.0, MENTIONS: 1.01, _BELONGS: 1.02}
_OVER_A_BODY = 0.03
"""What a chain over a country or a body costs more: everybody speaks of them, which says little about who knows whom. All costs
above 1 are so small that fewer steps always come first, up to a dozen of them."""


def path(
    graph: nx.MultiDiGraph, a: str, b: str, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = CHAINS,
) -> PathAnswer:  # fmt: skip
    """The shortest chains of words, deeds and roles from one actor to another, in whatever direction each of them points.

    Fewer steps come first; of chains with as many steps, those over persons rather than countries, and by deeds rather
    than words. Somebody and the country that is known to be theirs are neighbours too. ``limit`` is the number of chains; None
    means the shortest alone. Raises `UnknownNameError` for an actor that the graph does not hold.
    """
    import networkx as nx

    start, end = (actor_node(find_actor(graph, name).id) for name in (a, b))
    part = selected(graph, since=since, until=until, topic=topic)
    names = actor_name(graph, start), actor_name(graph, end)
    network = actor_network(part, shared_topics=False)
    _add_countries(part, network)
    try:
        found = list(islice(nx.shortest_simple_paths(_costs(network), start, end, weight="cost"), limit or 1))
    except nx.NetworkXNoPath:
        return PathAnswer(*names, connected=False, hops=())
    first, *others = (tuple(_hop(part, network, *step) for step in nx.utils.pairwise(nodes)) for nodes in found)
    return PathAnswer(*names, connected=True, hops=first, others=tuple(others))


def _add_countries(graph: nx.MultiDiGraph, network: nx.MultiDiGraph) -> None:
    """Tie everybody whom an article names to the country that is known to be theirs."""
    countries = {name: n for n, d in nodes_of(network, ACTOR) if d["actor_kind"] == "country" for name in d["names"]}
    for node, d in sorted(nodes_of(network, ACTOR)):
        country = countries.get(d["of_country"])
        known = country not in {None, node} and not network.has_edge(node, country, HOLDS)
        if known and first_place(graph, node):
            network.add_edge(node, country, _BELONGS, kind=_BELONGS)


def _costs(network: nx.MultiDiGraph) -> nx.Graph:
    """Who is next to whom, with the cost of the best tie; in an order that is a function of the network."""
    import networkx as nx

    body = {n: d["actor_kind"] in {"country", "organization"} for n, d in network.nodes(data=True)}
    costs: dict[tuple[str, str], float] = {}
    for source, target, kind in network.edges(keys=True):
        pair = (min(source, target), max(source, target))
        cost = _COSTS[kind] + _OVER_A_BODY * (body[source] + body[target]) / 2
        costs[pair] = min(cost, costs.get(pair, cost))
    plain = nx.Graph()
    plain.add_nodes_from(sorted(network))
    plain.add_edges_from((*pair, {"cost": cost}) for pair, cost in sorted(costs.items()))
    return plain


def _hop(graph: nx.MultiDiGraph, network: nx.MultiDiGraph, source: str, target: str) -> Hop:
    return Hop(actor_name(graph, source), actor_name(graph, target), proof(graph, network, source, target))


def proof(graph: nx.MultiDiGraph, network: nx.MultiDiGraph, source: str, target: str) -> RelationLine:
    """The best proof of a tie: a deed before a role before words, told of this direction before the other."""
    for kind in (RELATES, HOLDS, MENTIONS, _BELONGS):
        for one, other in ((source, target), (target, source)):
            if not network.has_edge(one, other, kind):
                continue
            tie = network.edges[one, other, kind]
            if kind == MENTIONS:
                return says_line(graph, in_order(graph, list(tie["statements"]))[0], one, other)
            if kind == _BELONGS:
                return _belongs_line(graph, one, other)
            edges = [graph.edges[one, other, key] for key in tie["edges"]]
            if kind == RELATES and network.has_edge(one, other, HOLDS):  # whose words tell more of an office
                edges = [edge for edge in edges if edge["type"] != ROLE]
            if edges:
                return told_line(graph, one, other, min(edges, key=lambda edge: _when(graph, edge)))
    raise LookupError(f"no edge between {source} and {target}")


def _when(graph: nx.MultiDiGraph, edge: Attributes) -> tuple[object, ...]:
    article = graph.nodes[edge["article"]]
    return not article["published"], article["published"] or "", article["id"], edge["evidence"]


def _belongs_line(graph: nx.MultiDiGraph, one: str, country: str) -> RelationLine:
    """What the gazetteer knows, with the first place where an article names whom it knows it of."""
    names = actor_name(graph, one), actor_name(graph, country)
    if (evidence := first_place(graph, one)) is None:
        raise LookupError(f"no article names {one}")
    text = " ".join(span.text for span in evidence.spans)
    known = graph.nodes[one]["wikidata"]
    what = f"known to be of this country ({known})" if known else "known to be of this country"
    return RelationLine("belongs", *names, what, text, (), None, evidence)
