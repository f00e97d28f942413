"""The augmenter of the training corpus: marks, apostrophes, headlines, a missing final stop, other persons' names."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

PAIRS = (('"', '"'), ("«", "»"), ("“", "”"), ("„", "“"), ("‘", "’"), ("''", "''"))
OPENING = frozenset("«“„")
CLOSING = frozenset("»”")


def swapped_marks(words: list[str], rng: random.Random) -> list[str]:
    """Return the words with one style of quotation marks throughout; the number of words stays."""
    opening, closing = rng.choice(PAIRS)
    inside = False
    made = []
    for word in words:
        if word in ('"', "''", "``"):
            inside = not inside
            made.append(opening if inside else closing)
        elif word in OPENING:
            inside = True
            made.append(opening)
        elif word in CLOSING:
            inside = False
            made.append(closing)
        else:
            made.append(word)
    return made


def swapped_apostrophes(words: list[str], rng: random.Random) -> list[str]:
    """Return the words with the other apostrophe."""
    if rng.random() < 0.5:
        return [w.replace("'", "’") if len(w) > 1 and w != "''" else w for w in words]
    return [w.replace("’", "'") if len(w) > 1 else w for w in words]


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
        sent_starts=None if parsed else [t.sent_start for t in doc][part],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc][part]
        if doc.has_annotation("ENT_IOB")
        else None,
    )


Name = list[tuple[str, bool]]  # the tokens of a name, each with whether a space follows


def renamed(doc: Doc, names: Sequence[Name], rng: random.Random) -> Doc:
    """Return a copy of a Doc without a parse whose persons have other names, the same person the same one."""
    full: dict[str, Name] = {}
    last: dict[str, Name] = {}
    for ent in doc.ents:
        if ent.label_ == "PER" and len(ent) > 1 and ent.text not in full:
            full[ent.text] = rng.choice(names)
            last[ent[-1].text] = full[ent.text][-1:]
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    starts: list[int] = []
    i = 0
    heads = {ent.start: ent for ent in doc.ents}
    while i < len(doc):
        ent = heads.get(i)
        made: Name | None = None
        if ent is not None and ent.label_ == "PER":
            made = full.get(ent.text) or last.get(ent.text)
            if made is None and ent.text[0].isupper() and rng.random() < 0.3:
                made = rng.choice(names)[-1:]
        if ent is None or made is None:
            token = doc[i]
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            tags.append(f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O")
            starts.append(token.sent_start)
            i += 1
            continue
        for k, (word, space) in enumerate(made):
            words.append(word)
            spaces.append(space if k + 1 < len(made) else bool(ent[-1].whitespace_))
            tags.append("I-PER" if k else "B-PER")
            starts.append(-1 if k else doc[i].sent_start)
        i = ent.end
    return Doc(doc.vocab, words=words, spaces=spaces, ents=tags, sent_starts=starts)


def read_names(path: str | None, nlp: Language) -> list[Name]:
    """Return the names (two tokens and more) of a JSON list, in the pipeline's tokens."""
    if not path or not Path(path).exists():
        return []
    docs = (nlp.make_doc(name) for name in json.loads(Path(path).read_text("utf8")))
    return [[(t.text, bool(t.whitespace_)) for t in doc] for doc in docs if len(doc) > 1]


@spacy.registry.augmenters("portavoce.Typography.v1")
def create_typography_augmenter(
    level: float, seed: int, names: str | None = None, renaming: float = 0.0
) -> Callable[[Language, Example], Iterator[Example]]:
    """Return an augmenter: each example; with probability `level` a variant in other typography; with probability
    `renaming`, where persons are marked, one with other persons of the file `names`.
    """
    rng = random.Random(seed)
    known: list[Name] = []

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        yield example
        reference = example.reference
        if rng.random() < level:
            made = varied(reference, rng)
            yield Example(nlp.make_doc(made.text), made)
        if rng.random() < renaming and not reference.has_annotation("DEP"):
            if not known:
                known.extend(read_names(names, nlp))
            if known and any(ent.label_ == "PER" for ent in reference.ents):
                made = renamed(reference, known, rng)
                yield Example(nlp.make_doc(made.text), made)

    return augment
