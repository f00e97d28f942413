"""Learns the second opinion on the parse: `python -m training.encoder.grammar DATA PIPELINE TARGET`.

What an encoder gets wrong cannot be learned from treebanks that it was trained on, and the shipped one was trained on all. The
permissive pipeline (PIPELINE) saw neither ISDT nor ParTUT, VIT or PoSTWITA: it parses them, and what its log-chances lack of
their heads and labels is learned as a linear model of the grammar around each arc. Sentences of the test sets are left out by
their text. With `--measure` figures of three-fold cross-validation on ISDT dev are printed first.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import numpy as np
import spacy
import torch
from spacy.language import Language
from spacy.tokens import Doc
from torch import nn

import portavoce.extract.encoder.component  # noqa: F401 - registers the factory
from portavoce.extract.encoder.arc_features import ROOT, Auxiliaries, Sentence, Tagged, label_features
from portavoce.extract.encoder.arcs import (
    FLOOR,
    GRAMMAR,
    HEADS_TRIED,
    ArcScores,
    Grammar,
    doubtful,
    first_parse,
)
from portavoce.extract.encoder.opinion import Opinion
from portavoce.extract.encoder.session import SCHEME
from training.encoder.corpus import SUBTYPES_UNTOLD, TESTS
from training.scripts.corpora import normalised, read_conllu

RUN_TIME = "isdt"
"""The treebank whose annotation is followed at run time."""

BANKS = {
    "it_isdt-ud-dev": 2.0, "it_partut-ud-train": 1.0, "it_partut-ud-dev": 1.0, "it_partut-ud-test": 1.0, "it_vit-ud-dev": 0.7,
    "it_postwita-ud-dev": 0.4, "it_postwita-ud-test": 0.4,
}  # fmt: skip
"""The treebanks that are learned from, and what a word of each weighs."""

LEAST = 3
"""Arcs that a feature must stand in."""

HEAD_WEIGHT, LABEL_WEIGHT = 0.15, 0.2
"""What counts of it beside the shipped encoder, which knows the treebanks better than the permissive one."""

LEAST_HEAD, LEAST_LABEL = 0.06, 0.12
"""Weights of heads and labels below these are left out: a third of the file without them parses as well."""


@dataclass
class Examples:
    """Arcs with what the encoder thinks of them; a choice is a word with its heads, or an arc with its labels.

    `features` has the keys of each option of each choice; for labels all options share one list. `logs` are the
    log-chances of the options, `right` the places of those that are right.
    """

    features: list[list[list[int]]] = field(default_factory=list)
    logs: list[np.ndarray] = field(default_factory=list)
    right: list[list[int]] = field(default_factory=list)
    bank: list[str] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)


def keys(features: Sequence[str]) -> list[int]:
    """Return features as run time keeps them."""
    return [crc32(f.encode()) for f in features]


class Recorder:
    """Stands in for the model in the pipeline and notes what would be asked of it."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self.heads, self.labels = Examples(), Examples()
        self._known = Auxiliaries("it")
        self._gold: Doc | None = None
        self._bank, self._weight, self._number, self._at = "", 0.0, 0, 0

    def read(self, nlp: Language, gold: Doc, bank: str, weight: float, number: int) -> None:
        """Parse the words of a sentence and note its arcs."""
        self._gold, self._bank, self._weight, self._number, self._at = gold, bank, weight, number, 0
        doc = Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
        nlp.get_pipe("portavoce_encoder")(doc)  # type: ignore[operator]

    def parse(self, tagged: Tagged, scores: ArcScores, cues: Collection[int]) -> tuple[list[int], list[int]]:  # noqa: ARG002 - the protocol has it
        """Note the arcs of a sentence, or of a part of one, and return the encoder's own parse."""
        assert self._gold is not None
        part = self._gold[self._at : self._at + len(tagged.words)]
        self._at += len(part)
        heads = [ROOT if t.head.i == t.i else t.head.i - part.start for t in part]
        found = first_parse(scores)
        for doubt in doubtful(tagged, scores, found[0], self._known):
            if heads[doubt.word] in doubt.heads:
                right = doubt.heads.index(heads[doubt.word])
                self._note(self.heads, [keys(f) for f in doubt.features], doubt.logs, [right])
        if any(not -1 <= h < len(part) for h in heads):
            return found  # the encoder parted what is one sentence
        logs = scores.labels(heads)
        sentence = Sentence(tagged, heads, self._known)
        places = {name: i for i, name in enumerate(self.names)}
        ours = [scores.names.index(name) for name in self.names]
        untold = SUBTYPES_UNTOLD.get(self._bank, frozenset())
        for i, (token, head) in enumerate(zip(part, heads, strict=True)):
            label = token.dep_
            if head == ROOT or label not in places:
                continue
            right = [p for n, p in places.items() if n == label or (label in untold and n.startswith(f"{label}:"))]
            known = np.maximum(logs[i][ours], FLOOR)
            known[places["ROOT"]] = 10 * FLOOR
            self._note(self.labels, [keys(label_features(sentence, i, head))], known, right)
        return found

    def _note(self, to: Examples, features: list[list[int]], logs: np.ndarray, right: list[int]) -> None:
        to.features.append(features)
        to.logs.append(logs)
        to.right.append(right)
        to.bank.append(self._bank)
        to.weight.append(self._weight)
        to.sentence.append(self._number)


class Learner:
    """Fits weights to choices: of every feature one for all treebanks and one for its own, which are added up."""

    def __init__(self, examples: Examples, classes: int) -> None:
        self.classes = classes
        width = HEADS_TRIED if classes == 1 else 1
        count, length = len(examples.features), len(examples.features[0][0])
        raw = np.zeros((count, width, length), np.int64)
        options = width if classes == 1 else classes
        self.logs = np.full((count, options), 10 * FLOOR, np.float32)
        self.right = np.zeros((count, options), bool)
        for i, (features, logs, right) in enumerate(zip(examples.features, examples.logs, examples.right, strict=True)):
            raw[i, : len(features)] = features
            self.logs[i, : len(logs)] = logs
            self.right[i, right] = True
        banks = sorted(set(examples.bank))
        number = np.array([banks.index(b) for b in examples.bank])
        own = raw + ((number + 1) << 32)[:, None, None]
        self.keys, self.rows, self.counts = self._numbered(raw)
        own_keys, own_rows, _ = self._numbered(own)
        self.rows = np.concatenate([self.rows, np.where(own_rows > 0, own_rows + len(self.keys), 0)], 2)
        self.size = len(self.keys) + len(own_keys) + 1
        self._own = dict(zip(own_keys.tolist(), range(len(self.keys) + 1, self.size), strict=True))
        self._run_time = (banks.index(RUN_TIME) + 1) << 32
        self.weight = np.array(examples.weight, np.float32)
        self.sentence = np.array(examples.sentence)
        self.bank = np.array(examples.bank)

    @staticmethod
    def _numbered(raw: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the keys that occur often enough, the rows of all features (0 for the others), and how often each key occurs."""
        found, inverse, counts = np.unique(raw, return_inverse=True, return_counts=True)
        kept = (counts >= LEAST) & (found != 0)
        rows = np.where(kept, np.cumsum(kept), 0)[inverse.reshape(raw.shape)]
        return found[kept], rows, counts[kept]

    def fit(self, chosen: np.ndarray, *, epochs: int, rate: float, batch: int) -> nn.EmbeddingBag:
        """Return weights learned from the `chosen` choices (a mask)."""
        torch.manual_seed(0)
        order = torch.Generator().manual_seed(0)
        table = nn.EmbeddingBag(self.size, self.classes, mode="sum", sparse=True, padding_idx=0)
        nn.init.zeros_(table.weight)
        adagrad = torch.optim.Adagrad(table.parameters(), lr=rate, initial_accumulator_value=1e-3)
        places = torch.from_numpy(np.flatnonzero(chosen))
        rows, logs = torch.from_numpy(self.rows), torch.from_numpy(self.logs)
        right, weight = torch.from_numpy(self.right), torch.from_numpy(self.weight)
        for _ in range(epochs):
            shuffled = places[torch.randperm(len(places), generator=order)]
            for at in shuffled.split(batch):
                total = self._totals(table, rows[at]) + logs[at]
                chance = total.masked_fill(~right[at], -1e4).logsumexp(1) - total.logsumexp(1)
                loss = -(chance * weight[at]).sum()
                adagrad.zero_grad()
                loss.backward()
                adagrad.step()
        return table

    def _totals(self, table: nn.EmbeddingBag, rows: torch.Tensor) -> torch.Tensor:
        summed = table(rows.reshape(-1, rows.shape[2]))
        return summed.reshape(len(rows), -1)

    def right_share(self, table: nn.EmbeddingBag, chosen: np.ndarray, weights: Sequence[float]) -> list[float]:
        """Return the share of the `chosen` choices that are right under each weight of the model, in percent."""
        with torch.no_grad():
            total = self._totals(table, torch.from_numpy(self.rows[chosen])).numpy()
        best = [(self.logs[chosen] + w * total).argmax(1) for w in weights]
        return [round(100 * float(np.take_along_axis(self.right[chosen], b[:, None], 1).mean()), 2) for b in best]

    def weights(self, table: nn.EmbeddingBag) -> tuple[np.ndarray, np.ndarray]:
        """Return the keys, in order, and the weights that run time uses (keys, classes)."""
        values = table.weight.detach().numpy()
        found = values[1 : len(self.keys) + 1].copy()
        for row, key in enumerate(self.keys.tolist()):
            own = self._own.get(key + self._run_time)
            if own is not None:
                found[row] += values[own]
        return self.keys, found


HEADS = {"epochs": 6, "rate": 0.05, "batch": 64}
LABELS = {"epochs": 5, "rate": 0.1, "batch": 256}
MEASURED = (0.0, 0.3, 0.4, 0.5, 0.7, 1.0)


def evidence(data: Path, pipeline: Path, names: Sequence[str]) -> Recorder:
    """Return what a pipeline thinks of the arcs of the treebanks, without the sentences that are scored."""
    recorder = Recorder(names)
    nlp = spacy.load(pipeline)
    component = nlp.get_pipe("portavoce_encoder")
    component.second_look = False  # type: ignore[attr-defined]
    component.grammar = recorder  # type: ignore[attr-defined]

    def sentences(stem: str) -> list[Doc]:
        return read_conllu(data / "ud_italian" / f"{stem}.conllu")

    scored = {normalised(doc.text) for stem in TESTS.values() for doc in sentences(stem)}
    for stem, weight in BANKS.items():
        bank = stem.split("_")[1].split("-")[0]
        for number, doc in enumerate(sentences(stem)):
            if normalised(doc.text) not in scored:
                recorder.read(nlp, doc, bank, weight, number)
    return recorder


def measure(learner: Learner, recipe: dict, folds: int = 3) -> list[float]:
    """Return the shares of cross-validation on the treebank of run time, by weight of the model."""
    ours = learner.bank == RUN_TIME
    shares, counts = [], []
    for fold in range(folds):
        held = ours & (learner.sentence % folds == fold)
        shares.append(learner.right_share(learner.fit(~held, **recipe), held, MEASURED))
        counts.append(held.sum())
    return [round(float(x), 2) for x in np.average(shares, axis=0, weights=counts)]


def main() -> None:
    """Read the arguments, parse, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with ud_italian/")
    parser.add_argument("pipeline", type=Path, help="the permissive pipeline")
    parser.add_argument("target", type=Path, help="the folder portavoce_encoder of the pipeline that gets the model")
    parser.add_argument("--measure", action="store_true", help="print figures of cross-validation")
    given = parser.parse_args()
    names = json.loads((given.target / SCHEME).read_text("utf8"))["classes"]["dep"]
    recorder = evidence(given.data, given.pipeline, names)
    heads, labels = Learner(recorder.heads, 1), Learner(recorder.labels, len(names))
    print(
        f"{len(heads.rows)} heads in doubt, {len(labels.rows)} labels; features {len(heads.keys)}, {len(labels.keys)}"
    )
    if given.measure:
        print(
            "weight", MEASURED, "heads in doubt right", measure(heads, HEADS), "labels right", measure(labels, LABELS)
        )
    everything = np.ones(len(heads.rows), bool), np.ones(len(labels.rows), bool)
    head_keys, head_weights = heads.weights(heads.fit(everything[0], **HEADS))
    label_keys, label_weights = labels.weights(labels.fit(everything[1], **LABELS))
    head_weights = head_weights[:, 0]
    kept = np.abs(head_weights) >= LEAST_HEAD
    label_weights[np.abs(label_weights) < LEAST_LABEL] = 0
    opinion = Opinion.of_weights(
        (head_keys[kept], head_weights[kept]), (label_keys, label_weights), (HEAD_WEIGHT, LABEL_WEIGHT)
    )
    Grammar(opinion, None, "it").write(given.target / GRAMMAR, names)


if __name__ == "__main__":
    main()
