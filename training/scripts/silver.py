"""Gives the treebanks of a training corpus the entities that a better pipeline finds: `python -m scripts.silver PIPELINE IN OUT`.

The small network learns from them what the large one knows of names; documents with annotated entities stay as they are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from spacy.tokens import Doc, DocBin, Span

from portavoce.extract.annotate import load_pipeline


def main(pipeline: str, source: Path, out: Path) -> None:
    """Write the corpus with entities in every document."""
    nlp = load_pipeline(pipeline)
    docs = list(DocBin().from_disk(source).get_docs(nlp.vocab))
    added = 0
    for doc in docs:
        if doc.has_annotation("ENT_IOB"):
            continue
        read = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        for _, component in nlp.pipeline:
            read = component(read)
        doc.set_ents([Span(doc, e.start, e.end, label=e.label_) for e in read.ents], default="outside")
        added += len(read.ents)
    DocBin(docs=docs, store_user_data=False).to_disk(out)
    print(f"{added} entities added to documents without any annotation")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "pipeline", help="a pipeline whose entities are trusted: encoder, or another by its name or path"
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    main(given.pipeline, given.source, given.out)
