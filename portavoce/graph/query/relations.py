"""What stands between two actors: their words about each other, roles, deeds, common topics, and others between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from portavoce.graph.query.answers import (
    Between,
    RelationLine,
    RelationsAnswer,
    actor_name,
    evidence_in,
    statement_answer,
)
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.outline import (
    Outline,
    Told,
    deeds_counted,
    in_the_middle,
    mentions_counted,
    totals,
)
from portavoce.graph.query.selection import selected
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

if TYPE_CHECKING:
    import networkx as nx


def relations(
    graph: nx.MultiDiGraph, a: str, b: str | None = None, *, types: Collection[str] = (), since: str | None = None,
    until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> RelationsAnswer:  # fmt: skip
    """What stands between two actors, or between one and all others when ``b`` is None, each line with its evidence.

    In this order: what each says of the other, deeds and roles told of them, statements of others that mention both, and
    topics on which both speak. ``types`` leaves only relations of these types; ``since``, ``until`` and ``topic`` what meets
    them. ``limit`` holds for each kind of lines, and for those who stand between.
    Raises `UnknownNameError` for an actor that the graph does not hold, `InputError` for a date or a topic that is none.
    """
    one = actor_node(find_actor(graph, a).id)
    other = actor_node(find_actor(graph, b).id) if b is not None else None
    part = selected(graph, since=since, until=until, topic=topic)
    told = _told(part, one, other)
    acts = [found for found in told if found[2]["kind"] == RELATES and (not types or found[2]["type"] in types)]
    done = deeds_counted(
        (actor_name(part, source), edge["type"], edge["modality"], actor_name(part, target))
        for source, target, edge in acts
    )
    if types:
        only = Outline(one=one, other=other, acts=acts[:limit], deeds=done, totals=totals(relation=len(acts)))
        return relations_answer(part, only)
    roles = [found for found in told if found[2]["kind"] == HOLDS]
    said = _said(part, one, other)
    both = _naming_both(part, one, other)
    together = in_order(part, [s for s in both if not {one, other}.intersection(speakers_of(part, s))])
    common = _common_topics(part, one, other)
    outline = Outline(
        one=one, other=other, said=said[:limit], acts=acts[:limit], roles=roles[:limit], together=together[:limit],
        topics=[(t, _first_on(part, t, one), _first_on(part, t, other)) for t in common[:limit] if other],
        mentions=mentions_counted((actor_name(part, source), actor_name(part, target)) for _, source, target in said),
        common_topics=tuple(part.nodes[t]["label"] for t in common), deeds=done,
        between=tuple(_between(part, one, other)[:limit]) if other else (),
        totals=totals(says=len(said), relation=len(acts), role=len(roles), together=len(together), topic=len(common)),
    )  # fmt: skip
    return relations_answer(part, outline)


def relations_answer(graph: nx.MultiDiGraph, outline: Outline) -> RelationsAnswer:
    """The answer that an outline comes to; the graph need not hold more than what it tells."""
    one, other = outline.one, outline.other
    lines = [says_line(graph, *found) for found in outline.said]
    lines += [told_line(graph, *found) for found in (*outline.acts, *outline.roles)]
    if other is not None:
        lines += [_together_line(graph, statement, one, other) for statement in outline.together]
        for topic, first, second in outline.topics:
            lines += [
                _topic_line(graph, topic, first, one, other),
                _topic_line(graph, topic, second, other, one),
            ]
    return RelationsAnswer(
        actor_name(graph, one), actor_name(graph, other) if other is not None else None, outline.mentions,
        outline.common_topics, tuple(lines), outline.deeds, outline.between, outline.totals,
    )  # fmt: skip


def says_line(graph: nx.MultiDiGraph, statement: str, source: str, target: str) -> RelationLine:
    """The line for a statement of one actor that mentions another."""
    answer = statement_answer(graph, statement)
    what = answer.cue or answer.kind
    return RelationLine(
        "says", actor_name(graph, source), actor_name(graph, target), what, answer.text, answer.about, answer.id, answer.evidence,
        polarity=answer.polarity,
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


def ties(graph: nx.MultiDiGraph, actor: str) -> Counter[str]:
    """The other actors with whom an actor has to do, and in how many ways: words about each other, deeds and roles."""
    counts: Counter[str] = Counter()
    for statement, _ in edges_from(graph, actor, SAYS):
        counts.update(mentioned for mentioned, _ in edges_from(graph, statement, MENTIONS))
    for source, _ in edges_to(graph, actor, MENTIONS):
        counts.update(speakers_of(graph, source))
    counts.update(target if source == actor else source for source, target, _ in deeds(graph, actor))
    counts.update(body for body, _ in edges_from(graph, actor, HOLDS))
    counts.update(holder for holder, _ in edges_to(graph, actor, HOLDS))
    del counts[actor]
    return counts


def _between(graph: nx.MultiDiGraph, one: str, other: str) -> list[Between]:
    with_one, with_other = ties(graph, one), ties(graph, other)
    both = Counter(speaker for s in _naming_both(graph, one, other) for speaker in speakers_of(graph, s))
    return in_the_middle(
        Between(local_id(node), actor_name(graph, node), with_one[node], with_other[node], both[node])
        for node in with_one.keys() & with_other.keys()
        if node not in {one, other}
    )


def _naming_both(graph: nx.MultiDiGraph, one: str, other: str | None) -> list[str]:
    """The statements that mention both; none where there is no other."""
    if other is None:
        return []
    both = {s for s, _ in edges_to(graph, one, MENTIONS)} & {s for s, _ in edges_to(graph, other, MENTIONS)}
    return [s for s in both if graph.nodes[s]["kind"] == STATEMENT]


def _said(graph: nx.MultiDiGraph, one: str, other: str | None) -> list[tuple[str, str, str]]:
    """The statements of one that mention the other, and the other way round, with who speaks and who is mentioned."""
    found: dict[str, list[tuple[str, str]]] = {}
    for statement, _ in edges_from(graph, one, SAYS):
        for mentioned, _ in edges_from(graph, statement, MENTIONS):
            if mentioned != one and other in {None, mentioned}:
                found.setdefault(statement, []).append((one, mentioned))
    for statement, _ in edges_to(graph, one, MENTIONS):
        for speaker in speakers_of(graph, statement):
            if speaker != one and other in {None, speaker}:
                found.setdefault(statement, []).append((speaker, one))
    return [(s, source, target) for s in in_order(graph, list(found)) for source, target in sorted(found[s])]


def _told(graph: nx.MultiDiGraph, one: str, other: str | None) -> list[Told]:
    """The deeds and roles that stand between them, by the days of their articles."""
    edges = deeds(graph, one)
    edges += [(one, target, edge) for target, edge in edges_from(graph, one, HOLDS)]
    edges += [(s, one, edge) for s, edge in edges_to(graph, one, HOLDS) if s != one]

    def order(told: Told) -> tuple[object, ...]:
        source, target, edge = told
        article = graph.nodes[edge["article"]]
        day = article["published"]
        return not day, day or "", article["id"], edge["evidence"], source, edge.get("type", ""), target

    return sorted([(s, t, edge) for s, t, edge in edges if other is None or other in {s, t}], key=order)


def _together_line(graph: nx.MultiDiGraph, statement: str, one: str, other: str) -> RelationLine:
    answer = statement_answer(graph, statement)
    return RelationLine(
        "together", actor_name(graph, one), actor_name(graph, other), answer.speaker or "", answer.text, answer.about, answer.id,
        answer.evidence, polarity=answer.polarity,
    )  # fmt: skip


def _common_topics(graph: nx.MultiDiGraph, one: str, other: str | None) -> list[str]:
    if other is None:
        return []
    first, second = (
        {t for s, _ in edges_from(graph, actor, SAYS) for t in topics_of(graph, s)} for actor in (one, other)
    )
    shared = [t for t in first & second if graph.nodes[t]["scheme"] != CATEGORY]
    return sorted(shared, key=lambda t: (graph.nodes[t]["label"], t))


def _first_on(graph: nx.MultiDiGraph, topic: str, actor: str) -> str:
    """The first statement of an actor on a topic."""
    on_it = {s for s, _ in edges_to(graph, topic, ABOUT)}
    return in_order(graph, [s for s, _ in edges_from(graph, actor, SAYS) if s in on_it])[0]


def _topic_line(graph: nx.MultiDiGraph, topic: str, statement: str, source: str, target: str) -> RelationLine:
    answer = statement_answer(graph, statement)
    return RelationLine(
        "topic", actor_name(graph, source), actor_name(graph, target), graph.nodes[topic]["label"], answer.text, answer.about,
        answer.id, answer.evidence, polarity=answer.polarity,
    )  # fmt: skip
