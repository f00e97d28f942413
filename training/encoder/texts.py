"""Texts with their annotation by word, as training reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

NONE = -100
"""The class of what is not annotated; it takes no part in the loss."""

VARIANTS = 7
"""Corpus variants: kinds of annotation that treebanks are read with; 0 is the one of run time."""


ANY = "*"
"""Ends a label that stands for itself and all its subtypes: `aux*` is *aux* or *aux:pass*, whichever it may be."""


def subtypes(labels: Sequence[str]) -> dict[str, list[int]]:
    """Return the labels that have subtypes, each with the places in `labels` of itself and of them."""
    found: dict[str, list[int]] = {}
    for place, label in enumerate(labels):
        found.setdefault(label.split(":")[0], []).append(place)
    return {base: places for base, places in sorted(found.items()) if len(places) > 1}


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


@dataclass
class Corpora:
    """What an encoder is trained on, each corpus with its share in an epoch, and what it is selected by."""

    treebanks: list[tuple[float, list[Text]]]
    kind: list[tuple[float, list[Text]]]
    gold: list[Text]
    written: list[Text] = field(default_factory=list, kw_only=True)  # articles written for training
    held_parse: list[Text]
    held_entities: list[Text]
    unparsed: list[Text] = field(default_factory=list)  # sentences that nobody parsed
    sources: dict[str, dict[str, object]] = field(default_factory=dict)  # by file: what for, how much, its digest
