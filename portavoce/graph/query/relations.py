"""What stands between two actors: their words about each other, roles, deeds, and common topics."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import networkx as nx

from portavoce.graph.query.answers import RelationLine, RelationsAnswer, actor_name, evidence_in, statement_answer
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.statements import in_order
from portavoce.graph.schema import (
    ABOUT,
    CATEGORY,
    HOLDS,
    MENTIONS,
    RELATES,
    ROLE,
    SAYS,
    STATEMENT,
    Attributes,
    actor_node,
    edges_from,
    edges_to,
    local_id,
    speakers_of,
    topics_of,
)


def relations(graph: nx.MultiDiGraph, a: str, b: str | None = None, *, types: Collection[str] = ()) -> RelationsAnswer:
    """What stands between two actors, or between one and all others when ``b`` is None, each line with its evidence.

    In this order: what each says of the other, deeds and roles told of them, statements of others that mention both, and
    topics on which both speak. ``types`` leaves only relations of these types. Raises `UnknownNameError` for an actor that the graph does not hold.
    """
    one = actor_node(find_actor(graph, a).id)
    other = actor_node(find_actor(graph, b).id) if b is not None else None
    if types:
        told = [
            line for line in _told(graph, one, other) if line.kind == "relation" and line.what.split(" ", 1)[0] in types
        ]
        return RelationsAnswer(
            actor_name(graph, one), actor_name(graph, other) if other else None, (), (), tuple(told)
        )  # fmt: skip
    lines = [
        *_says(graph, one, other), *_told(graph, one, other), *(_together(graph, one, other) if other else ()),
        *(_on_common_topics(graph, one, other) if other else ()),
    ]  # fmt: skip
    common = _common_topics(graph, one, other) if other else []
    return RelationsAnswer(
        a=actor_name(graph, one),
        b=actor_name(graph, other) if other else None,
        mentions=_counts(lines),
        common_topics=tuple(graph.nodes[topic]["label"] for topic in common),
        lines=tuple(lines),
    )


def says_line(graph: nx.MultiDiGraph, statement: str, source: str, target: str) -> RelationLine:
    """The line for a statement of one actor that mentions another."""
    answer = statement_answer(graph, statement)
    what = answer.cue or answer.kind
    return RelationLine(
        "says", actor_name(graph, source), actor_name(graph, target), what, answer.text, answer.about, answer.id, answer.evidence
    )  # fmt: skip


def told_line(graph: nx.MultiDiGraph, source: str, target: str, edge: Attributes) -> RelationLine:
    """The line for a role or a relation that an article tells of two actors."""
    evidence = evidence_in(graph, edge["article"], edge["evidence"])
    text = " ".join(span.text for span in edge["evidence"])
    names = actor_name(graph, source), actor_name(graph, target)
    if edge["kind"] == HOLDS:
        return RelationLine("role", *names, edge["role"], text, (), None, evidence)
    what = edge["type"] if edge["modality"] == "actual" else f"{edge['type']} ({edge['modality']})"
    statement = local_id(edge["statement"]) if edge["statement"] else None
    return RelationLine(
        "relation", *names, what, text, (), statement, evidence, edge["modality"], edge["trigger"].text if edge["trigger"] else None
    )  # fmt: skip


def deeds(graph: nx.MultiDiGraph, actor: str) -> list[tuple[str, str, Attributes]]:
    """The relations in which an actor stands; an office stands for the relation that says the same of it."""
    edges = [(actor, target, edge) for target, edge in edges_from(graph, actor, RELATES)]
    edges += [(source, actor, edge) for source, edge in edges_to(graph, actor, RELATES) if source != actor]
    offices = {(actor, body) for body, _ in edges_from(graph, actor, HOLDS)}
    offices |= {(holder, actor) for holder, _ in edges_to(graph, actor, HOLDS)}
    return [(s, t, edge) for s, t, edge in edges if edge["type"] != ROLE or (s, t) not in offices]


def reported_in(graph: nx.MultiDiGraph, statement: str) -> tuple[RelationLine, ...]:
    """The lines of the relations that a statement reports."""
    told = [
        (source, target, edge)
        for source, target, edge in graph.edges(data=True)
        if edge["kind"] == RELATES and edge["statement"] == statement
    ]
    lines = [told_line(graph, *relation) for relation in told]
    return tuple(sorted(lines, key=lambda line: (line.evidence.spans, line.source, line.what, line.target)))


def _says(graph: nx.MultiDiGraph, one: str, other: str | None) -> Iterator[RelationLine]:
    found: dict[str, list[tuple[str, str]]] = {}
    for statement, _ in edges_from(graph, one, SAYS):
        for mentioned, _ in edges_from(graph, statement, MENTIONS):
            if mentioned != one and other in {None, mentioned}:
                found.setdefault(statement, []).append((one, mentioned))
    for statement, _ in edges_to(graph, one, MENTIONS):
        for speaker in speakers_of(graph, statement):
            if speaker != one and other in {None, speaker}:
                found.setdefault(statement, []).append((speaker, one))
    for statement in in_order(graph, list(found)):
        for source, target in sorted(found[statement]):
            yield says_line(graph, statement, source, target)


def _told(graph: nx.MultiDiGraph, one: str, other: str | None) -> list[RelationLine]:
    edges = deeds(graph, one)
    edges += [(one, target, edge) for target, edge in edges_from(graph, one, HOLDS)]
    edges += [(s, one, edge) for s, edge in edges_to(graph, one, HOLDS) if s != one]
    chosen = [told_line(graph, s, t, edge) for s, t, edge in edges if other is None or other in {s, t}]
    return sorted(
        chosen, key=lambda line: (line.kind, line.evidence.article, line.evidence.spans, line.source, line.what)
    )


def _together(graph: nx.MultiDiGraph, one: str, other: str) -> Iterator[RelationLine]:
    both = {s for s, _ in edges_to(graph, one, MENTIONS)} & {s for s, _ in edges_to(graph, other, MENTIONS)}
    statements = [
        s for s in both
        if graph.nodes[s]["kind"] == STATEMENT and not {one, other}.intersection(speakers_of(graph, s))
    ]  # fmt: skip
    for statement in in_order(graph, statements):
        answer = statement_answer(graph, statement)
        yield RelationLine(
            "together", actor_name(graph, one), actor_name(graph, other), answer.speaker or "", answer.text, answer.about, answer.id,
            answer.evidence,
        )  # fmt: skip


def _common_topics(graph: nx.MultiDiGraph, one: str, other: str) -> list[str]:
    first, second = (
        {t for s, _ in edges_from(graph, actor, SAYS) for t in topics_of(graph, s)} for actor in (one, other)
    )
    shared = [t for t in first & second if graph.nodes[t]["scheme"] != CATEGORY]
    return sorted(shared, key=lambda t: (graph.nodes[t]["label"], t))


def _on_common_topics(graph: nx.MultiDiGraph, one: str, other: str) -> Iterator[RelationLine]:
    for topic in _common_topics(graph, one, other):
        on_it = {s for s, _ in edges_to(graph, topic, ABOUT)}
        for source, target in ((one, other), (other, one)):
            first = in_order(graph, [s for s, _ in edges_from(graph, source, SAYS) if s in on_it])[0]
            answer = statement_answer(graph, first)
            label = graph.nodes[topic]["label"]
            yield RelationLine(
                "topic", actor_name(graph, source), actor_name(graph, target), label, answer.text, answer.about, answer.id,
                answer.evidence,
            )  # fmt: skip


def _counts(lines: list[RelationLine]) -> tuple[tuple[str, str, int], ...]:
    counts: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.kind == "says":
            counts[line.source, line.target] = counts.get((line.source, line.target), 0) + 1
    return tuple((source, target, n) for (source, target), n in sorted(counts.items(), key=lambda c: (-c[1], c[0])))
