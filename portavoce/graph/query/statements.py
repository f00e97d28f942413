"""Who said what about what: statements by speaker, topic, words, mention, kind, polarity and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portavoce.graph.query.answers import Listing, StatementAnswer, listing, statement_answer
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.selection import TextSearch, check_date, is_about, within
from portavoce.graph.schema import (
    MENTIONS,
    SAYS,
    STATEMENT,
    actor_node,
    article_of,
    edges_from,
    edges_to,
    nodes_of,
    utterance_of,
)
from portavoce.ids import fold

if TYPE_CHECKING:
    import networkx as nx


def statements(
    graph: nx.MultiDiGraph, *, speaker: str | None = None, about: str | None = None, text: str | None = None,
    mentions: str | None = None, kind: str | None = None, polarity: str | None = None, since: str | None = None,
    until: str | None = None, once: bool = False, limit: int | None = None,
) -> Listing[StatementAnswer]:  # fmt: skip
    """The statements that meet all conditions, by date, article and place; those without a date come last.

    ``about`` holds words that all must begin a word of the statement's topics or content, ``text`` words of the content alone,
    where those in double quotes must stand one after the other. ``since`` and ``until`` are dates
    of articles, both inclusive, as YYYY, YYYY-MM or YYYY-MM-DD; with either, articles without a date are left out. With
    ``once``, of an utterance that several articles report only the first statement is left.
    Raises `UnknownNameError` for an actor that the graph does not hold, `InputError` for a date of another form and for a
    ``text`` without a word.
    """
    for date in (since, until):
        check_date(date)
    nodes = [node for node, _ in nodes_of(graph, STATEMENT)]
    if speaker is not None:
        nodes = list(said_by(graph, actor_node(find_actor(graph, speaker).id)))
    if mentions is not None:
        naming = {s for s, _ in edges_to(graph, actor_node(find_actor(graph, mentions).id), MENTIONS)}
        nodes = [node for node in nodes if node in naming]
    if kind is not None:
        nodes = [node for node in nodes if graph.nodes[node]["quote_type"] == kind]
    if polarity is not None:
        nodes = [node for node in nodes if graph.nodes[node]["polarity"] == polarity]
    if since or until:
        nodes = [node for node in nodes if within(published(graph, node), since, until)]
    if about is not None:
        words = fold(about).split()
        nodes = [node for node in nodes if is_about(graph, node, words)]
    if text is not None:
        search = TextSearch(text)
        nodes = [node for node in nodes if search.finds(graph.nodes[node]["content"])]
    if once:
        nodes = without_copies(graph, nodes)
    return listing(in_order(graph, nodes), limit, lambda node: statement_answer(graph, node))


def said_by(graph: nx.MultiDiGraph, actor: str) -> list[str]:
    """The statements of an actor, by node."""
    return [statement for statement, _ in edges_from(graph, actor, SAYS)]


def without_copies(graph: nx.MultiDiGraph, nodes: list[str]) -> list[str]:
    """The statements without those that report an utterance which an earlier one of them reports."""
    seen: set[str] = set()
    out = []
    for node in in_order(graph, nodes):
        said = utterance_of(graph, node) or node
        if said not in seen:
            seen.add(said)
            out.append(node)
    return out


def in_order(graph: nx.MultiDiGraph, nodes: list[str]) -> list[str]:
    """Statements by date (none last), article and place in the text."""

    def place(node: str) -> tuple[bool, str, str, int, str]:
        article = graph.nodes[article_of(graph, node)]
        day = article["published"] or ""
        return not day, day, article["id"], graph.nodes[node]["content"][0].start, node

    return sorted(nodes, key=place)


def published(graph: nx.MultiDiGraph, statement: str) -> str | None:
    """The day of a statement's article."""
    day: str | None = graph.nodes[article_of(graph, statement)]["published"]
    return day
