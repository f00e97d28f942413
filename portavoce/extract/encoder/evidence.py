"""What the encoder leaves beside a Doc: its view of each word's part in attributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from portavoce.extract.encoder.decode import FloatArray, IntArray

EVIDENCE = "portavoce_evidence"
"""Key of `doc.user_data` under which the encoder leaves what it thinks of each word's part in attributions."""

POINTED = 3
"""Targets that are kept of each word's pointer."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a second look at one act of saying says of the words around it.

    `marked` are the first and last token of its cue, or the first of its content (`by_cue` false); `start` is the token
    of row 0. `content` holds log-probabilities of O, B, I (words, 3); `speaker` and `actor` the log-odds that a word is
    the speaker or names the actor (words,); `real` the log-odds that the act is one; `category` log-probabilities.
    """

    marked: tuple[int, int]
    by_cue: bool
    start: int
    content: FloatArray
    speaker: FloatArray
    actor: FloatArray
    real: float
    category: FloatArray


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the encoder thinks of each word's part in attributions.

    Log-probabilities of B, I and O by word for contents, cues and speakers, and what belongs to what.
    `tags[name]` has shape (words, 3) in the order O, B, I. `pointers[name]` holds the `POINTED` likeliest targets of
    each word, best first: tokens (-1 for none), and their log-probabilities, both of shape (words, POINTED).
    `looks` are the second looks, in text order.
    """

    tags: dict[str, FloatArray]
    pointers: dict[str, tuple[IntArray, FloatArray]]
    looks: tuple[SecondLook, ...] = ()

    @classmethod
    def joined(cls, parts: Sequence[Evidence]) -> Evidence:
        """Return the evidence of a text from that of its pieces."""
        tags = {name: np.concatenate([p.tags[name] for p in parts]) for name in parts[0].tags}
        pointers = {}
        for name in parts[0].pointers:
            offset, moved = 0, []
            for part in parts:
                targets, _ = part.pointers[name]
                moved.append(np.where(targets < 0, targets, targets + offset))
                offset += len(targets)
            pointers[name] = (np.concatenate(moved), np.concatenate([p.pointers[name][1] for p in parts]))
        looks, offset = [], 0
        for part in parts:
            for r in part.looks:
                first, last = r.marked
                looks.append(replace(r, marked=(first + offset, last + offset), start=r.start + offset))
            offset += len(next(iter(part.tags.values())))
        return cls(tags, pointers, tuple(looks))
