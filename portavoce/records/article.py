"""One article with what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from portavoce.errors import RecordError
from portavoce.records.actors import Actor, Mention, Relation, Role
from portavoce.records.fields import list_at
from portavoce.records.statement import Statement


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
            "statements": [statement.to_json() for statement in self.statements],
            "actors": [actor.to_json() for actor in self.actors],
            "mentions": [mention.to_json() for mention in self.mentions],
            "roles": [role.to_json() for role in self.roles],
            "relations": [relation.to_json() for relation in self.relations],
        }  # fmt: skip


def _article_fields(data: object) -> dict[str, Any]:
    """The checked values of an article's fields, by name."""
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
        Statement.from_json(s, text, id_, f"statements[{n}]") for n, s in enumerate(list_at(data, "statements"))
    )
    out["extracted"] = data.get("statements") is not None
    out["actors"] = tuple(Actor.from_json(a, f"actors[{n}]") for n, a in enumerate(list_at(data, "actors")))
    out["mentions"] = tuple(
        Mention.from_json(m, text, f"mentions[{n}]") for n, m in enumerate(list_at(data, "mentions"))
    )
    out["roles"] = tuple(Role.from_json(r, text, f"roles[{n}]") for n, r in enumerate(list_at(data, "roles")))
    out["relations"] = tuple(
        Relation.from_json(r, text, f"relations[{n}]") for n, r in enumerate(list_at(data, "relations"))
    )
    return out
