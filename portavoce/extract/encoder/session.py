"""The exported encoder: its files, and one forward pass a window."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from portavoce.extract.encoder.decode import FloatArray, IntArray
from portavoce.extract.encoder.lemmas import Lexicon
from portavoce.extract.encoder.pieces import Pieces

MODEL = "model.onnx"
ACTS = "acts.onnx"
SCHEME = "scheme.json"
VOCABULARY = "vocabulary.json"
TABLES = "tables.npz"
LEXICON = "lexicon.json.gz"
FILES = (MODEL, ACTS, SCHEME, VOCABULARY, TABLES, LEXICON)
BLOCK = 32


@dataclass(frozen=True, slots=True)
class Scheme:
    """What the columns of the model's scores mean."""

    classes: dict[str, list[str]]
    tagged: list[str]
    pointed: list[str]
    acts: dict[str, int]

    def columns(self) -> dict[str, slice]:
        """Return where each layer's classes stand in the `tags` output."""
        return _slices({name: len(self.classes[name]) for name in self.tagged})

    def act_columns(self) -> dict[str, slice]:
        """Return where the scores of the second look stand."""
        return _slices(self.acts)


def _slices(sizes: dict[str, int]) -> dict[str, slice]:
    at, made = 0, {}
    for name, size in sizes.items():
        made[name] = slice(at, at + size)
        at += size
    return made


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of the words of a window, n of them; index 0 of the candidates m = n + 1 is the root, or none.

    tags (n, classes of all layers), arcs (n, m), dependents (n, d), heads (m, d), pointers: name → (n, m). What the second
    look starts from: below (1, pieces, width), and the first and last piece of each word.
    """

    tags: FloatArray
    arcs: FloatArray
    dependents: FloatArray
    heads: FloatArray
    pointers: dict[str, FloatArray]
    below: FloatArray
    first: IntArray
    last: IntArray


class Encoder:
    """Runs one window at a time, so that no result depends on what else is in a batch."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Read the files of `folder`; `threads` is how many the runtime may use for one product."""
        entry = json.loads((folder / VOCABULARY).read_text("utf8"))
        self.pieces = Pieces(
            [(piece, score) for piece, score in entry["pieces"]],
            bos=entry["bos"],
            eos=entry["eos"],
            unknown=entry["unknown"],
        )
        scheme = json.loads((folder / SCHEME).read_text("utf8"))
        self.scheme = Scheme(scheme["classes"], scheme["tagged"], scheme["pointed"], scheme["acts"])
        self.lexicon = Lexicon.read(folder / LEXICON)
        tables = np.load(folder / TABLES)
        self._scale, self._nibbles = tables["scale"], tables["nibbles"]
        self._pair, self._bias = tables["label_pair"], tables["label_bias"]
        self._of_dependent, self._of_head = tables["label_of_dependent"], tables["label_of_head"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Without it, processors that have no products of 8 bits (AVX2 alone) add two of them in 16 bits, which overflow.
        options.add_session_config_entry("session.x64quantprecision", "1")
        self._session, self._acts = (
            onnxruntime.InferenceSession(str(folder / file), options, providers=["CPUExecutionProvider"])
            for file in (MODEL, ACTS)
        )
        self._names = ["tags", "arcs", "dependents", "heads", *self.scheme.pointed, "below"]

    def embedded(self, ids: Sequence[int]) -> FloatArray:
        """Return the embeddings of pieces (n, width), unpacked from blocks of 32 four-bit weights."""
        rows = np.asarray(ids)
        nibbles = self._nibbles[rows]
        weights = np.empty((*nibbles.shape[:2], BLOCK), np.float32)
        weights[..., : BLOCK // 2] = nibbles & 15
        weights[..., BLOCK // 2 :] = nibbles >> 4
        weights -= 8
        weights *= self._scale[rows].astype(np.float32)[..., None]
        return weights.reshape(len(rows), -1)

    def run(self, words: Sequence[Sequence[int]]) -> Scores:
        """Return the scores of a window's words, each given by its pieces."""
        ids, first, last = [self.pieces.bos], [0], [0]
        for word in words:
            first.append(len(ids))
            ids += word
            last.append(len(ids) - 1)
        ids.append(self.pieces.eos)
        starts, ends = np.asarray(first, np.int64), np.asarray(last, np.int64)
        given = {"embedded": self.embedded(ids)[None], "first": starts, "last": ends}
        tags, arcs, dependents, heads, *pointers, below = self._session.run(self._names, given)
        return Scores(
            tags[1:],
            arcs[1:],
            dependents[1:],
            heads,
            {n: p[1:] for n, p in zip(self.scheme.pointed, pointers, strict=True)},
            below,
            starts[1:],
            ends[1:],
        )

    def acts(self, scores: Scores, marks: Sequence[tuple[int, int, int]]) -> FloatArray:
        """Look at a window once more for each mark (first word, last word, what is marked): (marks, words, scores)."""
        made = np.zeros((len(marks), scores.below.shape[1], 2), np.float32)
        for row, (begin, end, mark) in enumerate(marks):
            made[row, scores.first[begin] : scores.last[end] + 1, mark] = 1
        given = {"below": scores.below, "marks": made, "first": scores.first, "last": scores.last}
        found: FloatArray = self._acts.run(["acts"], given)[0]
        return found

    def through(self, dependents: FloatArray) -> FloatArray:
        """Return what dependents (n, d) ask of a head for each label (n, labels, d); it serves all heads that are tried."""
        found: FloatArray = np.tensordot(dependents, self._pair, axes=(1, 1))
        return found

    def labels(self, dependents: FloatArray, heads: FloatArray, through: FloatArray | None = None) -> FloatArray:
        """Return the scores of the labels of arcs given by their two ends, both (arcs, d), as (arcs, labels)."""
        asked = self.through(dependents) if through is None else through
        pairs: FloatArray = np.einsum("ald,ad->al", asked, heads)
        scores: FloatArray = pairs + dependents @ self._of_dependent + heads @ self._of_head + self._bias
        return scores
