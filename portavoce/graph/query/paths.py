"""How two actors hang together: the shortest chains in which every step is proved by a place in an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from portavoce.graph.project import Ties, ties_of
from portavoce.graph.query.answers import Evidence, Hop, PathAnswer, RelationLine, actor_name
from portavoce.graph.query.chains import chains
from portavoce.graph.query.listing import first_place
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.relations import says_line, told_line
from portavoce.graph.query.selection import selected
from portavoce.graph.query.statements import in_order
from portavoce.graph.schema import ACTOR, APPEARS, HOLDS, MENTIONS, RELATES, ROLE, Attributes, actor_node, nodes_of

if TYPE_CHECKING:
    import networkx as nx

CHAINS = 3
"""Chains that are shown where nobody asks for more or fewer."""

BELONGS = "belongs"
"""The kind of the tie between somebody whom an article names and the country that is known to be theirs."""

_STEP = 10**10
_DEARER = 10**6
_TOLD_ONCE = 1000
_KINDS = {RELATES: 0, HOLDS: 0, MENTIONS: 2, BELONGS: 4}
_BODY = 3
"""What a step costs: first that it is one; then, what is _DEARER, its kind and, at each end, a body, of which everybody speaks, which
says little about who knows whom; then how rarely it is told. A chain needs a thousand steps for the lesser to outweigh the greater."""


def path(
    graph: nx.MultiDiGraph, a: str, b: str, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = CHAINS,
) -> PathAnswer:  # fmt: skip
    """The shortest chains of words, deeds and roles from one actor to another, in whatever direction each of them points.

    Fewer steps come first; of chains with as many steps, those over persons rather than countries and organizations, and by deeds
    and roles rather than words; of these, those whose ties are told more often (the least sum of 1/times over the steps), and
    then those whose actors' ids come first. Somebody and the country that is known to be theirs are neighbours too. ``limit`` is
    the number of chains; None means the shortest alone. Raises `UnknownNameError` for an actor that the graph does not hold,
    `InputError` for a date or a topic that is none.
    """
    start, end = (actor_node(find_actor(graph, name).id) for name in (a, b))
    part = selected(graph, since=since, until=until, topic=topic)
    network = _Network(part)
    found = list(islice(chains(network, start, end), limit or 1))
    return path_answer(part, (start, end), found, network.ties)


def path_answer(
    graph: nx.MultiDiGraph, ends: tuple[str, str], found: Sequence[Sequence[str]], ties: Callable[[str, str], Ties]
) -> PathAnswer:
    """The answer that tells the chains found between two actors, by nodes; ``ties`` are those from one actor to another."""

    def hop(one: str, other: str) -> Hop:
        line = proof(graph, one, other, ties(one, other), ties(other, one))
        return Hop(actor_name(graph, one), actor_name(graph, other), line)

    told = [tuple(hop(*step) for step in pairwise(nodes)) for nodes in found]
    a, b = (actor_name(graph, end) for end in ends)
    return PathAnswer(a, b, connected=bool(told), hops=told[0] if told else (), others=tuple(told[1:]))


def step_cost(told: Mapping[str, int], bodies: int) -> int:
    """What a step costs: by how often ties of each kind are told (none where only a country is known), and how many ends are bodies."""
    dearer = min((_KINDS[kind] for kind in told), default=_KINDS[BELONGS]) + _BODY * bodies
    return _STEP + _DEARER * dearer + _TOLD_ONCE // max(sum(told.values()), 1)


def is_body(kind: str) -> bool:
    """Whether an actor of a kind is one of which everybody speaks."""
    return kind in {"country", "organization"}


class _Network:
    """The network of actors over a graph in memory, read where the search comes by."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self.graph = graph
        self._ties: dict[str, tuple[dict[str, Ties], dict[str, Ties]]] = {}
        countries: dict[str, str] = {}
        known: dict[str, str] = {}
        for node, d in sorted(nodes_of(graph, ACTOR)):
            if d["actor_kind"] == "country":
                countries.update(dict.fromkeys(d["names"], node))
            if d["of_country"] is not None:
                known[node] = d["of_country"]
        self._country = {
            node: countries[name] for node, name in known.items() if countries.get(name) not in {None, node}
        }
        self._citizens: dict[str, list[str]] = defaultdict(list)
        for node, country in self._country.items():
            self._citizens[country].append(node)

    def name(self, node: str) -> str:
        return node

    def beside(self, nodes: set[str]) -> set[str]:
        return {other for node in nodes for other in self._near(node)}

    def steps(self, ones: set[str], others: set[str]) -> dict[tuple[str, str], int]:
        if len(ones) > len(others):
            return {(one, other): cost for (other, one), cost in self.steps(others, ones).items()}
        return {(one, other): self._cost(one, other) for one in ones for other in self._near(one) & others}

    def ties(self, one: str, other: str) -> Ties:
        """The ties from one actor to another, with the place that names somebody of that country."""
        ties = self._both(one)[0].get(other, {})
        belongs = self._country.get(one) == other and first_place(self.graph, one)
        return {**ties, BELONGS: belongs_tie(belongs)} if belongs else ties

    def _both(self, node: str) -> tuple[dict[str, Ties], dict[str, Ties]]:
        if node not in self._ties:
            self._ties[node] = ties_of(self.graph, node)
        return self._ties[node]

    def _near(self, node: str) -> set[str]:
        own = {self._country[node]} if node in self._country and self._is_named(node) else set()
        return own.union(*self._both(node), filter(self._is_named, self._citizens.get(node, ())))

    def _is_named(self, node: str) -> bool:
        """Whether a place in an article names somebody, or tells what they say, do or are."""
        edges = (*self.graph.out_edges(node, data="kind"), *self.graph.in_edges(node, data="kind"))
        return any(kind != APPEARS for _, _, kind in edges)

    def _cost(self, one: str, other: str) -> int:
        told: Counter[str] = Counter()
        for ties in self._both(one):
            told.update({kind: tie["weight"] for kind, tie in ties.get(other, {}).items()})
        return step_cost(told, sum(is_body(self.graph.nodes[node]["actor_kind"]) for node in (one, other)))


def belongs_tie(evidence: Evidence) -> Attributes:
    """The tie between somebody and the country that is known to be theirs, with the first place that names them."""
    return {"kind": BELONGS, "evidence": evidence}


def proof(graph: nx.MultiDiGraph, source: str, target: str, there: Ties, back: Ties) -> RelationLine:
    """The best proof of the ties from one actor to another and back: a deed before a role before words, of this direction before the other."""
    for kind in (RELATES, HOLDS, MENTIONS, BELONGS):
        for one, other, ties in ((source, target, there), (target, source, back)):
            if kind not in ties:
                continue
            tie = ties[kind]
            if kind == MENTIONS:
                return says_line(graph, in_order(graph, list(tie["statements"]))[0], one, other)
            if kind == BELONGS:
                return _belongs_line(graph, one, other, tie["evidence"])
            edges = [graph.edges[one, other, key] for key in tie["edges"]]
            if kind == RELATES and HOLDS in ties:  # whose words tell more of an office
                edges = [edge for edge in edges if edge["type"] != ROLE]
            if edges:
                return told_line(graph, one, other, min(edges, key=lambda edge: _when(graph, edge)))
    raise LookupError(f"no edge between {source} and {target}")


def _when(graph: nx.MultiDiGraph, edge: Attributes) -> tuple[object, ...]:
    article = graph.nodes[edge["article"]]
    return not article["published"], article["published"] or "", article["id"], edge["evidence"]


def _belongs_line(graph: nx.MultiDiGraph, one: str, country: str, evidence: Evidence) -> RelationLine:
    """What the gazetteer knows, with the first place where an article names whom it knows it of."""
    names = actor_name(graph, one), actor_name(graph, country)
    text = " ".join(span.text for span in evidence.spans)
    known = graph.nodes[one]["wikidata"]
    what = f"known to be of this country ({known})" if known else "known to be of this country"
    return RelationLine("belongs", *names, what, text, (), None, evidence)
