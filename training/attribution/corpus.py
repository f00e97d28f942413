"""Annotated articles with their parse, cached on disk so that an experiment takes seconds."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import DocBin

from portavoce.extract import components
from portavoce.extract.annotate import annotate
from portavoce.extract.tokens import Tokens
from portavoce.records import Article

_SKIP = set(" \t\n\r«»“”\"„‟'’‘‹›")
_LEAD = re.compile(r"^\W*(?:(?:che|di|se|a|come)\b|d['’])?\s*", re.IGNORECASE)


def read_gold(path: Path) -> list[Article]:
    """The annotated articles of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [Article.from_json(json.loads(line)) for line in lines]


def parsed(articles: list[Article], nlp: Language, cache: Path) -> Iterator[tuple[Article, Tokens]]:
    """Each article with its tokens; parses are kept in ``cache`` under the pipeline's weights and rules and the texts."""
    cache.mkdir(parents=True, exist_ok=True)
    language_folder = Path(components.__file__).parent / "lang" / nlp.lang
    key = hashlib.sha256(nlp.to_bytes(exclude=["vocab", "tokenizer"]))
    for rules in sorted([Path(components.__file__), *language_folder.glob("*.t*")]):
        key.update(rules.read_bytes())
    for article in articles:
        key.update(article.text.encode())
    file = cache / f"{key.hexdigest()[:16]}.spacy"
    if file.exists():
        docs = list(DocBin().from_disk(file).get_docs(nlp.vocab))
    else:
        docs = list(annotate((a.text for a in articles), nlp))
        DocBin(docs=docs, store_user_data=False).to_disk(file)
    for article, doc in zip(articles, docs, strict=True):
        yield article, Tokens(doc, article.text)


def characters(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """The characters of a content that count when two are compared: no white space, marks, edge punctuation or leading che."""
    out: set[int] = set()
    for n, (start, end) in enumerate(spans):
        lead = _LEAD.match(text[start:end]) if n == 0 else None
        first, last = start + (lead.end() if lead else 0), end
        while last > first and not text[last - 1].isalnum():
            last -= 1
        out.update(i for i in range(first, last) if text[i] not in _SKIP)
    return out


def jaccard(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0
