"""A relation on its way to a record."""

from __future__ import annotations

from dataclasses import dataclass

from portavoce.extract.relations.parties import Party
from portavoce.records import Modality


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
