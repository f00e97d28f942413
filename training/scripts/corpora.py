"""Reads CoNLL-U and KIND files into spaCy Docs and builds running text from them."""

from __future__ import annotations

import itertools
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc
from spacy.training.converters import conllu_to_docs
from spacy.vocab import Vocab

Sentence = tuple[list[str], list[str]]

NO_SPACE_BEFORE = frozenset(",.;:!?…)]}»”%")
NO_SPACE_AFTER = frozenset("([{«“„")
APOSTROPHES = ("'", "’")
# Words that end in an apostrophe and are followed by a space: truncations, not elisions.
TRUNCATED = frozenset({"po'", "mo'", "di'", "fa'", "va'", "sta'", "da'", "be'", "ca'", "de'", "ne'", "a'", "e'", "to'"})


def normalised(text: str) -> str:
    """Return `text` reduced to its letters and digits, lower case: the key by which a scored sentence is recognised."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def read_conllu(path: Path) -> list[Doc]:
    """Return one Doc a sentence, multi-word tokens merged, without XPOS and without entity annotation."""
    text = path.read_text(encoding="utf8")
    if not text.endswith("\n\n"):
        text = text.rstrip("\n") + "\n\n"
    found = []
    for doc in conllu_to_docs(text, n_sents=1, merge_subtokens=True, no_print=True):
        for token in doc:
            token.tag_ = ""
        found.append(_respaced(doc))
    return found


def _respaced(doc: Doc) -> Doc:
    """Return the Doc with natural spaces where its treebank lost them (a space before a comma or after an elision)."""
    lost = any(
        a.whitespace_ and (b.text in {",", ".", ";", ":"} or (a.text.lower() in ("l'", "dell'", "d'", "un'", "c'")))
        for a, b in itertools.pairwise(doc)
    )
    if not lost:
        return doc
    return Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=natural_spaces([t.text for t in doc]),
        pos=[t.pos_ for t in doc],
        morphs=[str(t.morph) for t in doc],
        lemmas=[t.lemma_ for t in doc],
        heads=[t.head.i for t in doc],
        deps=[t.dep_ for t in doc],
    )


def read_kind(path: Path) -> list[Sentence]:
    """Return the sentences of a KIND file, each as its words and its IOB tags; a malformed line is a ValueError."""
    found: list[Sentence] = []
    words: list[str] = []
    tags: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        if not line.strip():
            if words:
                found.append((words, tags))
                words, tags = [], []
            continue
        fields = line.split("\t")
        if len(fields) != 2 or not re.fullmatch(r"O|[BI]-(PER|LOC|ORG)", fields[1].strip()):
            raise ValueError(f"{path.name}, line {number}: not a word and an IOB tag: {line!r}")
        words.append(fields[0].strip() or "-")
        tags.append(fields[1].strip())
    if words:
        found.append((words, tags))
    return found


def natural_spaces(words: Sequence[str]) -> list[bool]:
    """Return for each word whether a space follows it in ordinary Italian text; straight marks alternate."""
    spaces = [True] * len(words)
    inside = False
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ""
        if following and following[0] in NO_SPACE_BEFORE and not re.match(r"[.,]\w", following):
            spaces[i] = False
        if word in NO_SPACE_AFTER or (word[-1] in NO_SPACE_AFTER and not word[0].isalnum()):
            spaces[i] = False
        if word.endswith(APOSTROPHES) and len(word) > 1 and word.replace("’", "'").lower() not in TRUNCATED:
            spaces[i] = not (following and (following[0].isalnum() or following[0] in '«“"'))
        if word in ('"', "''", "``"):
            inside = not inside
            if inside:
                spaces[i] = False
            elif i:
                spaces[i - 1] = False
    return spaces


def kind_doc(vocab: Vocab, sentence: Sentence) -> Doc:
    """Return a Doc with the entities of one KIND sentence, its start and nothing else."""
    words, tags = sentence
    fixed = [
        "B" + tag[1:] if tag[0] == "I" and (not i or tags[i - 1][1:] != tag[1:]) else tag for i, tag in enumerate(tags)
    ]
    starts = [1] + [-1] * (len(words) - 1)
    return Doc(vocab, words=list(words), spaces=natural_spaces(words), ents=fixed, sent_starts=starts)


def joined(vocab: Vocab, sentences: Sequence[Doc], breaks: Sequence[str]) -> Doc:
    """Return one Doc of running text; `breaks[i]` (a space, or newlines) stands between sentences i and i + 1."""
    words: list[str] = []
    spaces: list[bool] = []
    pos: list[str] = []
    morphs: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    starts: list[int] = []
    ents: list[str] = []
    parsed = all(doc.has_annotation("DEP") for doc in sentences)
    named = all(doc.has_annotation("ENT_IOB") for doc in sentences)
    for number, doc in enumerate(sentences):
        offset = len(words)
        for token in doc:
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            pos.append(token.pos_)
            morphs.append(str(token.morph))
            lemmas.append(token.lemma_)
            heads.append(offset + token.head.i)
            deps.append(token.dep_)
            starts.append(1 if token.i == 0 else -1)
            ents.append(f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O")
        if number + 1 == len(sentences):
            spaces[-1] = False
        elif breaks[number] == " ":
            spaces[-1] = True
        else:
            spaces[-1] = False
            heads.append(len(words) - 1)
            words.append(breaks[number])
            spaces.append(False)
            pos.append("SPACE")
            morphs.append("")
            lemmas.append(breaks[number])
            deps.append("dep")
            starts.append(-1)
            ents.append("O")
    if parsed:
        made = Doc(vocab, words=words, spaces=spaces, pos=pos, morphs=morphs, lemmas=lemmas, heads=heads, deps=deps)
    else:
        made = Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
    if named:
        made.set_ents(_entities(made, ents), default="outside")
    return made


def _entities(doc: Doc, tags: Sequence[str]) -> list:
    spans, start = [], None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and tag[0] != "I":
            spans.append(doc.char_span(doc[start].idx, doc[i - 1].idx + len(doc[i - 1]), label=tags[start][2:]))
            start = None
        if tag[0] == "B":
            start = i
    return spans


def is_headline(doc: Doc) -> bool:
    """Return whether a sentence has no final punctuation."""
    return not any(c in ".!?…;:" for token in doc[-2:] for c in token.text[-1:])


def running_text(
    vocab: Vocab,
    sentences: Sequence[Doc],
    *,
    shortest: int,
    longest: int,
    newline: float,
    rng: random.Random,
    headlines: bool = False,
) -> Iterator[Doc]:
    """Yield Docs of `shortest` to `longest` consecutive sentences, a share `newline` of them parted by newlines.

    With `headlines` a sentence without final punctuation always ends its line.
    """
    i = 0
    while i < len(sentences):
        part = sentences[i : i + rng.randint(shortest, longest)]
        i += len(part)
        breaks = [
            rng.choice(["\n", "\n\n"]) if rng.random() < newline or (headlines and is_headline(doc)) else " "
            for doc in part
        ]
        yield joined(vocab, part, breaks)


def without(sentences: Iterable[Doc], keys: set[str], *, at_least: int = 15) -> list[Doc]:
    """Return the sentences whose normalised text is not in `keys`; texts under `at_least` characters always stay."""
    return [doc for doc in sentences if len(key := normalised(doc.text)) < at_least or key not in keys]
