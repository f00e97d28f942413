"""Annotated articles as examples: which candidate cue each statement means, and how well contents agree."""

from __future__ import annotations

from collections import Counter

import numpy as np
from scipy.optimize import linear_sum_assignment

from portavoce.extract.acts import Cue
from portavoce.extract.attribution.content import Candidate, ContentFinder
from portavoce.extract.attribution.content_features import ContentFeatures
from portavoce.extract.attribution.content_spans import characters as content_characters
from portavoce.extract.attribution.cue_features import CueFeatures
from portavoce.extract.attribution.cues import CueLexicon, find_cues
from portavoce.extract.attribution.proposals import Proposal, best_proposal
from portavoce.extract.linear import Linear
from portavoce.extract.tokens import Tokens
from portavoce.records import Article, Statement
from training.attribution.corpus import characters, jaccard

Contents = list[tuple[int, str, list[Candidate], list[list[str]]]]
"""Of cues: number, class, candidate contents, and their features."""


class Example:
    """One article with what training needs of it; what is not `measured` is learned from and takes no part in figures."""

    def __init__(self, article: Article, t: Tokens, lexicon: CueLexicon, fold: int, *, measured: bool = True) -> None:
        self.article, self.t, self.fold, self.measured = article, t, fold, measured
        self.gold = [characters(t.text, [(s.start, s.end) for s in g.content]) for g in article.statements]
        self.cues = find_cues(t, lexicon)
        self.features = CueFeatures(t, self.cues, lexicon).all()
        self.of_cue: dict[int, int] = {}
        for n, g in enumerate(article.statements):
            k = matching_cue(t, g, self.cues, lexicon) if g.cue else matching_colon(t, self.gold[n], self.cues)
            if k is not None:
                self.of_cue.setdefault(k, n)
        self.accepted = [0.0] * len(self.cues)
        self.contents: Contents = []
        self.agreement: dict[int, list[float]] = {}

    def look(self, lexicon: CueLexicon, least: float) -> None:
        """Find the contents of the cues accepted at ``least``, as at run time, and of the gold cues that were not."""
        heads = {self.cues[k].head for k, p in enumerate(self.accepted) if p >= least}
        finder = ContentFinder(self.t, heads, lexicon)
        features = ContentFeatures(finder)
        for k, cue in enumerate(self.cues):
            if cue.head not in heads and k not in self.of_cue:
                continue
            class_ = lexicon.class_of(cue)
            candidates = finder.candidates(cue)
            if candidates:
                self.contents.append((k, class_, candidates, features.of_all(cue, class_, candidates)))
            if k in self.of_cue:
                gold = self.gold[self.of_cue[k]]
                self.agreement[k] = [
                    jaccard(gold, self.characters(content_characters(self.t, c.parts))) for c in candidates
                ]

    def characters(self, spans: tuple[tuple[int, int], ...]) -> set[int]:
        """The characters of a content that count."""
        return characters(self.t.text, list(spans))

    def proposals(self, content: Linear, least: float) -> list[Proposal]:
        """The best content of each cue accepted at ``least``."""
        return [
            best_proposal(self.cues[k], class_, (self.accepted[k], self.features[k]), (candidates, features), content)
            for k, class_, candidates, features in self.contents
            if self.accepted[k] >= least
        ]

    def said(self, proposals: list[Proposal]) -> list[set[int]]:
        """The characters of the contents of proposals."""
        return [self.characters(content_characters(self.t, p.content.parts)) for p in proposals]


def matching_cue(t: Tokens, gold: Statement, cues: list[Cue], lexicon: CueLexicon) -> int | None:
    """The candidate cue that a gold cue means: an introducing phrase, else the last full verb, else the noun."""
    if gold.cue is None:
        return None
    inside = [k for k, c in enumerate(cues) if gold.cue.start <= t.start[c.head] < gold.cue.end and c.kind != "colon"]
    if not inside:
        return None

    def rank(k: int) -> tuple[int, int]:
        c = cues[k]
        light = lexicon.class_of(c) in ("light", "-")
        return (
            3
            if c.kind == "prep" and c.lemma != "per"
            else 2
            if c.kind == "verb" and not light
            else 1
            if c.kind == "noun"
            else 0,
            c.head,
        )

    return max(inside, key=rank)


def matching_colon(t: Tokens, content: set[int], cues: list[Cue]) -> int | None:
    """The colon directly before the content of a statement without a cue of words."""
    first = min(content, default=-1)
    for k, c in enumerate(cues):
        if c.kind == "colon" and 0 <= first - t.end[c.head] <= 3:
            return k
    return None


def grow(examples: list[tuple[Article, Tokens]], lexicon: CueLexicon) -> dict[str, list[str]]:
    """Verbs and nouns that head gold cues at least twice and that the lists do not have."""
    verbs: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    for article, t in examples:
        for g in article.statements:
            if g.cue is None:
                continue
            inside = range(t.at(g.cue.start), t.at(g.cue.end - 1) + 1)
            for k in inside:
                if t.pos[k] == "VERB" and (
                    k == inside[-1] or not any(t.pos[x] == "VERB" for x in range(k + 1, inside[-1] + 1))
                ):
                    verbs[t.lemma[k]] += 1
                elif t.pos[k] == "NOUN":
                    nouns[t.lemma[k]] += 1
    return {
        "verbs": sorted(w for w, n in verbs.items() if n >= 1 and w not in lexicon.verbs and w.isalpha()),
        "nouns": sorted(w for w, n in nouns.items() if n >= 1 and w not in lexicon.nouns and w.isalpha()),
    }


def matched(gold: list[set[int]], spans: list[set[int]]) -> dict[int, float]:
    """Which prediction is aligned to a gold content, and how well."""
    if not gold or not spans:
        return {}
    w = np.array([[jaccard(g, p) for p in spans] for g in gold])
    return {int(j): float(w[i, j]) for i, j in zip(*linear_sum_assignment(-w), strict=True) if w[i, j] > 0}
