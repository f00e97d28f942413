"""The names of the graph's nodes, edges and attributes, and typed ways to walk them; docs/graph.md explains them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from portavoce.ids import digest, statement_id
from portavoce.records import Span, Statement

if TYPE_CHECKING:
    import networkx as nx

ACTOR, STATEMENT, TOPIC, ARTICLE, UTTERANCE = "actor", "statement", "topic", "article", "utterance"
ELSEWHERE = "elsewhere"
"""The kind of a statement that a part of a graph names without holding it: a copy in another article."""

NODE_KINDS = (ACTOR, STATEMENT, TOPIC, ARTICLE, UTTERANCE)

SAYS, ABOUT, MENTIONS, IN = "says", "about", "mentions", "in"
HOLDS, RELATES, APPEARS, COPY = "holds", "relates", "appears", "copy"
EDGE_KINDS = (SAYS, ABOUT, MENTIONS, IN, HOLDS, RELATES, APPEARS, COPY)

ROLE = "role"
"""The type of a relation that is an office or membership: a `holds` edge beside it carries the office's words."""

PHRASE, CATEGORY = "phrase", "category"
"""The schemes of topics that belong to no thesaurus."""

SETS = frozenset({"names", "evidence", "forms", "roles"})
"""Attributes whose tuples are sets: sorted, and united by a merge."""

EMPTY: Mapping[str, Any] = {"actor_kind": "unknown", "about": (), "content": (), "context": ()}
"""What an attribute holds when nothing is known; None where it is not named here."""

_HASH = re.compile(r"[0-9a-f]{20,64}")

Attributes = dict[str, Any]


def actor_node(actor_id: str) -> str:
    return f"{ACTOR}/{actor_id}"


def topic_node(topic_id: str) -> str:
    return f"{TOPIC}/{topic_id}"


def statement_node(article_id: str, statement: Statement) -> str:
    """The node of a statement: its own id where that is a hash, else that of article, content and cue."""
    given = statement.id
    return f"{STATEMENT}/{given if is_hash(given) else statement_id(article_id, statement.content, statement.cue)}"


def is_hash(id_: str) -> bool:
    """Whether an id is a hash of 20 hex digits or more, and so good in the whole corpus."""
    return bool(_HASH.fullmatch(id_))


def local_id(node: str) -> str:
    """A node's name without its kind."""
    return node.partition("/")[2]


def holds_key(source: str, target: str, edge: Mapping[str, Any]) -> str:
    """The key of a `holds` edge: the same for the same role at the same place of an article."""
    parts = (edge["role"], edge["organization"] or "", edge["article"], *map(_place, edge["evidence"]))
    return f"{HOLDS}:{digest(HOLDS, source, target, *parts, length=12)}"


def relates_key(source: str, target: str, edge: Mapping[str, Any]) -> str:
    """The key of a `relates` edge: the same for the same relation with the same trigger in an article."""
    parts = (edge["type"], edge["article"], _place(edge["trigger"]), edge["statement"] or "")
    return f"{RELATES}:{digest(RELATES, source, target, *parts, length=12)}"


def appears_key(form: str) -> str:
    """The key of an `appears` edge: one for each form of an actor in an article."""
    return f"{APPEARS}:{form}"


def _place(span: Span) -> str:
    return f"{span.start}-{span.end}"


def nodes_of(graph: nx.MultiDiGraph, kind: str) -> Iterator[tuple[str, Attributes]]:
    """The nodes of one kind with their attributes, in the graph's order."""
    return ((node, attributes) for node, attributes in graph.nodes(data=True) if attributes["kind"] == kind)


def edges_from(graph: nx.MultiDiGraph, node: str, kind: str) -> Iterator[tuple[str, Attributes]]:
    """Targets and attributes of the edges of one kind that leave a node."""
    for _, target, attributes in graph.out_edges(node, data=True):
        if attributes["kind"] == kind:
            yield target, attributes


def edges_to(graph: nx.MultiDiGraph, node: str, kind: str) -> Iterator[tuple[str, Attributes]]:
    """Sources and attributes of the edges of one kind that reach a node."""
    for source, _, attributes in graph.in_edges(node, data=True):
        if attributes["kind"] == kind:
            yield source, attributes


def utterance_of(graph: nx.MultiDiGraph, statement: str) -> str | None:
    """The utterance of which a statement is one of several copies, or None."""
    return min((source for source, _ in edges_to(graph, statement, COPY)), default=None)


def speakers_of(graph: nx.MultiDiGraph, statement: str) -> tuple[str, ...]:
    """The actors who say a statement, sorted: none when nobody is known, several when they say it together."""
    return tuple(sorted({source for source, _ in edges_to(graph, statement, SAYS)}))


def article_of(graph: nx.MultiDiGraph, statement: str) -> str:
    """The article in which a statement stands."""
    return min(target for target, _ in edges_from(graph, statement, IN))


def topics_of(graph: nx.MultiDiGraph, statement: str) -> list[str]:
    """The topics of a statement, the first in rank first."""
    ranked = [(edge["rank"], target) for target, edge in edges_from(graph, statement, ABOUT)]
    return [target for _, target in sorted(ranked)]
