"""`central` and `communities` from a corpus: the whole network of actors, of which only its ties are read, as they are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from portavoce.graph.query.answers import Listing
from portavoce.graph.query.network import (
    CentralAnswer,
    Community,
    CommunityAnswer,
    central_answer,
    community_answer,
    most_central,
    strongest_tie,
    who_belongs_together,
)
from portavoce.graph.query.paths import proof
from portavoce.graph.query.spoken import Topic, most_frequent
from portavoce.graph.schema import CATEGORY, topic_node
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.packing import packed
from portavoce.graph.store.questions.meetings import Meetings
from portavoce.graph.store.questions.rows import Actor, actors_of
from portavoce.graph.store.questions.ties import Surroundings, prove

if TYPE_CHECKING:
    from portavoce.graph.measures import Tie
    from portavoce.graph.part import Part
    from portavoce.graph.query.answers import RelationLine
    from portavoce.graph.store.corpus import Corpus

_TOPICS = f"""
SELECT t.label, t.id, count(*) FROM (
    SELECT DISTINCT p.actor, d.statement FROM json_each(:asked) j CROSS JOIN appearances p ON p.actor = j.value CROSS JOIN articles ar ON ar.key = p.article
    CROSS JOIN said d ON d.article = p.article AND d.form = p.form WHERE 1{{conditions}}
) y CROSS JOIN about b ON b.statement = y.statement CROSS JOIN topics t ON t.key = b.topic WHERE t.scheme <> '{CATEGORY}' GROUP BY t.key
"""


def central(
    corpus: Corpus, *, by: str = "pagerank", since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = None,
) -> Listing[CentralAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.central`."""
    network = _Network(Conditions(corpus.db, since, until, topic))
    ranked, around = most_central(network.ties(), network.name, by)
    told = ranked[:limit]
    closest = {node: strongest_tie(around[node], network.name) for node, _ in told}
    part, lines = network.prove(closest.items())
    answers = (
        central_answer(part, node, measures, closest[node], line)
        for (node, measures), line in zip(told, lines, strict=True)
    )
    return Listing(answers, len(ranked))


def communities(
    corpus: Corpus, *, since: str | None = None, until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> Listing[CommunityAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.communities`."""
    network = _Network(Conditions(corpus.db, since, until, topic))
    found = who_belongs_together(network.ties(), network.name)
    told = found[:limit]
    part, lines = network.prove((c.strongest for c in told), (node for c in told for node in c.foremost))
    answers = (community_answer(part, c, network.topics(c), line) for c, line in zip(told, lines, strict=True))
    return Listing(answers, len(found))


class _Network:
    """The actors of a corpus by their nodes, with the ties between them that meet conditions."""

    def __init__(self, conditions: Conditions) -> None:
        self._db, self._conditions = conditions.db, conditions
        everybody = (key for (key,) in self._db.execute("SELECT key FROM actors WHERE name IS NOT NULL"))
        self._actors: Mapping[int, Actor] = actors_of(self._db, everybody)
        self._keys = {actor.node: key for key, actor in self._actors.items()}

    def name(self, node: str) -> str:
        """The name of an actor."""
        return self._actors[self._keys[node]].name

    def ties(self) -> Iterator[Tie]:
        """All ties, by nodes."""
        links = "links"
        if self._conditions:
            meetings = Meetings(self._conditions)
            meetings.ask({*self._actors})
            links = meetings.table
        for source, target, weight in self._db.execute(f"SELECT source, target, weight FROM {links}"):
            yield self._actors[source].node, self._actors[target].node, weight

    def prove(self, pairs: Iterable[tuple[str, str]], meant: Iterable[str] = ()) -> tuple[Part, list[RelationLine]]:
        """The part of the graph that proves the ties of some pairs, with others who are meant, and the best proof of each."""
        pairs = [*pairs]
        keys = [(self._keys[one], self._keys[other]) for one, other in pairs]
        everybody = {key for pair in keys for key in pair} | {self._keys[node] for node in meant}
        around = [(Surroundings(one, self._conditions, other=other), other) for one, other in keys]
        part, ties = prove(self._db, around, everybody)
        return part, [proof(part, *pair, *both) for pair, both in zip(pairs, ties, strict=True)]

    def topics(self, community: Community) -> tuple[str, ...]:
        """What the foremost of a community speak about most often."""
        asked = packed(sorted(self._keys[node] for node in community.foremost))
        query = _TOPICS.format(conditions=self._conditions.of_statements)
        rows = self._db.execute(query, {**self._conditions.values, "asked": asked})
        return most_frequent(Counter({Topic(label, topic_node(id_)): n for label, id_, n in rows}))
