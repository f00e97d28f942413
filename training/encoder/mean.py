"""The mean of the weights of runs that started from the same ones: `python -m training.encoder.mean OUT RUN RUN…`."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch

from portavoce.extract.encoder.session import LEXICON


def mean(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return the mean of each weight."""
    return {name: torch.stack([s[name].float() for s in states]).mean(0) for name in states[0]}


def main() -> None:
    """Read the arguments and the runs, write OUT as a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    given = parser.parse_args()
    states = [torch.load(run / "checkpoint.pt", weights_only=False, map_location="cpu")["model"] for run in given.runs]
    given.out.mkdir(parents=True, exist_ok=True)
    torch.save({"model": mean(states)}, given.out / "checkpoint.pt")
    for name in ("classes.json", "sources.json", LEXICON):
        shutil.copyfile(given.runs[0] / name, given.out / name)


if __name__ == "__main__":
    main()
