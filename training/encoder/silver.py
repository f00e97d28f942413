"""A parse that several encoders agree on, of texts that nobody parsed, to train the next one on.

`python -m training.encoder.silver PREPARED OUT ENCODER ENCODER… --grammar FILE` reads the annotated articles and KIND's other
sentences with exported encoders (`training.encoder.export`), takes the mean of what they think of arcs and labels, asks the second
opinion too, and writes PREPARED with two treebanks more. A student of several teachers is better than each of them
(Hinton et al. 2015; for parsers Kuncoro et al. 2016).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import spacy
from spacy.tokens import Doc

from portavoce.extract.encoder.arc_features import ROOT, Tagged
from portavoce.extract.encoder.arcs import ArcScores, Grammar, Parser, first_parse
from portavoce.extract.encoder.component import EncoderComponent
from portavoce.extract.encoder.decode import FloatArray, IntArray
from portavoce.extract.encoder.lemmas import script_of
from training.encoder.prepare import Prepared
from training.encoder.texts import Corpora, Text

AGREED = 0.5
"""Mean chance from which an arc, or a label, is taken."""

LEAST = 1e-9
"""Chance that none falls below."""

Reading = list[tuple[Tagged, ArcScores]]


class Recorder:
    """Stands in for the second opinion and notes what an encoder thinks of each sentence."""

    def __init__(self) -> None:
        self.sentences: Reading = []

    def parse(self, tagged: Tagged, scores: ArcScores, cues: Collection[int]) -> tuple[list[int], list[int]]:  # noqa: ARG002 - the protocol has it
        """Note a sentence; return the encoder's own parse."""
        self.sentences.append((tagged, scores))
        return first_parse(scores)


class Teachers:
    """Exported encoders and the second opinion."""

    def __init__(self, folders: Sequence[Path], grammar: Path | None) -> None:
        self._vocab = spacy.blank("it").vocab
        self._encoders = [EncoderComponent(second_look=False).from_disk(folder) for folder in folders]
        self._parser: Parser | None = None
        if grammar:
            names = self._encoders[0].encoder.scheme.classes["dep"]
            self._parser = Grammar.read(grammar, names, "it")

    def parsed(self, text: Text) -> Text:
        """Return the text with the layers of a treebank; what the encoders do not agree on has none.

        Sentences are the first encoder's. Where another parts the text otherwise, it has no say.
        """
        readings = [self._reading(encoder, text) for encoder in self._encoders]
        lengths = [len(tagged.words) for tagged, _ in readings[0]]
        readings = [r for r in readings if [len(tagged.words) for tagged, _ in r] == lengths]
        layers: dict[str, list] = {
            name: [None] * len(text.words) for name in ("pos", "morph", "lemma", "head", "dep", "sent")
        }
        places = iter([i for i, w in enumerate(text.words) if not w.isspace()])
        for sentence in zip(*readings, strict=True):
            inside = [next(places) for _ in sentence[0][0].words]
            self._fill(layers, text.words, inside, [t for t, _ in sentence], together([s for _, s in sentence]))
        return replace(text, variant=0, layers=layers, acts=None)

    def _reading(self, encoder: EncoderComponent, text: Text) -> Reading:
        recorder = encoder.grammar = Recorder()
        encoder(Doc(self._vocab, words=text.words, spaces=text.spaces))
        return recorder.sentences

    def _fill(
        self, layers: dict[str, list], words: Sequence[str], inside: Sequence[int], tagged: Sequence[Tagged],
        scores: ArcScores,
    ) -> None:  # fmt: skip
        heads, labels = self._parser.parse(tagged[0], scores, ()) if self._parser else first_parse(scores)
        of_arcs = np.exp(scores.labels(heads))
        for i, (place, head, label) in enumerate(zip(inside, heads, labels, strict=True)):
            layers["sent"][place] = "0" if i else "1"
            for name, values in (("pos", "pos"), ("morph", "morph"), ("lemma", "lemmas")):
                value, votes = Counter(getattr(t, values)[i] for t in tagged).most_common(1)[0]
                if 2 * votes > len(tagged):
                    layers[name][place] = script_of(words[place], value) if name == "lemma" else value
            if np.exp(scores.arcs[i, head + 1]) >= AGREED and (head == ROOT or of_arcs[i, label] >= AGREED):
                layers["head"][place] = -1 if head == ROOT else inside[head]
                layers["dep"][place] = scores.names[label]


def together(scores: Sequence[ArcScores]) -> ArcScores:
    """Return the logarithms of the mean chances of arcs and labels; the encoders have the same labels."""
    if any(list(s.names) != list(scores[0].names) for s in scores):
        raise ValueError("the encoders were trained for other labels: train them from the same PREPARED")

    def labels_of(words: IntArray, heads: IntArray) -> FloatArray:
        return _mean([s.labels_of(words, heads) for s in scores])

    return ArcScores(_mean([s.arcs for s in scores]), labels_of, scores[0].names)


def _mean(logs: Sequence[FloatArray]) -> FloatArray:
    found: FloatArray = np.log(np.mean([np.exp(one) for one in logs], axis=0) + LEAST)
    return found


def chunk(texts: Sequence[Text], folders: Sequence[Path], grammar: Path | None) -> list[Text]:
    """Return texts parsed, in a process of their own."""
    teachers = Teachers(folders, grammar)
    return [teachers.parsed(text) for text in texts]


def unparsed(corpora: Corpora, *, everything: bool) -> Iterator[list[Text]]:
    """Yield the articles, and the sentences of KIND that stand in none of them: of each of its parts the share of an epoch, or all."""
    yield [*corpora.gold, *corpora.written]
    yield [text for share, texts in corpora.kind for text in (texts if everything else texts[:: round(1 / share)])]


def main() -> None:
    """Read the arguments, parse, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("encoders", type=Path, nargs="+", help="folders that training.encoder.export wrote")
    parser.add_argument("--grammar", type=Path, help="the second opinion's file")
    parser.add_argument("--share", type=float, default=0.5, help="of the new treebanks an epoch")
    parser.add_argument("--all-of-kind", action="store_true", help="and not of each of its parts the share of an epoch")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    prepared = Prepared.read(given.prepared)
    parse = partial(chunk, folders=given.encoders, grammar=given.grammar)
    with ProcessPoolExecutor(given.workers) as pool:
        for texts in unparsed(prepared.corpora, everything=given.all_of_kind):
            parts = list(pool.map(parse, [texts[k :: given.workers] for k in range(given.workers)]))
            found = [parts[i % given.workers][i // given.workers] for i in range(len(texts))]
            prepared.corpora.treebanks.append((given.share, found))
            words = sum(len(t.words) for t in found)
            known = sum(h is not None for t in found for h in t.layers["head"])
            print(f"{len(found)} texts, {words} words, arcs agreed on for {100 * known / words:.1f} %", flush=True)
    prepared.write(given.out)


if __name__ == "__main__":
    main()
