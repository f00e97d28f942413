"""Who and what an article speaks of: actors, where they are named, what they hold, and what they do to one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Self

from portavoce.records.fields import choice_at, object_at, required_string, string_at, strings_at
from portavoce.records.span import Span

ActorKind = Literal["person", "organization", "country", "group", "document", "unknown"]
Modality = Literal["actual", "planned", "possible", "denied"]

SYMMETRIC = frozenset({"consult", "agree", "cooperate", "kin"})
"""Types of relation that both sides stand in alike."""


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

    @classmethod
    def from_json(cls, data: object, where: str) -> Self:
        """An actor read from JSON; raises `RecordError` where it does not fit."""
        a = object_at(data, where)
        aliases = strings_at(a, "aliases", where)
        return cls(
            id=required_string(a, "id", where), name=required_string(a, "name", where),
            kind=choice_at(a, "kind", where, ActorKind, "unknown"), aliases=aliases,
            wikidata=string_at(a, "wikidata", where), of_country=string_at(a, "of_country", where),
            form=string_at(a, "form", where),
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """The actor as a JSON-ready dictionary; ``form`` only where there is one."""
        return {
            "id": self.id, "name": self.name, "kind": self.kind, "aliases": list(self.aliases), "wikidata": self.wikidata,
            "of_country": self.of_country,
        } | ({"form": self.form} if self.form else {})  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A place in the text that names an actor."""

    start: int
    end: int
    text: str
    actor_id: str

    @classmethod
    def from_json(cls, data: object, text: str, where: str) -> Self:
        """A mention read from JSON and checked against the text; raises `RecordError` where it does not fit."""
        span = Span.from_json(data, text, where)
        return cls(span.start, span.end, span.text, required_string(object_at(data, where), "actor_id", where))

    def to_json(self) -> dict[str, Any]:
        """The mention as a JSON-ready dictionary."""
        return {"start": self.start, "end": self.end, "text": self.text, "actor_id": self.actor_id}


@dataclass(frozen=True, slots=True)
class Role:
    """An office or function of an actor as an article states it; ``organization`` is a name, or None."""

    actor_id: str
    role: str
    organization: str | None
    evidence: Span

    @classmethod
    def from_json(cls, data: object, text: str, where: str) -> Self:
        """A role read from JSON and checked against the text; raises `RecordError` where it does not fit."""
        r = object_at(data, where)
        return cls(
            actor_id=required_string(r, "actor_id", where), role=required_string(r, "role", where),
            organization=string_at(r, "organization", where),
            evidence=Span.from_json(r.get("evidence"), text, f"{where}.evidence"),
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """The role as a JSON-ready dictionary."""
        return {
            "actor_id": self.actor_id, "role": self.role, "organization": self.organization,
            "evidence": self.evidence.to_json(),
        }  # fmt: skip


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

    @classmethod
    def from_json(cls, data: object, text: str, where: str) -> Self:
        """A relation read from JSON and checked against the text; raises `RecordError` where it does not fit."""
        r = object_at(data, where)
        return cls(
            source=required_string(r, "source", where), type=required_string(r, "type", where), target=required_string(r, "target", where),
            trigger=Span.from_json(r.get("trigger"), text, f"{where}.trigger"),
            evidence=Span.from_json(r.get("evidence"), text, f"{where}.evidence"),
            modality=choice_at(r, "modality", where, Modality, "actual"), statement=string_at(r, "statement", where),
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """The relation as a JSON-ready dictionary."""
        return {
            "source": self.source, "type": self.type, "target": self.target, "trigger": self.trigger.to_json(),
            "evidence": self.evidence.to_json(), "modality": self.modality, "statement": self.statement,
        }  # fmt: skip


def kind_together(kinds: Iterable[ActorKind]) -> ActorKind:
    """What kind of actor several are together: a group, unless all are organisations, countries or documents."""
    told = set(kinds)
    return next(iter(told)) if len(told) == 1 and told <= {"organization", "country", "document"} else "group"
