"""Two actors side by side on one topic: what each says, how often it asserts or denies, and where they are opposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from portavoce.graph.query.answers import Answer, StatementAnswer, actor_name, statement_answer
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.selection import selected
from portavoce.graph.query.spoken import Spoken, Topic, most_frequent, spoken
from portavoce.graph.schema import actor_node, local_id

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Side(Answer):
    """What one of two says on the topic: the first of ``total`` statements, counts by polarity, and other topics of these."""

    name: str
    total: int
    polarity: tuple[tuple[str, int], ...]
    topics: tuple[str, ...]
    statements: tuple[StatementAnswer, ...]


@dataclass(frozen=True, slots=True)
class Opposed(Answer):
    """Two statements on one topic, by id, of which one asserts and the other denies."""

    on: tuple[str, ...]
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class CompareAnswer(Answer):
    """Two actors side by side; without a ``topic`` only what both speak on counts. ``common`` are the topics of both."""

    topic: str | None
    a: Side
    b: Side
    common: tuple[str, ...]
    opposed: tuple[Opposed, ...]


def compare(
    graph: nx.MultiDiGraph, a: str, b: str, *, topic: str | None = None, since: str | None = None, until: str | None = None,
    limit: int | None = None,
) -> CompareAnswer:  # fmt: skip
    """What two actors say on a topic, each by date (none last), article and place.

    Without a topic, on the phrases and concepts on which both speak. ``limit`` holds for each side and for the pairs that
    are opposed. What several articles report as said once counts once. Raises `UnknownNameError` for an actor that
    the graph does not hold, `InputError` for a date or a topic that is none.
    """
    nodes = [actor_node(find_actor(graph, name).id) for name in (a, b)]
    part = selected(graph, since=since, until=until, topic=topic)
    sides = [(actor_name(graph, node), spoken(part, node)) for node in nodes]

    def told(statements: list[str]) -> list[StatementAnswer]:
        return [statement_answer(part, s) for s in statements]

    return side_by_side(*sides, topic=topic, limit=limit, told=told)


def side_by_side(
    a: tuple[str, list[Spoken]], b: tuple[str, list[Spoken]], *, topic: str | None, limit: int | None,
    told: Callable[[list[str]], list[StatementAnswer]],
) -> CompareAnswer:  # fmt: skip
    """The answer for the names of two and what each says; ``told`` makes the answers for the nodes of the statements that it tells."""
    (name, first), (other, second) = a, b
    common = _topics(first) & _topics(second)
    if topic is None:
        first, second = ([s for s in said if not common.isdisjoint(s.topics)] for said in (first, second))
    one, two = (
        _side(name, said, told([s.node for s in said[:limit]])) for name, said in ((name, first), (other, second))
    )
    labels = tuple(sorted({t.label for t in common}))
    return CompareAnswer(topic, one, two, labels, tuple(islice(_opposed(first, second), limit)))


def _topics(said: list[Spoken]) -> set[Topic]:
    return {topic for s in said for topic in s.topics}


def _side(name: str, said: list[Spoken], told: list[StatementAnswer]) -> Side:
    polarity = Counter(s.polarity for s in said)
    topics = most_frequent(topic for s in said for topic in s.topics)
    return Side(name, len(said), tuple(sorted(polarity.items(), key=lambda p: (-p[1], p[0]))), topics, tuple(told))


def _opposed(first: list[Spoken], second: list[Spoken]) -> Iterator[Opposed]:
    """The pairs that share a topic, one denied and one asserted; each statement with the first that is opposed to it."""
    on: dict[tuple[Topic, str], int] = {}
    for n, other in enumerate(second):
        for topic in other.topics:
            on.setdefault((topic, other.polarity), n)
    for one in first:
        opposite = {"asserts": "denies", "denies": "asserts"}.get(one.polarity, "")
        found = min((on[topic, opposite] for topic in one.topics if (topic, opposite) in on), default=None)
        if found is not None:
            shared = sorted(topic.label for topic in one.topics if topic in second[found].topics)
            yield Opposed(tuple(shared), local_id(one.node), local_id(second[found].node))
