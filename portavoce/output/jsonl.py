"""The JSONL of records: articles rebuilt from a graph that carries their texts, and read back through `build_graph`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import networkx as nx
import orjson

from portavoce.errors import GraphFileError, RecordError
from portavoce.graph.build import build_graph
from portavoce.graph.judgements import Judgements
from portavoce.graph.places import form_at
from portavoce.graph.resolve import Gazetteer, bare_name
from portavoce.graph.schema import ABOUT, CATEGORY, PHRASE, edges_from, local_id
from portavoce.ids import actor_id, topic_id
from portavoce.output.terms import clean
from portavoce.records import Actor, ActorKind, Article, Mention, Relation, Role, Statement, TopicRef, kind_together

SURE_SPEAKER = 0.7
"""A statement's confidence from which on it carries the Wikidata id of its speaker. On 760 articles one of the 312 ids
of aligned statements is another speaker's with it; the actor of the graph has its id anyway."""

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


def read_jsonl(
    stream: BinaryIO, where: str, *, gazetteer: Gazetteer | None = None, judgements: Judgements | None = None
) -> nx.MultiDiGraph:
    """The graph of a file of records; raises `GraphFileError` naming the line that does not fit."""
    try:
        return build_graph(_records(stream, where), gazetteer=gazetteer, judgements=judgements)
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
    names = _Names(graph, node)
    statements = sorted((_statement(graph, s, names) for s in found), key=lambda s: (s.content, s.id))
    mentions = sorted(
        mention
        for _, actor, edge in graph.out_edges(node, data=True)
        if edge["kind"] == "mentions"
        for mention in names.mentions(actor, edge)
    )
    roles = [
        Role(actor_id=names.of(u, e.get("form")), role=e["role"], organization=e["organization"], evidence=span)
        for u, _, e in held
        for span in e["evidence"]
    ]
    relations = [
        Relation(
            source=names.of(u, e.get("source_form")), type=e["type"], target=names.of(v, e.get("target_form")), trigger=e["trigger"], evidence=span, modality=e["modality"],
            statement=local_id(e["statement"]) if e["statement"] else None,
        )
        for u, v, e in related
        for span in e["evidence"]
    ]  # fmt: skip
    actors = _actors_of(graph, node, found, held, related)
    together = {
        s.actor_id: Actor(s.actor_id, s.actor or "", s.actor_kind) for s in statements if s.actor_ids and s.actor_id
    }
    return Article(
        id=d["id"], text=d["text"], title=d.get("title"), language=d.get("language"), url=d.get("url"),
        published=d.get("published"), publisher=d.get("publisher"), statements=tuple(statements),
        actors=(*(entry for actor in actors for entry in names.entries(actor)), *together.values()), mentions=tuple(mentions),
        roles=tuple(sorted(roles, key=lambda r: (r.evidence, r.actor_id, r.role, r.organization or ""))),
        relations=tuple(sorted(relations, key=lambda r: (r.evidence, r.source, r.type, r.target, r.trigger))),
    )  # fmt: skip


class _Names:
    """How one article calls the actors of the graph; two names of one actor are told apart by their forms."""

    def __init__(self, graph: nx.MultiDiGraph, article: str) -> None:
        self.graph, self.article_id = graph, graph.nodes[article]["id"]
        self._of: dict[str, list[dict[str, Any]]] = {}
        for actor, _, edge in graph.in_edges(article, data=True):
            if edge["kind"] == "appears":
                self._of.setdefault(actor, []).append(edge)
        for edges in self._of.values():
            edges.sort(key=lambda edge: edge["form"])

    def entries(self, actor: str) -> list[Actor]:
        """The entries of an actor in the article's record: one for each form."""
        edges = self._of.get(actor)
        if not edges:
            return [_actor(self.graph, actor)]
        return [
            Actor(
                id=local_id(actor), name=e["name"], kind=e["actor_kind"], aliases=tuple(n for n in e["names"] if n != e["name"]),
                wikidata=e["wikidata"], of_country=e["of_country"], form=e["form"] if len(edges) > 1 else None,
            )
            for e in edges
        ]  # fmt: skip

    def of(self, actor: str, form: str | None) -> str:
        """The id by which the record refers to an actor: the corpus-wide one, unless that would leave the form open."""
        return form if form and len(self._of.get(actor, ())) > 1 else local_id(actor)

    def mentions(self, actor: str, edge: dict[str, Any]) -> Iterator[Mention]:
        """The mentions that an edge stands for."""
        if len(self._of.get(actor, ())) < 2:
            yield from (Mention(s.start, s.end, s.text, local_id(actor)) for s in edge["evidence"])
            return
        spans = {(s.start, s.end): s for s in edge["evidence"]}
        for place in edge["forms"]:
            form, start, end = form_at(place)
            yield Mention(start, end, spans[start, end].text, form)

    def speaker(self, actor: str, edge: dict[str, Any], name: str | None) -> tuple[str, ActorKind]:
        """The id and the kind of who says a statement; ``name`` is what the statement calls the speaker."""
        edges = self._of.get(actor, [])
        form = form_at(edge["forms"][0])[0] if edge.get("forms") else None
        own = next((e for e in edges if e["form"] == form), None)
        if own is None:
            return local_id(actor), self.graph.nodes[actor].get("actor_kind", "unknown")
        plain = len(edges) < 2 or (name is not None and bare_name(name) in {bare_name(n) for n in own["names"]})
        return local_id(actor) if plain else own["form"], own["actor_kind"]


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


def _statement(graph: nx.MultiDiGraph, node: str, names: _Names) -> Statement:
    d = graph.nodes[node]
    speaker = _Speaker.of(graph, node, names)
    return Statement(
        id=local_id(node), kind=d["quote_type"], content=d["content"], cue=d["cue"], cue_lemma=d["cue_lemma"],
        speaker=d["speaker"], actor=speaker.name, actor_id=speaker.id, actor_ids=speaker.ids,
        wikidata=_wikidata(graph, speaker.node, d), actor_kind=speaker.kind, about=d["about"],
        topics=tuple(_topics(graph, node, d)), category=d["category"],
        polarity=d["polarity"], certainty=d["certainty"], act=d["act"], tense=d["tense"],
        reported_by=local_id(d["reported_by"]) if d["reported_by"] is not None else None, rule=d["rule"],
        confidence=d["confidence"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who says a statement, as its record tells it; ``ids`` and no ``node`` where several say it together."""

    name: str | None
    id: str | None = None
    kind: ActorKind = "unknown"
    node: str | None = None
    ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, graph: nx.MultiDiGraph, statement: str, names: _Names) -> _Speaker:
        name = graph.nodes[statement]["actor"]
        said = [(u, edge) for u, _, edge in graph.in_edges(statement, data=True) if edge["kind"] == "says"]
        told = [(actor, *names.speaker(actor, edge, name)) for actor, edge in sorted(said, key=lambda pair: pair[0])]
        if len(told) < 2:
            return cls(name, *((told[0][1], told[0][2], told[0][0]) if told else ()))
        together = name or ", ".join(graph.nodes[actor]["name"] for actor, _, _ in told)
        id_ = actor_id(together, names.article_id)
        return cls(together, id_, kind_together(kind for _, _, kind in told), None, tuple(id_ for _, id_, _ in told))


def _wikidata(graph: nx.MultiDiGraph, speaker: str | None, d: dict[str, Any]) -> str | None:
    """The speaker's Wikidata id where it is sure enough that it is the speaker who says this."""
    if speaker is None or (d["confidence"] is not None and d["confidence"] < SURE_SPEAKER):
        return None
    found: str | None = graph.nodes[speaker].get("wikidata")
    return found


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
