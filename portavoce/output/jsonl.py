"""The JSONL of records: articles rebuilt from a graph that carries their texts, and read back through `build_graph`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import networkx as nx
import orjson

from portavoce.errors import GraphFileError, RecordError
from portavoce.graph.build import build_graph
from portavoce.graph.schema import ABOUT, CATEGORY, PHRASE, edges_from, local_id
from portavoce.ids import topic_id
from portavoce.output.terms import clean
from portavoce.records import Actor, Article, Mention, Relation, Role, Statement, TopicRef

_NO_SCHEME = "thesaurus"  # `build_graph`'s name for the scheme of a concept whose id names none


def jsonl(graph: nx.MultiDiGraph) -> Iterator[bytes]:
    """One record a line, by article id; raises `GraphFileError` when the graph carries no article texts."""
    for article in records_of(graph):
        yield orjson.dumps(_clean(article.to_json()), option=orjson.OPT_APPEND_NEWLINE)


def records_of(graph: nx.MultiDiGraph) -> Iterator[Article]:
    """The articles of the graph with all that was found in them, as records that build the same graph again."""
    articles = sorted((d["id"], node) for node, d in graph.nodes(data=True) if d.get("kind") == "article")
    for _, node in articles:
        if graph.nodes[node].get("text") is None:
            raise GraphFileError(
                "a Turtle file holds no article text, and records cannot be without: "
                "export from the .jsonl, or build from the articles again"
            )
    held: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    related: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for u, v, edge in graph.edges(data=True):
        if edge["kind"] == "holds":
            held.setdefault(edge["article"], []).append((u, v, edge))
        elif edge["kind"] == "relates":
            related.setdefault(edge["article"], []).append((u, v, edge))
    for _, node in articles:
        yield _record(graph, node, held.get(node, []), related.get(node, []))


def read_jsonl(stream: BinaryIO, where: str) -> nx.MultiDiGraph:
    """The graph of a file of records; raises `GraphFileError` naming the line that does not fit."""
    try:
        return build_graph(_records(stream, where))
    except RecordError as error:  # one id with two texts, an actor that is not there
        raise GraphFileError(f"{where}: {error}") from error


def _records(stream: BinaryIO, where: str) -> Iterator[Article]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            yield Article.from_json(orjson.loads(line))
        except (orjson.JSONDecodeError, RecordError) as error:
            raise GraphFileError(f"{where}, line {number}: {error}") from error


def _record(
    graph: nx.MultiDiGraph,
    node: str,
    held: list[tuple[str, str, dict[str, Any]]],
    related: list[tuple[str, str, dict[str, Any]]],
) -> Article:
    d = graph.nodes[node]
    found = [u for u, _, kind in graph.in_edges(node, data="kind") if kind == "in"]
    statements = sorted((_statement(graph, s) for s in found), key=lambda s: (s.content, s.id))
    mentions = sorted(
        Mention(span.start, span.end, span.text, local_id(actor))
        for _, actor, edge in graph.out_edges(node, data=True)
        if edge["kind"] == "mentions"
        for span in edge["evidence"]
    )
    roles = [
        Role(actor_id=local_id(u), role=e["role"], organization=e["organization"], evidence=span)
        for u, _, e in held
        for span in e["evidence"]
    ]
    relations = [
        Relation(
            source=local_id(u), type=e["type"], target=local_id(v), trigger=e["trigger"], evidence=span, modality=e["modality"],
            statement=local_id(e["statement"]) if e["statement"] else None,
        )
        for u, v, e in related
        for span in e["evidence"]
    ]  # fmt: skip
    actors = _actors_of(graph, node, found, held, related)
    return Article(
        id=d["id"], text=d["text"], title=d.get("title"), language=d.get("language"), url=d.get("url"),
        published=d.get("published"), publisher=d.get("publisher"), statements=tuple(statements),
        actors=tuple(_actor(graph, actor) for actor in actors), mentions=tuple(mentions),
        roles=tuple(sorted(roles, key=lambda r: (r.evidence, r.actor_id, r.role, r.organization or ""))),
        relations=tuple(sorted(relations, key=lambda r: (r.evidence, r.source, r.type, r.target, r.trigger))),
    )  # fmt: skip


def _actors_of(
    graph: nx.MultiDiGraph,
    node: str,
    statements: list[str],
    held: list[tuple[str, str, dict[str, Any]]],
    related: list[tuple[str, str, dict[str, Any]]],
) -> list[str]:
    """The actors of an article: who speaks in it, who is mentioned, who holds a role, who does something to whom.

    Organisations of roles come first: a role names its organisation by words, which mean the first actor that has them.
    """
    bodies = {v for _, v, _ in held}
    actors = {actor for u, v, _ in (*held, *related) for actor in (u, v)}
    for place in (node, *statements):
        actors.update(v for _, v, kind in graph.out_edges(place, data="kind") if kind == "mentions")
        actors.update(u for u, _, kind in graph.in_edges(place, data="kind") if kind == "says")
    return sorted(actors, key=lambda actor: (actor not in bodies, actor))


def _statement(graph: nx.MultiDiGraph, node: str) -> Statement:
    d = graph.nodes[node]
    speaker = min((u for u, _, kind in graph.in_edges(node, data="kind") if kind == "says"), default=None)
    who = graph.nodes[speaker] if speaker is not None else {}
    return Statement(
        id=local_id(node), kind=d["quote_type"], content=d["content"], cue=d["cue"], cue_lemma=d["cue_lemma"],
        speaker=d["speaker"], actor=d["actor"], actor_id=local_id(speaker) if speaker is not None else None,
        wikidata=who.get("wikidata"), actor_kind=who.get("actor_kind", "unknown"), about=d["about"],
        topics=tuple(_topics(graph, node, d)), category=d["category"],
        polarity=d["polarity"], certainty=d["certainty"], act=d["act"], tense=d["tense"],
        reported_by=local_id(d["reported_by"]) if d["reported_by"] is not None else None, rule=d["rule"],
        confidence=d["confidence"],
    )  # fmt: skip


def _topics(graph: nx.MultiDiGraph, node: str, d: dict[str, Any]) -> list[TopicRef]:
    """The thesaurus's concepts in their ranks, which count on from the phrases; one named twice fills two ranks."""
    phrases = [phrase for phrase in d["about"] if phrase.strip()]
    own = {topic_id(phrase, PHRASE) for phrase in phrases} | {topic_id(d["category"] or "", CATEGORY)}
    ranked = sorted((edge["rank"], topic) for topic, edge in edges_from(graph, node, ABOUT))
    topics: list[TopicRef] = []
    for rank, topic in ranked:
        label, scheme, concept = (graph.nodes[topic][name] for name in ("label", "scheme", "concept"))
        topics.extend(topics[-1:] * (rank - len(phrases) - len(topics)))
        if local_id(topic) not in own:
            local = local_id(topic) if scheme == _NO_SCHEME else f"{scheme}:{local_id(topic)}"
            topics.append(TopicRef(concept or local, label))
    return topics


def _actor(graph: nx.MultiDiGraph, node: str) -> Actor:
    d = graph.nodes[node]
    return Actor(
        id=local_id(node), name=d["name"], kind=d["actor_kind"], aliases=tuple(n for n in d["names"] if n != d["name"]),
        wikidata=d["wikidata"], of_country=d["of_country"],
    )  # fmt: skip


def _clean(value: Any) -> Any:
    """The JSON value with U+FFFD for unpaired surrogates, which orjson refuses."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _clean(v) for key, v in value.items()}
    return [_clean(v) for v in value] if isinstance(value, list) else value
