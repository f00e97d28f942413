"""What somebody says: its content, its cue, its speaker, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, Self

from portavoce.errors import RecordError
from portavoce.ids import statement_id
from portavoce.records.actors import ActorKind
from portavoce.records.fields import choice_at, ids_together, list_at, object_at, required_string, string_at, strings_at
from portavoce.records.span import Span

QuoteKind = Literal["direct", "indirect", "mixed"]
Polarity = Literal["asserts", "denies", "open"]
Certainty = Literal["certain", "reported", "possible"]
Act = Literal["statement", "question", "request"]
Tense = Literal["past", "present", "future", "none"]

CATEGORIES: tuple[str, ...] = (
    "arts_media", "crime_justice", "disaster", "economy", "education", "environment", "health", "human_interest",
    "labour", "lifestyle", "politics", "religion", "science_tech", "society", "sport", "conflict", "weather",
)  # fmt: skip
"""The 17 top-level subjects of the IPTC Media Topics."""


@dataclass(frozen=True, slots=True, order=True)
class TopicRef:
    """A concept of a thesaurus that a statement is about."""

    id: str
    label: str

    @classmethod
    def from_json(cls, data: object, where: str) -> Self:
        """A concept read from JSON; raises `RecordError` where it has no id or no label."""
        topic = object_at(data, where)
        return cls(required_string(topic, "id", where), required_string(topic, "label", where))

    def to_json(self) -> dict[str, Any]:
        """The concept as a JSON-ready dictionary."""
        return {"id": self.id, "label": self.label}


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

    @classmethod
    def from_json(cls, data: object, text: str, article_id: str, where: str) -> Self:
        """A statement read from JSON and checked against the article's text; raises `RecordError` where it does not fit."""
        s = object_at(data, where)
        content = tuple(Span.from_json(c, text, f"{where}.content[{n}]") for n, c in enumerate(list_at(s, "content")))
        if not content:
            raise RecordError(f"{where}.content is empty")
        if any(a.end > b.start for a, b in pairwise(content)):
            raise RecordError(f"{where}.content: spans overlap or are out of order")
        cue = Span.from_json(s["cue"], text, f"{where}.cue") if s.get("cue") else None
        actor = s.get("actor")
        confidence = s.get("confidence")
        if confidence is not None and (isinstance(confidence, bool) or not isinstance(confidence, int | float)):
            raise RecordError(f"{where}.confidence is {confidence!r}; it must be a number")
        about = strings_at(s, "about", where)
        if not s.get("kind"):
            raise RecordError(f"{where}.kind is missing")
        return cls(
            id=string_at(s, "id", where) or statement_id(article_id, content, cue), kind=choice_at(s, "kind", where, QuoteKind, ""),
            content=content, cue=cue, cue_lemma=string_at(s, "cue_lemma", where),
            speaker=Span.from_json(s["speaker"], text, f"{where}.speaker") if s.get("speaker") else None,
            actor=actor.get("name") if isinstance(actor, Mapping) else string_at(s, "actor", where),
            actor_id=string_at(s, "actor_id", where), actor_ids=ids_together(s, "actor_ids", where), wikidata=string_at(s, "wikidata", where),
            actor_kind=choice_at(s, "actor_kind", where, ActorKind, "unknown"), about=about,
            topics=tuple(TopicRef.from_json(topic, where) for topic in list_at(s, "topics")),
            category=string_at(s, "category", where), polarity=choice_at(s, "polarity", where, Polarity, "asserts"),
            certainty=choice_at(s, "certainty", where, Certainty, "certain"), act=choice_at(s, "act", where, Act, "statement"),
            tense=choice_at(s, "tense", where, Tense, "none"), reported_by=string_at(s, "reported_by", where),
            rule=string_at(s, "rule", where), confidence=float(confidence) if confidence is not None else None,
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """The statement as a JSON-ready dictionary, keys in a fixed order."""
        return {
            "id": self.id, "kind": self.kind, "content": [c.to_json() for c in self.content],
            "cue": self.cue.to_json() if self.cue else None, "cue_lemma": self.cue_lemma,
            "speaker": self.speaker.to_json() if self.speaker else None,
            "actor": self.actor, "actor_id": self.actor_id, "actor_ids": list(self.actor_ids), "wikidata": self.wikidata, "actor_kind": self.actor_kind,
            "about": list(self.about), "topics": [topic.to_json() for topic in self.topics], "category": self.category,
            "polarity": self.polarity, "certainty": self.certainty, "act": self.act, "tense": self.tense,
            "reported_by": self.reported_by, "rule": self.rule,
            "confidence": self.confidence,
        }  # fmt: skip
