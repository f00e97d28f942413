"""What trained encoders agree on in sentences that nobody parsed, to train the next one on.

`python -m training.encoder.silver PREPARED VOCABULARY SENTENCES OUT RUN RUN…` reads the sentences of KIND files with
several runs of `training.encoder.train`, takes the mean of what they think (tags, lemmas, arcs and labels), and writes
PREPARED with one treebank more. A student of several teachers is better than each of them (Hinton et al. 2015; for
parsers Kuncoro et al. 2016).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from portavoce.extract.encoder.decode import tree
from training.encoder.mixing import grouped
from training.encoder.model import Batch, Example, Model, Reader
from training.encoder.prepare import Prepared
from training.encoder.texts import NONE, VARIANTS, Text

LAYERS = ("pos", "morph", "lemma")
AGREED = 0.5
"""Mean chance from which an arc is taken."""
BATCH = 48


def windows(texts: Sequence[Text], reader: Reader) -> Iterator[tuple[Text, Example]]:
    """Yield the texts that fit into one window each, with it."""
    for text in texts:
        found = reader.examples(text, context=0)
        if len(found) == 1:
            yield text, found[0]


def parsed(texts: Sequence[Text], models: Sequence[Model], reader: Reader, table: torch.Tensor) -> Iterator[Text]:
    """Yield the sentences of texts with the layers that the models give them together."""
    todo = sorted(windows(texts, reader), key=lambda pair: len(pair[1].ids))
    for begin in range(0, len(todo), BATCH):
        part = todo[begin : begin + BATCH]
        yield from _batch(part, reader.batch([example for _, example in part]).on(table), models, reader.classes)


def _batch(
    part: Sequence[tuple[Text, Example]], batch: Batch, models: Sequence[Model], classes: dict[str, list[str]]
) -> Iterator[Text]:
    """Yield the sentences of one batch of windows with the mean of what the models think."""
    tags, arcs, vectors = _means(batch, models)
    best = {name: chance.argmax(-1).cpu().numpy() for name, chance in tags.items()}
    sentences = [list(bounds(example.sentence)) for _, example in part]
    chances = arcs.cpu().numpy()
    heads = np.full(chances.shape[:2], 0)
    for row, found in enumerate(sentences):
        for first, end in found:
            columns = [0, *range(first + 1, end + 1)]
            scores = np.log(chances[row, first:end][:, columns] + 1e-9)
            heads[row, first:end] = [columns[h] for h in tree(scores)]
    labels = _labels(batch, heads, vectors, classes["dep"].index("ROOT"))
    for row, (text, _) in enumerate(part):
        for first, end in sentences[row]:
            inside = range(first, end)
            layers: dict[str, list] = {name: [classes[name][best[name][row, i]] for i in inside] for name in LAYERS}
            sure = [chances[row, i, heads[row, i]] >= AGREED for i in inside]
            places = [int(h) - 1 - first if h else -1 for h in heads[row, first:end]]
            layers["head"] = [place if ok else None for place, ok in zip(places, sure, strict=True)]
            layers["dep"] = [classes["dep"][labels[row, i]] if ok else None for i, ok in zip(inside, sure, strict=True)]
            layers["sent"] = ["1", *["0"] * (end - first - 1)]
            yield Text(text.words[first:end], text.spaces[first:end], 0, layers)


Vectors = list[tuple[Model, torch.Tensor, torch.Tensor]]


def _means(batch: Batch, models: Sequence[Model]) -> tuple[dict[str, torch.Tensor], torch.Tensor, Vectors]:
    """Return the mean chances of the tags and arcs, and each model with its vectors of words and candidates."""
    tags: dict[str, torch.Tensor] = {}
    arcs, vectors = torch.zeros(()), []
    for model in models:
        encoded, _ = model.encoder(batch.embedded, batch.variant, batch.mask, branch=model.branch, dtype=torch.float32)
        words, candidates = model.words(encoded, batch.first, batch.last)
        vectors.append((model, words, candidates))
        for name in LAYERS:
            tags[name] = tags.get(name, 0) + model.tags[name](words).softmax(-1) / len(models)
        arcs = model.arc_scores(words, candidates, batch).softmax(-1) / len(models) + arcs
    return tags, arcs, vectors


def _labels(batch: Batch, heads: np.ndarray, vectors: Vectors, root: int) -> np.ndarray:
    """Return the likeliest label of each word's arc (windows, words), the root's for roots alone."""
    at = torch.from_numpy(np.flatnonzero(batch.present.cpu().numpy().reshape(-1))).to(batch.present.device)
    chosen = torch.from_numpy(heads.reshape(-1)).to(at.device)[at]
    chances = sum(m.label_scores(w, c, at, chosen).softmax(-1) for m, w, c in vectors)
    chances[:, root] = torch.where(chosen == 0, 99.0, -1.0)
    found = np.full(heads.size, NONE)
    found[at.cpu().numpy()] = chances.argmax(1).cpu().numpy()
    return found.reshape(heads.shape)


def bounds(sentence: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the end word of each sentence, given its number by word."""
    first = 0
    for i in range(1, len(sentence) + 1):
        if i == len(sentence) or sentence[i] != sentence[first]:
            yield first, i
            first = i


def main() -> None:
    """Read the arguments, parse, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--share", type=float, default=0.5, help="of the new treebank an epoch")
    parser.add_argument("--device", default="cpu")
    given = parser.parse_args()
    prepared = Prepared.read(given.prepared)
    reader = Reader(given.vocabulary, prepared.classes)
    table = reader.table.to(given.device)
    models = []
    for run in given.runs:
        if json.loads((run / "classes.json").read_text("utf8")) != prepared.classes:
            raise ValueError(f"{run} was trained for other classes")
        model = Model(prepared.file, prepared.classes, variants=VARIANTS)
        model.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=False, map_location="cpu")["model"])
        models.append(model.to(given.device).eval())
    plain = [replace(t, layers={"sent": t.layers["sent"]}) for t in prepared.corpora.unparsed]
    texts = list(grouped(plain, random.Random(1), shortest=1, longest=4, newline=0.0))
    with torch.no_grad():
        found = list(parsed(texts, models, reader, table))
    prepared.corpora.treebanks.append((given.share, found))
    prepared.write(given.out)
    words = sum(len(t.words) for t in found)
    known = sum(h is not None for t in found for h in t.layers["head"])
    print(f"{len(found)} sentences, {words} words, arcs agreed on for {100 * known / words:.1f} %")


if __name__ == "__main__":
    main()
