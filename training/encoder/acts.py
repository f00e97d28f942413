"""The second look: what belongs to one act of saying, once its cue is marked.

The vectors that come out of a lower layer get a mark on the pieces of one cue and go through layers of their own. They
say of every word of the window whether it is the content of that cue, its speaker, or names the actor; and of the cue,
whether it reports speech at all and under which category its content falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training.encoder.e5 import E5File, Layer, spread
from training.encoder.texts import NONE, Act

LAYERS = 3
"""Layers of the second look; they start as the last ones of the encoder. With two, it learns several times slower."""

CATEGORIES = (
    "arts_media", "crime_justice", "disaster", "economy", "education", "environment", "health", "human_interest", "labour",
    "lifestyle", "politics", "religion", "science_tech", "society", "sport", "conflict", "weather",
)  # fmt: skip
OUTPUTS = {"content": 3, "speaker": 2, "actor": 2, "real": 2, "category": len(CATEGORIES)}
"""Scores by word: content O, B, I; speaker and actor no, yes; and of the marked words: no cue, cue; the categories."""

BY_WORD = ("content", "speaker", "actor")
WEIGHTS = {"content": 2.2, "speaker": 1.0, "actor": 1.0, "real": 0.75, "category": 0.3}
BY_CUE, BY_CONTENT = 0, 1
"""What is marked: a cue, or the first word of a content that has none."""

GOES_ON = 0.3
"""Chance from which a neighbour of a likely cue belongs to it."""


@dataclass
class Marked:
    """One act as a window sees it: the first and last word that are marked, how, and the classes of the window's words."""

    first: int
    last: int
    mark: int
    content: list[int]
    speaker: list[int]
    actor: list[int]
    category: int | None


def marked_act(act: Act, start: int, end: int) -> Marked | None:
    """Return an act as the window from word `start` to `end` sees it; None where its mark or its content lies outside."""
    if not all(start <= i < end for i in act.marked) or not any(start <= i < end for c in act.content for i in c):
        return None
    content = [0] * (end - start)
    for part in act.content:
        for k, i in enumerate(part):
            if start <= i < end:
                content[i - start] = 2 if k else 1
    speaker, actor = set(act.speaker), set(act.actor)
    return Marked(
        act.marked[0] - start,
        act.marked[-1] - start,
        BY_CUE if act.by_cue else BY_CONTENT,
        content,
        [int(i in speaker) for i in range(start, end)],
        [int(i in actor) for i in range(start, end)],
        CATEGORIES.index(act.category) if act.category in CATEGORIES else None,
    )


@dataclass
class Looks:
    """Marks of a batch, n of them, and what is known of them; arrays in the worker that makes batches, then tensors.

    Shapes: window (n,); the first and last piece that is marked, `begin` and `end` (n,); `mark` (n,); the word that
    speaks for the mark, `centre` (n,); the classes of the window's words, `content`, `speaker`, `actor` (n, words);
    `real` and `category` (n,); classes that are not known are `NONE`.
    """

    window: torch.Tensor
    begin: torch.Tensor
    end: torch.Tensor
    mark: torch.Tensor
    centre: torch.Tensor
    content: torch.Tensor
    speaker: torch.Tensor
    actor: torch.Tensor
    real: torch.Tensor
    category: torch.Tensor

    @classmethod
    def of(
        cls, acts: Sequence[Sequence[Marked]], first: Sequence[Sequence[int]], last: Sequence[Sequence[int]], words: int
    ) -> Self:
        """Return the acts of windows as arrays; `first` and `last` are the pieces of their words, `words` the longest window."""
        flat = [(window, act) for window, found in enumerate(acts) for act in found]
        by_word = {name: np.full((len(flat), words), NONE) for name in BY_WORD}
        for row, (_, act) in enumerate(flat):
            for name, gold in by_word.items():
                values = getattr(act, name)
                gold[row, : len(values)] = values

        def column(values: list[int]) -> np.ndarray:
            return np.array(values, np.int64)

        return cls(
            column([w for w, _ in flat]),
            column([first[w][a.first] for w, a in flat]),
            column([last[w][a.last] for w, a in flat]),
            column([a.mark for _, a in flat]),
            column([a.last for _, a in flat]),
            **by_word,
            real=column([1] * len(flat)),
            category=column([NONE if a.category is None else a.category for _, a in flat]),
        )

    def with_(self, other: Self) -> Self:
        """Return both together."""
        return type(self)(*(torch.cat([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)))


class ActReader(nn.Module):
    """Reads windows once more, with one cue marked in each."""

    def __init__(self, file: E5File, dropout: float) -> None:
        super().__init__()
        self.mark = nn.Parameter(torch.randn(2, file.width) * 0.3)
        self.layers = nn.ModuleList(
            Layer(file.width, file.heads, file.feed_forward, file.epsilon, dropout) for _ in range(LAYERS)
        )
        for number, layer in enumerate(self.layers, file.layers - LAYERS):
            layer.fill(file, number)
        self.dropout = nn.Dropout(dropout)
        self.outputs = nn.ModuleDict({name: nn.Linear(file.width, size) for name, size in OUTPUTS.items()})

    def forward(
        self, hidden: torch.Tensor, mask: torch.Tensor | None, first: torch.Tensor, last: torch.Tensor, looks: Looks
    ) -> torch.Tensor:
        """Return the vectors of all words, one row a look.

        Shapes: hidden (windows, pieces, width), first and last piece of each word (windows, words) → (looks, words, width).
        """
        rows = looks.window
        x = hidden[rows]
        places = torch.arange(x.shape[1], device=x.device)
        inside = (places >= looks.begin[:, None]) & (places <= looks.end[:, None])
        x = x + inside[..., None] * self.mark.to(x.dtype)[looks.mark][:, None]
        added = spread(None if mask is None else mask[rows], x.dtype)
        for layer in self.layers:
            x = layer(x, added)
        wide = (-1, -1, x.shape[-1])
        x = self.dropout(x.float())
        return x.gather(1, first[rows][..., None].expand(*wide)) + x.gather(1, last[rows][..., None].expand(*wide))

    def losses(self, words: torch.Tensor, looks: Looks, *, known: bool, categories: bool) -> dict[str, torch.Tensor]:
        """Return the mean loss of each output over the words, or the marks, that it is asked of.

        `known` says whether one look at least is an act, `categories` whether one act has a category.
        """
        found = {}
        if known:
            for name in BY_WORD:
                scores = self.outputs[name](words).flatten(0, 1)
                found[name] = functional.cross_entropy(scores, getattr(looks, name).flatten(), ignore_index=NONE)
        centre = words[torch.arange(len(words), device=words.device), looks.centre]
        found["real"] = functional.cross_entropy(self.outputs["real"](centre), looks.real, ignore_index=NONE)
        if categories:
            found["category"] = functional.cross_entropy(
                self.outputs["category"](centre), looks.category, ignore_index=NONE
            )
        return found


def doubtful(
    cue: torch.Tensor, free: torch.Tensor, first: torch.Tensor, last: torch.Tensor, windows: torch.Tensor
) -> Looks:
    """Return the likeliest wrong cue of each of some windows: what the tags take for a cue and no act has.

    Shapes: `cue`, the scores O, B, I of the words (windows, words, 3); `free`, whether a word is there and no act's
    (windows, words); `first` and `last` piece of each word (windows, words); `windows` (n,).
    """
    chance = (1 - cue.detach().float().softmax(-1)[..., 0]).masked_fill(~free, 0)[windows]
    most, centre = chance.max(1)
    begin = end = centre
    rows = torch.arange(len(windows), device=chance.device)
    for _ in range(2):
        before, after = (begin - 1).clamp(min=0), (end + 1).clamp(max=chance.shape[1] - 1)
        begin = torch.where(chance[rows, before] > GOES_ON, before, begin)
        end = torch.where(chance[rows, after] > GOES_ON, after, end)
    unknown = torch.full_like(chance, NONE, dtype=torch.long)
    return Looks(
        windows,
        first[windows, begin],
        last[windows, end],
        torch.full_like(centre, BY_CUE),
        end,
        unknown,
        unknown,
        unknown,
        torch.where(most > 0, 0, NONE),
        torch.full_like(centre, NONE),
    )
