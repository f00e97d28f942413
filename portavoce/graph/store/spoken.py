"""What an actor of a corpus says in the order of time: light rows, of which only those that are told are read whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from portavoce.graph.query.answers import Listing, statement_answer
from portavoce.graph.query.compare import side_by_side
from portavoce.graph.query.selection import topic_words
from portavoce.graph.query.spoken import Spoken, Topic
from portavoce.graph.query.timeline import change_answer, compared
from portavoce.graph.schema import CATEGORY, STATEMENT, topic_node
from portavoce.graph.store.choosing import choose
from portavoce.graph.store.copies import without_copies
from portavoce.graph.store.packing import packed
from portavoce.graph.store.reading import Reading
from portavoce.graph.store.selection import Selection

if TYPE_CHECKING:
    from portavoce.graph.part import Part
    from portavoce.graph.query.answers import StatementAnswer
    from portavoce.graph.query.compare import CompareAnswer
    from portavoce.graph.query.timeline import ChangeAnswer
    from portavoce.graph.store.corpus import Corpus

_EACH = "FROM json_each(?) j CROSS JOIN"
_STATEMENTS = f"SELECT s.key, s.id, s.polarity {_EACH} statements s ON s.key = j.value"
_ABOUT = f"SELECT b.statement, b.rank, b.topic {_EACH} about b ON b.statement = j.value"
_TOPICS = f"SELECT t.key, t.label, t.id {_EACH} topics t ON t.key = j.value WHERE t.scheme <> '{CATEGORY}'"


def compare(
    corpus: Corpus, a: str, b: str, *, topic: str | None = None, since: str | None = None, until: str | None = None,
    limit: int | None = None,
) -> CompareAnswer:  # fmt: skip
    """The answer of `portavoce.graph.query.compare`."""
    speech = _Speech(corpus, (a, b), Selection(topic=topic, since=since, until=until))
    names = (speech.found[name].name for name in (a, b))
    one, other = ((shown, speech.of(name)) for shown, name in zip(names, (a, b), strict=True))

    def told(nodes: list[str]) -> list[StatementAnswer]:
        part = speech.part(nodes)
        return [statement_answer(part, node) for node in nodes]

    return side_by_side(one, other, topic=topic, limit=limit, told=told)


def changes(
    corpus: Corpus, actor: str, *, topic: str | None = None, since: str | None = None, until: str | None = None,
    limit: int | None = None,
) -> Listing[ChangeAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.changes`."""
    speech = _Speech(corpus, (actor,), Selection(topic=topic, since=since, until=until))
    pairs = compared(speech.of(actor), always=topic is not None)
    told = pairs[:limit]
    part = speech.part(node for pair in told for node in (pair.statement, pair.earlier) if node)
    return Listing((change_answer(part, pair) for pair in told), len(pairs))


class _Speech:
    """What some actors say in the days and on the topic of a question."""

    def __init__(self, corpus: Corpus, names: Iterable[str], selection: Selection) -> None:
        self.db = corpus.db
        self.keys, self.found = corpus.meant(names)
        selection.check()
        topic_words(selection.topic)
        self.selection = selection
        self._statements: dict[str, int] = {}

    def of(self, name: str) -> list[Spoken]:
        """What one of them says, in order; what several articles report as said stands there once."""
        chosen = without_copies(self.db, choose(self.db, replace(self.selection, speaker=name), self.keys))
        topics = self._topics(chosen)
        told = {}
        for key, id_, polarity in self.db.execute(_STATEMENTS, (packed(chosen),)):
            node = f"{STATEMENT}/{id_}"
            self._statements[node] = key
            told[key] = Spoken(node, polarity, tuple(topic for _, _, topic in sorted(topics.get(key, ()))))
        return [told[key] for key in chosen]

    def _topics(self, statements: list[int]) -> dict[int, list[tuple[int, str, Topic]]]:
        """The topics of statements with their ranks and nodes."""
        rows = self.db.execute(_ABOUT, (packed(statements),)).fetchall()
        named = self.db.execute(_TOPICS, (packed(list({topic for *_, topic in rows})),))
        topics = {key: Topic(label, topic_node(id_)) for key, label, id_ in named}
        out: dict[int, list[tuple[int, str, Topic]]] = {}
        for statement, rank, key in rows:
            if topic := topics.get(key):
                out.setdefault(statement, []).append((rank, topic.node, topic))
        return out

    def part(self, nodes: Iterable[str]) -> Part:
        """The statements to be told, with all that stands around them."""
        keys = sorted({self._statements[node] for node in nodes})
        return Reading(self.db, keys).part([], self.selection, told=False)
