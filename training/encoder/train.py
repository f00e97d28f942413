"""Fine-tunes the encoder with all heads at once: `python -m training.encoder.train PREPARED VOCABULARY RUN`.

A checkpoint is written every few minutes; the same command goes on from it, on a CPU to the same weights as a run that
was not cut off.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader, IterableDataset

from portavoce.extract.encoder.lemmas import Lexicon
from portavoce.extract.encoder.session import LEXICON
from training.encoder import holding
from training.encoder.holding import Holding
from training.encoder.measure import measure
from training.encoder.mixing import epoch, parse_alone, with_held_out, without_fold
from training.encoder.model import WEIGHTS as LAYER_WEIGHTS
from training.encoder.model import Batch, Example, Model, Reader, padded
from training.encoder.prepare import Prepared
from training.encoder.texts import VARIANTS, Corpora, Text

WEIGHTS = LAYER_WEIGHTS | holding.WEIGHTS
"""Of the losses."""

PIECES = 6000
"""Pieces in a batch, about, if nothing else is said."""

CONTEXT = 24
"""Pieces that windows of a training text share; fewer than at run time, where they are paid for once."""


def batches(
    texts: Sequence[Text], reader: Reader, rng: random.Random, *, masked: float, size: int = PIECES
) -> Iterator[Batch]:
    """Yield the batches of one epoch, some `size` pieces each: windows of like length together, in random order, every corpus mixed in."""
    examples = [e for text in texts for e in reader.examples(text, context=CONTEXT)]
    rng.shuffle(examples)
    made: list[list[Example]] = []
    for begin in range(0, len(examples), 400):
        part = sorted(examples[begin : begin + 400], key=lambda e: len(e.ids))
        current: list[Example] = []
        for example in part:
            if current and (len(current) + 1) * padded(len(example.ids)) > size:
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


class Stream(IterableDataset[tuple[int, int, Batch]]):
    """The batches of epoch after epoch from a place on, each with the numbers of its epoch and its own."""

    def __init__(
        self, corpora: Corpora, reader: Reader, *, seed: int, masked: float, size: int, number: int = 0, done: int = 0
    ) -> None:
        self.corpora, self.reader, self.seed, self.masked, self.size, self.number, self.done = (
            corpora, reader, seed, masked, size, number, done,
        )  # fmt: skip

    def __iter__(self) -> Iterator[tuple[int, int, Batch]]:
        number, done = self.number, self.done
        while True:
            rng = random.Random(f"{self.seed}-{number}")
            texts = epoch(self.corpora, rng)
            made = batches(texts, self.reader, rng, masked=self.masked, size=self.size)
            for index, batch in enumerate(made):
                if index >= done:
                    yield number, index, batch
            number, done = number + 1, 0


class Run:
    """A model in training, its optimizer, how far it has come, and what it is held to."""

    def __init__(
        self, model: Model, out: Path, *, steps: int, peak: float, heads_peak: float, held_to: Holding | None = None
    ) -> None:
        self.model, self.path, self.steps, self.held_to = model, out / "checkpoint.pt", steps, held_to
        groups: dict[float, list[nn.Parameter]] = {peak: [], (peak + heads_peak) / 2: [], heads_peak: []}
        for name, parameter in model.named_parameters():
            known = name.startswith("encoder."), name.startswith("acts.layers.")
            groups[peak if known[0] else (peak + heads_peak) / 2 if known[1] else heads_peak].append(parameter)
        self.optimizer = torch.optim.AdamW(
            [{"params": parameters, "lr": share} for share, parameters in groups.items()],
            weight_decay=0.01,
            betas=(0.9, 0.98),
            fused=True,
        )
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda s: rate(s, steps))
        self.step, self.number, self.done = 0, 0, 0
        if self.path.exists():
            saved = torch.load(self.path, weights_only=False, map_location="cpu")
            model.load_state_dict(saved["model"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.schedule.load_state_dict(saved["schedule"])
            self.step, self.number, self.done = saved["step"], saved["epoch"], saved["batch"]
            torch.set_rng_state(saved["random"])

    def save(self) -> None:
        """Write the checkpoint."""
        state = {
            "model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(), "step": self.step, "epoch": self.number, "batch": self.done,
            "random": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, self.path.with_suffix(".new"))
        self.path.with_suffix(".new").rename(self.path)

    def learn(self, batch: Batch) -> dict[str, torch.Tensor]:
        """Take one step; return the losses."""
        read = self.model.read(batch, halved=True)
        losses = self.model.losses(batch, read)
        if self.held_to:
            losses |= self.held_to.losses(self.model, batch, read)
        torch.stack([WEIGHTS[name] * loss for name, loss in losses.items()]).sum().backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.schedule.step()
        self.step += 1
        return {name: loss.detach() for name, loss in losses.items()}


def train(
    model: Model, reader: Reader, corpora: Corpora, out: Path, *, steps: int, seed: int, peak: float, heads_peak: float,
    masked: float, every: float, limit: float | None = None, held: Sequence[Text] = (), measured: int = 0, workers: int = 0,
    size: int = PIECES, hold: bool = False,
) -> None:  # fmt: skip
    """Train to `steps`, or for `limit` seconds, in batches of some `size` pieces; `out` gets `checkpoint.pt` and `log.jsonl`.

    With `hold` the model is held to what it says now of all but the parse.
    Every `measured` steps the log tells what the model makes of `held` and of what the corpora hold out. With `workers`,
    that many processes make the batches; more than one would mix up their order.
    """
    table = reader.table.to(next(model.parameters()).device)
    held_to = Holding(model) if hold else None
    run = Run(model, out, steps=steps, peak=peak, heads_peak=heads_peak, held_to=held_to)
    stream = Stream(corpora, reader, seed=seed, masked=masked, size=size, number=run.number, done=run.done)
    loader = DataLoader(
        stream, batch_size=None, num_workers=min(workers, 1), prefetch_factor=32 if workers else None,
        collate_fn=lambda batch: batch, generator=torch.Generator(),
    )  # fmt: skip
    tests = list(batches([*held, *corpora.held_parse, *corpora.held_entities], reader, random.Random(0), masked=0.0))
    model.train()
    began = saved_at = time.monotonic()
    pieces, sums, counts = 0, dict[str, torch.Tensor | float](), dict.fromkeys(WEIGHTS, 0)

    def note(entry: dict[str, float]) -> None:
        with (out / "log.jsonl").open("a", encoding="utf8") as log:
            log.write(json.dumps({"step": run.step, "epoch": run.number} | entry) + "\n")
        print(json.dumps({"step": run.step, "epoch": run.number} | entry), flush=True)

    for number, index, batch in loader:
        losses = run.learn(batch.on(table))
        run.number, run.done, pieces = number, index + 1, pieces + batch.pieces
        for name, loss in losses.items():
            sums[name] = sums.get(name, 0.0) + loss
            counts[name] += 1
        if run.step % 20 == 0:
            means = {name: round(float(sums[name]) / counts[name], 3) for name in WEIGHTS if counts[name]}
            note({"pieces/s": round(pieces / (time.monotonic() - began))} | means)
            sums, counts = {}, dict.fromkeys(WEIGHTS, 0)
        over = run.step == steps or (limit is not None and time.monotonic() - began > limit)
        if measured and (run.step % measured == 0 or over):
            note(measure(model, tests, table, reader.classes))
        if over or time.monotonic() - saved_at > every:
            run.save()
            saved_at = time.monotonic()
        if over:
            return


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prepared", type=Path, help="what training.encoder.prepare wrote")
    parser.add_argument("vocabulary", type=Path, help="what training.encoder.vocabulary wrote")
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--heads-rate", type=float, default=1e-3)
    parser.add_argument("--masked", type=float, default=0.1, help="share of the pieces made unknown")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--every", type=float, default=180, help="seconds between checkpoints")
    parser.add_argument("--limit", type=float, help="stop after that many seconds; the same command goes on")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu", help="cpu, or cuda")
    parser.add_argument("--workers", type=int, default=0, help="1: make the batches in a process beside")
    parser.add_argument("--measured", type=int, default=0, help="steps between measurements on what is held out")
    parser.add_argument("--fold", help="K/N: without the annotated articles whose number leaves K when divided by N")
    parser.add_argument("--everything", action="store_true", help="train on what is held out for selection, too")
    parser.add_argument(
        "--without-written", action="store_true", help="leave out the articles that were written for training"
    )
    parser.add_argument(
        "--start",
        type=Path,
        help="go on from the weights of another run's checkpoint.pt, or of an exported pipeline (its folder portavoce_encoder, "
        "whose vocabulary `training.encoder.restart` writes)",
    )
    parser.add_argument(
        "--like", type=Path, help="the classes and the lexicon of an exported pipeline, if it is not the start"
    )
    parser.add_argument("--parse-alone", action="store_true", help="train on treebanks alone: tags, lemmas and parse")
    parser.add_argument(
        "--hold", action="store_true", help="with --start and --parse-alone: keep what the start says of all else"
    )
    parser.add_argument("--pieces", type=int, default=PIECES, help="pieces in a batch, about")
    given = parser.parse_args()
    if given.hold and not (given.start and given.parse_alone):
        parser.error("--hold needs --start, what to hold on to, and --parse-alone")
    torch.set_num_threads(given.threads)
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(given.seed)
    prepared = Prepared.read(given.prepared)
    corpora, held = prepared.corpora, []
    if given.without_written:
        corpora = replace(corpora, written=[])
    if given.everything:
        corpora = with_held_out(corpora)
    if given.fold:
        corpora, held = without_fold(corpora, *map(int, given.fold.split("/")))
    if given.parse_alone:
        corpora = parse_alone(corpora)
    classes, lexicon = prepared.classes, prepared.lexicon
    exported = bool(given.start and given.start.is_dir())
    if like := given.start if exported else given.like:
        from training.encoder.restart import classes_of  # needs onnx, which a machine that only trains may lack

        classes, lexicon = classes_of(like), Lexicon.read(like / LEXICON)
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "classes.json").write_text(json.dumps(classes, ensure_ascii=False), encoding="utf8")
    lexicon.write(given.out / LEXICON)
    (given.out / "sources.json").write_text(json.dumps(corpora.sources, indent=1, sort_keys=True), encoding="utf8")
    reader = Reader(given.vocabulary, classes)
    model = Model(prepared.file, classes, variants=VARIANTS, dropout=given.dropout)
    if exported:
        from training.encoder.restart import restart

        restart(model, given.start, classes)
    elif given.start:
        model.load_state_dict(torch.load(given.start, weights_only=False, map_location="cpu")["model"])
    train(
        model.to(given.device), reader, corpora, given.out, steps=given.steps, seed=given.seed, peak=given.rate,
        heads_peak=given.heads_rate, masked=given.masked, every=given.every, limit=given.limit, held=held,
        measured=given.measured, workers=given.workers, size=given.pieces, hold=given.hold,
    )  # fmt: skip


if __name__ == "__main__":
    main()
