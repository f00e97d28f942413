"""The augmenter of the training corpus: marks, apostrophes, headlines, a missing final stop, other names."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from scripts.typography import swapped_apostrophes, swapped_marks
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example


def varied(doc: Doc, rng: random.Random) -> Doc:
    """Return a copy of a gold Doc in another typography, all annotation kept."""
    words = [t.text for t in doc]
    words = swapped_marks(words, rng)
    if rng.random() < 0.5:
        words = swapped_apostrophes(words, rng)
    kind = rng.random()
    if kind < 0.05:
        words = [w.lower() for w in words]
    elif kind < 0.10:
        words = [w.capitalize() if w.islower() and len(w) > 3 else w for w in words]
    elif kind < 0.13:
        words = [w.upper() for w in words]
    keep = len(doc)
    last = doc[-1]
    if len(doc) > 3 and last.text == "." and not any(t.head.i == last.i for t in doc[:-1]) and rng.random() < 0.4:
        keep -= 1
    part = slice(0, keep)
    spaces = [bool(t.whitespace_) for t in doc][part]
    if keep < len(doc):
        spaces[-1] = False
    parsed = doc.has_annotation("DEP")
    return Doc(
        doc.vocab,
        words=words[part],
        spaces=spaces,
        pos=[t.pos_ for t in doc][part] if parsed else None,
        morphs=[str(t.morph) for t in doc][part] if parsed else None,
        lemmas=[t.lemma_ for t in doc][part] if parsed else None,
        heads=[t.head.i for t in doc][part] if parsed else None,
        deps=[t.dep_ for t in doc][part] if parsed else None,
        sent_starts=None if parsed else [1 if t.is_sent_start else -1 for t in doc][part],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc][part]
        if doc.has_annotation("ENT_IOB")
        else None,
    )


def blank_separated(doc: Doc) -> Doc:
    """Return a copy of a Doc without a parse whose tokens all have a space behind them, as corpora print them."""
    return Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[not t.is_space and not (t.i + 1 < len(doc) and doc[t.i + 1].is_space) for t in doc],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
        sent_starts=[1 if t.is_sent_start else -1 for t in doc],
    )


Name = list[tuple[str, bool]]  # the tokens of a name, each with whether a space follows


# A place is swapped only after one of these: after an article the new name would want another one.
BEFORE_PLACE = frozenset({"a", "ad", "di", "da", "in", "per", "tra", "fra", "verso", "e", ",", "("})


def renamed(doc: Doc, names: dict[str, list[Name]], rng: random.Random) -> Doc:
    """Return a copy of a Doc without a parse whose persons and half of whose places have other names, each the same
    one throughout.
    """
    new = _new_names(doc, names, rng)
    heads = {ent.start: ent for ent in doc.ents}
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    starts: list[int] = []
    i = 0
    while i < len(doc):
        ent = heads.get(i)
        made = new.get((ent.label_, ent.text)) if ent is not None else None
        if made and ent is not None and ent.label_ == "LOC" and (not i or doc[i - 1].text.lower() not in BEFORE_PLACE):
            made = None
        if ent is None or not made:
            token = doc[i]
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            tags.append(f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O")
            starts.append(1 if token.is_sent_start else -1)
            i += 1
            continue
        for k, (word, space) in enumerate(made):
            words.append(word)
            spaces.append(space if k + 1 < len(made) else bool(ent[-1].whitespace_))
            tags.append(("I-" if k else "B-") + ent.label_)
            starts.append(-1 if k else (1 if doc[i].is_sent_start else -1))
        i = ent.end
    return Doc(doc.vocab, words=words, spaces=spaces, ents=tags, sent_starts=starts)


def _new_names(doc: Doc, names: dict[str, list[Name]], rng: random.Random) -> dict[tuple[str, str], Name]:
    """Return the name that stands in for each person (and each surname of one) and for some places of a Doc."""
    new: dict[tuple[str, str], Name] = {}
    for ent in doc.ents:
        key = ent.label_, ent.text
        if key in new or not names.get(ent.label_):
            continue
        if ent.label_ == "LOC" and rng.random() < 0.5:
            new[key] = rng.choice(names["LOC"])
        elif ent.label_ == "PER" and len(ent) > 1:
            new[key] = rng.choice(names["PER"])
            new["PER", ent[-1].text] = new[key][-1:]
        elif ent.label_ == "PER" and ent.text[0].isupper() and rng.random() < 0.3:
            new[key] = rng.choice(names["PER"])[-1:]
    return new


def read_names(path: str | None, nlp: Language) -> dict[str, list[Name]]:
    """Return the names of a JSON file, in the pipeline's tokens, by entity label."""
    if not path or not Path(path).exists():
        return {}
    found = json.loads(Path(path).read_text("utf8"))
    return {
        label: [[(t.text, bool(t.whitespace_)) for t in nlp.make_doc(name)] for name in listed]
        for label, listed in found.items()
    }


@spacy.registry.augmenters("portavoce.Typography.v1")
def create_typography_augmenter(
    level: float, seed: int, names: str | None = None, renaming: float = 0.0, blanks: float = 0.0
) -> Callable[[Language, Example], Iterator[Example]]:
    """Return an augmenter: each example; with probability `level` a variant in other typography; with probability
    `renaming`, where entities are marked, one with other persons and places of the file `names`, and with probability
    `blanks` one with a space behind every token.
    """
    rng = random.Random(seed)
    known: dict[str, list[Name]] = {}

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        yield example
        reference = example.reference
        if rng.random() < level:
            made = varied(reference, rng)
            yield Example(nlp.make_doc(made.text), made)
        if rng.random() < blanks and not reference.has_annotation("DEP"):
            made = blank_separated(reference)
            yield Example(nlp.make_doc(made.text), made)
        if rng.random() < renaming and not reference.has_annotation("DEP"):
            if not known:
                known.update(read_names(names, nlp))
            if known and reference.ents:
                made = renamed(reference, known, rng)
                yield Example(nlp.make_doc(made.text), made)

    return augment
