"""The second look: what belongs to one act of saying, once its cue is marked.

The vectors that come out of a lower layer get a mark on the pieces of one cue and go through layers of their own. They
say of every word of the window whether it is the content of that cue, its speaker, or names the actor; and of the cue,
whether it reports speech at all and under which category its content falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from training.encoder.e5 import E5File, Layer, spread

LAYERS = 2
"""Layers of the second look; they start as the last ones of the encoder."""

CATEGORIES = (
    "arts_media", "crime_justice", "disaster", "economy", "education", "environment", "health", "human_interest", "labour",
    "lifestyle", "politics", "religion", "science_tech", "society", "sport", "conflict", "weather",
)  # fmt: skip
OUTPUTS = {"content": 3, "speaker": 2, "actor": 2, "real": 2, "category": len(CATEGORIES)}
"""Scores by word: content O, B, I; speaker and actor no, yes; and of the marked words: no cue, cue; the categories."""

WEIGHTS = {"content": 1.5, "speaker": 0.7, "actor": 0.7, "real": 0.5, "category": 0.2}
BY_CUE, BY_CONTENT = 0, 1
"""What is marked: a cue, or the first word of a content that has none."""


@dataclass
class Marked:
    """Acts of a batch: which window, which words are marked and how, and the classes of the window's words.

    `content`, `speaker`, `actor` are None for marks that are no act.
    """

    window: int
    first: int
    last: int
    mark: int
    content: list[int] | None = None
    speaker: list[int] | None = None
    actor: list[int] | None = None
    category: int | None = None


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
        self,
        hidden: torch.Tensor,
        mask: torch.Tensor | None,
        first: torch.Tensor,
        last: torch.Tensor,
        acts: Sequence[Marked],
    ) -> torch.Tensor:
        """Return the vectors of all words, one row an act.

        Shapes: hidden (windows, pieces, width), first and last piece of each word (windows, words) → (acts, words, width).
        """
        rows = torch.tensor([a.window for a in acts])
        x = hidden[rows]
        marks = torch.zeros(len(acts), x.shape[1], 2)
        for number, act in enumerate(acts):
            begin, end = int(first[act.window, act.first]), int(last[act.window, act.last])
            marks[number, begin : end + 1, act.mark] = 1
        x = x + marks.to(x.dtype) @ self.mark.to(x.dtype)
        added = spread(None if mask is None else mask[rows], x.dtype)
        for layer in self.layers:
            x = layer(x, added)
        wide = (-1, -1, x.shape[-1])
        x = self.dropout(x.float())
        return x.gather(1, first[rows][..., None].expand(*wide)) + x.gather(1, last[rows][..., None].expand(*wide))

    def losses(self, words: torch.Tensor, acts: Sequence[Marked]) -> dict[str, torch.Tensor]:
        """Return the mean loss of each output over the words, or the marks, that it is asked of."""
        found = {}
        known = [n for n, a in enumerate(acts) if a.content is not None]
        if known:
            for name in ("content", "speaker", "actor"):
                gold = [getattr(acts[n], name) for n in known]
                scores = torch.cat([self.outputs[name](words[n, : len(g)]) for n, g in zip(known, gold, strict=True)])
                found[name] = functional.cross_entropy(scores, torch.tensor([c for g in gold for c in g]))
        centre = words[torch.arange(len(acts)), torch.tensor([a.last for a in acts])]
        real = torch.tensor([int(a.content is not None) for a in acts])
        found["real"] = functional.cross_entropy(self.outputs["real"](centre), real)
        chosen = [n for n, a in enumerate(acts) if a.category is not None]
        if chosen:
            categories = torch.tensor([acts[n].category for n in chosen])
            found["category"] = functional.cross_entropy(self.outputs["category"](centre[chosen]), categories)
        return found


def doubtful(cue: torch.Tensor, present: torch.Tensor, acts: Sequence[Marked], windows: Sequence[int]) -> list[Marked]:
    """Return the likeliest wrong cue of each window: what the tags take for a cue and no act has.

    `cue` are the scores O, B, I of the words (windows, words, 3).
    """
    chance = 1 - cue.detach().float().softmax(-1)[..., 0]
    chance = chance.masked_fill(~present, 0)
    for act in acts:
        chance[act.window, max(0, act.first - 1) : act.last + 2] = 0
    found = []
    for window in windows:
        at = int(chance[window].argmax())
        if chance[window, at] > 0:
            begin = end = at
            while begin and chance[window, begin - 1] > 0.3:
                begin -= 1
            while end + 1 < chance.shape[1] and chance[window, end + 1] > 0.3:
                end += 1
            found.append(Marked(window, begin, end, BY_CUE))
    return found
