"""Packages a trained pipeline: `python -m scripts.package TRAINED CORPUS TARGET [--no-scores]`.

Adds portavoce's own components around the trained ones, drops the strings and settings that nothing needs at run time,
states the versions, scores the result, and writes the model card and the licence statement beside it.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import spacy
import srsly
from scripts.card import licence_text, model_card
from scripts.evaluate import evaluate, speed
from scripts.tokenizer import extend_tokenizer
from spacy.language import Language
from spacy.strings import StringStore
from spacy.util import load_config
from thinc.api import Config

import portavoce
from portavoce.extract.annotate import use_fast_products
from portavoce.extract.components import PIPELINE_SCHEMA

SPACY_RANGE = ">=3.8.0,<3.9.0"
DESCRIPTION = "Italian news: UPOS, morphology, lemmas, dependencies, sentences, entities (PER, LOC, ORG)"
SETTINGS_KEPT = ("nlp", "components")  # the rest of the configuration is about training and names its paths


def with_own_components(nlp: Language) -> Language:
    """Return the pipeline with the sentence rule, the verb lemmas and the entity consistency around it."""
    if "portavoce_sentences" not in nlp.pipe_names:
        nlp.add_pipe("portavoce_sentences", before="parser")
        nlp.add_pipe("portavoce_lemmas", after="trainable_lemmatizer")
        nlp.add_pipe("portavoce_entities", after="ner")
    return nlp


def needed_strings(nlp: Language) -> list[str]:
    """Return the strings that the trained components refer to: labels, features, and the edit trees' replacements."""
    lemmatizer = nlp.get_pipe("trainable_lemmatizer")
    trees = srsly.msgpack_loads(lemmatizer.trees.to_bytes())["trees"]
    wanted = {tree[key] for tree in trees for key in ("orig", "subst") if key in tree}
    found = {nlp.vocab.strings[key] for key in wanted}
    for name in nlp.pipe_names:
        pipe = nlp.get_pipe(name)
        found.update(str(label) for label in getattr(pipe, "labels", ()))
    morphologizer = nlp.get_pipe("morphologizer")
    for label in morphologizer.labels:
        for part in label.split("|"):
            found.add(part)
            found.update(part.split("="))
        nlp.vocab.morphology.add(label)
    found.update(nlp.get_pipe("morphologizer").cfg.get("labels_morph", {}).values())
    return sorted(s for s in found if s)


def lean(folder: Path, strings: list[str]) -> None:
    """Drop from a saved pipeline the strings beyond `strings` and the settings of its training."""
    StringStore(strings).to_disk(folder / "vocab" / "strings.json")
    config = load_config(folder / "config.cfg", interpolate=False)
    kept = Config({key: config[key] for key in SETTINGS_KEPT})
    width = config["components"]["tok2vec"]["model"]["encode"]["width"]
    text = kept.to_str(interpolate=False).replace("${components.tok2vec.model.encode.width}", str(width))
    (folder / "config.cfg").write_text(text, encoding="utf8")


def size(folder: Path) -> float:
    """Return the size of a folder in megabytes (10^6 bytes)."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def write_meta(
    folder: Path,
    scores: dict[str, dict[str, float]],
    *,
    name: str = "portavoce",
    description: str = DESCRIPTION,
    licence: str = "CC BY-NC-SA 4.0",
    dropped: Sequence[str] = (),
) -> None:
    """Complete the meta of a saved pipeline with versions, licence and scores; what only spaCy's training needs goes,
    and the keys `dropped`.
    """
    path = folder / "meta.json"
    meta = json.loads(path.read_text("utf8"))
    meta |= {
        "name": name,
        "version": portavoce.__version__,
        "spacy_version": SPACY_RANGE,
        "description": description,
        "author": "portavoce",
        "license": licence,
        "portavoce": {"schema": PIPELINE_SCHEMA, "made_for": portavoce.__version__},
        "performance": scores,
    }
    for key in ("spacy_git_version", "requirements", *dropped):
        meta.pop(key, None)
    path.write_text(json.dumps(meta, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf8")


def write_texts(folder: Path, card: str, licence: str) -> None:
    """Write the model card and the licence statement."""
    (folder / "MODEL_CARD.md").write_text(card, encoding="utf8")
    (folder / "LICENSE").write_text(licence, encoding="utf8")


def show(folder: Path, scores: dict[str, dict[str, float]]) -> None:
    """Print the scores of a saved pipeline and its size."""
    for name, values in scores.items():
        print(name, " ".join(f"{key} {value}" for key, value in values.items()))
    print(f"{folder.name}: {size(folder):.1f} MB")


def main(trained: Path, corpus: Path, target: Path, *, score: bool = True, history: Sequence[str] = ()) -> None:
    """Write the pipeline with its `MODEL_CARD.md` and `LICENSE` to `target/fast`."""
    nlp = with_own_components(spacy.load(trained))
    extend_tokenizer(nlp)
    folder = target / "fast"
    fresh = target / "fast.new"
    shutil.rmtree(fresh, ignore_errors=True)
    target.mkdir(parents=True, exist_ok=True)
    strings = needed_strings(nlp)
    nlp.to_disk(fresh)
    lean(fresh, strings)
    write_meta(fresh, {})
    packaged = spacy.load(fresh)
    use_fast_products(packaged)
    scores = evaluate(packaged, corpus) | speed(packaged, corpus) if score else {}
    write_meta(fresh, scores)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    sources = json.loads((corpus / "sources.json").read_text("utf8"))
    card = model_card(sources=sources, scores=scores, megabytes=size(folder), history=history)
    write_texts(folder, card, licence_text())
    show(folder, scores)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--no-scores", action="store_true")
    parser.add_argument("--history", action="append", default=[], help="a line for the card on how this was trained")
    given = parser.parse_args()
    main(given.trained, given.corpus, given.target, score=not given.no_scores, history=given.history)
