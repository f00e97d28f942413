"""A text with its annotation by word, as training reads it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Act:
    """One annotated statement by the words of its parts.

    `marked` are the words of the cue, or without one (`by_cue` false) the first word of the content.
    """

    marked: list[int]
    by_cue: bool
    content: list[list[int]]
    speaker: list[int]
    actor: list[int]
    category: str | None


@dataclass
class Text:
    """Words of running text with one value a word and layer; a layer that is missing is not annotated.

    `head`, `cue_of` and `speaker_of` are positions in the text, -1 for none (the root); the other layers are classes
    as strings, or None where a word has none. `bounds` are the words at which a window may begin. `acts` is None
    where attribution is not annotated.
    """

    words: list[str]
    spaces: list[bool]
    variant: int
    layers: dict[str, list] = field(default_factory=dict)
    bounds: list[int] = field(default_factory=list)
    acts: list[Act] | None = None
    id: str = ""
