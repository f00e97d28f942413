"""Who and what is in a graph: actors and topics with their counts."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from portavoce.graph.query.answers import ActorAnswer, Because, TopicAnswer, actor_name
from portavoce.graph.query.relations import deeds
from portavoce.graph.resolve.offices import country_in
from portavoce.graph.schema import (
    ABOUT,
    ACTOR,
    APPEARS,
    ARTICLE,
    HOLDS,
    MENTIONS,
    SAYS,
    STATEMENT,
    TOPIC,
    article_of,
    edges_from,
    edges_to,
    local_id,
    nodes_of,
    speakers_of,
    utterance_of,
)


def actors(graph: nx.MultiDiGraph) -> list[ActorAnswer]:
    """All actors, those with most statements first, then those most mentioned."""
    return sorted((_actor(graph, node) for node, _ in nodes_of(graph, ACTOR)), key=_by_weight)


def topics(graph: nx.MultiDiGraph) -> list[TopicAnswer]:
    """All topics, those with most statements first."""
    found = [_topic(graph, node) for node, _ in nodes_of(graph, TOPIC)]
    return sorted(found, key=lambda t: (-t.statements, t.label, t.id))


def _by_weight(actor: ActorAnswer) -> tuple[int, int, str, str]:
    return -actor.statements, -actor.mentioned, actor.name, actor.id


def _actor(graph: nx.MultiDiGraph, node: str) -> ActorAnswer:
    a = graph.nodes[node]
    said = [statement for statement, _ in edges_from(graph, node, SAYS)]
    naming = [source for source, _ in edges_to(graph, node, MENTIONS)]
    articles = {article_of(graph, statement) for statement in said}
    articles |= {source for source in naming if graph.nodes[source]["kind"] == ARTICLE}
    return ActorAnswer(
        id=local_id(node), name=a["name"], names=a["names"], kind=a["actor_kind"], wikidata=a["wikidata"], of_country=a["of_country"],
        statements=len(said), utterances=len({utterance_of(graph, s) or s for s in said}), mentioned=sum(graph.nodes[source]["kind"] == STATEMENT for source in naming),
        articles=len(articles), roles=tuple(sorted(_roles(graph, node))),
        because=_because(graph, node), relations=len(deeds(graph, node)),
    )  # fmt: skip


def _roles(graph: nx.MultiDiGraph, node: str) -> set[str]:
    """The roles of an actor, each with its body where that is not the actor itself and the role's words do not name it."""
    out = set()
    for body, edge in edges_from(graph, node, HOLDS):
        name, role = actor_name(graph, body), edge["role"]
        out.add(role if body == node or name in role or name == country_in(role) else f"{role}, {name}")
    return out


def _because(graph: nx.MultiDiGraph, node: str) -> tuple[Because, ...]:
    """Why each name is this actor, the most frequent first; a name that is simply the actor's own needs no reason."""
    counts = Counter(
        (e["name"], e["rule"], e["score"]) for _, e in edges_from(graph, node, APPEARS) if e["rule"] != "name"
    )
    return tuple(
        Because(*told, articles) for told, articles in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _topic(graph: nx.MultiDiGraph, node: str) -> TopicAnswer:
    t = graph.nodes[node]
    on_it = [statement for statement, _ in edges_to(graph, node, ABOUT)]
    speakers = Counter(actor_name(graph, speaker) for s in on_it for speaker in speakers_of(graph, s))
    ranked = sorted(speakers, key=lambda name: (-speakers[name], name))
    return TopicAnswer(local_id(node), t["label"], t["scheme"], t["concept"], len(on_it), tuple(ranked))
