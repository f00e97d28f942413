"""A relation on its way to a record, and the parties to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portavoce.records import ActorKind, Modality


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a relation, not yet an actor of the article where ``make`` adds it; ``at`` is the head of the phrase."""

    name: str
    kind: ActorKind
    at: int
    how: str
    index: int | None = None
    make: Callable[[], int] | None = None

    def settle(self) -> int:
        """The actor's index, added to the article's where it is not there yet."""
        return self.make() if self.make else self.index  # type: ignore[return-value]


def people(parties: Iterable[Party]) -> list[Party]:
    """Those of some parties who are persons."""
    return [p for p in parties if p.kind == "person"]


@dataclass(frozen=True, slots=True)
class Found:
    """What one party does or is to another: the tokens of the trigger (both included), and by which ``rule`` it was found."""

    type: str
    source: Party
    target: Party
    trigger: tuple[int, int]
    modality: Modality
    rule: str
    role: str | None = None
