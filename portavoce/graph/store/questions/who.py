"""`who` from a corpus: who says something about somebody, accuses somebody, or speaks for a body or a country: whom is told, and what is counted."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from portavoce.errors import InputError, UnknownNameError
from portavoce.graph.query.answers import Listing
from portavoce.graph.query.who import (
    ACCUSE,
    PLACES,
    Case,
    WhoAnswer,
    case_of_deed,
    case_of_office,
    case_of_statement,
    doer,
    speaker_rank,
    who_answer,
)
from portavoce.graph.schema import HOLDS, RELATES
from portavoce.graph.store.conditions import MATCHING, Conditions, match_of
from portavoce.graph.store.finding import find_actor, look_for
from portavoce.graph.store.packing import packed
from portavoce.graph.store.questions.rows import (
    Actor,
    Told,
    actors_of,
    key_of,
    leading,
    speaking_of,
    statement_nodes,
    told_of,
)
from portavoce.graph.store.questions.spokespeople import country_or_body, speaking_for
from portavoce.graph.store.reading import Reading
from portavoce.ids import fold

if TYPE_CHECKING:
    from portavoce.graph.part import Part
    from portavoce.graph.store.corpus import Corpus

MATCHED = 20_000
"""Statements on a topic from which on it is looked at what each speaker says."""

_SPEAKERS = f"""
SELECT d.statement, p.actor FROM ({MATCHING}) d CROSS JOIN said x ON x.statement = d.statement
CROSS JOIN appearances p INDEXED BY appearances_by_form ON p.form = x.form AND p.article = x.article {{days}} WHERE 1{{conditions}}
"""
_COPIES = """
SELECT DISTINCT c.statement, c.utterance, ar.published, ar.id FROM json_each(?) j CROSS JOIN copies c ON c.statement = j.value
CROSS JOIN statements s ON s.key = c.statement CROSS JOIN articles ar ON ar.key = s.article
"""
_CASES = """
SELECT s.polarity, ar.published, ar.id, s.key FROM json_each(?) j CROSS JOIN statements s ON s.key = j.value CROSS JOIN articles ar ON ar.key = s.article
"""
_WHO_SPEAK = """
SELECT h.value FROM json_each(:actors) h WHERE EXISTS (
    SELECT 1 FROM appearances p CROSS JOIN articles ar ON ar.key = p.article CROSS JOIN said d ON d.article = p.article AND d.form = p.form
    WHERE p.actor = h.value{conditions}
)
"""


class _Row(NamedTuple):
    """A case before it is read: how it is told apart, the day and id of its article, and its statement, deed or office."""

    how: str
    day: str | None
    article: str
    place: int | Told


def who(
    corpus: Corpus, *, says_about: str | None = None, accuses: str | None = None, speaks_for: str | None = None,
    since: str | None = None, until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> Listing[WhoAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.who`."""
    if sum(name is not None for name in (says_about, accuses, speaks_for)) != 1:
        raise InputError("ask one thing of: who says something about, who accuses, who speaks for")
    conditions = Conditions(corpus.db, since, until, topic)
    if speaks_for is not None:
        return _speaks_for(conditions, speaks_for, limit)
    if accuses is not None:
        return _accuses(conditions, accuses, limit)
    return _says_about(conditions, says_about or "", limit)


def _says_about(conditions: Conditions, name: str, limit: int | None) -> Listing[WhoAnswer]:
    """Who says something that mentions an actor, or on a topic of these words where no actor has the name."""
    db = conditions.db
    spoken: dict[int, set[int]] = defaultdict(set)
    match = look_for(db, name)
    if match is None:
        rows = _on_topic(conditions, name)
    else:
        actor = key_of(db, match.id)
        named = [(said.statement, said.source) for said in speaking_of(actor, conditions.of_actors([actor]))]
        own = {statement for statement, speaker in named if speaker == actor}
        rows = [(statement, speaker) for statement, speaker in named if statement not in own]
    again = _told_before(db, {statement for statement, _ in rows})
    for statement, speaker in rows:
        if statement not in again:
            spoken[speaker].add(statement)
    told = _most_often(db, spoken, limit)
    wanted = sorted({statement for speaker in told for statement in spoken[speaker]})
    rows_of = {row[-1]: _Row(*row) for row in db.execute(_CASES, (packed(wanted),))}
    cases = {speaker: [rows_of[statement] for statement in sorted(spoken[speaker])] for speaker in told}
    return Listing(_answers(conditions, cases), len(spoken))


def _on_topic(conditions: Conditions, name: str) -> list[tuple[int, int]]:
    """The statements on a topic with those who say them; raises `UnknownNameError` where the corpus knows nothing of it."""
    words = fold(name).split()
    if not words:
        raise UnknownNameError(name)
    db = conditions.db
    days = "CROSS JOIN articles ar ON ar.key = x.article" if conditions.are_dated else ""
    meant = {**conditions.values, "match": match_of([*words, *conditions.words])}
    found = db.execute(_SPEAKERS.format(days=days, conditions=conditions.days), meant).fetchall()
    if not found and db.execute(f"{MATCHING} LIMIT 1", {"match": match_of(words)}).fetchone() is None:
        find_actor(db, name)  # tells the nearest names
    return found


def _told_before(db: sqlite3.Connection, statements: Iterable[int]) -> set[int]:
    """Those of some statements that report an utterance which an earlier one of them reports."""
    rows = db.execute(_COPIES, (packed(sorted(statements)),)).fetchall()
    seen: set[int] = set()
    again = set()
    for statement, utterance, *_ in sorted(rows, key=lambda row: (not row[2], row[2] or "", row[3], row[0])):
        if utterance in seen:
            again.add(statement)
        seen.add(utterance)
    return again


def _accuses(conditions: Conditions, name: str, limit: int | None) -> Listing[WhoAnswer]:
    """Of whom articles tell that it accuses an actor."""
    db = conditions.db
    actor = key_of(db, find_actor(db, name).id)
    told = told_of(RELATES, actor, conditions, target_only=True)
    cases: dict[int, list[_Row]] = defaultdict(list)
    for deed in sorted(told, key=lambda deed: deed.edge):
        if deed.what == ACCUSE and deed.source != actor:
            cases[deed.source].append(_Row(deed.modality, deed.day, deed.article, deed))
    first = {source: cases[source] for source in _most_often(db, cases, limit)}
    return Listing(_answers(conditions, first), len(cases))


def _speaks_for(conditions: Conditions, name: str, limit: int | None) -> Listing[WhoAnswer]:
    """Who holds an office by which it speaks for a body or a country, or for a head of it; with a topic, those who speak on it."""
    db = conditions.db
    named, bodies = country_or_body(db, name)
    held = speaking_for(bodies, conditions.of_any_topic())
    if conditions.words:
        many = conditions.are_on_more_than(MATCHED)  # then somebody's first statement on it is found soon
        topic = conditions.read("d.statement") if many else conditions.on_topic("d.statement")
        query = _WHO_SPEAK.format(conditions=conditions.days + topic)
        speaking = {key for (key,) in db.execute(query, {**conditions.values, "actors": packed([*held])})}
        held = {holder: offices for holder, offices in held.items() if holder in speaking}
    names = actors_of(db, (key for offices in held.values() for o in offices for key in (o.source, o.target)))

    def rank(holder: int) -> tuple[object, ...]:
        offices = [(office.what, names[office.target].name) for office in held[holder]]
        return *speaker_rank(offices, named), names[holder].name, names[holder].id

    cases = {
        holder: [_Row(names[o.target].name, o.day, o.article, o) for o in held[holder]]
        for holder in sorted(held, key=rank)[:limit]
    }
    return Listing(_answers(conditions, cases), len(held))


def _most_often(db: sqlite3.Connection, cases: Mapping[int, Sequence[Any] | set[Any]], limit: int | None) -> list[int]:
    """The actors with most cases, by their keys."""

    def count(actor: int) -> int:
        return -len(cases[actor])

    ranked = leading(sorted(cases, key=count), limit, count)
    shown = actors_of(db, ranked)
    return sorted(ranked, key=lambda actor: (count(actor), shown[actor].name, shown[actor].id))[:limit]


def _answers(conditions: Conditions, cases: Mapping[int, list[_Row]]) -> list[WhoAnswer]:
    """The answers for all with cases, of which only the latest are read."""
    db = conditions.db
    latest = {actor: _latest(rows) for actor, rows in cases.items()}
    places = [row.place for rows in latest.values() for row in rows]
    statements = {place for place in places if isinstance(place, int)}
    told = [place for place in places if isinstance(place, Told)]
    reading = Reading(db, statements, conditions)
    for kind in (HOLDS, RELATES):
        reading.tell(kind, (place.key for place in told if place.kind == kind))
    part = reading.part(cases)
    shown = actors_of(db, {*cases, *(end for place in told for end in (place.source, place.target))})
    nodes = statement_nodes(db, statements)

    def answer(actor: int) -> WhoAnswer:
        read = (
            case_of_statement(part, nodes[row.place]) if isinstance(row.place, int) else _case(part, row.place, shown)
            for row in latest[actor]
        )
        return who_answer(part, doer(shown[actor].node, ((row.how, row.day) for row in cases[actor])), read)

    return list(map(answer, cases))


def _case(part: Part, told: Told, shown: Mapping[int, Actor]) -> Case:
    source, target = shown[told.source].node, shown[told.target].node
    edge = part.edges[source, target, told.edge]
    return case_of_office(part, source, target, edge) if told.kind == HOLDS else case_of_deed(part, edge)


def _latest(rows: list[_Row]) -> Sequence[_Row]:
    """The cases of which the latest are told, the latest day first."""

    def when(row: _Row) -> tuple[str, str]:
        return row.day or "", row.article

    return leading(sorted(rows, key=when, reverse=True), PLACES, when)
