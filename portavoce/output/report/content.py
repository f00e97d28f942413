"""What a report tells, gathered from the questions: nothing in it is markup, everything is bounded."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import networkx as nx

from portavoce.graph.project import actor_network
from portavoce.graph.query import actors, find_actor, neighbours, timeline
from portavoce.graph.query.answers import (
    ActorAnswer,
    Listing,
    Piece,
    RelationLine,
    StatementAnswer,
    actor_name,
    statement_answer,
)
from portavoce.graph.query.listing import actor_answer
from portavoce.graph.query.network import Neighbour
from portavoce.graph.query.relations import told_line
from portavoce.graph.query.selection import selected
from portavoce.graph.query.show import passage
from portavoce.graph.query.statements import in_order, published, said_by, without_copies
from portavoce.graph.query.timeline import Event
from portavoce.graph.schema import (
    ACTOR,
    ARTICLE,
    CATEGORY,
    MENTIONS,
    RELATES,
    ROLE,
    SAYS,
    STATEMENT,
    Attributes,
    actor_node,
    edges_from,
    edges_to,
    nodes_of,
    speakers_of,
    topics_of,
)
from portavoce.output.report.course import Course, course_of
from portavoce.output.report.picture import Picture, picture_of

AROUND = 200
"""Characters of the article shown before and behind a statement, at most: up to where its sentence begins and ends."""

_SENTENCE_END = re.compile(r"[.!?…][»”\"’')\]]*(?:\s+|$)")

LONGEST = 600
"""Characters of a piece of a passage, and of every other text but names."""

NAME = 120
"""Characters of names, titles and topics."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a report tells at most; ``statements`` are those of each speaker."""

    dots: int = 30
    speakers: int = 15
    topics: int = 20
    relations: int = 25
    events: int = 60
    statements: int = 8


@dataclass(frozen=True, slots=True)
class Card:
    """A statement in its passage, and how many articles report it.

    ``first`` says that the page shows it here first: what several say together stands with each of them.
    """

    statement: StatementAnswer
    passage: tuple[Piece, ...]
    articles: int
    first: bool = True


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with the first of ``total`` statements; ``anchor`` is its place in the page."""

    anchor: str
    name: str
    roles: tuple[str, ...]
    total: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic, how many statements are on it, their share of the most frequent topic's in percent, and who speaks on it."""

    label: str
    count: int
    percent: int
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a source does to a target, how often that is told by modality, and the first place that tells it."""

    source: str
    type: str
    target: str
    count: int
    modalities: tuple[tuple[str, int], ...]
    line: RelationLine


@dataclass(frozen=True, slots=True)
class Report:
    """All that a page tells, of a graph or of one ``actor``; ``anchors`` are the places of voices by actors' nodes."""

    conditions: tuple[str, ...]
    counts: tuple[tuple[int, str], ...]
    first: str | None
    last: str | None
    actor: ActorAnswer | None
    picture: Picture
    course: Course
    speakers: Listing[ActorAnswer]
    subjects: Listing[Subject]
    told: Listing[Told]
    neighbours: Listing[Neighbour]
    events: Listing[Event]
    voices: tuple[Voice, ...]
    others: Listing[Voice]
    anchors: dict[str, str]

    @property
    def cards(self) -> frozenset[str]:
        """The ids of the statements that the page shows."""
        return frozenset(card.statement.id for voice in (*self.voices, *self.others) for card in voice.cards)


def report_of(
    graph: nx.MultiDiGraph, *, actor: str | None = None, since: str | None = None, until: str | None = None,
    topic: str | None = None, limits: Limits,
) -> Report:  # fmt: skip
    """What a report tells of a graph, or of one actor in it; raises as the questions do."""
    node = actor_node(find_actor(graph, actor).id) if actor else None
    part = selected(graph, since=since, until=until, topic=topic)
    network = actor_network(part, shared_topics=False)
    statements = said_by(part, node) if node else [s for s, _ in nodes_of(part, STATEMENT)]
    days = [published(part, s) for s in statements]
    known = sorted(day for day in days if day)
    speakers = Listing[ActorAnswer]() if node else _speakers(part, limits.speakers)
    nodes = [node] if node else [actor_node(answer.id) for answer in speakers]
    voices = _told_once(
        _voice(part, n, said_by(part, n), f"v{k}", limits.statements) for k, n in enumerate(nodes, start=1)
    )
    return Report(
        conditions=tuple(f"{word} {value}" for word, value in (("since", since), ("until", until), ("on", topic)) if value),
        counts=tuple(_counts(part, node, statements)), first=known[0] if known else None, last=known[-1] if known else None,
        actor=_bounded(actor_answer(part, node)) if node else None,
        picture=picture_of(network, most=limits.dots, around=node),
        course=course_of(days), speakers=speakers, subjects=_subjects(part, statements, limits.topics),
        told=_told(part, node, limits.relations),
        neighbours=neighbours(part, node, limit=limits.dots) if node else Listing(),
        events=timeline(part, node, limit=limits.events) if node else Listing(),
        voices=voices, others=_others(part, node, limits) if node else Listing(),
        anchors=dict(zip(nodes, (voice.anchor for voice in voices), strict=True)),
    )  # fmt: skip


def _counts(graph: nx.MultiDiGraph, node: str | None, statements: list[str]) -> Iterator[tuple[int, str]]:
    if node is None:
        yield sum(1 for _ in nodes_of(graph, ARTICLE)), "article"
    yield len(statements), "statement"
    different = len(without_copies(graph, statements))
    if different < len(statements):
        yield different, "different statement"
    if node is None:
        yield sum(1 for n, _ in nodes_of(graph, ACTOR) if next(edges_from(graph, n, SAYS), None)), "speaker"


def _speakers(graph: nx.MultiDiGraph, limit: int) -> Listing[ActorAnswer]:
    """Those who speak, by their statements."""
    speaking = sum(1 for n, _ in nodes_of(graph, ACTOR) if next(edges_from(graph, n, SAYS), None))
    return Listing([_bounded(a) for a in actors(graph, limit=limit) if a.statements], speaking)


def _bounded(answer: ActorAnswer) -> ActorAnswer:
    return replace(answer, roles=tuple(cut(role, NAME) for role in answer.roles[:5]), names=answer.names[:8])


def _subjects(graph: nx.MultiDiGraph, statements: list[str], limit: int) -> Listing[Subject]:
    on: dict[str, list[str]] = defaultdict(list)
    for statement in statements:
        for topic in topics_of(graph, statement):
            if graph.nodes[topic]["scheme"] != CATEGORY:
                on[graph.nodes[topic]["label"]].append(statement)
    counts = {label: len(set(found)) for label, found in on.items()}
    ranked = sorted(counts, key=lambda label: (-counts[label], label))
    highest = counts[ranked[0]] if ranked else 1

    def subject(label: str) -> Subject:
        speakers = Counter(actor_name(graph, a) for s in set(on[label]) for a in speakers_of(graph, s))
        names = sorted(speakers, key=lambda name: (-speakers[name], name))
        return Subject(cut(label, NAME), counts[label], -(-100 * counts[label] // highest), tuple(names[:4]))

    return Listing(map(subject, ranked[:limit]), len(ranked))


def _told(graph: nx.MultiDiGraph, node: str | None, limit: int) -> Listing[Told]:
    """What actors do to each other, the most told first; offices are told beside their holders."""
    found: dict[tuple[str, str, str], list[Attributes]] = defaultdict(list)
    for source, target, edge in graph.edges(data=True):
        if edge["kind"] == RELATES and edge["type"] != ROLE and source != target and node in {None, source, target}:
            found[source, edge["type"], target].append(edge)

    def order(key: tuple[str, str, str]) -> tuple[object, ...]:
        source, type_, target = key
        return -len(found[key]), actor_name(graph, source), actor_name(graph, target), type_, key

    def told(key: tuple[str, str, str]) -> Told:
        source, type_, target = key
        edges = sorted(
            found[key], key=lambda e: (graph.nodes[e["article"]]["published"] or "9999", e["article"], e["evidence"])
        )
        modalities = Counter(edge["modality"] for edge in edges)
        line = told_line(graph, source, target, edges[0])
        return Told(line.source, type_, line.target, len(edges), tuple(sorted(modalities.items())), line)

    ranked = sorted(found, key=order)
    return Listing(map(told, ranked[:limit]), len(ranked))


def _others(graph: nx.MultiDiGraph, node: str, limits: Limits) -> Listing[Voice]:
    """Who says something that mentions an actor, by the number of such statements."""
    found: dict[str, list[str]] = defaultdict(list)
    for statement, _ in edges_to(graph, node, MENTIONS):
        speakers = speakers_of(graph, statement)
        for speaker in speakers if node not in speakers else ():
            found[speaker].append(statement)
    ranked = sorted(found, key=lambda n: (-len(found[n]), actor_name(graph, n), n))
    most = max(3, limits.statements // 8)
    voices = [_voice(graph, n, found[n], f"o{k}", most) for k, n in enumerate(ranked[: limits.speakers], start=1)]
    return Listing(_told_once(voices), len(ranked))


def _voice(graph: nx.MultiDiGraph, node: str, statements: Iterable[str], anchor: str, limit: int) -> Voice:
    different = in_order(graph, without_copies(graph, list(statements)))
    answer = _bounded(actor_answer(graph, node))
    return Voice(anchor, answer.name, answer.roles, len(different), tuple(_card(graph, s) for s in different[:limit]))


def _card(graph: nx.MultiDiGraph, node: str) -> Card:
    answer = statement_answer(graph, node)
    pieces = [replace(piece, text=cut(piece.text, LONGEST)) for piece in passage(graph, node, around=AROUND)]
    if pieces[0].part == "":
        pieces[0] = replace(pieces[0], text=_before(pieces[0].text))
    if pieces[-1].part == "":
        pieces[-1] = replace(pieces[-1], text=_behind(pieces[-1].text))
    return Card(replace(answer, about=answer.about[:4]), tuple(pieces), 1 + len(answer.copies))


def _before(text: str) -> str:
    """The beginning of a sentence that goes on behind a text, which is the end of what stands before."""
    ends = list(_SENTENCE_END.finditer(text))
    if ends:
        return text[ends[-1].end() :].lstrip()
    return f"… {text}" if len(text) >= AROUND else text


def _behind(text: str) -> str:
    """The end of the sentence that has begun before a text."""
    if end := _SENTENCE_END.search(text):
        return text[: end.end()].rstrip()
    return f"{text} …" if len(text) >= AROUND else text


def _told_once(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """The voices, of whose cards only the first of each statement is called the first."""
    seen: set[str] = set()
    out = []
    for voice in voices:
        cards = tuple(replace(card, first=card.statement.id not in seen) for card in voice.cards)
        seen.update(card.statement.id for card in cards)
        out.append(replace(voice, cards=cards))
    return tuple(out)


def cut(text: str, longest: int) -> str:
    """The text, or its beginning with an ellipsis where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
