"""What a run tells besides its articles: what could not be used, and what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Reject:
    """Input that could not be used: where it stood, at which stage it failed, and why."""

    stage: str
    reason: str
    id: str | None = None
    path: str | None = None
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The reject as a JSON-ready dictionary, without what is not known."""
        named = {f.name: getattr(self, f.name) for f in fields(self)}
        order = ("id", "path", "line", "stage", "reason")
        return {name: named[name] for name in order if named[name] is not None}


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run did: articles read, statements found, rejects by stage."""

    articles: int = 0
    statements: int = 0
    rejects: Mapping[str, int] = field(default_factory=dict)
