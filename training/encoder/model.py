"""The encoder with its heads, and batches of windows for it."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from portavoce.extract.encoder.pieces import LONGEST, Pieces, windows
from training.encoder import acts
from training.encoder.acts import ActReader, Looks, Marked, doubtful, marked_act
from training.encoder.e5 import E5File, Encoder, unpacked
from training.encoder.texts import ANY, NONE, Text, subtypes

TAGGED = ("pos", "morph", "lemma", "sent", "ner", "content", "cue", "speaker")
POINTED = ("cue_of", "speaker_of")
WEIGHTS = {
    "pos": 1.0, "morph": 0.5, "lemma": 0.7, "sent": 0.3, "head": 1.5, "dep": 1.0, "ner": 1.0,
    "content": 1.5, "cue": 1.0, "speaker": 1.0, "cue_of": 0.6, "speaker_of": 0.6,
    **{f"act_{name}": weight for name, weight in acts.WEIGHTS.items()},
}  # fmt: skip
HALF_IS_FAST = bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001 - no public name says it
"""Whether this CPU multiplies bfloat16 itself; where it does not, that is ten times slower than 32 bits."""
ARC, LABEL, POINTER = 256, 96, 128
OPENING_WEIGHT = 2.0
"""Of the first word of a span against the others: it is rare, and a wrong one cuts or joins spans."""


class Biaffine(nn.Module):
    """Scores of every pair of a dependent and a head (Dozat and Manning 2017): `d' U h + w' h`."""

    def __init__(self, width: int, size: int, dropout: float) -> None:
        super().__init__()
        self.dependent, self.head = nn.Linear(width, size), nn.Linear(width, size)
        self.pair = nn.Parameter(torch.eye(size) / size**0.5)
        self.prior = nn.Parameter(torch.zeros(size))
        self.dropout = nn.Dropout(dropout)

    def forward(self, words: torch.Tensor, candidates: torch.Tensor) -> torch.Tensor:
        """Shapes: words (…, n, width), candidates (…, m, width) → (…, n, m)."""
        dependent = self.dropout(functional.gelu(self.dependent(words)))
        head = self.dropout(functional.gelu(self.head(candidates)))
        return (dependent @ self.pair + self.prior) @ head.transpose(-1, -2)


class Labels(nn.Module):
    """Scores of the labels of given arcs."""

    def __init__(self, width: int, size: int, count: int, dropout: float) -> None:
        super().__init__()
        self.dependent, self.head = nn.Linear(width, size), nn.Linear(width, size)
        self.pair = nn.Parameter(torch.zeros(count, size, size))
        self.of_dependent, self.of_head = nn.Linear(size, count), nn.Linear(size, count, bias=False)
        self.dropout = nn.Dropout(dropout)

    def vectors(self, words: torch.Tensor, candidates: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what is known of each word as a dependent and of each candidate as a head."""
        return (
            self.dropout(functional.gelu(self.dependent(words))),
            self.dropout(functional.gelu(self.head(candidates))),
        )

    def forward(self, dependent: torch.Tensor, head: torch.Tensor) -> torch.Tensor:
        """Shapes: both (arcs, size) → (arcs, labels)."""
        pairs = torch.einsum("as,lst,at->al", dependent, self.pair, head)
        return pairs + self.of_dependent(dependent) + self.of_head(head)


class Model(nn.Module):
    """One encoder, a head a layer. A word is the sum of its first and its last piece; the root is the opening piece."""

    def __init__(self, file: E5File, classes: dict[str, list[str]], *, variants: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(file, kept_positions=LONGEST + 2, variants=variants, dropout=dropout)
        width = file.width
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.ModuleDict({name: nn.Linear(width, len(classes[name])) for name in TAGGED})
        self.arcs = Biaffine(width, ARC, 0.25)
        self.labels = Labels(width, LABEL, len(classes["dep"]), 0.25)
        self.pointers = nn.ModuleDict({name: Biaffine(width, POINTER, 0.1) for name in POINTED})
        self.branch = file.layers - acts.LAYERS
        members = torch.eye(len(classes["dep"]), dtype=torch.bool)
        coarse = [members[places].any(0) for places in subtypes(classes["dep"]).values()]
        self.register_buffer("members", torch.stack([*members, *coarse]), persistent=False)
        self.acts = ActReader(file, dropout)

    def words(
        self, encoded: torch.Tensor, first: torch.Tensor, last: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the vectors of the words (windows, words, width), and of root and words (windows, words + 1, width)."""
        spread = (-1, -1, encoded.shape[-1])
        words = encoded.gather(1, first[..., None].expand(*spread)) + encoded.gather(1, last[..., None].expand(*spread))
        return words, torch.cat([encoded[:, :1] * 2, words], 1)

    def read(self, batch: Batch, *, halved: bool = False) -> Read:
        """Read the windows of a batch; `halved`: in bfloat16 where the CPU multiplies that itself."""
        precision = torch.bfloat16 if halved and HALF_IS_FAST and not batch.embedded.is_cuda else torch.float32
        encoded, below = self.encoder(batch.embedded, batch.variant, batch.mask, branch=self.branch, dtype=precision)
        return Read(*self.words(self.dropout(encoded.float()), batch.first, batch.last), below)

    def losses(self, batch: Batch, read: Read | None = None) -> dict[str, torch.Tensor]:
        """Return the mean loss of each layer that is annotated in the batch; `read` is what was read of it, if it was."""
        words, candidates, below = read or self.read(batch, halved=self.training)
        flat = words.flatten(0, 1)
        found = {}
        for name in TAGGED:
            if name in batch.layers:
                at, gold = batch.layers[name]
                scores = self.tags[name](flat[at])
                found[name] = functional.cross_entropy(scores, gold, weight=self.weight_of(scores))
        if "head" in batch.layers:
            at, gold = batch.layers["head"]
            scores = self.arc_scores(words, candidates, batch).flatten(0, 1)
            found["head"] = functional.cross_entropy(scores[at], gold)
            labels = self.label_scores(words, candidates, at, gold).log_softmax(1)
            allowed = self.members[batch.layers["dep"][1]]
            found["dep"] = -labels.masked_fill(~allowed, -torch.inf).logsumexp(1).mean()
        for name in POINTED:
            if name in batch.layers:
                at, gold = batch.layers[name]
                found[name] = functional.cross_entropy(self.pointed(name, words, candidates, batch)[at], gold)
        if len(batch.annotated):
            wrong = doubtful(self.tags["cue"](words), batch.free, batch.first, batch.last, batch.annotated)
            looks = batch.looks.with_(wrong)
            seen = self.acts(below, batch.mask, batch.first, batch.last, looks)
            losses = self.acts.losses(seen, looks, known=batch.acts > 0, categories=batch.categories > 0)
            found |= {f"act_{name}": loss for name, loss in losses.items()}
        return found

    def pointed(self, name: str, words: torch.Tensor, candidates: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Return the scores of what each word may point to (windows x words, words + 1), places without a word ruled out."""
        scores = self.pointers[name](words, candidates)
        absent = ~functional.pad(batch.present[:, None, :], (1, 0), value=True)
        return scores.masked_fill(absent, -1e4).flatten(0, 1)

    @staticmethod
    def weight_of(scores: torch.Tensor) -> torch.Tensor | None:
        """Return the weights of the classes: of spans, `OPENING_WEIGHT` for the first word."""
        return torch.tensor([1.0, OPENING_WEIGHT, 1.0], device=scores.device) if scores.shape[1] == 3 else None

    def arc_scores(self, words: torch.Tensor, candidates: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Return the scores of every head of every word (windows, words, words + 1), those outside its sentence ruled out."""
        same = batch.sentence[:, :, None] == batch.sentence[:, None, :]
        allowed = functional.pad(same & batch.present[:, None, :], (1, 0), value=True)
        return self.arcs(words, candidates).masked_fill(~allowed, -1e4)

    def label_scores(
        self, words: torch.Tensor, candidates: torch.Tensor, at: torch.Tensor, heads: torch.Tensor
    ) -> torch.Tensor:
        """Return the scores of the labels of arcs: words `at` (flat) with their heads, 0 the root, as (arcs, labels)."""
        dependent, head = self.labels.vectors(words, candidates)
        row = at // words.shape[1]
        return self.labels(dependent.flatten(0, 1)[at], head[row, heads])


class Read(NamedTuple):
    """What a model reads in a batch: words (windows, words, width), candidates (windows, words + 1, width) and what comes
    out of the layer that the second look starts from (windows, pieces, width)."""

    words: torch.Tensor
    candidates: torch.Tensor
    below: torch.Tensor


@dataclass
class Example:
    """One window: ids of its pieces, the first and last piece of each word, and the classes of each word by layer."""

    ids: list[int]
    first: list[int]
    last: list[int]
    variant: int
    layers: dict[str, list[int]]
    sentence: list[int]
    acts: list[Marked] | None = None


@dataclass
class Batch:
    """Windows padded to one length; arrays at first, tensors with `embedded` once they are on the device that trains.

    Shapes: ids and mask (windows, pieces), variant (windows,), first, last, present, sentence, free (windows, words);
    `layers` has the words that are annotated, as places in windows x words, and their classes, both (n,); `annotated`
    are the windows whose acts are known; `acts` and `categories` say how many there are.
    """

    ids: torch.Tensor
    mask: torch.Tensor | None
    variant: torch.Tensor
    first: torch.Tensor
    last: torch.Tensor
    present: torch.Tensor
    sentence: torch.Tensor
    free: torch.Tensor
    layers: dict[str, tuple[torch.Tensor, torch.Tensor]]
    looks: Looks
    annotated: torch.Tensor
    acts: int
    categories: int
    pieces: int
    embedded: torch.Tensor | None = None

    def on(self, table: torch.Tensor) -> Batch:
        """Return the batch on the device of the embedding table, its pieces looked up there."""

        def moved(value: object) -> object:
            if isinstance(value, np.ndarray):
                return torch.from_numpy(value).to(table.device, non_blocking=True)
            if isinstance(value, dict):
                return {name: moved(v) for name, v in value.items()}
            if isinstance(value, tuple):
                return tuple(map(moved, value))
            if isinstance(value, Looks):
                return Looks(*(moved(getattr(value, f.name)) for f in fields(value)))
            return value

        made = Batch(*(moved(getattr(self, f.name)) for f in fields(self)))
        made.embedded = table[made.ids]
        return made


def padded(length: int) -> int:
    """Return the length that windows of `length` pieces are padded to; products of few shapes are prepared once."""
    return -(-length // 16) * 16


class Reader:
    """Makes examples and batches out of texts."""

    def __init__(self, vocabulary: Path, classes: dict[str, list[str]]) -> None:
        entry = json.loads((vocabulary / "vocabulary.json").read_text("utf8"))
        self.pieces = Pieces(
            [(p, s) for p, s in entry["pieces"]], bos=entry["bos"], eos=entry["eos"], unknown=entry["unknown"]
        )
        stored = np.load(vocabulary / "embeddings.npz")
        blocks = np.empty(stored["scale"].shape, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
        blocks["scale"], blocks["nibbles"] = stored["scale"], stored["nibbles"]
        self.table = torch.from_numpy(unpacked(blocks.reshape(-1)).reshape(len(blocks), -1))
        self.classes = classes
        self.numbers = {name: {value: i for i, value in enumerate(values)} for name, values in classes.items()}
        labels = self.numbers["dep"]
        coarse = {f"{base}{ANY}": i for i, base in enumerate(subtypes(classes["dep"]), len(labels))}
        labels |= {f"{label}{ANY}": i for label, i in labels.items()} | coarse

    def examples(self, text: Text, *, context: int) -> list[Example]:
        """Return the windows of a text; `context` pieces at least of one stand in the next too."""
        pieces = self.pieces.of_words(text.words, text.spaces)
        starts = [False] * len(text.words)
        for i in text.bounds:
            starts[i] = True
        return [
            self._example(text, pieces, window.start, window.end)
            for window in windows([len(p) for p in pieces], starts, context=context)
        ]

    def _example(self, text: Text, pieces: Sequence[Sequence[int]], start: int, end: int) -> Example:
        ids, first, last = [self.pieces.bos], [], []
        for word in pieces[start:end]:
            first.append(len(ids))
            ids += word
            last.append(len(ids) - 1)
        ids.append(self.pieces.eos)
        layers: dict[str, list[int]] = {}
        for name, values in text.layers.items():
            part = values[start:end]
            if name in ("head", *POINTED):
                # a head is its position after the root; one that lies outside the window is not known
                layers[name] = [
                    NONE if v is None or not (v == -1 or start <= v < end) else 0 if v == -1 else v - start + 1
                    for v in part
                ]
            else:
                layers[name] = [NONE if v is None else self.numbers[name].get(v, NONE) for v in part]
        sentence, number = [], 0
        sent = text.layers.get("sent") or [None] * len(text.words)
        for value in sent[start:end]:
            number += value == "1"
            sentence.append(number)
        marked = None if text.acts is None else [m for a in text.acts if (m := marked_act(a, start, end))]
        return Example(ids, first, last, text.variant, layers, sentence, marked)

    def batch(self, examples: Sequence[Example], *, masked: float = 0.0, rng: random.Random | None = None) -> Batch:
        """Return the examples as arrays; a share `masked` of the pieces is made unknown."""
        longest = padded(max(len(e.ids) for e in examples))
        most = max(len(e.first) for e in examples)
        size = len(examples)
        ids = np.full((size, longest), self.pieces.eos)
        mask = np.zeros((size, longest), bool)
        first, last = np.zeros((size, most), np.int64), np.zeros((size, most), np.int64)
        present = np.zeros((size, most), bool)
        free = np.zeros((size, most), bool)
        sentence = np.full((size, most), -1)
        layers = {name: np.full((size, most), NONE) for name in (*TAGGED, *POINTED, "head", "dep")}
        for row, example in enumerate(examples):
            given = list(example.ids)
            if masked and rng is not None:
                for i in range(1, len(given) - 1):
                    if given[i] != self.pieces.eos and rng.random() < masked:
                        given[i] = self.pieces.unknown
            ids[row, : len(given)] = given
            mask[row, : len(given)] = True
            count = len(example.first)
            first[row, :count], last[row, :count], present[row, :count] = example.first, example.last, True
            free[row, :count] = True
            for act in example.acts or ():
                free[row, max(0, act.first - 1) : act.last + 2] = False
            sentence[row, :count] = example.sentence
            for name, values in example.layers.items():
                layers[name][row, :count] = values
        layers["head"][layers["dep"] == NONE] = NONE  # an arc is learned whole
        layers["dep"][layers["head"] == NONE] = NONE
        flat = {name: values.reshape(-1) for name, values in layers.items()}
        known = {name: np.flatnonzero(values != NONE) for name, values in flat.items()}
        looks = Looks.of(
            [e.acts or () for e in examples], [e.first for e in examples], [e.last for e in examples], most
        )
        return Batch(
            ids,
            None if mask.all() else mask,
            np.array([e.variant for e in examples]),
            first,
            last,
            present,
            sentence,
            free,
            {name: (at, flat[name][at]) for name, at in known.items() if len(at)},
            looks,
            np.array([row for row, e in enumerate(examples) if e.acts is not None], np.int64),
            len(looks.window),
            int((looks.category != NONE).sum()),
            int(mask.sum()),
        )
