"""The corpora as running text with whatever layers each of them has, and the examples of an epoch made of them."""

from __future__ import annotations

import hashlib
import json
import random
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from portavoce.extract.encoder.lemmas import script_of
from training.encoder.articles import SPANS, add_entities, gold_text, names_of, run_time_tokenizer
from training.encoder.texts import Text
from training.scripts.augment import swapped_apostrophes, swapped_marks
from training.scripts.corpora import Sentence, natural_spaces, normalised, read_conllu, read_kind

NONE = -100
"""The class of what is not annotated; it takes no part in the loss."""

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
PERMISSIVE = frozenset(
    s for s in TREEBANKS if s.split("_")[1].split("-")[0] in {"markit", "pud", "parlamint", "twittiro"}
)
VARIANTS = 7
REPEATED = {"it_isdt-ud-dev": 3}  # the only part of the treebank that is scored
SHARES = {"postwita": 0.4, "twittiro": 0.3, "ADG": 0.1, "FIC": 0.1}  # of a corpus of another kind of text, an epoch
GOLD_SHARE = 1.0  # of the annotated articles an epoch
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
    """Return the sentences of a CoNLL-U file, multi-word tokens merged."""
    found = []
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
                    "dep": [t.dep_ for t in doc],
                    "sent": ["1", *["0"] * (len(doc) - 1)],
                },
            )
        )
    return found


def kind_texts(sentences: Sequence[Sentence]) -> list[Text]:
    """Return KIND sentences with their entities."""
    found = []
    for words, tags in sentences:
        fixed = ["B" + t[1:] if t[0] == "I" and (not i or tags[i - 1][1:] != t[1:]) else t for i, t in enumerate(tags)]
        found.append(
            Text(list(words), natural_spaces(words), 0, {"ner": fixed, "sent": ["1", *["0"] * (len(words) - 1)]})
        )
    return found


def joined(parts: Sequence[Text], breaks: Sequence[str]) -> Text:
    """Return one text of several sentences; `breaks[i]` (a space, or newlines) stands after sentence i."""
    names = set.intersection(*(set(p.layers) for p in parts))
    made = Text([], [], parts[0].variant, {n: [] for n in names})
    for number, part in enumerate(parts):
        offset = len(made.words)
        made.bounds.append(offset)
        made.words += part.words
        made.spaces += part.spaces
        for name in names:
            values = part.layers[name]
            made.layers[name] += [v + offset if v >= 0 else v for v in values] if name == "head" else values
        if number + 1 < len(parts):
            made.spaces[-1] = breaks[number] == " "
            if breaks[number] != " ":
                made.words.append(breaks[number])
                made.spaces.append(False)
                for name in names:
                    made.layers[name].append(None)
    return made


def grouped(
    sentences: Sequence[Text],
    rng: random.Random,
    *,
    shortest: int,
    longest: int,
    newline: float,
    headlines: bool = False,
) -> Iterator[Text]:
    """Yield texts of `shortest` to `longest` consecutive sentences, a share `newline` of them parted by newlines."""
    i = 0
    while i < len(sentences):
        part = sentences[i : i + rng.randint(shortest, longest)]
        i += len(part)
        breaks = [
            rng.choice(["\n", "\n\n"])
            if rng.random() < newline or (headlines and not any(w[-1] in ".!?…;:" for w in p.words[-2:]))
            else " "
            for p in part
        ]
        yield joined(part, breaks)


def varied(text: Text, rng: random.Random) -> Text:
    """Return the text as other typographies have it; the number of words stays, and with it every layer but lemmas'."""
    words = list(text.words)
    if rng.random() < 0.3:
        words = swapped_marks(words, rng)
    if rng.random() < 0.15:
        words = swapped_apostrophes(words, rng)
    chance = rng.random()
    layers = text.layers
    if chance < 0.07:
        if chance < 0.02:
            words = [w.lower() for w in words]
        elif chance < 0.035:
            words = [w.capitalize() if w.islower() and len(w) > 3 else w for w in words]
        elif chance < 0.05:
            words = [w.upper() for w in words]
        else:
            words = [without_accents(w) for w in words]
        if "lemma" in layers:
            layers = {**layers, "lemma": [None] * len(words)}
    return replace(text, words=words, layers=layers)


def without_accents(word: str) -> str:
    """Return the word in ASCII as typists without accents write it: *perche'*, *e'*."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return plain + "'" if plain != word and word[-1] != plain[-1] else plain


@dataclass
class Corpora:
    """What an encoder is trained on, each corpus with its share in an epoch, and what it is selected by."""

    treebanks: list[tuple[float, list[Text]]]
    kind: list[tuple[float, list[Text]]]
    gold: list[Text]
    held_parse: list[Text]
    held_entities: list[Text]
    sources: dict[str, dict[str, object]] = field(default_factory=dict)  # by file: what for, how much, its digest


def load(data: Path, gold: Path | None, *, permissive: bool = False) -> Corpora:
    """Read the corpora; whatever is scored is left out by its text.

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
        sentences = isdt if variant == 0 else fresh(bank(stem, variant, "train"))
        sentences = [t for t in sentences if normalised("".join(t.words)) not in held_keys]
        share = SHARES.get(stem.split("_")[1].split("-")[0], 1.0)
        banks += [(share, sentences)] * REPEATED.get(stem, 1)
    rng = random.Random(5)
    held_texts = list(grouped(held, rng, shortest=3, longest=6, newline=0.0))
    corpora = Corpora(banks, [], [], held_texts, [], sources)
    if gold is not None:
        nlp = run_time_tokenizer()
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
    for name in ("ADG", "FIC"):
        corpora.kind.append((SHARES[name], fresh(kind_texts(kind(f"{name}_train", "train, a tenth an epoch")))))
    return corpora


def attribution_fold(corpora: Corpora, left_out: int, folds: int) -> Corpora:
    """Return corpora of nothing but the annotated articles whose number does not leave `left_out` divided by `folds`."""
    kept = [t for i, t in enumerate(corpora.gold) if i % folds != left_out]
    for text in kept:
        text.layers.pop("ner", None)
    return Corpora([], [], kept, [], [], corpora.sources)


def classes(corpora: Corpora) -> dict[str, list[str]]:
    """Return the classes of each layer, most frequent first; a lemma script that occurs once is left out."""
    found: dict[str, list[str]] = {"ner": list(TAGS), "sent": ["0", "1"], **{name: ["O", "B", "I"] for name in SPANS}}
    for name in ("pos", "morph", "lemma", "dep"):
        counts = Counter(v for _, bank in corpora.treebanks for text in bank for v in text.layers[name])
        least = 3 if name == "lemma" else 1
        found[name] = [v for v, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= least]
    return found


def epoch(corpora: Corpora, rng: random.Random) -> list[Text]:
    """Return the texts of one pass, in new groups and typographies."""
    made: list[Text] = []
    for share, sentences in corpora.treebanks:
        texts = grouped(sentences, rng, shortest=1, longest=9, newline=0.12)
        made += [t for t in texts if share == 1.0 or rng.random() < share]
    for share, sentences in corpora.kind:
        texts = grouped(sentences, rng, shortest=3, longest=10, newline=0.12, headlines=True)
        made += [t for t in texts if share == 1.0 or rng.random() < share]
    made += [t for t in corpora.gold if rng.random() < GOLD_SHARE]
    return [varied(text, rng) for text in made]
