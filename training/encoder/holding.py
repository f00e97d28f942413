"""Holds a model that is trained further for the parse alone to what else it says (Li and Hoiem 2016, learning without forgetting).

What it said before of entities, contents, cues and speakers, and of what belongs to what, is asked of the model as it was,
for the same windows; so is what comes out of the layer that the second look starts from, since that is not trained on.
"""

from __future__ import annotations

import copy

import torch
from torch.nn import functional

from training.encoder.model import POINTED, Batch, Model, Read

TAGS = ("ner", "content", "cue", "speaker")
WEIGHTS = {"held_tags": 3.0, "held_pointers": 0.3, "held_below": 1.0}


class Holding:
    """A model as it was."""

    def __init__(self, model: Model) -> None:
        self.model = copy.deepcopy(model).eval().requires_grad_(requires_grad=False)

    def losses(self, model: Model, batch: Batch, read: Read) -> dict[str, torch.Tensor]:
        """Return how far `model`, which read the batch, is from what this one says of it.

        Of tags and of pointers the divergence a word (Kullback and Leibler), summed over them; of the layer below the mean
        square of the difference, as a share of the variance.
        """
        with torch.no_grad():
            before = self.model.read(batch, halved=model.training)
        there = batch.present.flatten()
        found = {"held_tags": torch.zeros(()), "held_pointers": torch.zeros(())}
        for name in TAGS:
            was = self.model.tags[name](before.words.flatten(0, 1)[there])
            found["held_tags"] = found["held_tags"] + divergence(was, model.tags[name](read.words.flatten(0, 1)[there]))
        for name in POINTED:
            was = self.model.pointed(name, before.words, before.candidates, batch)[there]
            now = model.pointed(name, read.words, read.candidates, batch)[there]
            found["held_pointers"] = found["held_pointers"] + divergence(was, now)
        was, now = before.below.float(), read.below.float()
        if batch.mask is not None:
            was, now = was[batch.mask], now[batch.mask]
        return found | {"held_below": ((now - was) ** 2).mean() / was.var()}


def divergence(was: torch.Tensor, now: torch.Tensor) -> torch.Tensor:
    """Return the mean divergence of classes with these scores (both (n, classes)), in nats."""
    return functional.kl_div(now.log_softmax(-1), was.log_softmax(-1), log_target=True, reduction="batchmean")
