"""Scores a pipeline on the test corpora: `python -m scripts.evaluate PIPELINE CORPUS [--out scores.json]`.

Two ways: on the corpus's own tokens, one sentence a document, as treebank figures are given; and on running text of
several sentences that the pipeline tokenizes and splits by itself. UAS and LAS leave punctuation out (spaCy's Scorer).
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

import portavoce.extract.components  # noqa: F401 - registers the factories

TREEBANK_KEYS = ("pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las")


def own_tokens(nlp: Language, docs: list[Doc]) -> list[Example]:
    """Return one example a sentence (or a document, where entities are scored) on the corpus's tokens."""
    found = []
    for doc in docs:
        for sent in doc.sents:
            gold = sent.as_doc()
            words, spaces = [t.text for t in gold], [bool(t.whitespace_) for t in gold]
            found.append(Example(Doc(nlp.vocab, words=words, spaces=spaces), gold))
    return found


def documents(nlp: Language, docs: list[Doc]) -> list[Example]:
    """Return one example a document on the corpus's tokens."""
    return [
        Example(Doc(nlp.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d]), d) for d in docs
    ]


def running(nlp: Language, docs: list[Doc]) -> list[Example]:
    """Return one example a document on the pipeline's own tokens."""
    return [Example(nlp.make_doc(d.text), d) for d in docs]


def entity_scores(scores: dict) -> dict[str, float]:
    """Return F, P, R of all entities and F of each label, in percent."""
    found = {key: round(100 * scores[key], 2) for key in ("ents_f", "ents_p", "ents_r")}
    for label, values in sorted(scores["ents_per_type"].items()):
        found[f"ents_f_{label}"] = round(100 * values["f"], 2)
    return found


def evaluate(nlp: Language, corpus: Path) -> dict[str, dict[str, float]]:
    """Return the scores in percent of every test file under `corpus`."""
    found: dict[str, dict[str, float]] = {}
    for path in sorted(corpus.glob("test_*.spacy")):
        name = path.stem.removeprefix("test_")
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
        parsed = docs[0].has_annotation("DEP")
        if parsed:
            scores = nlp.evaluate(own_tokens(nlp, docs))
            found[name] = {key: round(100 * scores[key], 2) for key in TREEBANK_KEYS}
            scores = nlp.evaluate(running(nlp, docs))
            found[name] |= {f"running_{key}": round(100 * scores[key], 2) for key in (*TREEBANK_KEYS, "sents_f")}
        else:
            found[name] = entity_scores(nlp.evaluate(documents(nlp, docs)))
            scores = nlp.evaluate(running(nlp, docs))
            found[name] |= {f"running_{key}": round(100 * scores[key], 2) for key in ("ents_f", "sents_f")}
    return found


def speed(nlp: Language, corpus: Path) -> dict[str, dict[str, float]]:
    """Return the words of running text that a second of one processor reads, if there is text under `corpus`."""
    path = corpus / "test_wn.spacy"
    if not path.exists():
        return {}
    texts = [doc.text for doc in DocBin().from_disk(path).get_docs(nlp.vocab)][:200]
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return {"speed": {"words_per_second": round(words / (time.process_time() - start))}}


def main(pipeline: str, corpus: Path, out: Path | None = None) -> dict[str, dict[str, float]]:
    """Print the scores and, if asked, write them as JSON."""
    from portavoce.extract.annotate import use_fast_products

    nlp = spacy.load(pipeline)
    use_fast_products(nlp)
    scores = evaluate(nlp, corpus) | speed(nlp, corpus)
    for name, values in scores.items():
        print(name, " ".join(f"{key} {value}" for key, value in values.items()))
    if out is not None:
        out.write_text(json.dumps(scores, indent=1, sort_keys=True) + "\n", encoding="utf8")
    return scores


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipeline")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    main(given.pipeline, given.corpus, given.out)
