"""The course of an actor in time: words, deeds and offices, what is said of it, and how its line changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from portavoce.graph.query.answers import (
    Answer,
    Evidence,
    Listing,
    StatementAnswer,
    actor_name,
    listing,
    statement_answer,
)
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.relations import deeds, told_line
from portavoce.graph.query.selection import selected
from portavoce.graph.query.spoken import Spoken, Topic, spoken
from portavoce.graph.query.statements import said_by, without_copies
from portavoce.graph.schema import (
    HOLDS,
    MENTIONS,
    STATEMENT,
    Attributes,
    actor_node,
    article_of,
    edges_from,
    edges_to,
    speakers_of,
)

if TYPE_CHECKING:
    import networkx as nx

COMPARED = ("polarity", "act", "certainty", "tense")
"""What of a statement is compared with the one before."""


@dataclass(frozen=True, slots=True)
class Event(Answer):
    """Something on a day: ``says`` (the actor speaks), ``named`` (somebody says something that mentions it), ``deed``, ``role``.

    ``actors`` are who speaks or does it and whom it concerns; ``articles`` counts the articles that report the same words.
    """

    date: str | None
    kind: Literal["says", "named", "deed", "role"]
    actors: tuple[str, ...]
    what: str
    text: str
    topics: tuple[str, ...]
    polarity: str | None
    statement: str | None
    articles: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Change(Answer):
    """What differs between a statement and an earlier one: polarity, act, certainty or tense, before and after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeAnswer(Answer):
    """A statement in the order of time, and how it differs from the latest earlier one on one of the same topics.

    ``compared`` is the id of that earlier statement, None where there is none, and ``on`` the topics that both share. ``turn``
    says that what was denied is asserted now, or the other way round.
    """

    statement: StatementAnswer
    compared: str | None
    on: tuple[str, ...]
    changes: tuple[Change, ...]
    turn: bool


def timeline(
    graph: nx.MultiDiGraph, actor: str, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = None,
) -> Listing[Event]:  # fmt: skip
    """What an actor says and does, which offices it holds, and what others say that names it, by date (none last), article and place.

    What several articles report as said once is one event. Raises `UnknownNameError` for an actor that the graph does not
    hold, `InputError` for a date or a topic that is none.
    """
    node = actor_node(find_actor(graph, actor).id)
    part = selected(graph, since=since, until=until, topic=topic)
    said = without_copies(part, said_by(part, node))
    named = [s for s, _ in edges_to(part, node, MENTIONS) if part.nodes[s]["kind"] == STATEMENT]
    others = without_copies(part, [s for s in named if node not in speakers_of(part, s)])
    told = deeds(part, node) + [(node, body, edge) for body, edge in edges_from(part, node, HOLDS)]
    told += [(holder, node, edge) for holder, edge in edges_to(part, node, HOLDS) if holder != node]
    places = [
        _Placed(_place(part, article_of(part, s), part.nodes[s]["content"][0].start, s), statement=s)
        for s in (*said, *others)
    ]
    for source, target, edge in told:
        ends = (source, target, edge.get("type") or edge["role"])
        places.append(_Placed(_place(part, edge["article"], edge["evidence"][0].start, *ends), (source, target, edge)))

    def event(placed: _Placed) -> Event:
        return _told_event(part, *placed.told) if placed.told else _statement_event(part, placed.statement, node)

    return listing(sorted(places, key=lambda placed: placed.order), limit, event)


class Pair(NamedTuple):
    """A statement, the earlier one that it is compared with, and the labels of the topics that both share."""

    statement: str
    earlier: str | None
    on: tuple[str, ...]


class _Placed(NamedTuple):
    order: tuple[object, ...]
    told: tuple[str, str, Attributes] | None = None
    statement: str = ""


def _place(graph: nx.MultiDiGraph, article: str, start: int, *names: str) -> tuple[object, ...]:
    a = graph.nodes[article]
    return not a["published"], a["published"] or "", a["id"], start, *names


def _statement_event(graph: nx.MultiDiGraph, statement: str, actor: str) -> Event:
    s = statement_answer(graph, statement)
    kind: Literal["says", "named"] = "says" if actor in speakers_of(graph, statement) else "named"
    actors = (s.speaker or "", *((actor_name(graph, actor),) if kind == "named" else ()))
    return Event(
        s.evidence.published, kind, actors, s.cue or s.kind, s.text, s.about, s.polarity, s.id, 1 + len(s.copies), s.evidence
    )  # fmt: skip


def _told_event(graph: nx.MultiDiGraph, source: str, target: str, edge: Attributes) -> Event:
    line = told_line(graph, source, target, edge)
    actors = (line.source,) if source == target else (line.source, line.target)
    what = line.what if line.trigger is None else f"{line.what}, {line.trigger}"
    kind: Literal["deed", "role"] = "role" if line.kind == "role" else "deed"
    return Event(line.evidence.published, kind, actors, what, line.text, (), None, line.statement, 1, line.evidence)


def changes(
    graph: nx.MultiDiGraph, actor: str, *, topic: str | None = None, since: str | None = None, until: str | None = None,
    limit: int | None = None,
) -> Listing[ChangeAnswer]:  # fmt: skip
    """The statements of an actor in the order of time, each with what differs from the latest earlier one on the same topic.

    Two statements are on the same topic when they share a phrase or a concept; where the question has a ``topic``, the latest
    earlier statement is taken when none shares one. Without a topic only statements are told that have such a predecessor or
    successor. What several articles report as said once counts once. Raises `UnknownNameError` for an actor that the
    graph does not hold, `InputError` for a date or a topic that is none.
    """
    node = actor_node(find_actor(graph, actor).id)
    part = selected(graph, since=since, until=until, topic=topic)
    pairs = compared(spoken(part, node), always=topic is not None)
    return listing(pairs, limit, lambda pair: change_answer(part, pair))


def compared(said: list[Spoken], *, always: bool) -> list[Pair]:
    """What is said with the latest earlier statement on one of the same topics.

    Where none is, ``always`` takes the latest earlier one; else only statements are there that are compared with another.
    """
    latest: dict[Topic, int] = {}
    pairs = []
    for n, this in enumerate(said):
        before = max((latest[topic] for topic in this.topics if topic in latest), default=None)
        on = tuple(topic.label for topic in this.topics if before is not None and latest.get(topic) == before)
        if before is None and always and n:
            before = n - 1
        pairs.append(Pair(this.node, None if before is None else said[before].node, on))
        latest.update(dict.fromkeys(this.topics, n))
    used = {pair.earlier for pair in pairs}
    return [pair for pair in pairs if always or pair.earlier or pair.statement in used]


def change_answer(graph: nx.MultiDiGraph, pair: Pair) -> ChangeAnswer:
    """The answer for a statement and the one that it is compared with."""
    answer = statement_answer(graph, pair.statement)
    if pair.earlier is None:
        return ChangeAnswer(answer, None, (), (), turn=False)
    before = statement_answer(graph, pair.earlier)
    differing = tuple(
        Change(name, getattr(before, name), getattr(answer, name))
        for name in COMPARED
        if getattr(before, name) != getattr(answer, name)
        and "none" not in {getattr(before, name), getattr(answer, name)}
    )
    turn = {before.polarity, answer.polarity} == {"asserts", "denies"}
    return ChangeAnswer(answer, before.id, pair.on, differing, turn=turn)
