"""A statement in the passage that it comes from, with the relations that it reports."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from portavoce.errors import UnknownNameError
from portavoce.graph.query.answers import Part, Piece, ShowAnswer, statement_answer
from portavoce.graph.query.names import NEAREST
from portavoce.graph.query.relations import reported_in
from portavoce.graph.schema import STATEMENT, Attributes, article_of, local_id, nodes_of
from portavoce.records import Span

if TYPE_CHECKING:
    import networkx as nx

AROUND = 240  # characters of the article shown before the first and after the last marked place
HINT = "This file does not carry the articles' text; for the passage ask the .jsonl of the same graph."

WORD = 40  # characters that are searched for the edge of a word

_PARTS: tuple[Part, ...] = ("", "content", "cue", "speaker")


def show(graph: nx.MultiDiGraph, statement: str) -> ShowAnswer:
    """A statement, named by its id or the beginning of it, in its passage with content, cue and speaker marked.

    Raises `UnknownNameError` when no statement or more than one has an id that begins so.
    """
    node = _find(graph, statement)
    has_text = graph.nodes[article_of(graph, node)]["text"] is not None
    hint = None if has_text else HINT
    return ShowAnswer(statement_answer(graph, node), passage(graph, node), hint, reported_in(graph, node))


def passage(graph: nx.MultiDiGraph, node: str, *, around: int = AROUND) -> tuple[Piece, ...]:
    """The paragraph around a statement, or ``around`` characters either way where it is longer, in pieces by what they are.

    The content alone where the graph does not carry the article's text.
    """
    text = graph.nodes[article_of(graph, node)]["text"]
    if text is None:
        return tuple(Piece(span.text, "content") for span in graph.nodes[node]["content"])
    return tuple(_passage(text, graph.nodes[node], around))


def _find(graph: nx.MultiDiGraph, statement: str) -> str:
    beginning = statement.removeprefix(f"{STATEMENT}/").lower()
    found = [node for node, _ in nodes_of(graph, STATEMENT) if beginning and local_id(node).startswith(beginning)]
    if len(found) != 1:
        raise UnknownNameError(statement, tuple(local_id(node) for node in sorted(found)[:NEAREST]))
    return found[0]


def _passage(text: str, s: Attributes, around: int) -> list[Piece]:
    content: tuple[Span, ...] = s["content"]
    others = [(span, part) for span, part in ((s["cue"], 2), (s["speaker"], 3)) if span and _near(span, content)]
    marked = [*((span, 1) for span in content), *others]
    first, last = min(span.start for span, _ in marked), max(span.end for span, _ in marked)
    start = max(text.rfind("\n", 0, first) + 1, _word_start(text, first - around))
    stop = text.find("\n", last)
    end = min(stop if stop >= 0 else len(text), _word_end(text, last + around))
    parts = bytearray(end - start)
    for span, part in marked:
        parts[span.start - start : span.end - start] = bytes([part]) * (span.end - span.start)
    cuts = [0, *(n for n in range(1, len(parts)) if parts[n] != parts[n - 1]), len(parts)]
    return [Piece(text[start + a : start + b], _PARTS[parts[a]]) for a, b in pairwise(cuts)]


def _near(span: Span, content: tuple[Span, ...]) -> bool:
    return content[0].start - 2 * AROUND <= span.start and span.end <= content[-1].end + 2 * AROUND


def _word_start(text: str, position: int) -> int:
    return 0 if position <= 0 else max(text.rfind(" ", max(0, position - WORD), position) + 1, position - WORD)


def _word_end(text: str, position: int) -> int:
    end = text.find(" ", position, position + WORD)
    return end if end >= 0 else min(len(text), position + WORD)
