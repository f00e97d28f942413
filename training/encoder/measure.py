"""What a model in training makes of held-out texts, in percent: rough figures to choose by, without decoding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import torch

from portavoce.extract.encoder.decode import spans_of
from training.encoder.model import POINTED, TAGGED, Batch, Model
from training.encoder.texts import NONE

ACCURACY = ("pos", "morph", "lemma")
SPANS = ("ner", "content", "cue", "speaker")


def measure(
    model: Model, batches: Iterable[Batch], table: torch.Tensor, classes: dict[str, list[str]]
) -> dict[str, float]:
    """Return accuracies of tags, UAS and LAS by the best head of each word, F of spans, and of the second look given its cue.

    `act_50` and `act_80` are the shares of acts whose content is right at a Jaccard of .5 and .8 by words; `act_speaker`
    the share whose speaker is right word by word.
    """
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    was_training = model.training
    model.eval()
    with torch.no_grad():
        for given in batches:
            batch = given.on(table)
            words, candidates, below = model.read(batch)
            flat = words.flatten(0, 1)
            for name in TAGGED:
                if name in batch.layers:
                    at, gold = batch.layers[name]
                    found = model.tags[name](flat[at]).argmax(1)
                    if name in SPANS:
                        one, two = (set(spans_of([classes[name][c] for c in tags.tolist()])) for tags in (found, gold))
                        right[name] += 2 * len(one & two)
                        asked[name] += len(one) + len(two)
                    else:
                        right[name] += int((found == gold).sum())
                        asked[name] += len(gold)
            for name in POINTED:
                if name in batch.layers:
                    at, gold = batch.layers[name]
                    scores = model.pointed(name, words, candidates, batch)
                    right[name] += int((scores[at].argmax(1) == gold).sum())
                    asked[name] += len(gold)
            if "head" in batch.layers:
                at, gold = batch.layers["head"]
                heads = model.arc_scores(words, candidates, batch).flatten(0, 1)[at].argmax(1)
                labels = batch.layers["dep"][1]
                counted = labels != (classes["dep"].index("punct") if "punct" in classes["dep"] else NONE)
                arcs = (heads == gold) & counted
                label = model.label_scores(words, candidates, at, heads).argmax(1)
                right["uas"] += int(arcs.sum())
                right["las"] += int((arcs & (label == labels)).sum())
                asked["uas"] += int(counted.sum())
                asked["las"] += int(counted.sum())
            if batch.acts:
                seen = model.acts(below, batch.mask, batch.first, batch.last, batch.looks)
                content = (model.acts.outputs["content"](seen).argmax(2) > 0) & (batch.looks.content != NONE)
                gold = batch.looks.content > 0
                share = (content & gold).sum(1) / (content | gold).sum(1).clamp(min=1)
                right["act_50"] += int((share >= 0.5).sum())
                right["act_80"] += int((share >= 0.8).sum())
                speaker = model.acts.outputs["speaker"](seen).argmax(2)
                known = batch.looks.speaker != NONE
                right["act_speaker"] += int(((speaker == batch.looks.speaker) | ~known).all(1).sum())
                for name in ("act_50", "act_80", "act_speaker"):
                    asked[name] += batch.acts
    model.train(was_training)
    return {name: round(100 * right[name] / count, 2) for name, count in asked.items()}
