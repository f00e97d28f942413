"""The records that stages pass to each other: frozen, slotted, checked once when they are made from JSON.

Offsets are Unicode code points into the article's text, end exclusive; ``text[start:end]`` is the span's text.
This module imports nothing of the project but its errors and ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import Any, Literal, Self, get_args

from portavoce.errors import RecordError
from portavoce.ids import statement_id

QuoteKind = Literal["direct", "indirect", "mixed"]
ActorKind = Literal["person", "organization", "country", "group", "document", "unknown"]
Polarity = Literal["asserts", "denies", "open"]
Certainty = Literal["certain", "reported", "possible"]
Act = Literal["statement", "question", "request"]
Tense = Literal["past", "present", "future", "none"]
Modality = Literal["actual", "planned", "possible", "denied"]

CATEGORIES: tuple[str, ...] = (
    "arts_media", "crime_justice", "disaster", "economy", "education", "environment", "health", "human_interest",
    "labour", "lifestyle", "politics", "religion", "science_tech", "society", "sport", "conflict", "weather",
)  # fmt: skip
"""The 17 top-level subjects of the IPTC Media Topics."""

SYMMETRIC = frozenset({"consult", "agree", "cooperate", "kin"})
"""Types of relation that both sides stand in alike."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of ``text`` from ``start`` to ``end``."""
        return cls(start, end, text[start:end])

    @classmethod
    def from_json(cls, data: object, text: str, where: str) -> Self:
        """A span read from JSON and checked against the text; raises `RecordError` where it does not fit."""
        if not isinstance(data, Mapping):
            raise RecordError(f"{where} is not an object with start and end")
        start, end = data.get("start"), data.get("end")
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
            raise RecordError(f"{where}: start {start!r} and end {end!r} do not fit a text of {len(text)} characters")
        if "text" in data and data["text"] != text[start:end]:
            raise RecordError(f"{where}: the text at {start}–{end} is {text[start:end]!r}, not {data['text']!r}")
        return cls(start, end, text[start:end])

    def to_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True, order=True)
class TopicRef:
    """A concept of a thesaurus that a statement is about."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says in one act of saying: content spans in text order, cue, speaker, and who that is.

    ``speaker`` is the mention in the text, or None when the subject is dropped or implied; ``actor`` is the fullest
    name that the article gives for who that is, or None when nobody can say. Where several say it together, ``actor`` and
    ``actor_id`` mean them as one ("Rossi e Bianchi") and ``actor_ids`` are the two or more who they are; it is empty
    otherwise. ``rule`` names what found the statement and ``confidence`` (0 to 1) says how sure the extractor is.
    """

    id: str
    kind: QuoteKind
    content: tuple[Span, ...]
    cue: Span | None = None
    cue_lemma: str | None = None
    speaker: Span | None = None
    actor: str | None = None
    actor_id: str | None = None
    actor_ids: tuple[str, ...] = ()
    wikidata: str | None = None
    actor_kind: ActorKind = "unknown"
    about: tuple[str, ...] = ()
    topics: tuple[TopicRef, ...] = ()
    category: str | None = None
    polarity: Polarity = "asserts"
    certainty: Certainty = "certain"
    act: Act = "statement"
    tense: Tense = "none"
    reported_by: str | None = None
    rule: str | None = None
    confidence: float | None = None

    @property
    def text(self) -> str:
        """The content as one string, interrupted quotes joined with an ellipsis in brackets."""
        return " […] ".join(span.text for span in self.content)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that speaks or is spoken of: a person, organisation, country, group or document.

    ``form`` is set where an article holds one actor under two names that only the whole corpus brought together: the id
    by which mentions, roles and relations of the record tell the two apart.
    """

    id: str
    name: str
    kind: ActorKind = "unknown"
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    of_country: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A place in the text that names an actor."""

    start: int
    end: int
    text: str
    actor_id: str


@dataclass(frozen=True, slots=True)
class Role:
    """An office or function of an actor as an article states it; ``organization`` is a name, or None."""

    actor_id: str
    role: str
    organization: str | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class Relation:
    """What one actor does or is to another; ``statement`` is the id of the statement that reports it, if any."""

    source: str
    type: str
    target: str
    trigger: Span
    evidence: Span
    modality: Modality = "actual"
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text as it came, what is known about it, and what was found in it.

    ``extracted`` tells an article in which nothing was found from one that nobody has looked at yet.
    """

    id: str
    text: str
    title: str | None = None
    language: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    statements: tuple[Statement, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    roles: tuple[Role, ...] = ()
    relations: tuple[Relation, ...] = ()
    extracted: bool = False

    @property
    def is_record(self) -> bool:
        """Whether statements were looked for already."""
        return self.extracted or bool(self.statements)

    def bare(self) -> Self:
        """The article without anything that was found in it."""
        return replace(self, statements=(), actors=(), mentions=(), roles=(), relations=(), extracted=False)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """An article read from a JSON object of the interchange format; raises `RecordError` when it does not fit."""
        return cls(**_article_fields(data))

    def to_json(self) -> dict[str, Any]:
        """The interchange record as a JSON-ready dictionary, keys in a fixed order."""
        return {
            "id": self.id, "title": self.title, "text": self.text, "language": self.language, "url": self.url,
            "published": self.published, "publisher": self.publisher,
            "statements": [_statement_json(s) for s in self.statements],
            "actors": [
                {"id": a.id, "name": a.name, "kind": a.kind, "aliases": list(a.aliases), "wikidata": a.wikidata,
                 "of_country": a.of_country} | ({"form": a.form} if a.form else {})
                for a in self.actors
            ],
            "mentions": [{"start": m.start, "end": m.end, "text": m.text, "actor_id": m.actor_id} for m in self.mentions],
            "roles": [
                {"actor_id": r.actor_id, "role": r.role, "organization": r.organization, "evidence": r.evidence.to_json()}
                for r in self.roles
            ],
            "relations": [
                {"source": r.source, "type": r.type, "target": r.target, "trigger": r.trigger.to_json(),
                 "evidence": r.evidence.to_json(), "modality": r.modality, "statement": r.statement}
                for r in self.relations
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reject:
    """Input that could not be used: where it stood, at which stage it failed, and why."""

    stage: str
    reason: str
    id: str | None = None
    path: str | None = None
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        named = {f.name: getattr(self, f.name) for f in fields(self)}
        order = ("id", "path", "line", "stage", "reason")
        return {name: named[name] for name in order if named[name] is not None}


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run did: articles read, statements found, rejects by stage."""

    articles: int = 0
    statements: int = 0
    rejects: Mapping[str, int] = field(default_factory=dict)


def kind_together(kinds: Iterable[ActorKind]) -> ActorKind:
    """What kind of actor several are together: a group, unless all are organisations, countries or documents."""
    told = set(kinds)
    return next(iter(told)) if len(told) == 1 and told <= {"organization", "country", "document"} else "group"


def _statement_json(s: Statement) -> dict[str, Any]:
    return {
        "id": s.id, "kind": s.kind, "content": [c.to_json() for c in s.content],
        "cue": s.cue.to_json() if s.cue else None, "cue_lemma": s.cue_lemma,
        "speaker": s.speaker.to_json() if s.speaker else None,
        "actor": s.actor, "actor_id": s.actor_id, "actor_ids": list(s.actor_ids), "wikidata": s.wikidata, "actor_kind": s.actor_kind,
        "about": list(s.about), "topics": [{"id": t.id, "label": t.label} for t in s.topics], "category": s.category,
        "polarity": s.polarity, "certainty": s.certainty, "act": s.act, "tense": s.tense,
        "reported_by": s.reported_by, "rule": s.rule,
        "confidence": s.confidence,
    }  # fmt: skip


def _article_fields(data: object) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise RecordError("an article is a JSON object with id and text")
    text, id_ = data.get("text"), data.get("id")
    if not isinstance(id_, str) or not id_:
        raise RecordError(f"id is {id_!r}; it must be a string that is not empty")
    if text is None:
        raise RecordError("text is missing")
    if not isinstance(text, str):
        raise RecordError(f"text is {type(text).__name__}; it must be a string")
    out: dict[str, Any] = {"id": id_, "text": text}
    for name in ("title", "language", "url", "published", "publisher"):
        value = data.get(name)
        if value is not None and not isinstance(value, str):
            raise RecordError(f"{name} is {type(value).__name__}; it must be a string or null")
        out[name] = value
    out["statements"] = tuple(
        _statement(s, text, id_, f"statements[{n}]") for n, s in enumerate(_list(data, "statements"))
    )
    out["extracted"] = data.get("statements") is not None
    out["actors"] = tuple(_actor(a, f"actors[{n}]") for n, a in enumerate(_list(data, "actors")))
    out["mentions"] = tuple(_mention(m, text, f"mentions[{n}]") for n, m in enumerate(_list(data, "mentions")))
    out["roles"] = tuple(_role(r, text, f"roles[{n}]") for n, r in enumerate(_list(data, "roles")))
    out["relations"] = tuple(_relation(r, text, f"relations[{n}]") for n, r in enumerate(_list(data, "relations")))
    return out


def _list(data: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = data.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise RecordError(f"{name} is {type(value).__name__}; it must be a list")
    return value


def _object(data: object, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise RecordError(f"{where} is not an object")
    return data


def _string(data: Mapping[str, Any], name: str, where: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise RecordError(f"{where}.{name} is {type(value).__name__}; it must be a string or null")
    return value


def _required(data: Mapping[str, Any], name: str, where: str) -> str:
    value = _string(data, name, where)
    if not value:
        raise RecordError(f"{where}.{name} is missing")
    return value


def _choice(data: Mapping[str, Any], name: str, where: str, choices: object, default: str) -> Any:
    value = data.get(name) or default
    if value not in get_args(choices):
        raise RecordError(f"{where}.{name} is {value!r}; it must be one of {', '.join(get_args(choices))}")
    return value


def _statement(data: object, text: str, article_id: str, where: str) -> Statement:
    s = _object(data, where)
    content = tuple(Span.from_json(c, text, f"{where}.content[{n}]") for n, c in enumerate(_list(s, "content")))
    if not content:
        raise RecordError(f"{where}.content is empty")
    if any(a.end > b.start for a, b in pairwise(content)):
        raise RecordError(f"{where}.content: spans overlap or are out of order")
    cue = Span.from_json(s["cue"], text, f"{where}.cue") if s.get("cue") else None
    actor = s.get("actor")
    confidence = s.get("confidence")
    if confidence is not None and (isinstance(confidence, bool) or not isinstance(confidence, int | float)):
        raise RecordError(f"{where}.confidence is {confidence!r}; it must be a number")
    about = _list(s, "about")
    if not all(isinstance(a, str) for a in about):
        raise RecordError(f"{where}.about must hold strings")
    if not s.get("kind"):
        raise RecordError(f"{where}.kind is missing")
    return Statement(
        id=_string(s, "id", where) or statement_id(article_id, content, cue), kind=_choice(s, "kind", where, QuoteKind, ""),
        content=content, cue=cue, cue_lemma=_string(s, "cue_lemma", where),
        speaker=Span.from_json(s["speaker"], text, f"{where}.speaker") if s.get("speaker") else None,
        actor=actor.get("name") if isinstance(actor, Mapping) else _string(s, "actor", where),
        actor_id=_string(s, "actor_id", where), actor_ids=_several(s, "actor_ids", where), wikidata=_string(s, "wikidata", where),
        actor_kind=_choice(s, "actor_kind", where, ActorKind, "unknown"), about=tuple(about),
        topics=tuple(
            TopicRef(_required(_object(t, where), "id", where), _required(t, "label", where)) for t in _list(s, "topics")
        ),
        category=_string(s, "category", where), polarity=_choice(s, "polarity", where, Polarity, "asserts"),
        certainty=_choice(s, "certainty", where, Certainty, "certain"), act=_choice(s, "act", where, Act, "statement"),
        tense=_choice(s, "tense", where, Tense, "none"), reported_by=_string(s, "reported_by", where),
        rule=_string(s, "rule", where), confidence=float(confidence) if confidence is not None else None,
    )  # fmt: skip


def _several(data: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    """The ids of those who act together: none, or two and more."""
    ids = _list(data, name)
    if not all(isinstance(id_, str) and id_ for id_ in ids):
        raise RecordError(f"{where}.{name} must hold ids of actors")
    if len(ids) == 1 or len(set(ids)) < len(ids):
        raise RecordError(f"{where}.{name} is {list(ids)}; it names two actors or more, each once, or is empty")
    return tuple(ids)


def _actor(data: object, where: str) -> Actor:
    a = _object(data, where)
    aliases = _list(a, "aliases")
    if not all(isinstance(x, str) for x in aliases):
        raise RecordError(f"{where}.aliases must hold strings")
    return Actor(
        id=_required(a, "id", where), name=_required(a, "name", where),
        kind=_choice(a, "kind", where, ActorKind, "unknown"), aliases=tuple(aliases),
        wikidata=_string(a, "wikidata", where), of_country=_string(a, "of_country", where),
        form=_string(a, "form", where),
    )  # fmt: skip


def _mention(data: object, text: str, where: str) -> Mention:
    span = Span.from_json(data, text, where)
    return Mention(span.start, span.end, span.text, _required(_object(data, where), "actor_id", where))


def _role(data: object, text: str, where: str) -> Role:
    r = _object(data, where)
    return Role(
        actor_id=_required(r, "actor_id", where), role=_required(r, "role", where),
        organization=_string(r, "organization", where),
        evidence=Span.from_json(r.get("evidence"), text, f"{where}.evidence"),
    )  # fmt: skip


def _relation(data: object, text: str, where: str) -> Relation:
    r = _object(data, where)
    return Relation(
        source=_required(r, "source", where), type=_required(r, "type", where), target=_required(r, "target", where),
        trigger=Span.from_json(r.get("trigger"), text, f"{where}.trigger"),
        evidence=Span.from_json(r.get("evidence"), text, f"{where}.evidence"),
        modality=_choice(r, "modality", where, Modality, "actual"), statement=_string(r, "statement", where),
    )  # fmt: skip
