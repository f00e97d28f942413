"""What encoders that never saw an article's annotation think of it: `python -m training.encoder.evidence …`.

Train one encoder a fold (`training.encoder.train … --fold K/N`); this reads each annotated article with the encoder that
left it out. The choice of statements learns from that evidence what evidence is worth.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from portavoce.extract.encoder.component import EVIDENCE, EncoderComponent, Evidence
from training.attribution.corpus import write_evidence
from training.encoder.corpus import run_time_tokenizer
from training.encoder.export import export, load


def main() -> None:
    """Read the arguments, read the articles, write the evidence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("e5", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path, help="an .npz file")
    parser.add_argument("runs", type=Path, nargs="+", help="the runs of the folds, 0 first")
    parser.add_argument(
        "--written", type=Path, help="the articles written for training, where the runs learned from them"
    )
    given = parser.parse_args()
    nlp = run_time_tokenizer()
    files = [given.gold] if given.written is None else [given.gold, given.written]
    parts = [[json.loads(line) for line in file.read_text("utf8").splitlines()] for file in files]
    found: dict[str, Evidence] = {}
    for fold, run in enumerate(given.runs):
        with tempfile.TemporaryDirectory() as folder:
            model, classes, lexicon = load(run, given.e5)
            export(model, classes, given.vocabulary, Path(folder), lexicon)
            component = EncoderComponent().from_disk(folder)
        for article in (a for part in parts for a in part[fold :: len(given.runs)]):
            doc = component(nlp.make_doc(article["text"]))
            found[article["id"]] = doc.user_data[EVIDENCE]
        print(f"{run.name}: {len(found)} articles so far", flush=True)
    write_evidence(given.out, found)


if __name__ == "__main__":
    main()
