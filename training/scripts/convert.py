"""Builds the training, development and test corpora: `python -m scripts.convert DATA OUT`."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from pathlib import Path

from scripts.corpora import kind_doc, normalised, read_conllu, read_kind, running_text, without
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

# Treebanks that are trained on; the number is the share of sentences that is used.
TREEBANKS = {
    "it_vit-ud-dev": 1.0,
    "it_partut-ud-train": 1.0,
    "it_partut-ud-dev": 1.0,
    "it_partut-ud-test": 1.0,
    "it_markit-ud-train": 1.0,
    "it_markit-ud-dev": 1.0,
    "it_markit-ud-test": 1.0,
    "it_parlamint-ud-train": 1.0,
    "it_parlamint-ud-test": 1.0,
    "it_postwita-ud-dev": 0.5,
    "it_postwita-ud-test": 0.5,
    "it_twittiro-ud-train": 0.4,
}
IN_DOMAIN = "it_isdt-ud-dev"  # every fifth sentence is held out for selection, the others are trained on, twice
TESTS = {"isdt": "it_isdt-ud-test", "vit": "it_vit-ud-test", "pud": "it_pud-ud-test"}
KIND = {"WN_train": 1.0, "ADG_train": 0.35, "FIC_train": 0.25}
KIND_TEST = "WN_dev"
PERSONS = "persons_wikidata_seed.jsonl"  # names that stand in for others in variants of KIND documents
PLACES = "cities_geonames_100k.jsonl"
GROUPINGS = 2  # the same sentences in that many different documents an epoch


def main(data: Path, out: Path, *, seed: int = 7) -> None:
    """Write `train.spacy`, `dev.spacy`, a test file each and `sources.json` (files, checksums, counts) under `out`."""
    rng = random.Random(seed)
    vocab = Vocab()
    out.mkdir(parents=True, exist_ok=True)
    ud, kind = data / "ud_italian", data / "kind"
    used: dict[str, dict[str, object]] = {}

    def note(path: Path, role: str, sentences: int, tokens: int) -> None:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        used[path.name] = {"role": role, "sha256": digest, "sentences": sentences, "tokens": tokens}

    scored: set[str] = set()
    tests: dict[str, list[Doc]] = {}
    for name, stem in TESTS.items():
        path = ud / f"{stem}.conllu"
        if path.exists():
            tests[name] = read_conllu(path)
            note(path, "test", len(tests[name]), sum(map(len, tests[name])))
    path = kind / f"{KIND_TEST}.tsv"
    if path.exists():
        tests["wn"] = [kind_doc(vocab, s) for s in read_kind(path)]
        note(path, "test", len(tests["wn"]), sum(map(len, tests["wn"])))
    for name, docs in tests.items():
        scored.update(normalised(doc.text) for doc in docs)
        length = 14 if name == "wn" else 6  # news articles are that long
        grouped = running_text(
            vocab, docs, shortest=length, longest=length, newline=0.0, rng=random.Random(seed), headlines=name == "wn"
        )
        write(out / f"test_{name}.spacy", list(grouped))

    train: list[list[Doc]] = []  # one list a source, sentences in their order
    dev: list[Doc] = []
    path = ud / f"{IN_DOMAIN}.conllu"
    if path.exists():
        sentences = without(read_conllu(path), scored)
        held = sentences[4::5]
        kept = [s for i, s in enumerate(sentences) if i % 5 != 4]
        scored.update(normalised(doc.text) for doc in held)
        note(path, "train and dev", len(sentences), sum(map(len, sentences)))
        dev += running_text(vocab, held, shortest=3, longest=6, newline=0.0, rng=rng)
        train += [kept, kept]
    for stem, share in TREEBANKS.items():
        path = ud / f"{stem}.conllu"
        if path.exists():
            sentences = [s for s in without(read_conllu(path), scored) if share == 1.0 or rng.random() < share]
            note(path, "train", len(sentences), sum(map(len, sentences)))
            train.append(sentences)
    made: list[Doc] = []
    for sentences in train:
        for _ in range(GROUPINGS):
            made += running_text(vocab, sentences, shortest=1, longest=8, newline=0.12, rng=rng)
    for stem, share in KIND.items():
        path = kind / f"{stem}.tsv"
        if not path.exists():
            continue
        sentences = [kind_doc(vocab, s) for s in read_kind(path)]
        sentences = without(sentences, scored)
        parts = [sentences[i : i + 40] for i in range(0, len(sentences), 40)]
        if stem == "WN_train":
            held_parts = parts[9::10] or parts[-1:]
            for part in held_parts:
                dev += running_text(vocab, part, shortest=5, longest=12, newline=0.1, rng=rng, headlines=True)
            held_keys = {normalised(doc.text) for part in held_parts for doc in part}
            parts = [without(p, held_keys) for i, p in enumerate(parts) if i % 10 != 9]
        elif share < 1.0:
            parts = [p for p in parts if rng.random() < share]
        note(path, "train", sum(map(len, parts)), sum(len(d) for p in parts for d in p))
        for _ in range(GROUPINGS):
            for part in parts:
                made += running_text(vocab, part, shortest=3, longest=10, newline=0.12, rng=rng, headlines=True)
    names: dict[str, list[str]] = {"PER": [], "LOC": []}
    path = data / "reference" / PERSONS
    if path.exists():
        persons = [json.loads(line)["names"] for line in path.read_text("utf8").splitlines()]
        found = {person.get("it") or person.get("en") or "" for person in persons}
        names["PER"] = sorted(n for n in found if 1 < len(n.split()) < 4 and n.isprintable() and "(" not in n)
        note(path, "names for variants", len(names["PER"]), 0)
    path = data / "reference" / PLACES
    if path.exists():
        found = {json.loads(line)["n"] for line in path.read_text("utf8").splitlines()}
        names["LOC"] = sorted(n for n in found if n.isprintable() and n.replace(" ", "").replace("-", "").isalpha())
        note(path, "names for variants", len(names["LOC"]), 0)
    (out / "names.json").write_text(json.dumps(names, ensure_ascii=False, indent=0) + "\n", encoding="utf8")
    rng.shuffle(made)
    write(out / "train.spacy", made)
    write(out / "dev.spacy", dev)
    (out / "sources.json").write_text(json.dumps(used, indent=1, sort_keys=True) + "\n", encoding="utf8")
    print(f"train: {len(made)} documents, {sum(map(len, made))} tokens; dev: {len(dev)}, {sum(map(len, dev))}")


def write(path: Path, docs: list[Doc]) -> None:
    """Write Docs to a DocBin file."""
    DocBin(docs=docs, store_user_data=False).to_disk(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    main(given.data, given.out, seed=given.seed)
