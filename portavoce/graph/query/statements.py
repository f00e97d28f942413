"""Who said what about what: statements by speaker, topic, mention, kind and date."""

from __future__ import annotations

import re

import networkx as nx

from portavoce.errors import InputError
from portavoce.graph.query.answers import StatementAnswer, statement_answer
from portavoce.graph.query.names import find_actor
from portavoce.graph.schema import (
    COPY,
    MENTIONS,
    SAYS,
    STATEMENT,
    UTTERANCE,
    actor_node,
    article_of,
    edges_from,
    edges_to,
    nodes_of,
    topics_of,
)
from portavoce.ids import fold

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def statements(
    graph: nx.MultiDiGraph, *, speaker: str | None = None, about: str | None = None, mentions: str | None = None,
    kind: str | None = None, since: str | None = None, until: str | None = None, once: bool = False,
) -> list[StatementAnswer]:  # fmt: skip
    """The statements that meet all conditions, by date, article and place; those without a date come last.

    ``about`` holds words that all must begin a word of the statement's topics or content. ``since`` and ``until`` are dates
    of articles, both inclusive, as YYYY, YYYY-MM or YYYY-MM-DD; with either, articles without a date are left out. With
    ``once``, of an utterance that several articles report only the first statement is left.
    Raises `UnknownNameError` for an actor that the graph does not hold, `InputError` for a date of another form.
    """
    for date in (since, until):
        check_date(date)
    nodes = [node for node, _ in nodes_of(graph, STATEMENT)]
    if speaker is not None:
        said = {s for s, _ in edges_from(graph, actor_node(find_actor(graph, speaker).id), SAYS)}
        nodes = [node for node in nodes if node in said]
    if mentions is not None:
        naming = {s for s, _ in edges_to(graph, actor_node(find_actor(graph, mentions).id), MENTIONS)}
        nodes = [node for node in nodes if node in naming]
    if kind is not None:
        nodes = [node for node in nodes if graph.nodes[node]["quote_type"] == kind]
    if since or until:
        nodes = [node for node in nodes if within(_published(graph, node), since, until)]
    if about is not None:
        words = fold(about).split()
        nodes = [node for node in nodes if _is_about(graph, node, words)]
    if once:
        later = {
            copy
            for node, d in nodes_of(graph, UTTERANCE)
            for copy, _ in edges_from(graph, node, COPY)
            if copy != d["first"]
        }
        nodes = [node for node in nodes if node not in later]
    return [statement_answer(graph, node) for node in in_order(graph, nodes)]


def in_order(graph: nx.MultiDiGraph, nodes: list[str]) -> list[str]:
    """Statements by date (none last), article and place in the text."""

    def place(node: str) -> tuple[bool, str, str, int, str]:
        article = graph.nodes[article_of(graph, node)]
        published = article["published"] or ""
        return not published, published, article["id"], graph.nodes[node]["content"][0].start, node

    return sorted(nodes, key=place)


def _published(graph: nx.MultiDiGraph, node: str) -> str | None:
    published: str | None = graph.nodes[article_of(graph, node)]["published"]
    return published


def check_date(date: str | None) -> None:
    """Raise `InputError` for what is neither a day, a month nor a year."""
    if date and not _DATE.fullmatch(date):
        raise InputError(f"{date!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")


def within(published: str | None, since: str | None, until: str | None) -> bool:
    """Whether a day lies between two dates, both included, each as exact as it is given; no day lies nowhere."""
    if not published:
        return False
    return not (since and published[: len(since)] < since) and not (until and published[: len(until)] > until)


def _is_about(graph: nx.MultiDiGraph, node: str, words: list[str]) -> bool:
    s = graph.nodes[node]
    labels = [graph.nodes[topic]["label"] for topic in topics_of(graph, node)]
    have = fold(" ".join([*labels, *s["about"], *(span.text for span in s["content"])])).split()
    return bool(words) and all(any(h.startswith(w) for h in have) for w in words)
