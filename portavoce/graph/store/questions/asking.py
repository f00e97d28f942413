"""Questions to a corpus: the same as to a graph, each answered from the part that it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from portavoce.errors import InputError
from portavoce.graph.store.finding import find_actor
from portavoce.graph.store.questions.actors import actors
from portavoce.graph.store.questions.compare import compare
from portavoce.graph.store.questions.neighbours import neighbours
from portavoce.graph.store.questions.network import central, communities
from portavoce.graph.store.questions.path import path
from portavoce.graph.store.questions.relations import relations
from portavoce.graph.store.questions.roles import roles
from portavoce.graph.store.questions.statements import show, statements
from portavoce.graph.store.questions.timeline import changes, timeline
from portavoce.graph.store.questions.topics import topics
from portavoce.graph.store.questions.who import who

if TYPE_CHECKING:
    from portavoce.graph.store.corpus import Corpus

_QUESTIONS: dict[str, Callable[..., Any]] = {
    "actors": actors, "central": central, "changes": changes, "communities": communities, "compare": compare,
    "find_actor": lambda corpus, name: find_actor(corpus.db, name), "neighbours": neighbours, "path": path, "relations": relations,
    "roles": roles, "show": show, "statements": statements, "timeline": timeline, "topics": topics, "who": who,
}  # fmt: skip


def ask(corpus: Corpus, question: str, *args: Any, **conditions: Any) -> Any:
    """The answer to a question of `portavoce.graph.query`, by its name; the same as over the corpus's whole graph."""
    corpus.settle()
    if question not in _QUESTIONS:
        raise InputError(f"there is no question {question!r}; there are {', '.join(sorted(_QUESTIONS))}")
    return _QUESTIONS[question](corpus, *args, **conditions)
