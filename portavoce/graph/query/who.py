"""Who says something about somebody, accuses somebody, or speaks for a body or a country."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portavoce.errors import InputError, UnknownNameError
from portavoce.graph.query.answers import (
    Answer,
    Evidence,
    Listing,
    actor_name,
    evidence_in,
    listing,
    statement_text,
)
from portavoce.graph.query.listing import office_words
from portavoce.graph.query.names import find_actor
from portavoce.graph.query.selection import is_about, selected
from portavoce.graph.query.statements import said_by, without_copies
from portavoce.graph.query.voices import VOICES, country_or_body, voice_of
from portavoce.graph.schema import (
    HOLDS,
    MENTIONS,
    RELATES,
    STATEMENT,
    Attributes,
    actor_node,
    article_of,
    edges_to,
    local_id,
    nodes_of,
    speakers_of,
)
from portavoce.ids import fold

if TYPE_CHECKING:
    import networkx as nx

ACCUSE = "accuse"
PLACES = 3
"""Places that prove an answer; the counts are of all."""


@dataclass(frozen=True, slots=True)
class WhoAnswer(Answer):
    """Somebody who does what is asked, how often, and the places that say so, the latest first.

    ``how`` counts by what tells cases apart: the polarity of statements, the modality of accusations, for whom one speaks. ``what``
    are the words of the latest place: what was said or told, or the office.
    """

    id: str
    name: str
    kind: str
    count: int
    how: tuple[tuple[str, int], ...]
    what: str
    first: str | None
    last: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One case of what is asked: how it is told apart, its words and place."""

    how: str
    what: str
    evidence: Evidence

    @property
    def order(self) -> tuple[object, ...]:
        """Orders cases by their days, those without a day first."""
        evidence = self.evidence
        return evidence.published or "", evidence.article, evidence.spans


@dataclass(frozen=True, slots=True)
class Doer:
    """Somebody (a node) who does what is asked: how often, in which ways, and on which days first and last."""

    actor: str
    count: int
    how: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None


def who(
    graph: nx.MultiDiGraph, *, says_about: str | None = None, accuses: str | None = None, speaks_for: str | None = None,
    since: str | None = None, until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> Listing[WhoAnswer]:  # fmt: skip
    """Who does one of three things, those who do it most often first.

    ``says_about``: who says something that mentions an actor, or, where no actor has the name, on a topic of these words.
    ``accuses``: of whom articles or statements tell that it accuses an actor. ``speaks_for``: who holds an office by which it
    speaks for a body or a country, its government and its organs; spokespersons come first, then heads, ministers and envoys;
    with ``topic`` those of them who speak on it. What several articles report as said once counts once.

    Raises `InputError` unless exactly one thing is asked, `UnknownNameError` for a name that the graph does not hold.
    """
    asked = [name for name in (says_about, accuses, speaks_for) if name is not None]
    if len(asked) != 1:
        raise InputError("ask one thing of: who says something about, who accuses, who speaks for")
    part = selected(graph, since=since, until=until, topic=topic)
    if speaks_for is not None:
        named, bodies = country_or_body(graph, speaks_for)
        held = _speaking_for(selected(graph, since=since, until=until), bodies)
        if topic is not None:
            held = {holder: offices for holder, offices in held.items() if said_by(part, holder)}
        return _speakers(graph, held, named, limit)
    if accuses is not None:
        return _answers(part, _accusing(part, actor_node(find_actor(graph, accuses).id)), limit)
    return _answers(part, _saying(part, _on(graph, part, asked[0])), limit)


def doer(actor: str, told: Iterable[tuple[str, str | None]]) -> Doer:
    """What the ways and days of cases come to."""
    cases = list(told)
    days = sorted(day for _, day in cases if day)
    how = Counter(way for way, _ in cases)
    return Doer(
        actor, len(cases), tuple(sorted(how.items(), key=lambda h: (-h[1], h[0]))), days[0] if days else None, days[-1] if days else None
    )  # fmt: skip


def who_answer(graph: nx.MultiDiGraph, counted: Doer, cases: Iterable[Case]) -> WhoAnswer:
    """The answer for somebody; the cases need not be more than the latest."""
    latest = sorted(cases, key=lambda case: case.order, reverse=True)[:PLACES]
    return WhoAnswer(
        local_id(counted.actor), actor_name(graph, counted.actor), graph.nodes[counted.actor]["actor_kind"], counted.count,
        counted.how, latest[0].what, counted.first, counted.last, tuple(case.evidence for case in latest),
    )  # fmt: skip


def _answers(graph: nx.MultiDiGraph, cases: dict[str, list[Case]], limit: int | None) -> Listing[WhoAnswer]:
    ranked = sorted(cases.items(), key=lambda item: (-len(item[1]), actor_name(graph, item[0]), item[0]))
    return listing(ranked, limit, lambda item: _answer(graph, *item))


def _answer(graph: nx.MultiDiGraph, actor: str, cases: list[Case]) -> WhoAnswer:
    return who_answer(graph, doer(actor, ((case.how, case.evidence.published) for case in cases)), cases)


def _on(graph: nx.MultiDiGraph, part: nx.MultiDiGraph, name: str) -> list[str]:
    """The statements that mention an actor; on a topic where no actor has the name."""
    try:
        node = actor_node(find_actor(graph, name).id)
    except UnknownNameError:
        words = fold(name).split()
        found = [s for s, _ in nodes_of(part, STATEMENT) if is_about(part, s, words)]
        if not found and not any(is_about(graph, s, words) for s, _ in nodes_of(graph, STATEMENT)):
            raise
        return found
    return [
        s
        for s, _ in edges_to(part, node, MENTIONS)
        if part.nodes[s]["kind"] == STATEMENT and node not in speakers_of(part, s)
    ]


def _saying(graph: nx.MultiDiGraph, statements: Iterable[str]) -> dict[str, list[Case]]:
    cases: dict[str, list[Case]] = defaultdict(list)
    for statement in without_copies(graph, list(statements)):
        case = case_of_statement(graph, statement)
        for speaker in speakers_of(graph, statement):
            cases[speaker].append(case)
    return cases


def case_of_statement(graph: nx.MultiDiGraph, statement: str) -> Case:
    """What is said as a case: told apart by its polarity."""
    s = graph.nodes[statement]
    return Case(
        s["polarity"],
        statement_text(s["content"]),
        evidence_in(graph, article_of(graph, statement), s["content"]),
    )


def _accusing(graph: nx.MultiDiGraph, target: str) -> dict[str, list[Case]]:
    cases: dict[str, list[Case]] = defaultdict(list)
    for source, edge in edges_to(graph, target, RELATES):
        if edge["type"] == ACCUSE and source != target:
            cases[source].append(case_of_deed(graph, edge))
    return cases


def case_of_deed(graph: nx.MultiDiGraph, edge: Attributes) -> Case:
    """What somebody does as a case: told apart by its modality."""
    words = " ".join(span.text for span in edge["evidence"])
    return Case(edge["modality"], words, evidence_in(graph, edge["article"], edge["evidence"]))


def case_of_office(graph: nx.MultiDiGraph, holder: str, body: str, edge: Attributes) -> Case:
    """An office as a case: told apart by whom it speaks for."""
    words = office_words(graph, holder, body, edge["role"])
    return Case(actor_name(graph, body), words, evidence_in(graph, edge["article"], edge["evidence"]))


_Held = dict[str, list[tuple[str, Attributes]]]


def _speaking_for(graph: nx.MultiDiGraph, bodies: set[str]) -> _Held:
    """Who holds offices by which they speak for some bodies, or for a person who is the head of one of them."""
    held = _held(graph, bodies)
    heads = {holder for holder, offices in held.items() if any(voice_of(e["role"]) == "head" for _, e in offices)}
    for holder, offices in _held(graph, heads - bodies).items():
        speaking = [(head, e) for head, e in offices if voice_of(e["role"]) == "spokesperson"]
        if speaking:
            held.setdefault(holder, []).extend(speaking)
    return held


def _speakers(graph: nx.MultiDiGraph, held: _Held, named: str, limit: int | None) -> Listing[WhoAnswer]:
    """The holders of offices in the order of `speaker_rank`."""

    def rank(item: tuple[str, list[tuple[str, Attributes]]]) -> tuple[object, ...]:
        holder, offices = item
        told = [(edge["role"], actor_name(graph, body)) for body, edge in offices]
        return *speaker_rank(told, named), actor_name(graph, holder), holder

    def answer(item: tuple[str, list[tuple[str, Attributes]]]) -> WhoAnswer:
        holder, offices = item
        return _answer(graph, holder, [case_of_office(graph, holder, body, edge) for body, edge in offices])

    return listing(sorted(held.items(), key=rank), limit, answer)


def speaker_rank(offices: Iterable[tuple[str, str]], named: str) -> tuple[int, bool, int]:
    """The rank of somebody by offices, each a role and the name of whom it speaks for; the lowest is first.

    By the kind of voice, those at what was ``named`` itself before others, the most told first.
    """
    told = list(offices)
    best = min(VOICES.index(voice) for role, _ in told if (voice := voice_of(role)))
    return best, all(name != named for _, name in told), -len(told)


def _held(graph: nx.MultiDiGraph, bodies: set[str]) -> _Held:
    """The offices at some bodies by which their holders speak for them."""
    held: _Held = defaultdict(list)
    for body in sorted(bodies):
        if body in graph:
            for holder, edge in edges_to(graph, body, HOLDS):
                if holder != body and voice_of(edge["role"]):
                    held[holder].append((body, edge))
    return held
