"""The corpora as running text with whatever layers each of them has."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from portavoce.extract.encoder.lemmas import script_of
from training.encoder.articles import SPANS, add_entities, gold_text, names_of, run_time_tokenizer, written_text
from training.encoder.mixing import grouped
from training.encoder.texts import ANY, Corpora, Text
from training.scripts.corpora import Sentence, natural_spaces, normalised, read_conllu, read_kind

TREEBANKS = {  # the corpus variant that a treebank is read with; 0 is the one of run time
    "it_isdt-ud-dev": 0,
    "it_partut-ud-train": 1,
    "it_partut-ud-dev": 1,
    "it_partut-ud-test": 1,
    "it_vit-ud-dev": 2,
    "it_markit-ud-train": 3,
    "it_markit-ud-dev": 3,
    "it_markit-ud-test": 3,
    "it_parlamint-ud-train": 4,
    "it_parlamint-ud-test": 4,
    "it_postwita-ud-dev": 5,
    "it_postwita-ud-test": 5,
    "it_twittiro-ud-train": 5,
    "it_twittiro-ud-dev": 5,
    "it_twittiro-ud-test": 5,
    "it_pud-ud-test": 6,
}
SUBTYPES_UNTOLD = {
    "parlamint": frozenset({"aux", "nsubj", "csubj", "acl", "obl", "expl", "flat", "det"}),
    "pud": frozenset({"obl", "expl", "flat", "det", "nmod"}),
    "markit": frozenset({"obl", "expl"}),
    "vit": frozenset({"expl"}),
    "partut": frozenset({"expl"}),
}
"""Labels whose subtypes a treebank does not tell, or tells seldom, where ISDT does: counted on the treebanks."""
PERMISSIVE = frozenset(
    s for s in TREEBANKS if s.split("_")[1].split("-")[0] in {"markit", "pud", "parlamint", "twittiro"}
)
REPEATED = {"it_isdt-ud-dev": 3}  # the only part of the treebank that is scored
SHARES = {"postwita": 0.4, "twittiro": 0.3, "ADG": 0.1, "FIC": 0.1}  # of a corpus of another kind of text, an epoch
TESTS = {"isdt": "it_isdt-ud-test", "vit": "it_vit-ud-test", "pud": "it_pud-ud-test"}
ENTITIES = ("PER", "LOC", "ORG")
TAGS = ("O", *(f"{begin}-{kind}" for kind in ENTITIES for begin in "BI"))
WORD_LAYERS = (
    "pos",
    "morph",
    "lemma",
    "head",
    "dep",
    "sent",
    "ner",
    "content",
    "cue",
    "speaker",
    "cue_of",
    "speaker_of",
)


def treebank(path: Path, variant: int) -> list[Text]:
    """Return the sentences of a CoNLL-U file, multi-word tokens merged; labels without their subtypes end in `ANY`."""
    found = []
    untold = SUBTYPES_UNTOLD.get(_family(path.stem), frozenset())
    for doc in read_conllu(path):
        heads = [-1 if t.head.i == t.i else t.head.i for t in doc]
        found.append(
            Text(
                [t.text for t in doc],
                [bool(t.whitespace_) for t in doc],
                variant,
                {
                    "pos": [t.pos_ for t in doc],
                    "morph": [str(t.morph) for t in doc],
                    "lemma": [script_of(t.text, t.lemma_) for t in doc],
                    "head": heads,
                    "dep": [t.dep_ + ANY if t.dep_ in untold else t.dep_ for t in doc],
                    "sent": ["1", *["0"] * (len(doc) - 1)],
                },
            )
        )
    return found


def _family(stem: str) -> str:
    """Return the name of the treebank that a file belongs to."""
    return stem.split("_")[1].split("-", maxsplit=1)[0]


def kind_texts(sentences: Sequence[Sentence]) -> list[Text]:
    """Return KIND sentences with their entities."""
    found = []
    for words, tags in sentences:
        fixed = ["B" + t[1:] if t[0] == "I" and (not i or tags[i - 1][1:] != t[1:]) else t for i, t in enumerate(tags)]
        found.append(
            Text(list(words), natural_spaces(words), 0, {"ner": fixed, "sent": ["1", *["0"] * (len(words) - 1)]})
        )
    return found


def load(data: Path, gold: Path | None, *, written: Path | None = None, permissive: bool = False) -> Corpora:
    """Read the corpora; whatever is scored is left out by its text. `written` are articles with entities beside.

    Held out for selection are every fifth sentence of ISDT dev and the entities of every tenth annotated article.
    With `permissive`, only what may be used commercially: neither ISDT, VIT, ParTUT, PoSTWITA nor KIND.
    """
    sources: dict[str, dict[str, object]] = {}

    def note(path: Path, role: str, sentences: Iterable[Sequence[str]]) -> None:
        sizes = [len(words) for words in sentences]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        sources[path.name] = {"role": role, "sha256": digest, "sentences": len(sizes), "tokens": sum(sizes)}

    def bank(stem: str, variant: int, role: str) -> list[Text]:
        path = data / "ud_italian" / f"{stem}.conllu"
        found = treebank(path, variant)
        note(path, role, [t.words for t in found])
        return found

    def kind(name: str, role: str) -> list[Sentence]:
        path = data / "kind" / f"{name}.tsv"
        found = read_kind(path)
        note(path, role, [words for words, _ in found])
        return found

    scored = set()
    for stem in TESTS.values():
        if not (permissive and stem in PERMISSIVE):
            scored |= {normalised("".join(t.words)) for t in bank(stem, 0, "test")}
    scored |= {normalised("".join(words)) for words, _ in kind("WN_dev", "test")}

    def fresh(texts: Iterable[Text]) -> list[Text]:
        return [t for t in texts if len(key := normalised("".join(t.words))) < 15 or key not in scored]

    isdt = fresh(bank("it_isdt-ud-dev", 0, "held out" if permissive else "train, a fifth held out"))
    held = isdt[4::5]
    held_keys = {normalised("".join(t.words)) for t in held}
    banks = []
    for stem, variant in TREEBANKS.items():
        if (stem in TESTS.values() and not permissive) or (permissive and stem not in PERMISSIVE):
            continue
        # what is read at run time is variant 0, so that it must be one of the parsed ones, too
        as_read = 0 if permissive and variant == TREEBANKS["it_markit-ud-train"] else variant
        sentences = isdt if variant == 0 else fresh(bank(stem, as_read, "train"))
        sentences = [t for t in sentences if normalised("".join(t.words)) not in held_keys]
        share = SHARES.get(_family(stem), 1.0)
        banks += [(share, sentences)] * REPEATED.get(stem, 1)
    rng = random.Random(5)
    held_texts = list(grouped(held, rng, shortest=3, longest=6, newline=0.0))
    corpora = Corpora(banks, [], [], held_texts, [], sources=sources)
    nlp = run_time_tokenizer()
    if written is not None:
        articles = [json.loads(line) for line in written.read_text("utf8").splitlines()]
        corpora.written = [written_text(a, nlp) for a in articles]
        note(written, "train: attribution, entities", [t.words for t in corpora.written])
    if gold is not None:
        articles = [json.loads(line) for line in gold.read_text("utf8").splitlines()]
        corpora.gold = [gold_text(a, nlp) for a in articles]
        note(gold, "train: attribution", [t.words for t in corpora.gold])
        if permissive:
            for text, article in zip(corpora.gold, articles, strict=True):
                text.layers["ner"] = names_of(article, text)
            for text in corpora.gold[::10]:
                corpora.held_entities.append(replace(text, layers={"ner": text.layers.pop("ner")}, acts=None))
            return corpora
        wn = kind("WN_train", "train, a tenth held out")
        used = add_entities(corpora.gold, [a["text"] for a in articles], wn)
        for text in corpora.gold[::10]:
            corpora.held_entities.append(replace(text, layers={"ner": text.layers.pop("ner")}, acts=None))
        rest = [s for i, s in enumerate(wn) if i not in used]
        print(f"KIND WN: {len(used)} of {len(wn)} sentences stand in the annotated articles")
        corpora.kind.append((1.0, fresh(kind_texts(rest))))
        corpora.unparsed += fresh(kind_texts(wn))
    for name in ("ADG", "FIC"):
        texts = fresh(kind_texts(kind(f"{name}_train", "train, a tenth an epoch")))
        corpora.kind.append((SHARES[name], texts))
        corpora.unparsed += texts
    return corpora


def classes(corpora: Corpora) -> dict[str, list[str]]:
    """Return the classes of each layer, most frequent first; a lemma script that occurs once is left out."""
    found: dict[str, list[str]] = {"ner": list(TAGS), "sent": ["0", "1"], **{name: ["O", "B", "I"] for name in SPANS}}
    for name in ("pos", "morph", "lemma", "dep"):
        counts = Counter(v for _, bank in corpora.treebanks for text in bank for v in text.layers[name])
        least = 3 if name == "lemma" else 1
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        found[name] = [v for v, n in ranked if n >= least and not (name == "dep" and v.endswith(ANY))]
    return found
