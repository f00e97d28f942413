"""Teaches the second opinion what better parsers know: `python -m training.encoder.distil PREPARED SHIPPED ENCODER ENCODER…`.

PREPARED has the parse of texts that nobody annotated (`training.encoder.silver --all-of-kind`), of which the sentences are taken.
Exported encoders that parse better (ENCODER) and the shipped one (SHIPPED, its folder) read every sentence; what the shipped one's
log-chances lack of what all of them together say is learned as `training.encoder.grammar` learns it, and added to SHIPPED's
grammar as the opinion of arcs that are no cue's.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import spacy
from spacy.tokens import Doc

from portavoce.extract.encoder.arc_features import ROOT, Auxiliaries, Sentence, Tagged, label_features
from portavoce.extract.encoder.arcs import FLOOR, GRAMMAR, SURE, ArcScores, Grammar, doubtful, first_parse
from portavoce.extract.encoder.component import EncoderComponent
from portavoce.extract.encoder.decode import FloatArray
from portavoce.extract.encoder.opinion import Opinion, Table
from training.encoder.grammar import HEADS, LABELS, RUN_TIME, Examples, Learner, keys
from training.encoder.prepare import Prepared
from training.encoder.silver import AGREED, Reading, Recorder, together
from training.encoder.texts import Text

KEPT_HEADS, KEPT_LABELS = 250_000, 100_000
"""Features that are kept, those that matter most: of four times as many none parses better (ISDT, PUD and VIT within .1)."""

LEAST_LABEL = 0.06
"""Weights of labels below this are left out."""

Words = tuple[list[str], list[bool]]
"""The words of a sentence, and whether white space follows each."""


def sentences(text: Text) -> Iterator[Words]:
    """Yield the sentences of a text that `training.encoder.silver` parsed."""
    starts = [i for i, s in enumerate(text.layers["sent"]) if s == "1"]
    for first, end in zip(starts, [*starts[1:], len(text.words)], strict=True):
        inside = [i for i in range(first, end) if not text.words[i].isspace()]
        yield [text.words[i] for i in inside], [text.spaces[i] for i in inside]


class Lessons:
    """What a pupil thinks of arcs, and what its teachers say they are."""

    def __init__(self, grammar: Grammar) -> None:
        self.heads, self.labels = Examples(), Examples()
        self._grammar, self._known = grammar, Auxiliaries("it")

    def take(self, tagged: Tagged, pupil: ArcScores, teachers: ArcScores, number: int) -> None:
        """Note the arcs of a sentence on which the teachers agree and the pupil is in doubt."""
        heads, labels = self._grammar.parse(tagged, teachers)
        chances = np.exp(teachers.labels(heads))
        agreed = [
            np.exp(teachers.arcs[i, h + 1]) >= AGREED and (h == ROOT or chances[i, c] >= AGREED)
            for i, (h, c) in enumerate(zip(heads, labels, strict=True))
        ]
        first, _ = first_parse(pupil)
        for doubt in doubtful(tagged, pupil, first, self._known):
            if agreed[doubt.word] and heads[doubt.word] in doubt.heads:
                right = doubt.heads.index(heads[doubt.word])
                self._note(self.heads, doubt.features, doubt.logs, right, number)
        known = [h if sure else own for h, own, sure in zip(heads, first, agreed, strict=True)]
        logs = pupil.labels(known)
        sentence = Sentence(tagged, known, self._known)
        for i, (head, label) in enumerate(zip(known, labels, strict=True)):
            if agreed[i] and head != ROOT and logs[i].max() < np.log(SURE):
                options = np.maximum(logs[i], FLOOR)
                options[pupil.names.index("ROOT")] = 10 * FLOOR
                self._note(self.labels, [label_features(sentence, i, head)], options, label, number)

    def _note(self, to: Examples, features: Sequence[Sequence[str]], logs: FloatArray, right: int, number: int) -> None:
        to.features.append([np.array(keys(f), np.uint32) for f in features])  # a tenth of a list's memory
        to.logs.append(logs.astype(np.float32))
        to.right.append([right])
        to.bank.append(RUN_TIME)
        to.weight.append(1.0)
        to.sentence.append(number)


def lessons(numbered: Sequence[tuple[int, Words]], folders: Sequence[Path], grammar: Path) -> tuple[Examples, Examples]:
    """Return the heads and the labels that encoders teach the first of them, in a process of its own.

    Sentences that one of them parts are left out.
    """
    encoders = [EncoderComponent(second_look=False).from_disk(folder) for folder in folders]
    names = encoders[0].encoder.scheme.classes["dep"]
    known = Grammar.read(grammar, names, "it")
    found = Lessons(Grammar(known.near_cues, None, "it"))
    vocab = spacy.blank("it").vocab
    for number, (words, spaces) in numbered:
        readings = [_read(encoder, Doc(vocab, words=words, spaces=spaces)) for encoder in encoders]
        if all(len(r) == 1 and len(r[0][0].words) == len(words) for r in readings):
            tagged, pupil = readings[0][0]
            found.take(tagged, pupil, together([scores for ((_, scores),) in readings]), number)
    return found.heads, found.labels


def _read(encoder: EncoderComponent, doc: Doc) -> Reading:
    recorder = encoder.grammar = Recorder()
    encoder(doc)
    return recorder.sentences


def joined(parts: Sequence[Examples]) -> Examples:
    """Return the examples of all parts."""
    whole = Examples()
    for part in parts:
        for name, values in vars(part).items():
            getattr(whole, name).extend(values)
    return whole


def learned(examples: Examples, classes: int, recipe: dict, known: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return keys, weights (keys, classes) and counts of what examples teach, the weights of what was `known` before added."""
    learner = Learner(examples, classes)
    new, weights = learner.weights(learner.fit(np.ones(len(learner.rows), bool), **recipe))
    every = np.union1d(new, known.keys.astype(new.dtype))
    total, counts = np.zeros((len(every), classes), np.float32), np.ones(len(every))
    for some, values in ((new, weights), (known.keys.astype(new.dtype), known.weights * np.float32(known.scale))):
        total[np.searchsorted(every, some)] += values
    counts[np.searchsorted(every, new)] = learner.counts
    return every, total, counts


def telling(weights: np.ndarray, counts: np.ndarray, kept: int) -> np.ndarray:
    """Return the places of the features that matter most: with large weights, and in many arcs."""
    matter = np.abs(weights).max(1) * np.sqrt(counts)
    return np.sort(np.argsort(-matter, kind="stable")[:kept])


def opinion(heads: Examples, labels: Examples, classes: int, known: Opinion) -> Opinion:
    """Return what examples teach beside what was known."""
    head_keys, head_weights, head_counts = learned(heads, 1, HEADS, known.heads)
    label_keys, label_weights, label_counts = learned(labels, classes, LABELS, known.labels)
    label_weights[np.abs(label_weights) < LEAST_LABEL] = 0
    h = telling(head_weights, head_counts, KEPT_HEADS)
    c = telling(label_weights, label_counts, KEPT_LABELS)
    return Opinion.of_weights((head_keys[h], head_weights[h, 0]), (label_keys[c], label_weights[c]))


def main() -> None:
    """Read the arguments, parse, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prepared", type=Path, help="what training.encoder.silver wrote")
    parser.add_argument("shipped", type=Path, help="the folder portavoce_encoder of the pipeline that gets the opinion")
    parser.add_argument("encoders", type=Path, nargs="+", help="folders that training.encoder.export wrote")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    texts = [text for _, part in Prepared.read(given.prepared).corpora.treebanks[-2:] for text in part]
    numbered = list(enumerate(words for text in texts for words in sentences(text)))
    work = partial(lessons, folders=[given.shipped, *given.encoders], grammar=given.shipped / GRAMMAR)
    with ProcessPoolExecutor(given.workers) as pool:
        parts = list(pool.map(work, [numbered[k :: given.workers] for k in range(given.workers)]))
    heads, labels = (joined(column) for column in zip(*parts, strict=True))
    print(f"{len(numbered)} sentences, {len(heads.logs)} heads in doubt, {len(labels.logs)} labels", flush=True)
    names = EncoderComponent(second_look=False).from_disk(given.shipped).encoder.scheme.classes["dep"]
    near = Grammar.read(given.shipped / GRAMMAR, names, "it").near_cues
    Grammar(near, opinion(heads, labels, len(names), near), "it").write(given.shipped / GRAMMAR, names)


if __name__ == "__main__":
    main()
