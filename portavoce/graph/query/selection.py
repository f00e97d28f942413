"""The part of a graph that a question is about: articles of some days, statements and deeds on a topic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from portavoce.errors import InputError
from portavoce.graph.part import Part
from portavoce.graph.schema import (
    ABOUT,
    ACTOR,
    APPEARS,
    ARTICLE,
    COPY,
    HOLDS,
    IN,
    MENTIONS,
    RELATES,
    SAYS,
    STATEMENT,
    Attributes,
    article_of,
    nodes_of,
    topics_of,
)
from portavoce.ids import fold
from portavoce.records import Span

if TYPE_CHECKING:
    import networkx as nx

SELECTED = "selected"
"""Where a part of a graph keeps for which dates and words it was taken."""

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_QUOTED = re.compile(r'"([^"]*)"')


def selected(
    graph: nx.MultiDiGraph, *, since: str | None = None, until: str | None = None, topic: str | None = None
) -> nx.MultiDiGraph | Part:
    """The graph itself without conditions, or when it was taken for these already; else a part with all actors and what meets the conditions.

    ``since`` and ``until`` are dates of articles, both inclusive, as YYYY, YYYY-MM or YYYY-MM-DD; with either, articles without a
    date are left out. ``topic`` leaves statements on it (`is_about`), and relations and offices which such a statement reports
    or whose own words name it. Raises `InputError` for a date of another form, and for a topic without a word.
    """
    for date in (since, until):
        check_date(date)
    words = topic_words(topic)
    if not (since or until or words) or graph.graph.get(SELECTED) == (since, until, tuple(words)):
        return graph
    articles = {
        node for node, d in nodes_of(graph, ARTICLE) if not (since or until) or within(d["published"], since, until)
    }
    statements = {
        node
        for node, _ in nodes_of(graph, STATEMENT)
        if article_of(graph, node) in articles and (not words or is_about(graph, node, words))
    }
    whole = _Kept(articles, statements, words)
    edges = [(s, t, key, d) for s, t, key, d in graph.edges(keys=True, data=True) if _stays(s, t, d, whole)]
    kept = statements | articles | {node for node, _ in nodes_of(graph, ACTOR)}
    kept.update(end for source, target, _, _ in edges for end in (source, target))
    about = {**graph.graph, SELECTED: (since, until, tuple(words))}
    return Part({node: graph.nodes[node] for node in kept}, {(s, t, key): d for s, t, key, d in edges}, **about)


class _Kept(NamedTuple):
    articles: set[str]
    statements: set[str]
    words: list[str]


def _stays(source: str, target: str, edge: Attributes, kept: _Kept) -> bool:
    kind = edge["kind"]
    if kind in {ABOUT, IN}:
        return source in kept.statements
    if kind in {SAYS, COPY}:
        return target in kept.statements
    if kind == MENTIONS:
        return source in kept.statements or (source in kept.articles and not kept.words)
    if kind == APPEARS:
        return target in kept.articles
    if kind not in {HOLDS, RELATES} or edge["article"] not in kept.articles:
        return False
    reported = edge.get("statement") in kept.statements
    return not kept.words or reported or begin(kept.words, (span.text for span in edge["evidence"]))


def check_date(date: str | None) -> None:
    """Raise `InputError` for what is neither a day, a month nor a year."""
    if date and not _DATE.fullmatch(date):
        raise InputError(f"{date!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")


def within(published: str | None, since: str | None, until: str | None) -> bool:
    """Whether a day lies between two dates, both included, each as exact as it is given; no day lies nowhere."""
    if not published:
        return False
    return not (since and published[: len(since)] < since) and not (until and published[: len(until)] > until)


def topic_words(topic: str | None) -> list[str]:
    """The folded words of a topic as somebody types it; raises `InputError` where it holds none."""
    words = fold(topic).split() if topic is not None else []
    if topic is not None and not words:
        raise InputError(f"{topic!r} holds no word to look for")
    return words


def is_about(graph: nx.MultiDiGraph, statement: str, words: list[str]) -> bool:
    """Whether each word begins a word of a statement's topics or content."""
    s = graph.nodes[statement]
    labels = [graph.nodes[topic]["label"] for topic in topics_of(graph, statement)]
    return bool(words) and begin(words, [*labels, *s["about"], *(span.text for span in s["content"])])


def begin(words: list[str], texts: Iterable[str]) -> bool:
    """Whether each word begins a word of some texts."""
    have = fold(" ".join(texts)).split()
    return all(any(h.startswith(w) for h in have) for w in words)


class TextSearch:
    """Words that all begin words of a statement's content; those in double quotes stand there one after the other."""

    def __init__(self, text: str) -> None:
        self.phrases = [words for part in _QUOTED.findall(text) if (words := fold(part).split())]
        self.words = fold(_QUOTED.sub(" ", text)).split()
        if not self.phrases and not self.words:
            raise InputError(f"{text!r} holds no word to look for")

    def finds(self, content: tuple[Span, ...]) -> bool:
        """Whether a content holds what is looked for."""
        have = fold(" ".join(span.text for span in content)).split()
        return all(any(h.startswith(w) for h in have) for w in self.words) and all(
            any(have[n : n + len(phrase)] == phrase for n in range(len(have))) for phrase in self.phrases
        )
