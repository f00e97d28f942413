"""The encoder with its heads, and batches of windows for it."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from portavoce.extract.encoder.pieces import LONGEST, Pieces, windows
from training.encoder import acts
from training.encoder.acts import ActReader, Marked, doubtful
from training.encoder.corpus import NONE
from training.encoder.e5 import E5File, Encoder, unpacked
from training.encoder.texts import Act, Text

TAGGED = ("pos", "morph", "lemma", "sent", "ner", "content", "cue", "speaker")
POINTED = ("cue_of", "speaker_of")
WEIGHTS = {
    "pos": 1.0, "morph": 0.5, "lemma": 0.7, "sent": 0.3, "head": 1.5, "dep": 1.0, "ner": 1.0,
    "content": 1.0, "cue": 0.7, "speaker": 0.7, "cue_of": 0.4, "speaker_of": 0.4,
    **{f"act_{name}": weight for name, weight in acts.WEIGHTS.items()},
}  # fmt: skip
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
        self.acts = ActReader(file, dropout)

    def words(
        self, encoded: torch.Tensor, first: torch.Tensor, last: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the vectors of the words (windows, words, width), and of root and words (windows, words + 1, width)."""
        spread = (-1, -1, encoded.shape[-1])
        words = encoded.gather(1, first[..., None].expand(*spread)) + encoded.gather(1, last[..., None].expand(*spread))
        return words, torch.cat([encoded[:, :1] * 2, words], 1)

    def losses(self, batch: Batch) -> dict[str, torch.Tensor]:
        """Return the mean loss of each layer that is annotated in the batch."""
        precision = torch.bfloat16 if self.training else torch.float32
        encoded, below = self.encoder(batch.embedded, batch.variant, batch.mask, branch=self.branch, dtype=precision)
        words, candidates = self.words(self.dropout(encoded.float()), batch.first, batch.last)
        found = {}
        for name in TAGGED:
            gold = batch.layers[name]
            if (gold != NONE).any():
                chosen = gold != NONE
                scores = self.tags[name](words[chosen])
                weight = torch.tensor([1.0, OPENING_WEIGHT, 1.0]) if scores.shape[1] == 3 else None
                found[name] = functional.cross_entropy(scores, gold[chosen], weight=weight)
        present = batch.present[:, None, :]
        heads = batch.layers["head"]
        if (heads != NONE).any():
            same = batch.sentence[:, :, None] == batch.sentence[:, None, :]
            allowed = functional.pad(same & present, (1, 0), value=True)
            scores = self.arcs(words, candidates).masked_fill(~allowed, -1e4)
            chosen = heads != NONE
            found["head"] = functional.cross_entropy(scores[chosen], heads[chosen])
            dependent, head = self.labels.vectors(words, candidates)
            row = torch.arange(len(heads))[:, None].expand_as(heads)[chosen]
            found["dep"] = functional.cross_entropy(
                self.labels(dependent[chosen], head[row, heads[chosen]]), batch.layers["dep"][chosen]
            )
        for name in POINTED:
            gold = batch.layers[name]
            if (gold != NONE).any():
                scores = self.pointers[name](words, candidates)
                scores = scores.masked_fill(~functional.pad(present, (1, 0), value=True), -1e4)
                chosen = gold != NONE
                found[name] = functional.cross_entropy(scores[chosen], gold[chosen])
        if batch.annotated:
            marked = batch.acts + doubtful(self.tags["cue"](words), batch.present, batch.acts, batch.annotated)
            if marked:
                seen = self.acts(below, batch.mask, batch.first, batch.last, marked)
                found |= {f"act_{name}": loss for name, loss in self.acts.losses(seen, marked).items()}
        return found


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
    """Windows padded to one length; `annotated` are those whose acts are known."""

    embedded: torch.Tensor
    mask: torch.Tensor | None
    variant: torch.Tensor
    first: torch.Tensor
    last: torch.Tensor
    present: torch.Tensor
    sentence: torch.Tensor
    layers: dict[str, torch.Tensor]
    acts: list[Marked]
    annotated: list[int]
    pieces: int


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
        """Return the examples as tensors; a share `masked` of the pieces is made unknown."""
        longest = padded(max(len(e.ids) for e in examples))
        most = max(len(e.first) for e in examples)
        size = len(examples)
        ids = np.full((size, longest), self.pieces.eos)
        mask = np.zeros((size, longest), bool)
        first, last = np.zeros((size, most), np.int64), np.zeros((size, most), np.int64)
        present = np.zeros((size, most), bool)
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
            sentence[row, :count] = example.sentence
            for name, values in example.layers.items():
                layers[name][row, :count] = values
        return Batch(
            self.table[torch.from_numpy(ids)],
            None if mask.all() else torch.from_numpy(mask),
            torch.tensor([e.variant for e in examples]),
            torch.from_numpy(first),
            torch.from_numpy(last),
            torch.from_numpy(present),
            torch.from_numpy(sentence),
            {name: torch.from_numpy(values) for name, values in layers.items()},
            [replace(a, window=row) for row, e in enumerate(examples) for a in e.acts or ()],
            [row for row, e in enumerate(examples) if e.acts is not None],
            int(mask.sum()),
        )


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
        0,
        act.marked[0] - start,
        act.marked[-1] - start,
        acts.BY_CUE if act.by_cue else acts.BY_CONTENT,
        content,
        [int(i in speaker) for i in range(start, end)],
        [int(i in actor) for i in range(start, end)],
        acts.CATEGORIES.index(act.category) if act.category in acts.CATEGORIES else None,
    )
