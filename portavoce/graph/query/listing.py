"""Who and what is in a graph: actors and topics with their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portavoce.graph.query.answers import (
    ActorAnswer,
    Because,
    Evidence,
    Listing,
    TopicAnswer,
    actor_name,
    evidence_in,
    listing,
)
from portavoce.graph.query.relations import deeds
from portavoce.graph.query.selection import selected, topic_words
from portavoce.graph.query.spoken import most_frequent, subjects
from portavoce.graph.query.statements import in_order
from portavoce.graph.resolve.offices import country_in
from portavoce.graph.schema import (
    ABOUT,
    ACTOR,
    APPEARS,
    ARTICLE,
    HOLDS,
    MENTIONS,
    RELATES,
    SAYS,
    STATEMENT,
    TOPIC,
    Attributes,
    article_of,
    edges_from,
    edges_to,
    local_id,
    nodes_of,
    speakers_of,
    utterance_of,
)
from portavoce.ids import fold

if TYPE_CHECKING:
    import networkx as nx

SPEAKERS = 10
"""How many of those who speak on a topic are told."""


def actors(
    graph: nx.MultiDiGraph, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = None,
) -> Listing[ActorAnswer]:  # fmt: skip
    """All actors, those with most statements first, then those most mentioned.

    With ``since``, ``until`` (dates of articles) or ``topic`` only what meets them counts, and who has nothing of it is left
    out. Raises `InputError` for a date or a topic that is none.
    """
    part = selected(graph, since=since, until=until, topic=topic)
    found = []
    for node, a in nodes_of(part, ACTOR):
        said = sum(1 for _ in edges_from(part, node, SAYS))
        named = [source for source, _ in edges_to(part, node, MENTIONS)]
        mentioned = sum(part.nodes[source]["kind"] == STATEMENT for source in named)
        if part is graph or said or mentioned or (not topic and named) or next(_told_of(part, node), None):
            found.append((-said, -mentioned, a["name"], local_id(node), node))
    return listing(sorted(found), limit, lambda ranked: actor_answer(part, ranked[-1]))


def topics(
    graph: nx.MultiDiGraph, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = None,
) -> Listing[TopicAnswer]:  # fmt: skip
    """All topics, those with most statements first; ``topic`` holds words that must begin words of the label.

    Raises `InputError` for a date or a topic that is none.
    """
    part, words = selected(graph, since=since, until=until), topic_words(topic)
    found = [
        (-len(on_it), t["label"], local_id(node), node)
        for node, t in nodes_of(part, TOPIC)
        if (on_it := [s for s, _ in edges_to(part, node, ABOUT)]) and label_begins(words, t["label"])
    ]
    return listing(sorted(found), limit, lambda ranked: _topic(part, ranked[-1]))


def label_begins(words: list[str], label: str) -> bool:
    """Whether each word begins a word of a topic's label."""
    have = fold(label.replace("_", " ")).split()
    return all(any(h.startswith(w) for h in have) for w in words)


def actor_answer(graph: nx.MultiDiGraph, node: str) -> ActorAnswer:
    """The answer for one actor's node."""
    a = graph.nodes[node]
    said = [statement for statement, _ in edges_from(graph, node, SAYS)]
    naming = [source for source, _ in edges_to(graph, node, MENTIONS)]
    articles = {article_of(graph, statement) for statement in said}
    articles |= {source for source in naming if graph.nodes[source]["kind"] == ARTICLE}
    return ActorAnswer(
        id=local_id(node), name=a["name"], names=a["names"], kind=a["actor_kind"], wikidata=a["wikidata"], of_country=a["of_country"],
        statements=len(said), utterances=len({utterance_of(graph, s) or s for s in said}), mentioned=sum(graph.nodes[source]["kind"] == STATEMENT for source in naming),
        articles=len(articles), roles=tuple(sorted(_roles(graph, node))),
        because=_because(graph, node), relations=len(deeds(graph, node)), topics=main_topics(graph, said), evidence=first_place(graph, node),
    )  # fmt: skip


def main_topics(graph: nx.MultiDiGraph, statements: Iterable[str]) -> tuple[str, ...]:
    """The labels of the topics of most statements, without categories."""
    return most_frequent(topic for s in statements for topic in subjects(graph, s))


def _told_of(graph: nx.MultiDiGraph, actor: str) -> Iterator[Attributes]:
    """The deeds and offices in which an actor has a part."""
    for kind in (RELATES, HOLDS):
        yield from (edge for _, edge in edges_from(graph, actor, kind))
        yield from (edge for _, edge in edges_to(graph, actor, kind))


def first_place(graph: nx.MultiDiGraph, actor: str) -> Evidence | None:
    """The first place where an actor speaks, is named, or has a part in something, by the days of the articles."""
    places = [(article_of(graph, s), edge["evidence"]) for s, edge in edges_from(graph, actor, SAYS)]
    places += [(edge["article"], edge["evidence"]) for edge in _told_of(graph, actor)]
    places += [
        (source if graph.nodes[source]["kind"] == ARTICLE else article_of(graph, source), edge["evidence"])
        for source, edge in edges_to(graph, actor, MENTIONS)
    ]
    ranked = [
        (
            not spans,
            not (day := graph.nodes[article]["published"]),
            day or "",
            graph.nodes[article]["id"],
            spans[:1],
            article,
        )
        for article, spans in places
    ]
    if not ranked:
        return None
    *_, spans, article = min(ranked)
    return evidence_in(graph, article, spans)


def _roles(graph: nx.MultiDiGraph, node: str) -> set[str]:
    return {office_words(graph, node, body, edge["role"]) for body, edge in edges_from(graph, node, HOLDS)}


def office_words(graph: nx.MultiDiGraph, holder: str, body: str, role: str) -> str:
    """A role with its body where that is not the holder itself and the role's words do not name it."""
    return role_words(role, actor_name(graph, body), own=body == holder)


def role_words(role: str, body: str, *, own: bool) -> str:
    """A role with the name of its body where that is not the holder's ``own`` and the role's words do not name it."""
    return role if own or body in role or body == country_in(role) else f"{role}, {body}"


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
    counts = Counter(speaker for s in on_it for speaker in speakers_of(graph, s))
    speakers = sorted((-count, actor_name(graph, speaker), speaker) for speaker, count in counts.items())
    first = in_order(graph, on_it)[0]
    return TopicAnswer(
        local_id(node), t["label"], t["scheme"], t["concept"], len(on_it), tuple(name for _, name, _ in speakers[:SPEAKERS]),
        len(speakers), evidence_in(graph, article_of(graph, first), graph.nodes[first]["content"]),
    )  # fmt: skip
