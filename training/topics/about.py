"""Trains the ranking of what statements are about, and measures it by cross-validation over articles.

python -m training.topics.about TRAIN.jsonl OUT.json [--measure DEV.jsonl] [--pipeline NAME] [--cache FOLDER]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc, DocBin

from portavoce.evaluate.compare import topics_matched
from portavoce.extract.annotate import annotate, load_pipeline
from portavoce.extract.linear import Linear
from portavoce.extract.tokens import Tokens
from portavoce.extract.topics.about import KEY, VERSION, AboutModel, ArticlePhrases, Candidate
from portavoce.extract.topics.thesaurus import LabelRules, Thesaurus, load_eurovoc

STRENGTH = 0.1
FEWEST = 5  # candidates that a feature must have
STEPS = [round(0.04 * k, 2) for k in range(3, 16)]  # chances tried for a second and third phrase
ATTRIBUTES = ["LEMMA", "POS", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE", "MORPH"]

Example = tuple[ArticlePhrases, list[Candidate], list[str]]


def parsed(texts: list[str], pipeline: str | None, cache: Path | None) -> list[Doc]:
    """Return the texts parsed, read from the cache folder where the same pipeline parsed the same texts before."""
    nlp = load_pipeline(pipeline)
    digest = hashlib.sha256(json.dumps([texts, nlp.meta.get("version"), nlp.meta.get("performance")]).encode())
    digest.update(b"".join(p.read_bytes() for p in sorted(Path(nlp.path or ".").glob("*/model"))))
    kept = cache / f"{digest.hexdigest()[:20]}.spacy" if cache else None
    if kept and kept.exists():
        return list(DocBin().from_disk(kept).get_docs(nlp.vocab))
    docs = list(annotate(texts, nlp))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        DocBin(attrs=ATTRIBUTES, docs=docs).to_disk(kept)
    return docs


def examples(path: Path, thesaurus: Thesaurus, pipeline: str | None, cache: Path | None) -> list[list[Example]]:
    """Return for each article its statements: the article's phrases, the candidates, the phrases of the annotators."""
    with path.open(encoding="utf8") as file:
        articles = [a for a in map(json.loads, file) if a["statements"]]
    out = []
    for a, doc in zip(articles, parsed([a["text"] for a in articles], pipeline, cache), strict=True):
        t = Tokens(doc)
        phrases, marked = ArticlePhrases(t, a["title"]), thesaurus.marked(t, thesaurus.matches(t))
        found = []
        for s in a["statements"]:
            spans = [(c["start"], c["end"]) for c in s["content"]]
            found.append((phrases, phrases.candidates(spans, s["kind"], s["actor"], marked=marked), s["about"] or []))
        out.append(found)
    return out


def is_right(article: ArticlePhrases, candidate: Candidate, gold: list[str]) -> bool:
    """Return whether a candidate shares a content word with a phrase of the annotators."""
    return topics_matched(gold, [article.t.words(candidate.phrase.first, candidate.phrase.last)]) > 0


def fit(articles: list[list[Example]]) -> Linear:
    """Return the linear model trained on the articles."""
    rows, labels = [], []
    for statements in articles:
        for article, candidates, gold in statements:
            for c in candidates:
                rows.append(dict.fromkeys(c.features, 1.0))
                labels.append(is_right(article, c, gold))
    counts = Counter(name for row in rows for name in row)
    rows = [{name: x for name, x in row.items() if counts[name] >= FEWEST} for row in rows]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(rows)
    regression = LogisticRegression(C=STRENGTH, max_iter=400).fit(matrix, labels)
    weights = zip(vectors.get_feature_names_out(), regression.coef_[0], strict=True)
    return Linear(
        {name: round(float(w), 3) for name, w in sorted(weights) if abs(w) >= 0.005},
        round(float(regression.intercept_[0]), 3),
    )


def score(model: AboutModel, articles: list[list[Example]]) -> np.ndarray:
    """Return matched, predicted and annotated phrases, statements with a match, and statements."""
    total = np.zeros(5)
    for article, candidates, gold in (s for statements in articles for s in statements):
        given = model.choose(article, candidates)
        matched = topics_matched(gold, given)
        total += matched, len(given), len(gold), matched > 0, 1
    return total


def f1(counts: np.ndarray) -> float:
    return round(float(2 * counts[0] / (counts[1] + counts[2])), 4)


def report(counts: np.ndarray) -> dict[str, float]:
    """Return precision, recall and F1 of phrases, and the share of statements with a right one."""
    precision, recall, found = counts[0] / counts[1], counts[0] / counts[2], counts[3] / counts[4]
    shares = {"P": precision, "R": recall, "found": found}
    return {**{name: round(float(x), 4) for name, x in shares.items()}, "F1": f1(counts)}


def worth(counts: np.ndarray) -> float:
    """Return F1 and half the share of statements with a right phrase: a phrase more is worth a wrong one now and then."""
    return f1(counts) + 0.5 * float(counts[3] / counts[4])


def best_further(folds: list[tuple[Linear, list[list[Example]]]]) -> tuple[float, ...]:
    """Return the chances for a second and a third phrase that are worth most over the folds."""
    best = (0.0, (1.0, 1.0))
    second = max(STEPS, key=lambda x: worth(sum(score(AboutModel(m, (x, 1.1)), a) for m, a in folds)))
    for third in STEPS:
        further = (second, third)
        best = max(best, (worth(sum(score(AboutModel(m, further), a) for m, a in folds)), further))
    return best[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--pipeline")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    thesaurus = Thesaurus(load_eurovoc("it"), LabelRules.load("it"))
    articles = examples(options.train, thesaurus, options.pipeline, options.cache)
    folds = []
    for a, b in GroupKFold(options.folds).split(articles, groups=range(len(articles))):
        folds.append((fit([articles[i] for i in a]), [articles[i] for i in b]))
    further = best_further(folds)
    measured = {"cross-validation": report(sum(score(AboutModel(m, further), a) for m, a in folds))}
    model = AboutModel(fit(articles), further)
    if options.measure:
        held_out = examples(options.measure, thesaurus, options.pipeline, options.cache)
        measured["held out"] = report(score(model, held_out))
    print(measured, further, len(model.linear.weights), "features")
    linear = model.linear
    about = {"key": KEY, "measured": measured, "further": further, "bias": linear.bias, "weights": linear.weights}
    data = {"about": about}
    text = json.dumps({"version": VERSION, "models": data}, ensure_ascii=False, indent=0)
    options.out.write_text(text + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
