"""Trains the category model on annotated articles and measures it by cross-validation over articles.

python -m training.topics.category TRAIN.jsonl OUT.json.gz [--written MORE.jsonl] [--measure DEV.jsonl] [--folds N] [--read READ.npz]

MORE.jsonl, articles that were written for training, is learned from in every fold and takes no part in the figures.

READ.npz holds for each article id what a reader (who never saw the article's annotation) thinks of its statements:
log-probabilities of the categories, (statements, categories).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from portavoce.extract.topics.category import (
    LEAST,
    LETTERS,
    NEAR,
    SCALE,
    VERSION,
    VIEWS,
    ArticleWords,
    CategoryModel,
    CategoryWords,
    load_hints,
)  # fmt: skip
from portavoce.records import CATEGORIES

WORD_SCALE = (0.6, 0.6, 0.7, 1.0, 0.7)  # by view
LIST_SCALE = (1.5, 1.0, 1.0, 1.0, 1.0)
READ_SCALE = 0.3
STRENGTH = 5.0
BALANCE = 0.85  # an example weighs its category's rarity to this power, over the root of its article's statements
FEWEST = 3  # articles that a word beginning must stand in

Article = dict[str, Any]
Read = Mapping[str, np.ndarray]  # by article id: log-probabilities of the categories, (statements, categories)


def articles_of(path: Path) -> list[Article]:
    """Return the articles of a JSONL file that have statements."""
    with path.open(encoding="utf8") as file:
        return [a for a in map(json.loads, file) if a["statements"]]


def empty_model(articles: list[Article], hints: CategoryWords) -> CategoryModel:
    """Return a model without weights whose vocabulary and rarities are those of the articles."""
    none = np.zeros(0, np.float32)
    count = len(CATEGORIES)
    lists, bias = np.zeros((len(VIEWS), count, count), np.float32), np.zeros(count, np.float32)
    blank = CategoryModel([], none, np.zeros((0, count), np.float32), lists, bias, views=WORD_SCALE, hints=hints)
    seen: Counter[str] = Counter()
    for a in articles:
        words = ArticleWords(blank, f"{a['title'] or ''}\n{a['text']}", None).found
        seen.update({w[:LETTERS] for w in words if len(w) > 2})
    kept = sorted(w for w, n in seen.items() if n >= FEWEST)
    rarity = np.array([1 + np.log((1 + len(articles)) / (1 + seen[w])) for w in kept], np.float32)
    weights = np.zeros((len(kept), count), np.float32)
    return CategoryModel(kept, rarity, weights, lists, bias, views=WORD_SCALE, hints=hints)


def matrix(model: CategoryModel, articles: list[Article], read: Read | None) -> csr_matrix:
    """Return one row a statement: the scaled words of all views in one space, the list votes of each view, what was read."""
    size, count = len(model.rarity), len(CATEGORIES)
    width = size + (len(VIEWS) + (read is not None)) * count
    values, columns, ends = [], [], [0]
    for a in articles:
        words = ArticleWords(model, a["text"], None)
        title = ArticleWords(model, a["title"] or "", None).found
        shared = {
            "title": words.features(title),
            "article": words.features(words.found),
            "lead": words.features(words.lead),
        }
        for place, s in enumerate(a["statements"]):
            spans = [(c["start"], c["end"]) for c in s["content"]]
            found = {
                "content": words.features([w for span in spans for w in words.between(*span)]),
                "near": words.features(words.between(spans[0][0] - NEAR, spans[-1][1] + NEAR)),
                **shared,
            }
            for number, view in enumerate(VIEWS):
                rows, unit, votes = found[view]
                columns += rows.tolist()
                values += (unit * WORD_SCALE[number]).tolist()
                columns += range(size + number * count, size + (number + 1) * count)
                values += (votes * LIST_SCALE[number]).tolist()
            if read is not None:
                columns += range(width - count, width)
                values += (np.maximum(read[a["id"]][place], LEAST) * READ_SCALE).tolist()
            ends.append(len(columns))
    built = csr_matrix((values, columns, ends), shape=(len(ends) - 1, width))
    built.sum_duplicates()
    return built


def fit(articles: list[Article], hints: CategoryWords, read: Read | None = None) -> CategoryModel:
    """Return the model trained on the articles."""
    model = empty_model(articles, hints)
    labels = np.array([CATEGORIES.index(s["category"]) for a in articles for s in a["statements"]])
    sizes = np.array([len(a["statements"]) for a in articles for _ in a["statements"]])
    counts = np.bincount(labels, minlength=len(CATEGORIES))
    present = counts[counts > 0]
    by_label = (len(labels) / len(present) / np.maximum(counts, 1)) ** BALANCE
    regression = LogisticRegression(C=STRENGTH, max_iter=400)
    regression.fit(matrix(model, articles, read), labels, sample_weight=by_label[labels] / np.sqrt(sizes))
    size, count = len(model.rarity), len(CATEGORIES)
    weights = np.zeros((size + (len(VIEWS) + (read is not None)) * count, count), np.float32)
    weights[:, regression.classes_] = regression.coef_.T
    bias = np.full(count, -10.0, np.float32)  # a category that training never saw is never chosen
    bias[regression.classes_] = regression.intercept_
    lists = weights[size:][: len(VIEWS) * count].reshape(len(VIEWS), count, count)
    lists = lists * np.array(LIST_SCALE)[:, None, None]
    readers = np.round(weights[-count:] * READ_SCALE * SCALE).astype(np.float32) / SCALE if read is not None else None
    hundredths = [np.round(x * SCALE).astype(np.float32) / SCALE for x in (model.rarity, weights[:size], lists, bias)]
    return CategoryModel(list(model.row), *hundredths, views=WORD_SCALE, hints=hints, read=readers)


def right(model: CategoryModel, articles: list[Article], read: Read | None = None) -> list[bool]:
    """Return for each statement whether the model gives its category."""
    out = []
    for a in articles:
        words = model.article(a["text"], a["title"])
        for place, s in enumerate(a["statements"]):
            spans = [(c["start"], c["end"]) for c in s["content"]]
            out.append(words.category(spans, None if read is None else read[a["id"]][place]) == s["category"])
    return out


def to_json(model: CategoryModel, measured: dict[str, float]) -> dict[str, Any]:
    """Return the model as plain data."""

    def whole(x: np.ndarray) -> Any:
        return np.round(x * SCALE).astype(int).tolist()

    return {
        "version": VERSION,
        "models": {
            "category": {
                "letters": LETTERS, "view_names": VIEWS, "views": model.views, "categories": CATEGORIES,
                "measured": measured, "vocabulary": list(model.row), "rarity": whole(model.rarity),
                "bias": whole(model.bias), "lists": whole(model.lists), "weights": whole(model.words),
                "read": None if model.read is None else whole(model.read),
            }
        },
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--written", type=Path)
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--read", type=Path)
    options = parser.parse_args()
    articles, hints = articles_of(options.train), load_hints("it")
    written = articles_of(options.written) if options.written else []
    read = dict(np.load(options.read)) if options.read else None
    measured: dict[str, float] = {}
    if options.folds:
        hits: list[bool] = []
        for a, b in GroupKFold(options.folds).split(articles, groups=range(len(articles))):
            hits += right(fit([articles[i] for i in a] + written, hints, read), [articles[i] for i in b], read)
        measured["cross-validation"] = round(float(np.mean(hits)), 4)
    model = fit(articles + written, hints, read)
    if options.measure:
        measured["held out"] = round(float(np.mean(right(model, articles_of(options.measure), read))), 4)
    print(measured, len(model.row), "word beginnings")
    data = json.dumps(to_json(model, measured), ensure_ascii=False, separators=(",", ":"))
    options.out.write_bytes(gzip.compress(data.encode(), 9, mtime=0))
    print(options.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
