"""How encoders that never saw an article's annotation read it: `python -m training.encoder.evidence …`.

Train one encoder a fold (`training.encoder.train … --fold K/N`); this reads each annotated article with the encoder that
left it out, parse and evidence. The choice of statements learns from them what evidence is worth.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from spacy.tokens import Doc

from portavoce.extract.annotate import annotate
from training.attribution.corpus import write_unseen
from training.encoder.export import export, load
from training.encoder.package import assemble


def main() -> None:
    """Read the arguments, read the articles, write what was made of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("e5", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path, help="a folder")
    parser.add_argument("runs", type=Path, nargs="+", help="the runs of the folds, 0 first")
    parser.add_argument(
        "--written", type=Path, help="the articles written for training, where the runs learned from them"
    )
    given = parser.parse_args()
    files = [given.gold] if given.written is None else [given.gold, given.written]
    parts = [[json.loads(line) for line in file.read_text("utf8").splitlines()] for file in files]
    found: dict[str, Doc] = {}
    for fold, run in enumerate(given.runs):
        with tempfile.TemporaryDirectory() as folder:
            model, classes, lexicon = load(run, given.e5)
            export(model, classes, given.vocabulary, Path(folder), lexicon)
            nlp = assemble(Path(folder))
        left_out = [a for part in parts for a in part[fold :: len(given.runs)]]
        docs = annotate((a["text"] for a in left_out), nlp)
        found |= {a["id"]: doc for a, doc in zip(left_out, docs, strict=True)}
        print(f"{run.name}: {len(found)} articles so far", flush=True)
    write_unseen(given.out, found)


if __name__ == "__main__":
    main()
