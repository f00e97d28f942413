"""The category of a statement: a linear model over the words of the content, its surroundings, the title, the article.

The first lines of the article are a view of their own: news says there what it is about.

It reads words, not the parse, so it does not depend on the pipeline. A word counts in two ways: by its first letters,
weighted by rarity (learned), and by the lists of words that speak for a category (written by hand).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from portavoce.errors import PipelineError
from portavoce.extract.lang import language_file
from portavoce.extract.linear import read_models
from portavoce.records import CATEGORIES

VERSION = 2
VIEWS: tuple[str, ...] = ("content", "near", "title", "article", "lead")
LETTERS = 6  # 5, 6, 7 letters: 66.5, 67.6, 65.2 % right in cross-validation over the training articles
NEAR = 200  # characters on both sides of the content that hold cue and speaker
LEAD = 400  # characters of the article under its headline
HEADLINE = 300  # longest first paragraph that is taken for a headline
LEAST = -6.0  # log-probabilities of a reader count from here
SCALE = 100  # weights are stored as whole hundredths

Vector = npt.NDArray[np.float32]
_WORD = re.compile(r"[^\W\d_]+")


class CategoryWords:
    """Words that speak for a category, whole or by their beginning."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.whole: dict[str, frozenset[int]] = {}
        self.stems: dict[str, frozenset[int]] = {}
        number = -1
        for line in lines:
            if line.startswith("["):
                number = CATEGORIES.index(line.strip("[]"))
                continue
            for entry in line.split():
                table = self.stems if entry.endswith("*") else self.whole
                word = entry.rstrip("*")
                table[word] = table.get(word, frozenset()) | {number}
        self.longest = max((len(w) for w in self.stems), default=0)

    def votes(self, word: str) -> Vector:
        """One vote, shared among the categories that a lower-case word speaks for; (categories,)."""
        found = set(self.whole.get(word, ()))
        for length in range(2, min(len(word), self.longest) + 1):
            found |= self.stems.get(word[:length], frozenset())
        votes = np.zeros(len(CATEGORIES), np.float32)
        votes[sorted(found)] = 1 / len(found) if found else 0
        return votes


class CategoryModel:
    """Weights of word beginnings and of list votes, by view and category.

    ``views`` scales each view's words, ``rarity`` is (words,), ``words`` is (words, categories), ``lists`` is
    (views, categories, categories) and ``bias`` (categories,). ``read`` is (categories, categories) in a model that
    was trained with log-probabilities that a reader of the content gives (features ``read-politics`` and so on).
    """

    def __init__(
        self, vocabulary: Sequence[str], rarity: Vector, words: Vector, lists: Vector, bias: Vector,
        *, views: Sequence[float], hints: CategoryWords, read: Vector | None = None,
    ) -> None:  # fmt: skip
        self.row = {w: i for i, w in enumerate(vocabulary)}
        self.rarity, self.words, self.lists, self.bias = rarity, words, lists, bias
        self.read = read
        self.views = tuple(views)
        self.hints = hints
        self.entry = lru_cache(maxsize=65536)(self._entry)

    @classmethod
    def load(cls, language: str) -> CategoryModel:
        """The model of a language; raises `PipelineError` when it was made for other features."""
        model: dict[str, Any] = read_models(language_file(language, "category.json.gz"), version=VERSION)["category"]
        shape = (len(model["vocabulary"]), len(VIEWS), len(CATEGORIES))
        lists, words, rarity, bias = (
            (np.array(model[name]) / SCALE).astype(np.float32) for name in ("lists", "weights", "rarity", "bias")
        )
        if (
            model["letters"] != LETTERS or tuple(model["view_names"]) != VIEWS or tuple(model["categories"]) != CATEGORIES
            or words.shape != shape[::2] or lists.shape != (*shape[1:], shape[2]) or len(model["rarity"]) != shape[0]
        ):  # fmt: skip
            raise PipelineError(
                f"category.json.gz of {language} was trained for other features than this version has: "
                "retrain it (training/README.md) or reinstall portavoce"
            )
        read = (np.array(model["read"]) / SCALE).astype(np.float32) if model.get("read") else None
        return cls(
            model["vocabulary"], rarity, words, lists, bias, views=model["views"], hints=load_hints(language), read=read
        )

    def article(self, text: str, title: str | None) -> ArticleWords:
        """The words of an article, looked up once for all its statements."""
        return ArticleWords(self, text, title)

    def _entry(self, word: str) -> tuple[int, Vector | None]:
        """The row of a lower-case word in the vocabulary or -1, and its list votes or None."""
        votes = self.hints.votes(word)
        return self.row.get(word[:LETTERS], -1) if len(word) > 2 else -1, votes if votes.any() else None


class ArticleWords:
    """An article's words with what the model knows of each, and the scores of its title, first lines and whole text."""

    def __init__(self, model: CategoryModel, text: str, title: str | None) -> None:
        self.model = model
        self.starts: list[int] = []
        self.found: list[str] = []
        for m in _WORD.finditer(text):
            self.starts.append(m.start())
            self.found.append(m.group())
        self.found = [w.lower() for w in self.found]
        paragraph = text.find("\n\n", 0, HEADLINE)
        self.lead = self.between(max(paragraph, 0), max(paragraph, 0) + LEAD)
        self.base = model.bias + self.score("article", self.found) + self.score("lead", self.lead)
        if title:
            self.base = self.base + self.score("title", [w.lower() for w in _WORD.findall(title)])

    def scores(self, content: Sequence[tuple[int, int]], read: Vector | None = None) -> Vector:
        """Log-odds of each category for a statement's content (character spans); (categories,).

        ``read`` holds a reader's log-probabilities of the categories; a model that was trained without takes no notice.
        """
        inside = [w for start, end in content for w in self.between(start, end)]
        near = self.between(content[0][0] - NEAR, content[-1][1] + NEAR)
        total: Vector = self.base + self.score("content", inside) + self.score("near", near)
        if read is not None and self.model.read is not None:
            total += np.maximum(read, LEAST) @ self.model.read
        return total

    def category(self, content: Sequence[tuple[int, int]], read: Vector | None = None) -> str:
        """The most probable category of a statement's content."""
        return CATEGORIES[int(np.argmax(self.scores(content, read)))]

    def score(self, view: str, words: Sequence[str]) -> Vector:
        """What the words of a view add to each category; (categories,)."""
        model, number = self.model, VIEWS.index(view)
        rows, values, votes = self.features(words)
        total = votes @ model.lists[number]
        if len(rows):
            total = total + model.views[number] * (values @ model.words[rows])
        return np.asarray(total, np.float32)

    def features(self, words: Sequence[str]) -> tuple[npt.NDArray[np.intp], Vector, Vector]:
        """Rows and values (a unit vector) of known word beginnings, and the votes of the lists."""
        entry = self.model.entry
        counts: dict[int, int] = {}
        votes, long_words = np.zeros(len(CATEGORIES), np.float32), 0
        seen: set[str] = set()
        for word in words:
            row, vote = entry(word)
            if row >= 0:
                counts[row] = counts.get(row, 0) + 1
            if word not in seen:
                seen.add(word)
                long_words += len(word) > 3
                if vote is not None:
                    votes += vote
        rows = np.fromiter(counts, np.intp, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.model.rarity[rows]
        length = float(np.sqrt(values @ values)) or 1.0
        return rows, (values / length).astype(np.float32), votes / np.sqrt(np.float32(long_words + 3))

    def between(self, start: int, end: int) -> list[str]:
        """The words that begin between two character offsets."""
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def load_hints(language: str) -> CategoryWords:
    """The hand-written category words of a language."""
    lines = language_file(language, "category_words.txt").read_text(encoding="utf8").splitlines()
    return CategoryWords([line for line in lines if line and not line.startswith("#")])
