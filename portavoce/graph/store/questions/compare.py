"""`compare` from a corpus: what two actors say, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portavoce.graph.query.answers import statement_answer
from portavoce.graph.query.compare import side_by_side
from portavoce.graph.store.questions.speech import Speech

if TYPE_CHECKING:
    from portavoce.graph.query.answers import StatementAnswer
    from portavoce.graph.query.compare import CompareAnswer
    from portavoce.graph.store.corpus import Corpus


def compare(
    corpus: Corpus, a: str, b: str, *, topic: str | None = None, since: str | None = None, until: str | None = None,
    limit: int | None = None,
) -> CompareAnswer:  # fmt: skip
    """The answer of `portavoce.graph.query.compare`."""
    speech = Speech(corpus, (a, b), since, until, topic)
    names = (speech.found[name].name for name in (a, b))
    one, other = ((shown, speech.of(name)) for shown, name in zip(names, (a, b), strict=True))

    def told(nodes: list[str]) -> list[StatementAnswer]:
        part = speech.part(nodes)
        return [statement_answer(part, node) for node in nodes]

    return side_by_side(one, other, topic=topic, limit=limit, told=told)
