"""The network of actors: whom somebody has to do with, who stands in the middle, and who belongs together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from portavoce.graph.project import Ties, actor_network, ties_of
from portavoce.graph.query.answers import Answer, Evidence, Listing, RelationLine, actor_name, listing
from portavoce.graph.query.listing import main_topics
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.paths import proof
from portavoce.graph.query.selection import selected
from portavoce.graph.query.statements import said_by
from portavoce.graph.schema import HOLDS, MENTIONS, RELATES, actor_node, local_id

if TYPE_CHECKING:
    import networkx as nx

    from portavoce.graph.measures import Measures, Tie

Node = TypeVar("Node", bound=Hashable)

NAMED = 10
"""Actors of a community that are named."""


@dataclass(frozen=True, slots=True)
class Neighbour(Answer):
    """Somebody with whom an actor has to do: how often each speaks of the other, deeds, offices, and one line that proves it.

    ``says`` and ``named`` count statements of the actor and of the neighbour, ``deeds`` are types of relations with ``→`` for what
    the actor does and ``←`` for what is done to it, ``weight`` counts all.
    """

    id: str
    name: str
    kind: str
    weight: int
    says: int
    named: int
    deeds: tuple[str, ...]
    roles: tuple[str, ...]
    line: RelationLine


@dataclass(frozen=True, slots=True)
class CentralAnswer(Answer):
    """An actor in the network: how many others it has ties with and how many ties, its PageRank, and its betweenness.

    ``pagerank`` is the share of a reader's time who goes on from actor to actor along their ties; ``betweenness`` the share of shortest
    paths between others that lead over it, estimated from a sample. ``closest`` names the strongest tie, and ``evidence`` a place of it.
    """

    id: str
    name: str
    kind: str
    degree: int
    ties: int
    pagerank: float
    betweenness: float
    closest: str | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class CommunityAnswer(Answer):
    """Actors who have more to do with each other than with others: the best connected first, and what they speak about.

    ``inside`` is the share of their ties that stays among them; ``line`` proves the strongest of these.
    """

    size: int
    actors: tuple[str, ...]
    topics: tuple[str, ...]
    inside: float
    line: RelationLine


def neighbours(
    graph: nx.MultiDiGraph, actor: str, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = None,
) -> Listing[Neighbour]:  # fmt: skip
    """With whom an actor has to do, those with most ties first, each with its best proof.

    Raises `UnknownNameError` for an actor that the graph does not hold, `InputError` for a date or a topic that is none.
    """
    node = actor_node(find_actor(graph, actor).id)
    part = selected(graph, since=since, until=until, topic=topic)
    there, back = ties_of(part, node)
    ranked = sorted((-weight, actor_name(part, other), other) for other, weight in weights_of(there, back).items())
    return listing(
        ranked, limit, lambda item: neighbour(part, node, item[-1], there.get(item[-1], {}), back.get(item[-1], {}))
    )


def weights_of(there: Mapping[Node, Ties], back: Mapping[Node, Ties]) -> Counter[Node]:
    """How many ties lead to each other actor and come from it."""
    weights: Counter[Node] = Counter()
    for ties in (there, back):
        for other, kinds in ties.items():
            weights[other] += sum(tie["weight"] for tie in kinds.values())
    return weights


def neighbour(graph: nx.MultiDiGraph, node: str, other: str, there: Ties, back: Ties) -> Neighbour:
    """The answer for an actor's neighbour, by the ties that lead there and back."""
    out: defaultdict[str, dict[str, Any]] = defaultdict(dict, there)
    into: defaultdict[str, dict[str, Any]] = defaultdict(dict, back)
    return Neighbour(
        local_id(other), actor_name(graph, other), graph.nodes[other]["actor_kind"], sum(tie["weight"] for tie in (*there.values(), *back.values())),
        out[MENTIONS].get("weight", 0), into[MENTIONS].get("weight", 0),
        (*(f"→ {t}" for t in out[RELATES].get("types", ())), *(f"← {t}" for t in into[RELATES].get("types", ()))),
        (*out[HOLDS].get("roles", ()), *into[HOLDS].get("roles", ())), proof(graph, node, other, there, back),
    )  # fmt: skip


def central(
    graph: nx.MultiDiGraph, *, by: str = "pagerank", since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = None,
) -> Listing[CentralAnswer]:  # fmt: skip
    """Who stands in the middle, by ``pagerank``, ``degree`` or ``betweenness``; who has no tie at all is left out.

    Ties are words about each other, deeds and offices, in whatever direction, counted as often as they are told.
    Raises `InputError` for another measure, and for a date or a topic that is none.
    """
    part = selected(graph, since=since, until=until, topic=topic)
    network = actor_network(part, shared_topics=False)
    ranked, around = most_central(network.edges(data="weight"), lambda node: actor_name(part, node), by)

    def answer(item: tuple[str, Measures]) -> CentralAnswer:
        closest = strongest_tie(around[item[0]], lambda node: actor_name(part, node))
        return central_answer(part, *item, closest, _proof(part, network, item[0], closest))

    return listing(ranked, limit, answer)


Weights = Mapping[str, Counter[str]]
"""How many ties each actor has with each other, in whatever direction."""


def most_central(
    ties: Iterable[Tie], name_of: Callable[[str], str], by: str
) -> tuple[list[tuple[str, Measures]], Weights]:
    """All who have a tie, with their measures, who stands most in the middle first; and who has how many ties with whom."""
    from portavoce.graph.measures import measures_of

    ties = [*ties]
    found = measures_of(ties, by=by)
    order = sorted(found, key=lambda node: (-getattr(found[node], by), -found[node].ties, name_of(node), node))
    return [(node, found[node]) for node in order], _weights(ties)


def strongest_tie(weights: Counter[str], name_of: Callable[[str], str]) -> str:
    """The other with whom somebody has most ties."""
    return min(weights, key=lambda other: (-weights[other], name_of(other), other))


def central_answer(graph: nx.MultiDiGraph, node: str, m: Measures, closest: str, line: RelationLine) -> CentralAnswer:
    """The answer for an actor with its measures, and the line that proves its strongest tie."""
    return CentralAnswer(
        local_id(node), actor_name(graph, node), graph.nodes[node]["actor_kind"], m.degree, m.ties,
        round(m.pagerank, 6), round(m.betweenness, 6), actor_name(graph, closest), line.evidence,
    )  # fmt: skip


def communities(
    graph: nx.MultiDiGraph, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = None,
) -> Listing[CommunityAnswer]:  # fmt: skip
    """Who belongs together by ties, the largest community first; the same for the same graph. Who stands alone is left out.

    Raises `InputError` for a date or a topic that is none.
    """
    part = selected(graph, since=since, until=until, topic=topic)
    network = actor_network(part, shared_topics=False)
    found = who_belongs_together(network.edges(data="weight"), lambda node: actor_name(part, node))

    def answer(community: Community) -> CommunityAnswer:
        said = [statement for node in community.foremost for statement in said_by(part, node)]
        return community_answer(part, community, main_topics(part, said), _proof(part, network, *community.strongest))

    return listing(found, limit, answer)


class Community(NamedTuple):
    """Who belongs together: how many, the best connected, the share of their ties that stays inside, and the strongest of these."""

    size: int
    foremost: tuple[str, ...]
    inside: float
    strongest: tuple[str, str]


def who_belongs_together(ties: Iterable[Tie], name_of: Callable[[str], str]) -> list[Community]:
    """The communities of two and more, the largest first."""
    from portavoce.graph.measures import communities_of

    ties = [*ties]
    weights = _weights(ties)
    return [_community({*members}, weights, name_of) for members in communities_of(ties) if len(members) > 1]


def _community(members: set[str], weights: Weights, name_of: Callable[[str], str]) -> Community:
    told = {node: weights[node].total() for node in members}
    pairs: Counter[tuple[str, str]] = Counter()
    for node in members:
        pairs.update({(node, other): n for other, n in weights[node].items() if other in members and node < other})
    ranked = sorted(members, key=lambda node: (-told[node], name_of(node), node))
    strongest = min(pairs, key=lambda pair: (-pairs[pair], pair))
    inside = round(2 * pairs.total() / sum(told.values()), 3)
    return Community(len(members), tuple(ranked[:NAMED]), inside, strongest)


def community_answer(
    graph: nx.MultiDiGraph, community: Community, topics: tuple[str, ...], line: RelationLine
) -> CommunityAnswer:
    """The answer for a community, with what its foremost speak about and the line that proves the strongest tie."""
    names = tuple(actor_name(graph, node) for node in community.foremost)
    return CommunityAnswer(community.size, names, topics, community.inside, line)


def _proof(graph: nx.MultiDiGraph, network: nx.MultiDiGraph, one: str, other: str) -> RelationLine:
    there, back = (network.get_edge_data(*pair) or {} for pair in ((one, other), (other, one)))
    return proof(graph, one, other, there, back)


def _weights(ties: Iterable[Tie]) -> Weights:
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    for one, other, weight in ties:
        weights[one][other] += weight
        weights[other][one] += weight
    return weights
