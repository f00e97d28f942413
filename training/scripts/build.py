"""The whole project in one command: `python -m scripts.build DATA [--work DIR] [--target DIR] [--max-steps N]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts import convert, package, train

HERE = Path(__file__).resolve().parent.parent
STEPS = 10_000
SEED = 7


def main(data: Path, work: Path, target: Path, *, max_steps: int = STEPS) -> None:
    """Convert, train and package; print the scores and store them with the pipeline."""
    convert.main(data, work / "corpus", seed=SEED)
    train.main(
        HERE / "configs" / "config.cfg",
        work / "trained",
        train_path=work / "corpus" / "train.spacy",
        dev_path=work / "corpus" / "dev.spacy",
        names_path=work / "corpus" / "names.json",
        max_steps=max_steps,
    )
    package.main(
        work / "trained" / "model-best",
        work / "corpus",
        target,
        history=[f"Trained in one run of {max_steps:,} steps."],
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=HERE / "build")
    parser.add_argument("--target", type=Path, default=HERE.parent / "portavoce" / "models" / "it")
    parser.add_argument("--max-steps", type=int, default=STEPS)
    given = parser.parse_args()
    main(given.data, given.work, given.target, max_steps=given.max_steps)
