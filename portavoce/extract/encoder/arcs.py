"""The parse of a sentence: the encoder's best tree, its doubtful arcs and labels judged once more by their grammar.

The encoder says how likely each head of a word is, and each label of an arc. Linear models of the grammar around an arc
(`arc_features`, `opinion`) add to these log-chances what they were found to lack; a tree is then decoded anew, no word gets two
subjects or two objects (`arguments`), and the labels of a clause agree in voice (`voice`). Without the models' file the encoder's
own tree stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from portavoce.errors import PipelineError
from portavoce.extract.encoder.arc_features import MARKS, ROOT, Auxiliaries, Doubt, Sentence, Tagged, label_features
from portavoce.extract.encoder.arguments import Arguments
from portavoce.extract.encoder.decode import FloatArray, IntArray, log_softmax, projective_tree, tree
from portavoce.extract.encoder.opinion import Opinion
from portavoce.extract.encoder.voice import in_one_voice

SURE = 0.995
"""Chance of a head, or of a label, from which it stands without a second opinion."""

HEADS_TRIED, LEAST = 6, -7.0
"""Heads that are tried on a word, the likeliest, and the log-chance that all but two of them must have."""

FLOOR = -8.0
"""Log-chance that no label falls below: an encoder that rules something out may be wrong."""

GRAMMAR = "grammar.npz"
"""The file of both models beside those of the encoder."""

VERSION = 2
"""Of the features and of the file; one made for another version is refused."""

NEAR_CUES, ELSEWHERE = "near_cues", "elsewhere"
"""The names of the two opinions in the file."""


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
    """Whether a mark of quotation or a bracket stands between a word and its head."""
    return any(w in MARKS for w in words[min(i, head) + 1 : max(i, head)])


def first_reading(scores: ArcScores) -> list[int]:
    """The heads of the encoder's best tree, `ROOT` for the root."""
    return [h - 1 for h in tree(scores.arcs)]


def doubtful(
    tagged: Tagged, scores: ArcScores, heads: Sequence[int], known: Auxiliaries, kept: Collection[int] | None = None
) -> list[Doubtful]:
    """The words whose head in a first reading is in doubt; arcs of the words `kept` (all) over a quotation mark are in none."""
    kept = range(len(heads)) if kept is None else kept
    sentence = Sentence(tagged, heads, known)
    ranked = np.argsort(-scores.arcs, axis=1, kind="stable")[:, : HEADS_TRIED + 1]
    logs = np.take_along_axis(scores.arcs, ranked, 1)
    words, candidates = [], []
    for i, (row, chance) in enumerate(zip(ranked.tolist(), logs.tolist(), strict=True)):
        if tagged.pos[i] == "PUNCT" or (chance[0] > np.log(SURE) and heads[i] == row[0] - 1):
            continue
        if (i in kept or heads[i] in kept) and _quoted(tagged.words, i, heads[i]):
            continue
        tried = [c for place, c in enumerate(row) if c != i + 1 and (place < 2 or chance[place] >= LEAST)][:HEADS_TRIED]
        words.append(i)
        candidates.append(tried)
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


class Parser(Protocol):
    """What makes a parse of a sentence."""

    def parse(self, tagged: Tagged, scores: ArcScores, cues: Collection[int]) -> tuple[list[int], list[int]]:
        """The heads of the words (`ROOT` for the root) and the numbers of their labels; `cues` are likely cues of attribution."""


class Grammar:
    """The learned second opinion on heads and labels: of arcs from or to a likely cue, and of all others.

    Who says what is chosen later, by what was learned on parses of the encoder with the opinion that treebanks taught. It keeps
    its place where a cue is; everywhere else an opinion that better parsers taught says more (docs/pipelines.md). Without the
    second of them the first speaks of all arcs.
    """

    def __init__(self, near_cues: Opinion, elsewhere: Opinion | None, language: str) -> None:
        self.near_cues, self.elsewhere = near_cues, elsewhere
        self.known = Auxiliaries(language)

    @classmethod
    def read(cls, path: Path, names: Sequence[str], language: str) -> Grammar:
        """Read the file; a PipelineError if it was made for other features or labels."""
        with np.load(path) as stored:
            if int(stored["version"]) != VERSION or stored["labels"].tolist() != list(names):
                raise PipelineError(
                    f"{path.name} was made for another encoder: install matching versions, or train it again"
                )
            near = Opinion.read(stored, NEAR_CUES)
            elsewhere = Opinion.read(stored, ELSEWHERE) if f"{ELSEWHERE}_head_keys" in stored else None
        return cls(near, elsewhere, language)

    def write(self, path: Path, names: Sequence[str]) -> None:
        """Write what `read` reads."""
        stored = self.near_cues.stored(NEAR_CUES)
        if self.elsewhere is not None:
            stored |= self.elsewhere.stored(ELSEWHERE)
        np.savez_compressed(path, version=np.asarray(VERSION), labels=np.array(names), **stored)  # type: ignore[arg-type]

    def parse(self, tagged: Tagged, scores: ArcScores, cues: Collection[int] = ()) -> tuple[list[int], list[int]]:
        """The heads of the words (`ROOT` for the root) and the numbers of their labels; `cues` are likely cues of attribution."""
        near = frozenset(cues if self.elsewhere is not None else range(len(tagged.words)))
        doubts = doubtful(tagged, scores, first_reading(scores), self.known, near)
        judged = Judged(self, tagged, scores, doubts, near)
        found = Arguments(scores.names, judged.heads, judged.best_labels(), {d.word: d.heads for d in doubts})
        found.settle(judged)
        sentence = Sentence(tagged, found.heads, self.known)
        for i, label in in_one_voice(sentence, [scores.names[c] for c in found.labels]):
            if label in scores.names:
                found.labels[i] = scores.names.index(label)
        return found.heads, found.labels


class Judged:
    """What the encoder and the grammar together think of the arcs of a sentence, and the best tree of it; `near` are cues.

    Treebanks have few arcs that cross, the encoder makes six times as many. They may cross where a cue and quotation marks are,
    since a quotation may be parted by its reporting verb.
    """

    def __init__(
        self, grammar: Grammar, tagged: Tagged, scores: ArcScores, doubts: Sequence[Doubtful], near: frozenset[int]
    ) -> None:
        self._grammar, self._words, self._scores, self._near = grammar, tagged.words, scores, near
        self.arcs = scores.arcs.astype(np.float64)
        for doubt in doubts:
            self.arcs[doubt.word] = self._with_opinion_of_heads(doubt)
        parted = bool(near) and any(w in MARKS for w in tagged.words)
        self.heads = [h - 1 for h in (tree if parted else projective_tree)(self.arcs)]
        self._sentence = Sentence(tagged, self.heads, grammar.known)

    def best_labels(self) -> list[int]:
        """The numbers of the likeliest labels of the tree."""
        logs = self._scores.labels(self.heads)
        return [
            int(self._with_opinion(row, i, h).argmax()) for i, (row, h) in enumerate(zip(logs, self.heads, strict=True))
        ]

    def labels(self, word: int, head: int) -> FloatArray:
        """The log-chances of the labels of an arc between two words (labels,)."""
        logs = self._scores.labels_of(np.array([word]), np.array([head + 1]))[0]
        logs[self._scores.names.index("ROOT")] = -np.inf
        return log_softmax(self._with_opinion(logs, word, head))

    def _opinion(self, *words: int) -> Opinion:
        """Whose opinion of an arc counts that these words take part in."""
        elsewhere = self._grammar.elsewhere
        return self._grammar.near_cues if elsewhere is None or self._near.intersection(words) else elsewhere

    def _with_opinion_of_heads(self, doubt: Doubtful) -> FloatArray:
        """The log-chances of the heads of a word in doubt (n + 1,)."""
        opinion = self._opinion(doubt.word, *doubt.heads).heads
        judged = np.array([opinion.total(f)[0] for f in doubt.features])
        row = self.arcs[doubt.word] + FLOOR
        row[np.asarray(doubt.heads) + 1] = doubt.logs + judged
        return log_softmax(row)

    def _with_opinion(self, logs: FloatArray, word: int, head: int) -> FloatArray:
        """The log-chances of the labels of an arc, with what is said of them where the encoder is not sure."""
        if head == ROOT or logs.max() >= np.log(SURE):
            return logs
        if self._near.intersection((word, head)) and _quoted(self._words, word, head):
            return logs
        judged = self._opinion(word, head).labels.total(label_features(self._sentence, word, head))
        return np.where(np.isneginf(logs), -np.inf, np.maximum(logs, FLOOR) + judged)
