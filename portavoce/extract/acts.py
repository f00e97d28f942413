"""Acts of saying on their way to statements, as the stages of extraction hand them on: cues and attributions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CueKind = Literal["verb", "noun", "prep", "colon", "none"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that signal saying: tokens ``first`` to ``last`` (both included) around the ``head`` token.

    Of kind ``colon`` the head is the colon, of kind ``none`` (marks alone) the first token of the content, and the cue
    has no words of its own.
    """

    kind: CueKind
    head: int
    first: int
    last: int
    lemma: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its content, before anybody has asked who speaks.

    ``content`` holds character spans in text order; ``rule`` names the candidate that was chosen.
    """

    cue: Cue
    content: tuple[tuple[int, int], ...]
    kind: Literal["direct", "indirect", "mixed"]
    rule: str
    confidence: float
