"""Two actors side by side on one topic: what each says, how often it asserts or denies, and where they are opposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from portavoce.graph.query.answers import Answer, StatementAnswer, actor_name, statement_answer
from portavoce.graph.query.listing import main_topics
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.selection import selected
from portavoce.graph.query.statements import in_order, said_by, without_copies
from portavoce.graph.schema import CATEGORY, actor_node, local_id, topics_of

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
    said = [in_order(part, without_copies(part, said_by(part, node))) for node in nodes]
    first, second = ({t for s in statements for t in _topics(part, s)} for statements in said)
    common = first & second
    if topic is None:
        said = [[s for s in statements if common & set(_topics(part, s))] for statements in said]
    one, other = (
        _side(part, actor_name(graph, node), statements, limit) for node, statements in zip(nodes, said, strict=True)
    )
    labels = tuple(sorted({part.nodes[t]["label"] for t in common}))
    return CompareAnswer(topic, one, other, labels, tuple(islice(_opposed(part, *said), limit)))


def _topics(graph: nx.MultiDiGraph, statement: str) -> list[str]:
    return [t for t in topics_of(graph, statement) if graph.nodes[t]["scheme"] != CATEGORY]


def _side(graph: nx.MultiDiGraph, name: str, statements: list[str], limit: int | None) -> Side:
    polarity = Counter(graph.nodes[s]["polarity"] for s in statements)
    return Side(
        name, len(statements), tuple(sorted(polarity.items(), key=lambda p: (-p[1], p[0]))), main_topics(graph, statements),
        tuple(statement_answer(graph, s) for s in statements[:limit]),
    )  # fmt: skip


def _opposed(graph: nx.MultiDiGraph, first: list[str], second: list[str]) -> Iterator[Opposed]:
    """The pairs that share a topic, one denied and one asserted; each statement with the first that is opposed to it."""
    on: dict[tuple[str, str], int] = {}
    for n, other in enumerate(second):
        for topic in _topics(graph, other):
            on.setdefault((topic, graph.nodes[other]["polarity"]), n)
    for one in first:
        topics = set(_topics(graph, one))
        opposite = {"asserts": "denies", "denies": "asserts"}.get(graph.nodes[one]["polarity"], "")
        found = min((on[topic, opposite] for topic in topics if (topic, opposite) in on), default=None)
        if found is not None:
            shared = topics & set(_topics(graph, second[found]))
            labels = tuple(sorted(graph.nodes[t]["label"] for t in shared))
            yield Opposed(labels, local_id(one), local_id(second[found]))
