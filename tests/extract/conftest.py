"""Parsed sentences made by hand, so that a rule is tested without a model."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from portavoce.extract.tokens import Tokens

ParseDoc = Callable[[str], Doc]
ParseTokens = Callable[[str], Tokens]


@pytest.fixture(scope="session")
def vocab() -> Vocab:
    return spacy.blank("it").vocab


@pytest.fixture
def parse_doc(vocab: Vocab) -> ParseDoc:
    """A Doc from lines of ``form lemma POS head deprel [Feats] [ENT]``; head is 1-based within its sentence, 0 a root.

    ``_`` behind a form stands for "no space after it"; an empty line ends a sentence, ``¶`` a paragraph.
    """

    def parse(table: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        lemmas: list[str] = []
        tags: list[str] = []
        heads: list[int] = []
        deps: list[str] = []
        morphs: list[str] = []
        ents: list[str] = []
        starts: list[bool] = []
        base = 0
        opens = True
        for line in (raw.strip() for raw in table.strip().splitlines()):
            if not line or line == "¶":
                base = len(words)
                opens = True
                if line == "¶":
                    spaces[-1] = False
                    for column, value in (
                        (words, "\n\n"), (spaces, False), (lemmas, "\n\n"), (tags, "SPACE"), (heads, base),
                        (deps, "dep"), (morphs, ""), (ents, "O"), (starts, False),
                    ):  # fmt: skip
                        column.append(value)  # type: ignore[attr-defined]
                    heads[-1] = base - 1
                    base += 1
                continue
            form, lemma, pos, head, dep, *rest = line.split()
            words.append(form.removesuffix("_") if len(form) > 1 else form)
            spaces.append(not (len(form) > 1 and form.endswith("_")))
            lemmas.append(lemma)
            tags.append(pos)
            heads.append(base + int(head) - 1 if int(head) else len(words) - 1)
            deps.append("ROOT" if dep == "root" else dep)
            morphs.append(next((r for r in rest if "=" in r), ""))
            entity = next((r for r in rest if "=" not in r), "O")
            ents.append(entity)
            starts.append(opens)
            opens = False
        return Doc(
            vocab, words=words, spaces=spaces, lemmas=lemmas, pos=tags, heads=heads, deps=deps, morphs=morphs,
            ents=ents,
        )  # fmt: skip

    return parse


@pytest.fixture
def parse(parse_doc: ParseDoc) -> ParseTokens:
    """The `Tokens` of such a table."""
    return lambda table: Tokens(parse_doc(table))
