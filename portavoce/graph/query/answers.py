"""What questions are answered with: frozen records that turn into JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from portavoce.graph.schema import (
    CATEGORY,
    COPY,
    MENTIONS,
    PHRASE,
    article_of,
    edges_from,
    local_id,
    speakers_of,
    topics_of,
    utterance_of,
)
from portavoce.records import Span

if TYPE_CHECKING:
    import networkx as nx

Part = Literal["", "content", "cue", "speaker"]
Item = TypeVar("Item")
Answered = TypeVar("Answered")


class Answer:
    """The base of answers."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """The answer as a JSON-ready dictionary, keys in the order of its fields."""
        data: dict[str, Any] = _plain(self)
        return data


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return value.to_json()
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


class Listing(list[Answered]):
    """A list of answers, the first of ``total`` where a limit has cut it."""

    __slots__ = ("total",)

    def __init__(self, answers: Iterable[Answered] = (), total: int | None = None) -> None:
        super().__init__(answers)
        self.total = len(self) if total is None else total

    @property
    def left(self) -> int:
        """How many answers the limit left out."""
        return self.total - len(self)


def listing(items: list[Item], limit: int | None, answer: Callable[[Item], Answered]) -> Listing[Answered]:
    """The answers for the first items; only for these they are made."""
    return Listing(map(answer, items[:limit]), len(items))


@dataclass(frozen=True, slots=True)
class Evidence(Answer):
    """Where in which article something stands; ``article`` is the article's own id."""

    article: str
    title: str | None
    published: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class StatementAnswer(Answer):
    """A statement with its surroundings: ``speaker`` is the actor's name in the corpus, ``actor`` the article's for it.

    Of several who say it together ``speaker`` has all names; ``speaker_id`` is None then, and ``speaker_ids`` tells them.
    ``copies`` are the ids of statements of other articles that report the same utterance.
    """

    id: str
    speaker: str | None
    speaker_id: str | None
    speaker_ids: tuple[str, ...]
    actor: str | None
    kind: str
    text: str
    about: tuple[str, ...]
    topics: tuple[str, ...]
    category: str | None
    mentions: tuple[str, ...]
    cue: str | None
    polarity: str
    certainty: str
    act: str
    tense: str
    reported_by: str | None
    rule: str | None
    confidence: float | None
    copies: tuple[str, ...]
    url: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ActorMatch(Answer):
    """An actor that a name may mean: how it fits, and the ``others`` that it fits as well."""

    id: str
    name: str
    how: Literal["name", "surname", "part", "prefix", "id"]
    statements: int
    others: tuple[ActorMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorAnswer(Answer):
    """An actor with the number of statements by and about it, of articles that name it, its roles, deeds and topics.

    ``utterances`` counts what several articles report as said once only once. A role reads "portavoce, Cremlino" where an
    article names the body; ``relations`` counts what it does or what is done to it, offices left out. ``topics`` are those of
    most of its statements, and ``evidence`` is the first place where it speaks or is named.
    """

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    wikidata: str | None
    of_country: str | None
    statements: int
    utterances: int
    mentioned: int
    articles: int
    roles: tuple[str, ...]
    because: tuple[Because, ...]
    relations: int = 0
    topics: tuple[str, ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Because(Answer):
    """Why what articles call by a name is this actor: the features with their weights, and their sum."""

    name: str
    rule: str
    score: float
    articles: int


@dataclass(frozen=True, slots=True)
class RoleAnswer(Answer):
    """An office that articles tell of: who holds it, where, and the first and the last day on which that was seen."""

    id: str
    name: str
    role: str
    organization: str | None
    organization_id: str | None
    first: str | None
    last: str | None
    articles: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TopicAnswer(Answer):
    """A topic with the number of statements on it and the names of the actors who speak on it, those with most statements first.

    ``speakers`` are the first ten of them, ``speakers_total`` says how many there are, and ``evidence`` is the first statement on it.
    """

    id: str
    label: str
    scheme: str
    concept: str | None
    statements: int
    speakers: tuple[str, ...]
    speakers_total: int
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class RelationLine(Answer):
    """One thing that stands between two actors, with the place that says so.

    ``modality`` and ``trigger`` (the words that tell it) belong to relations, ``polarity`` to statements.

    ``kind``: ``says`` (source says something that mentions target), ``role``, ``relation`` (what source does to target),
    ``together`` (somebody else's statement mentions both), ``topic`` (both speak on it; one line for each of the two),
    ``belongs`` (source is of the country target, as the gazetteer or the name itself tells).
    """

    kind: Literal["says", "role", "relation", "together", "topic", "belongs"]
    source: str
    target: str
    what: str
    text: str
    topics: tuple[str, ...]
    statement: str | None
    evidence: Evidence
    modality: str | None = None
    trigger: str | None = None
    polarity: str | None = None


@dataclass(frozen=True, slots=True)
class Deeds(Answer):
    """How often a source does something of a type to a target, as articles tell it in one modality."""

    source: str
    type: str
    modality: str
    target: str
    count: int


@dataclass(frozen=True, slots=True)
class Between(Answer):
    """Somebody who stands between two actors: in how many ties with each of them, and how many statements name both."""

    id: str
    name: str
    with_a: int
    with_b: int
    names_both: int


@dataclass(frozen=True, slots=True)
class RelationsAnswer(Answer):
    """What stands between two actors, or between one (``b`` is None) and all others; how often each mentions the other.

    ``deeds`` counts what they do to each other by type and modality, ``between`` are others with ties to both, and
    ``totals`` says how many lines there are of each kind where a limit has cut them.
    """

    a: str
    b: str | None
    mentions: tuple[tuple[str, str, int], ...]
    common_topics: tuple[str, ...]
    lines: tuple[RelationLine, ...]
    deeds: tuple[Deeds, ...] = ()
    between: tuple[Between, ...] = ()
    totals: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hop(Answer):
    """A step from one actor to the next, in the direction of the path; the evidence may speak in the other direction."""

    source: str
    target: str
    line: RelationLine


@dataclass(frozen=True, slots=True)
class PathAnswer(Answer):
    """The shortest chain of evidence between two actors, and ``others`` that come next; ``connected`` is false when there is none."""

    a: str
    b: str
    connected: bool
    hops: tuple[Hop, ...]
    others: tuple[tuple[Hop, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece(Answer):
    """A piece of a passage and what it is: plain text, content, cue or speaker."""

    text: str
    part: Part


@dataclass(frozen=True, slots=True)
class ShowAnswer(Answer):
    """A statement in its passage, and the relations that it reports.

    ``hint`` says what to do when the graph does not carry the text.
    """

    statement: StatementAnswer
    passage: tuple[Piece, ...]
    hint: str | None
    relations: tuple[RelationLine, ...] = ()


def actor_name(graph: nx.MultiDiGraph, node: str) -> str:
    """The name to show for an actor."""
    name: str = graph.nodes[node]["name"]
    return name


def evidence_in(graph: nx.MultiDiGraph, article: str, spans: tuple[Span, ...]) -> Evidence:
    """Evidence from an article's node and spans in it."""
    a = graph.nodes[article]
    return Evidence(a["id"], a["title"], a["published"], tuple(spans))


def statement_answer(graph: nx.MultiDiGraph, node: str) -> StatementAnswer:
    """The answer for one statement's node."""
    s = graph.nodes[node]
    speakers, article = speakers_of(graph, node), article_of(graph, node)
    topics = [graph.nodes[t] for t in topics_of(graph, node)]
    phrases = tuple(t["label"] for t in topics if t["scheme"] == PHRASE)
    return StatementAnswer(
        id=local_id(node),
        speaker=", ".join(sorted(actor_name(graph, speaker) for speaker in speakers)) or None,
        speaker_id=local_id(speakers[0]) if len(speakers) == 1 else None,
        speaker_ids=tuple(local_id(speaker) for speaker in speakers),
        actor=s["actor"],
        kind=s["quote_type"],
        text=statement_text(s["content"]),
        about=tuple(s["about"]) or phrases,
        topics=tuple(t["label"] for t in topics if t["scheme"] not in {PHRASE, CATEGORY}),
        category=s["category"],
        mentions=tuple(sorted({actor_name(graph, a) for a, _ in edges_from(graph, node, MENTIONS)})),
        cue=s["cue"].text if s["cue"] else None,
        polarity=s["polarity"],
        certainty=s["certainty"],
        act=s["act"],
        tense=s["tense"],
        reported_by=local_id(s["reported_by"]) if s["reported_by"] else None,
        rule=s["rule"],
        confidence=s["confidence"],
        copies=tuple(sorted(local_id(copy) for copy in copies_of(graph, node))),
        url=graph.nodes[article]["url"],
        evidence=evidence_in(graph, article, s["content"]),
    )


def copies_of(graph: nx.MultiDiGraph, statement: str) -> list[str]:
    """The other statements that report the same utterance, by node."""
    utterance = utterance_of(graph, statement)
    return [copy for copy, _ in edges_from(graph, utterance, COPY) if copy != statement] if utterance else []


def statement_text(content: tuple[Span, ...]) -> str:
    """The content as one string, interrupted quotes joined with an ellipsis in brackets."""
    return " […] ".join(span.text for span in content)
