"""What an actor of a corpus says in the order of time: light rows, of which only those that are told are read whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portavoce.graph.query.spoken import Spoken, Topic
from portavoce.graph.schema import CATEGORY, STATEMENT, topic_node
from portavoce.graph.store.choosing import choose
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.packing import packed
from portavoce.graph.store.questions.copies import without_copies
from portavoce.graph.store.reading import Reading
from portavoce.graph.store.selection import Selection

if TYPE_CHECKING:
    from portavoce.graph.part import Part
    from portavoce.graph.store.corpus import Corpus

_EACH = "FROM json_each(?) j CROSS JOIN"
_STATEMENTS = f"SELECT s.key, s.id, s.polarity {_EACH} statements s ON s.key = j.value"
_ABOUT = f"SELECT b.statement, b.rank, b.topic {_EACH} about b ON b.statement = j.value"
_TOPICS = f"SELECT t.key, t.label, t.id {_EACH} topics t ON t.key = j.value WHERE t.scheme <> '{CATEGORY}'"


class Speech:
    """What some actors say in the days and on the topic of a question."""

    def __init__(
        self, corpus: Corpus, names: Iterable[str], since: str | None, until: str | None, topic: str | None
    ) -> None:
        self.db = corpus.db
        self.keys, self.found = corpus.meant(names)
        self._conditions = Conditions(self.db, since, until, topic, actors=[*self.keys.values()])
        self._statements: dict[str, int] = {}

    def of(self, name: str) -> list[Spoken]:
        """What one of them says, in order; what several articles report as said stands there once."""
        chosen = without_copies(self.db, choose(self._conditions, Selection(speaker=name), self.keys))
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
        return Reading(self.db, keys, self._conditions).part()
