"""The texts of an epoch: sentences in new groups, in other typographies, every corpus mixed in."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from training.encoder.texts import Corpora, Text
from training.scripts.typography import swapped_apostrophes, swapped_marks


def joined(parts: Sequence[Text], breaks: Sequence[str]) -> Text:
    """Return one text of several sentences; `breaks[i]` (a space, or newlines) stands after sentence i."""
    names = set.intersection(*(set(p.layers) for p in parts))
    made = Text([], [], parts[0].variant, {n: [] for n in names})
    for number, part in enumerate(parts):
        offset = len(made.words)
        made.bounds += [offset + b for b in sorted({0, *part.bounds})]
        made.words += part.words
        made.spaces += part.spaces
        for name in names:
            values = part.layers[name]
            made.layers[name] += (
                [v + offset if v is not None and v >= 0 else v for v in values] if name == "head" else values
            )
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


def without_fold(corpora: Corpora, left_out: int, folds: int) -> tuple[Corpora, list[Text]]:
    """Return the corpora without the articles whose number leaves `left_out` divided by `folds`, and the annotated ones of those."""
    gold, written = (
        [t for i, t in enumerate(texts) if i % folds != left_out] for texts in (corpora.gold, corpora.written)
    )
    return replace(corpora, gold=gold, written=written), corpora.gold[left_out::folds]


def with_held_out(corpora: Corpora, repeated: int = 3) -> Corpora:
    """Return the corpora with what was held out for selection, once all is selected."""
    entities = {text.id: text.layers["ner"] for text in corpora.held_entities}
    gold = [
        replace(text, layers=text.layers | {"ner": entities[text.id]}) if text.id in entities else text
        for text in corpora.gold
    ]
    banks = [*corpora.treebanks, *[(1.0, corpora.held_parse)] * repeated]
    return replace(corpora, treebanks=banks, gold=gold, held_parse=[], held_entities=[])


def parse_alone(corpora: Corpora) -> Corpora:
    """Return the treebanks, what several encoders agree on included, without what else is annotated."""
    return replace(corpora, kind=[], gold=[], written=[], held_entities=[])


def epoch(corpora: Corpora, rng: random.Random) -> list[Text]:
    """Return the texts of one pass, in new groups and typographies."""
    made: list[Text] = []
    for share, sentences in corpora.treebanks:
        texts = grouped(sentences, rng, shortest=1, longest=9, newline=0.12)
        made += [t for t in texts if share == 1.0 or rng.random() < share]
    for share, sentences in corpora.kind:
        texts = grouped(sentences, rng, shortest=3, longest=10, newline=0.12, headlines=True)
        made += [t for t in texts if share == 1.0 or rng.random() < share]
    made += corpora.gold + corpora.written
    return [varied(text, rng) for text in made]
