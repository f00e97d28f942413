"""What an actor says in the order of time, as what is compared of it: topics and polarity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from portavoce.graph.query.statements import said_by, without_copies
from portavoce.graph.schema import CATEGORY, topics_of

if TYPE_CHECKING:
    import networkx as nx

TOPICS = 5
"""Topics that are told of an actor."""


class Topic(NamedTuple):
    """A phrase or a concept, by its label and its node."""

    label: str
    node: str


class Spoken(NamedTuple):
    """What is compared of a statement: its polarity and its phrases and concepts, the first in rank first."""

    node: str
    polarity: str
    topics: tuple[Topic, ...]


def spoken(graph: nx.MultiDiGraph, actor: str) -> list[Spoken]:
    """What an actor says by date (none last), article and place; what several articles report as said stands there once."""
    return [
        Spoken(s, graph.nodes[s]["polarity"], subjects(graph, s)) for s in without_copies(graph, said_by(graph, actor))
    ]


def subjects(graph: nx.MultiDiGraph, statement: str) -> tuple[Topic, ...]:
    """The phrases and concepts of a statement, the first in rank first."""
    topics = ((graph.nodes[topic], topic) for topic in topics_of(graph, statement))
    return tuple(Topic(t["label"], topic) for t, topic in topics if t["scheme"] != CATEGORY)


def most_frequent(topics: Iterable[Topic], *, most: int = TOPICS) -> tuple[str, ...]:
    """The labels of the topics that come most often, of such as come or are counted already."""
    ranked = sorted(Counter(topics).items(), key=lambda counted: (-counted[1], counted[0]))
    return tuple(dict.fromkeys(topic.label for topic, _ in ranked))[:most]
