"""`relations` from a corpus: which few statements and deeds between actors are told, and what is counted of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from portavoce.graph.query.answers import Between
from portavoce.graph.query.outline import (
    Outline,
    deeds_counted,
    in_the_middle,
    mentions_counted,
    middle_rank,
    totals,
)
from portavoce.graph.query.relations import relations_answer
from portavoce.graph.schema import HOLDS, RELATES, ROLE, TOPIC, Attributes
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.packing import packed
from portavoce.graph.store.questions.rows import (
    SAID,
    Actor,
    Said,
    Told,
    actors_of,
    first_said,
    first_told,
    leading,
    said_and_mentioned,
    statement_nodes,
    told_of,
)
from portavoce.graph.store.reading import Reading

if TYPE_CHECKING:
    from portavoce.graph.query.answers import RelationsAnswer
    from portavoce.graph.store.corpus import Corpus

_Place = tuple[bool, str, str, int]
"""Where a statement stands in time: without a day, day, article, key."""

_NAMING_BOTH = """
SELECT DISTINCT d.statement, w.actor, ar.published, ar.id FROM appearances p CROSS JOIN mentions d ON d.article = p.article AND d.form = p.form AND d.statement > 0
CROSS JOIN mentions n ON n.statement = d.statement AND n.statement > 0 CROSS JOIN appearances q INDEXED BY appearances_by_form ON q.form = n.form AND q.article = n.article
CROSS JOIN articles ar ON ar.key = p.article LEFT JOIN said x ON x.statement = d.statement LEFT JOIN appearances w ON w.article = x.article AND w.form = x.form
WHERE p.actor = :one AND q.actor = :other AND p.article IN (SELECT article FROM appearances WHERE actor = :other){conditions}
"""
_TIES = """
SELECT other, sum(n) FROM (
    SELECT target AS other, weight AS n FROM links WHERE source = :actor AND kind IN ('mentions', 'holds')
    UNION ALL SELECT source, weight FROM links WHERE target = :actor AND kind IN ('mentions', 'holds')
    UNION ALL SELECT d.target, d.weight FROM deeds d WHERE d.source = :actor AND d.target <> :actor AND {own}
    UNION ALL SELECT d.source, d.weight FROM deeds d WHERE d.target = :actor AND d.source <> :actor AND {own}
) GROUP BY other
""".format(own=f"(d.type <> '{ROLE}' OR NOT EXISTS (SELECT 1 FROM held h WHERE h.holder = d.source AND h.body = d.target))")  # fmt: skip
_KEPT = """
SELECT one.topic FROM topic_speakers one CROSS JOIN topic_speakers other ON other.topic = one.topic AND other.actor = :other WHERE one.actor = :one
"""
_SHOWN = """
SELECT t.key, t.id, t.label FROM json_each(?) j CROSS JOIN topics t ON t.key = j.value WHERE t.scheme <> 'category' ORDER BY t.label, t.id
"""
_ON_TOPICS = """
SELECT b.topic, d.statement, d.published, d.id FROM d CROSS JOIN about b ON b.statement = d.statement
"""
_ONLY = " WHERE +b.topic IN (SELECT value FROM json_each(:topics))"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """The rows that are told, in order; topics by their nodes, with the first statement of each of the two."""

    said: Sequence[Said] = ()
    acts: Sequence[Told] = ()
    roles: Sequence[Told] = ()
    together: Sequence[int] = ()
    topics: Sequence[tuple[str, int, int]] = ()

    @property
    def statements(self) -> set[int]:
        on_topics = {statement for _, *first in self.topics for statement in first}
        return {said.statement for said in self.said} | {*self.together} | on_topics


def relations(
    corpus: Corpus, a: str, b: str | None = None, *, types: Collection[str] = (), since: str | None = None,
    until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> RelationsAnswer:  # fmt: skip
    """The answer of `portavoce.graph.query.relations`."""
    keys, _ = corpus.meant((a,) if b is None else (a, b))
    conditions = Conditions(corpus.db, since, until, topic, actors=[*keys.values()])
    return _Relating(conditions, keys[a], None if b is None else keys[b]).answer(types, limit)


class _Relating:
    """Looks up what stands between one actor and another (None: all others), by their keys."""

    def __init__(self, conditions: Conditions, one: int, other: int | None) -> None:
        self.db, self.conditions, self.one, self.other = conditions.db, conditions, one, other
        self.first: dict[int, dict[int, _Place]] = {}
        self.told: dict[int, tuple[list[Told], list[Told]]] = {}

    def answer(self, types: Collection[str], limit: int | None) -> RelationsAnswer:
        """The answer, of some types of deeds alone where they are given."""
        around = self._deeds_and_offices(self.one)
        acts, roles = ([told for told in found if self.other in {None, told.source, told.target}] for found in around)
        if types:
            acts, roles, said = [act for act in acts if act.what in types], [], []
        else:
            said = said_and_mentioned(self.one, self.conditions, self.other)
        names = actors_of(self.db, [self.one, self.other or self.one, *_ends([*acts, *roles, *said])])
        counted: dict[str, Any] = {
            "deeds": deeds_counted((names[a.source].name, a.what, a.modality, names[a.target].name) for a in acts),
            "mentions": mentions_counted((names[s.source].name, names[s.target].name) for s in said),
        }
        naming, topics = {}, []
        if self.other is not None and not types:
            naming = self._naming_both(self.other)
            topics = self._common_topics(self.other)
            counted["common_topics"] = tuple(label for _, _, label in topics)
            counted["between"] = self._between(self.other, naming, limit)
        together = sorted(s for s, speakers in naming.items() if not speakers & {self.one, self.other})
        chosen = _Chosen(
            said=first_said(said, names, limit), acts=first_told(acts, names, limit), roles=first_told(roles, names, limit),
            together=[statement for *_, statement in together[:limit]], topics=self._with_first(topics[:limit]),
        )  # fmt: skip
        counted["totals"] = totals(
            says=len(said), relation=len(acts), role=len(roles), together=len(together), topic=len(topics)
        )
        return self._told(chosen, names, counted)

    def _told(self, chosen: _Chosen, names: Mapping[int, Actor], counted: dict[str, Any]) -> RelationsAnswer:
        """What is chosen and counted as an answer."""
        meant = [self.one] if self.other is None else [self.one, self.other]
        reading = Reading(self.db, chosen.statements, self.conditions)
        reading.tell(RELATES, (act.key for act in chosen.acts))
        reading.tell(HOLDS, (role.key for role in chosen.roles))
        part = reading.part(meant)
        nodes = statement_nodes(self.db, chosen.statements)

        def edge(told: Told) -> tuple[str, str, Attributes]:
            source, target = names[told.source].node, names[told.target].node
            return source, target, part.edges[source, target, told.edge]

        outline = Outline(
            one=names[self.one].node, other=names[self.other].node if self.other is not None else None,
            said=[(nodes[said.statement], names[said.source].node, names[said.target].node) for said in chosen.said],
            acts=list(map(edge, chosen.acts)), roles=list(map(edge, chosen.roles)),
            together=[nodes[statement] for statement in chosen.together],
            topics=[(topic, nodes[first], nodes[second]) for topic, first, second in chosen.topics], **counted,
        )  # fmt: skip
        return relations_answer(part, outline)

    def _deeds_and_offices(self, actor: int) -> tuple[list[Told], list[Told]]:
        """What an actor has a part in; an office stands for the relation that says the same of it."""
        if actor not in self.told:
            offices = told_of(HOLDS, actor, self.conditions)
            held = {(office.source, office.target) for office in offices}
            done = told_of(RELATES, actor, self.conditions)
            deeds = [deed for deed in done if deed.what != ROLE or (deed.source, deed.target) not in held]
            self.told[actor] = deeds, offices
        return self.told[actor]

    def _naming_both(self, other: int) -> dict[_Place, set[int]]:
        """The statements that mention both, by their places, each with those who say it."""
        meant = {**self.conditions.values, "one": self.one, "other": other}
        found: dict[_Place, set[int]] = {}
        for statement, speaker, day, article in self.db.execute(
            _NAMING_BOTH.format(conditions=self.conditions.of_statements), meant
        ):
            speakers = found.setdefault((not day, day or "", article, statement), set())
            if speaker is not None:
                speakers.add(speaker)
        return found

    def _between(self, other: int, naming: Mapping[_Place, set[int]], limit: int | None) -> tuple[Between, ...]:
        """Others with ties to both."""
        with_one, with_other = self._ties(self.one), self._ties(other)
        both = Counter(speaker for speakers in naming.values() for speaker in speakers)
        found = [
            (key, with_one[key], with_other[key], both[key])
            for key in with_one.keys() & with_other.keys()
            if key not in {self.one, other}
        ]
        ranked = leading(sorted(found, key=_rank), limit, _rank)
        names = actors_of(self.db, (key for key, *_ in ranked))
        return tuple(in_the_middle(Between(names[key].id, names[key].name, *counts) for key, *counts in ranked)[:limit])

    def _ties(self, actor: int) -> Counter[int]:
        """The other actors with whom an actor has to do, and in how many ways."""
        if not self.conditions:
            return Counter(dict(self.db.execute(_TIES, {"actor": actor})))
        acts, roles = self._deeds_and_offices(actor)
        found: list[Said | Told] = [*acts, *roles, *said_and_mentioned(actor, self.conditions)]
        counts = Counter(tie.target if tie.source == actor else tie.source for tie in found)
        del counts[actor]
        return counts

    def _common_topics(self, other: int) -> list[tuple[int, str, str]]:
        """The topics on which both speak, by key, node and label, in the order of their labels."""
        if self.conditions:
            common = [*self._first_on(self.one).keys() & self._first_on(other).keys()]
        else:
            common = [topic for (topic,) in self.db.execute(_KEPT, {"one": self.one, "other": other})]
        return [(key, f"{TOPIC}/{id_}", label) for key, id_, label in self.db.execute(_SHOWN, (packed(common),))]

    def _with_first(self, topics: Sequence[tuple[int, str, str]]) -> list[tuple[str, int, int]]:
        """Some topics by their nodes, with the first statement of each of the two on it."""
        if self.other is None or not topics:
            return []
        only = None if self.conditions else [key for key, *_ in topics]
        first, second = self._first_on(self.one, only), self._first_on(self.other, only)
        return [(node, first[key][-1], second[key][-1]) for key, node, _ in topics]

    def _first_on(self, actor: int, topics: list[int] | None = None) -> dict[int, _Place]:
        """Where an actor first speaks on each topic, or on each of some."""
        if actor not in self.first:
            query = SAID.format(conditions=self.conditions.of_statements) + _ON_TOPICS + (_ONLY if topics else "")
            meant = {**self.conditions.values, "actor": actor, "topics": packed(topics)}
            first = self.first[actor] = {}
            for topic, statement, day, article in self.db.execute(query, meant):
                place = not day, day or "", article, statement
                first[topic] = min(first.get(topic, place), place)
        return self.first[actor]


def _rank(found: tuple[int, int, int, int]) -> tuple[int, int, int]:
    return middle_rank(*found[1:])


def _ends(rows: Iterable[Said | Told]) -> Iterable[int]:
    return (key for row in rows for key in (row.source, row.target))
