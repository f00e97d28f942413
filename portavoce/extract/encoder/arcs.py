"""The parse of a sentence: the encoder's best tree, its doubtful arcs and labels judged once more by their grammar.

The encoder says how likely each head of a word is, and each label of an arc. A linear model of the grammar around an arc
(`arc_features`) adds to these log-chances what they were found to lack on treebanks that an encoder had not seen; a tree
is then decoded anew, and the labels of a clause agree in voice (`voice`). Without the model's file the encoder's own tree stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

import numpy as np
import numpy.typing as npt

from portavoce.errors import PipelineError
from portavoce.extract.encoder.arc_features import MARKS, ROOT, Auxiliaries, Doubt, Sentence, Tagged, label_features
from portavoce.extract.encoder.decode import FloatArray, IntArray, log_softmax, tree
from portavoce.extract.encoder.voice import in_one_voice

SURE = 0.995
"""Chance of a head, or of a label, from which it stands without a second opinion."""

HEADS_TRIED, LEAST = 6, -7.0
"""Heads that are tried on a word, the likeliest, and the log-chance that all but two of them must have."""

FLOOR = -8.0
"""Log-chance that no label falls below: an encoder that rules something out may be wrong."""

HEAD_WEIGHT, LABEL_WEIGHT = 0.15, 0.2
"""Weights of the model beside the encoder. It was learned on what a weaker encoder lacks, so much less than 1. With more the parse
would gain .2, but what is chosen later was learned on the encoder's own parse: docs/pipelines.md."""

GRAMMAR = "grammar.npz"
"""The file of the model beside those of the encoder."""

VERSION = 1
"""Of the features; a file made for another version is refused."""


@dataclass(frozen=True, slots=True)
class ArcScores:
    """What the encoder thinks of the arcs of a sentence of n words; candidate 0 is the root, candidate i + 1 word i.

    arcs (n, n + 1): log-chances of each head. `labels_of` takes words and candidates, both (k,), and returns the
    log-chances of the labels of these arcs (k, labels). `names` are the labels.
    """

    arcs: FloatArray
    labels_of: Callable[[IntArray, IntArray], FloatArray]
    names: Sequence[str]

    def labels(self, heads: Sequence[int]) -> FloatArray:
        """The log-chances of the labels of all words, each with its head (n, labels); only a root may be called so."""
        chosen = np.asarray(heads) + 1
        found = self.labels_of(np.arange(len(chosen)), chosen)
        found[:, self.names.index("ROOT")] = np.where(chosen == 0, np.inf, -np.inf)
        return found


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A word in doubt with the heads it may have: their log-chances, and the features of each."""

    word: int
    heads: list[int]
    logs: FloatArray
    features: list[list[str]]


def first_parse(scores: ArcScores) -> tuple[list[int], list[int]]:
    """The heads of the encoder's best tree (`ROOT` for the root) and the numbers of its likeliest labels."""
    heads = first_reading(scores)
    return heads, [int(c) for c in scores.labels(heads).argmax(1)]


def _quoted(words: Sequence[str], i: int, head: int) -> bool:
    """Whether a mark of quotation or a bracket stands between a word and its head.

    Treebanks have few quotations, so that the encoder, which learned from annotated articles too, keeps the last word there.
    """
    return any(w in MARKS for w in words[min(i, head) + 1 : max(i, head)])


def first_reading(scores: ArcScores) -> list[int]:
    """The heads of the encoder's best tree, `ROOT` for the root."""
    return [h - 1 for h in tree(scores.arcs)]


def doubtful(tagged: Tagged, scores: ArcScores, heads: Sequence[int], known: Auxiliaries) -> list[Doubtful]:
    """The words whose head in a first reading is in doubt."""
    sentence = Sentence(tagged, heads, known)
    ranked = np.argsort(-scores.arcs, axis=1, kind="stable")[:, : HEADS_TRIED + 1]
    logs = np.take_along_axis(scores.arcs, ranked, 1)
    words, candidates = [], []
    for i, (row, chance) in enumerate(zip(ranked.tolist(), logs.tolist(), strict=True)):
        if tagged.pos[i] == "PUNCT" or (chance[0] > np.log(SURE) and heads[i] == row[0] - 1):
            continue
        if _quoted(tagged.words, i, heads[i]):
            continue
        kept = [c for place, c in enumerate(row) if c != i + 1 and (place < 2 or chance[place] >= LEAST)][:HEADS_TRIED]
        words.append(i)
        candidates.append(kept)
    if not words:
        return []
    reading = [scores.names[c] for c in scores.labels(heads).argmax(1)]
    flat = np.array([c for row in candidates for c in row])
    of = np.repeat(words, [len(row) for row in candidates])
    best = scores.labels_of(of, flat).argmax(1)
    given = iter(["ROOT" if c == 0 else scores.names[b] for c, b in zip(flat, best, strict=True)])
    found = []
    for i, row in zip(words, candidates, strict=True):
        places = [c - 1 for c in row]
        labels = [next(given) for _ in row]
        doubt = Doubt(sentence, reading, i, places, labels)
        found.append(Doubtful(i, places, scores.arcs[i, row], list(doubt.features())))
    return found


class Table:
    """Weights by feature, which is kept as its CRC-32: one row a feature, one column a class, in steps of `scale`."""

    def __init__(self, keys: IntArray, weights: npt.NDArray[Any], scale: float = 1.0) -> None:
        self._rows = dict(zip(keys.tolist(), range(len(keys)), strict=True))
        self._weights, self._scale = weights, scale

    def total(self, features: Iterable[str]) -> FloatArray:
        """The sum of the rows of the features that are known (classes,)."""
        get = self._rows.get
        rows = [row for f in features if (row := get(crc32(f.encode()))) is not None]
        found: FloatArray = self._weights[rows].sum(0, dtype=np.float32) * self._scale
        return found


class Parser(Protocol):
    """What makes a parse of a sentence."""

    def parse(self, tagged: Tagged, scores: ArcScores) -> tuple[list[int], list[int]]:
        """The heads of the words (`ROOT` for the root) and the numbers of their labels."""


class Grammar:
    """The learned second opinion on heads and labels."""

    def __init__(self, heads: Table, labels: Table, language: str) -> None:
        self._heads, self._labels = heads, labels
        self._known = Auxiliaries(language)

    @classmethod
    def read(cls, path: Path, names: Sequence[str], language: str) -> Grammar:
        """Read the file; a PipelineError if it was made for other features or labels."""
        with np.load(path) as stored:
            if int(stored["version"]) != VERSION or stored["labels"].tolist() != list(names):
                raise PipelineError(
                    f"{path.name} was made for another encoder: install matching versions, or train it again"
                )
            heads = Table(stored["head_keys"], stored["head_weights"][:, None])
            labels = Table(stored["label_keys"], stored["label_weights"], float(stored["label_scale"]))
        return cls(heads, labels, language)

    def parse(self, tagged: Tagged, scores: ArcScores) -> tuple[list[int], list[int]]:
        """The heads of the words (`ROOT` for the root) and the numbers of their labels."""
        heads = self._second_reading(tagged, scores, first_reading(scores))
        return heads, self._label(tagged, scores, heads)

    def _second_reading(self, tagged: Tagged, scores: ArcScores, heads: list[int]) -> list[int]:
        doubts = doubtful(tagged, scores, heads, self._known)
        if not doubts:
            return heads
        arcs = scores.arcs.astype(np.float64)
        for doubt in doubts:
            row = arcs[doubt.word] + FLOOR
            judged = np.array([self._heads.total(f)[0] for f in doubt.features])
            row[np.asarray(doubt.heads) + 1] = doubt.logs + HEAD_WEIGHT * judged
            arcs[doubt.word] = log_softmax(row)
        return [h - 1 for h in tree(arcs)]

    def _label(self, tagged: Tagged, scores: ArcScores, heads: list[int]) -> list[int]:
        logs = scores.labels(heads)
        unsure = [
            i
            for i, h in enumerate(heads)
            if h != ROOT and logs[i].max() < np.log(SURE) and not _quoted(tagged.words, i, h)
        ]
        sentence = Sentence(tagged, heads, self._known)
        for i in unsure:
            found = self._labels.total(label_features(sentence, i, heads[i]))
            known = np.maximum(logs[i], FLOOR) + LABEL_WEIGHT * found
            logs[i] = np.where(np.isneginf(logs[i]), -np.inf, known)
        labels = [int(c) for c in logs.argmax(1)]
        for i, label in in_one_voice(sentence, [scores.names[c] for c in labels]):
            if label in scores.names:
                labels[i] = scores.names.index(label)
        return labels
