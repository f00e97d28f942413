"""Packages a trained encoder as a spaCy pipeline: `python -m training.encoder.package E5 RUN VOCABULARY CORPUS TARGET`.

Exports the weights, puts portavoce's components around the encoder, scores the result on the files that
`training.scripts.convert` wrote to CORPUS, and writes the model card and the licence beside it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.strings import StringStore

import portavoce
from portavoce.extract.encoder.arcs import GRAMMAR
from training.encoder.card import licence_text, model_card
from training.encoder.corpus import run_time_tokenizer
from training.encoder.export import export, load

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the scripts of the spaCy project import each other so

from scripts.evaluate import evaluate, speed
from scripts.package import DESCRIPTION, show, size, write_meta, write_texts


def assemble(weights: Path) -> Language:
    """Return the pipeline around an exported encoder."""
    nlp = run_time_tokenizer()
    nlp.add_pipe("portavoce_encoder")
    nlp.get_pipe("portavoce_encoder").from_disk(weights)  # type: ignore[attr-defined]
    nlp.add_pipe("portavoce_lemmas")
    nlp.add_pipe("portavoce_entities")
    return nlp


def write(nlp: Language, folder: Path, *, licence: str, scores: dict[str, dict[str, float]]) -> None:
    """Save the pipeline with its versions, licence and scores."""
    shutil.rmtree(folder, ignore_errors=True)
    nlp.to_disk(folder)
    StringStore([]).to_disk(folder / "vocab" / "strings.json")
    description = f"{DESCRIPTION}, attribution"
    write_meta(folder, scores, name="portavoce_encoder", description=description, licence=licence, dropped=["labels"])


PROJECT = """\
[build-system]
requires = ["hatchling>=1.25"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "{version}"
description = "The permissive Italian pipeline of portavoce, for commercial use too"
readme = "{module}/MODEL_CARD.md"
requires-python = ">=3.11"
license = "CC-BY-SA-4.0"
license-files = ["{module}/LICENSE"]
dependencies = ["portavoce=={version}"]

[tool.hatch.build.targets.wheel]
packages = ["{module}"]
"""

MODULE = '''"""The permissive Italian pipeline of portavoce: `portavoce extract --model {module}`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

import portavoce.extract.encoder.component  # noqa: F401 - registers the factory

__version__ = "{version}"


def load(**overrides: Any) -> Language:
    """Return the pipeline, as `spacy.load` does; `overrides` are its other arguments."""
    return spacy.load(Path(__file__).parent / "pipeline", **overrides)
'''


def installable(folder: Path, module: str = "it_portavoce_permissive") -> Path:
    """Write a Python package around a pipeline to be put in `folder`; return where the pipeline belongs."""
    inside = folder / module
    inside.mkdir(parents=True, exist_ok=True)
    names = {"name": module.replace("_", "-"), "module": module, "version": portavoce.__version__}
    (folder / "pyproject.toml").write_text(PROJECT.format(**names), encoding="utf8")
    (inside / "__init__.py").write_text(MODULE.format(**names), encoding="utf8")
    return inside / "pipeline"


def main(
    source: Path, run: Path, vocabulary: Path, corpus: Path, target: Path, *,
    score: bool = True, permissive: bool = False, history: Sequence[str] = (), grammar: Path | None = None,
) -> None:  # fmt: skip
    """Write the pipeline, with the second opinion on its parse if there is one, its `MODEL_CARD.md` and its `LICENSE` to `target`."""
    if permissive:
        target = installable(target)
    licence = "CC BY-SA 4.0" if permissive else "CC BY-NC-SA 4.0"
    model, classes, lexicon = load(run, source)
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder)
        export(model, classes, vocabulary, weights, lexicon)
        if grammar:
            shutil.copyfile(grammar, weights / GRAMMAR)
        nlp = assemble(weights)
        write(nlp, target, licence=licence, scores={})
    packaged = spacy.load(target)
    scores: dict[str, dict[str, float]] = {}
    if score:
        plain = spacy.load(target, config={"components.portavoce_encoder.second_look": False})
        scores = evaluate(plain, corpus) | speed(packaged, corpus)
    if permissive:
        scores.pop("pud", None)  # it was trained on
    write(packaged, target.with_suffix(".new"), licence=licence, scores=scores)
    shutil.rmtree(target)
    target.with_suffix(".new").rename(target)
    texts = target.parent if permissive else target  # beside the pipeline in a package of its own
    sources = json.loads((run / "sources.json").read_text("utf8"))
    card = model_card(
        sources=sources, scores=scores, megabytes=size(target), history=history, permissive=permissive,
        second_opinion=bool(grammar),
    )  # fmt: skip
    write_texts(texts, card, licence_text(permissive=permissive))
    show(target, scores)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("e5", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--no-scores", action="store_true")
    parser.add_argument(
        "--permissive",
        action="store_true",
        help="the run was trained with --permissive; TARGET becomes a Python package of its own",
    )
    parser.add_argument(
        "--grammar", type=Path, help="what training.encoder.grammar wrote: the second opinion on the parse"
    )
    parser.add_argument("--history", action="append", default=[], help="a line for the card on how this was trained")
    given = parser.parse_args()
    main(
        given.e5, given.run, given.vocabulary, given.corpus, given.target,
        score=not given.no_scores, permissive=given.permissive, history=given.history, grammar=given.grammar,
    )  # fmt: skip
