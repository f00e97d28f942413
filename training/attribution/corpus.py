"""Annotated articles with their parse, cached on disk so that an experiment takes seconds."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from portavoce.extract import components, entities
from portavoce.extract.annotate import annotate
from portavoce.extract.encoder.evidence import EVIDENCE, Evidence, SecondLook
from portavoce.extract.tokens import Tokens
from portavoce.records import Article

PARSE_READS = (
    "abbreviations.txt", "lemmas.tsv", "inflections.tsv.gz", "given_names.tsv", "before_*.txt", "metonyms.tsv", "countries.tsv",
)  # fmt: skip
"""The lists of a language that its pipeline reads; the others make no other parse."""
_SKIP = set(" \t\n\r«»“”\"„‟'’‘‹›")
_LEAD = re.compile(r"^\W*(?:(?:che|di|se|a|come)\b|d['’])?\s*", re.IGNORECASE)


def read_gold(path: Path) -> list[Article]:
    """The annotated articles of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [Article.from_json(json.loads(line)) for line in lines]


def parsed(
    articles: list[Article], nlp: Language, cache: Path, *, with_evidence: bool = True
) -> Iterator[tuple[Article, Tokens]]:
    """Each article with its tokens; parses are kept in ``cache`` under the pipeline's weights and rules and the texts.

    Without ``with_evidence`` what the pipeline's encoder thinks of attributions is left out.
    """
    cache.mkdir(parents=True, exist_ok=True)
    language_folder = Path(components.__file__).parent / "lang" / nlp.lang
    key = hashlib.sha256(json.dumps(nlp.meta, sort_keys=True, default=str).encode())
    weights = (
        sorted(p for p in (nlp.path or Path()).rglob("*") if p.is_file() and p.suffix != ".md") if nlp.path else []
    )
    lists = sorted(file for name in PARSE_READS for file in language_folder.glob(name))
    for file in [*weights, Path(components.__file__), Path(entities.__file__), *lists]:
        key.update(file.read_bytes())
    for article in articles:
        key.update(article.text.encode())
    file = cache / f"{key.hexdigest()[:16]}.spacy"
    beside = file.with_suffix(".npz")
    if file.exists():
        docs = list(DocBin().from_disk(file).get_docs(nlp.vocab))
    else:
        docs = list(annotate((a.text for a in articles), nlp))
        DocBin(docs=docs, store_user_data=False).to_disk(file)
        own = {a.id: d.user_data[EVIDENCE] for a, d in zip(articles, docs, strict=True) if EVIDENCE in d.user_data}
        if own:
            write_evidence(beside, own)
    evidence = read_evidence(beside) if with_evidence and beside.exists() else {}
    for article, doc in zip(articles, docs, strict=True):
        doc.user_data.pop(EVIDENCE, None)
        if article.id in evidence:
            doc.user_data[EVIDENCE] = evidence[article.id]
        yield article, Tokens(doc, article.text)


IDS, PARSES, THOUGHTS = "articles.txt", "parses.spacy", "evidence.npz"


def write_unseen(folder: Path, docs: dict[str, Doc]) -> None:
    """Write the parses of articles, by id, that encoders made which never saw their annotation, with their evidence."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / IDS).write_text("".join(f"{name}\n" for name in docs), encoding="utf-8")
    write_evidence(folder / THOUGHTS, {name: doc.user_data[EVIDENCE] for name, doc in docs.items()})
    DocBin(docs=docs.values(), store_user_data=False).to_disk(folder / PARSES)


def unseen(articles: list[Article], nlp: Language, folder: Path) -> Iterator[tuple[Article, Tokens]]:
    """Each article with its tokens and evidence as `write_unseen` wrote them; one that is not there is a KeyError."""
    names = (folder / IDS).read_text("utf-8").splitlines()
    docs = dict(zip(names, DocBin().from_disk(folder / PARSES).get_docs(nlp.vocab), strict=True))
    evidence = read_evidence(folder / THOUGHTS)
    for article in articles:
        doc = docs[article.id]
        doc.user_data[EVIDENCE] = evidence[article.id]
        yield article, Tokens(doc, article.text)


def write_evidence(path: Path, found: dict[str, Evidence]) -> None:
    """Write the evidence on articles, by id."""
    arrays = {}
    for name, evidence in found.items():
        arrays |= {f"{name}/tags/{layer}": values for layer, values in evidence.tags.items()}
        for layer, (targets, logs) in evidence.pointers.items():
            arrays |= {f"{name}/targets/{layer}": targets, f"{name}/logs/{layer}": logs}
        for number, look in enumerate(evidence.looks):
            arrays[f"{name}/reading/{number}"] = np.concatenate(
                [
                    [*look.marked, look.by_cue, look.start, look.real, len(look.category)],
                    look.category,
                    look.content.ravel(),
                    look.speaker,
                    look.actor,
                ]
            ).astype(np.float32)
    np.savez_compressed(path, **arrays)


def read_evidence(path: Path) -> dict[str, Evidence]:
    """Read what `write_evidence` wrote."""
    parts: dict[str, dict[str, dict[str, np.ndarray]]] = {}
    with np.load(path) as stored:
        for key in stored.files:
            name, part, layer = key.rsplit("/", 2)
            parts.setdefault(name, {}).setdefault(part, {})[layer] = stored[key]
    return {
        name: Evidence(
            of["tags"],
            {layer: (of["targets"][layer], of["logs"][layer]) for layer in of["targets"]},
            tuple(_look(of["reading"][k]) for k in sorted(of.get("reading", ()), key=int)),
        )
        for name, of in parts.items()
    }


def _look(stored: np.ndarray) -> SecondLook:
    first, last, by_cue, start, _, count = (int(v) for v in stored[:6])
    category, rest = stored[6 : 6 + count], stored[6 + count :]
    words = len(rest) // 5
    return SecondLook(
        (first, last), bool(by_cue), start, rest[: 3 * words].reshape(words, 3), rest[3 * words : 4 * words],
        rest[4 * words :], float(stored[4]), category,
    )  # fmt: skip


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
