"""A parsed article as plain lists, one entry a token: what the rules read instead of asking spaCy token by token."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

import numpy as np
from spacy import attrs
from spacy.tokens import Doc

from portavoce.extract.annotate import entity_kind
from portavoce.extract.encoder.evidence import EVIDENCE
from portavoce.extract.evidence import EvidenceView
from portavoce.extract.marks import Quote, find_asides, find_quotes
from portavoce.extract.unclosed import with_read_ends

_ATTRIBUTES = [
    attrs.LOWER, attrs.LEMMA, attrs.POS, attrs.DEP, attrs.HEAD, attrs.SENT_START, attrs.ENT_IOB, attrs.ENT_TYPE,
    attrs.IDX, attrs.LENGTH, attrs.MORPH,
]  # fmt: skip


@lru_cache(maxsize=4096)
def _morph(features: str) -> dict[str, str]:
    return dict(f.split("=", 1) for f in features.split("|") if "=" in f)


class Tokens:
    """The tokens of one parsed article.

    All lists have one entry a token. ``head`` holds indices (a root is its own head); ``left`` and ``right`` are the
    first and last token of the subtree (inclusive, clipped to the sentence); ``sent`` and ``para`` number sentences and
    paragraphs; ``quote`` is the index into ``quotes`` of the innermost pair of marks that a token stands in, or -1.
    ``around`` has for each quote the one around it, or -1.
    Mark tokens themselves stand outside, and so do the tokens of an aside with a verb inside a quote (*«A – ha detto X –
    B»*): ``asides`` holds (quote, first, last) of each. ``entities`` holds (first, last + 1, kind) with kind PER, LOC or ORG, and
    ``entity`` the index into it, or -1. ``evidence`` is what an encoder thinks of attributions, None where none read it.
    """

    __slots__ = (
        "around", "asides", "children", "dep", "end", "entities", "entity", "evidence", "form", "head", "left", "lemma", "morph", "n", "para", "pos",
        "quote", "quotes", "right", "sent", "sentences", "start", "text",
    )  # fmt: skip

    def __init__(self, doc: Doc, text: str | None = None) -> None:
        """``text`` is the doc's own, handed in where it is at hand: spaCy joins it from the tokens each time."""
        self.text = doc.text if text is None else text
        self.n = n = len(doc)
        table = doc.to_array(_ATTRIBUTES)
        strings = doc.vocab.strings
        lower, lemma, pos, dep, head, sent_start, iob, ent, idx, length, morph = (table[:, k] for k in range(11))

        def words(column: np.ndarray) -> list[str]:
            values = column.tolist()
            known = {h: strings[h] if h else "" for h in set(values)}
            return [known[h] for h in values]

        self.form: list[str] = words(lower)
        # a verb with a clitic has two words in its lemma (dire lo): the first is the verb
        lemmas = {a: a.lower().split(" ", 1)[0] if a.strip() else "" for a in set(words(lemma))}
        self.lemma: list[str] = [lemmas[a] or f for a, f in zip(words(lemma), self.form, strict=True)]
        self.pos: list[str] = words(pos)
        self.dep: list[str] = words(dep)
        self.morph: list[dict[str, str]] = [_morph(m) for m in words(morph)]
        self.start: list[int] = idx.astype(np.int64).tolist()
        self.end: list[int] = (idx + length).astype(np.int64).tolist()
        self.head: list[int] = (np.arange(n) + head.astype(np.int64)).tolist()
        evidence = doc.user_data.get(EVIDENCE)
        self.evidence = None if evidence is None else EvidenceView(evidence)
        self._find_sentences(sent_start.astype(np.int64).tolist())
        self._find_edges()
        self._find_paragraphs()
        self._find_quotes()
        self._find_entities(iob.tolist(), words(ent))

    def _find_sentences(self, starts: list[int]) -> None:
        first = [i for i in range(self.n) if i == 0 or starts[i] == 1]
        self.sentences: list[tuple[int, int]] = list(zip(first, [*first[1:], self.n], strict=True))
        self.sent: list[int] = [k for k, (a, b) in enumerate(self.sentences) for _ in range(b - a)]

    def _find_edges(self) -> None:
        n, head = self.n, self.head
        left, right = list(range(n)), list(range(n))
        children: list[list[int]] = [[] for _ in range(n)]
        for i, h in enumerate(head):
            if h != i:
                children[h].append(i)
        for a, b in self.sentences:
            order = [i for i in range(a, b) if head[i] == i or not a <= head[i] < b]
            for node in order:  # grows while it is read: parents come before their children
                order += [c for c in children[node] if a <= c < b]
            for node in reversed(order):
                h = head[node]
                if h != node and a <= h < b:
                    left[h] = min(left[h], left[node])
                    right[h] = max(right[h], right[node])
        self.left, self.right, self.children = left, right, children

    def _find_paragraphs(self) -> None:
        self.para: list[int] = []
        breaks = [m.start() for m in re.finditer("\n", self.text)]
        para = at = 0
        for start, end in zip(self.start, self.end, strict=True):
            if at < len(breaks) and breaks[at] < start:
                at = bisect_left(breaks, start, at)
                para += 1
            self.para.append(para)
            if at < len(breaks) and breaks[at] < end:
                at = bisect_left(breaks, end, at)
                para += 1

    def _find_quotes(self) -> None:
        self.quotes: list[Quote] = find_quotes(self.text)
        if self.evidence is not None:
            self.quotes = with_read_ends(self, self.evidence.spans())
        self.quote: list[int] = [-1] * self.n
        self.around: list[int] = []
        open_quotes: list[int] = []
        for k, q in enumerate(self.quotes):
            del open_quotes[q.depth :]
            self.around.append(open_quotes[-1] if open_quotes else -1)
            open_quotes.append(k)
            for i in range(self.at(q.start), self.n):
                if self.start[i] >= q.end:
                    break
                if self.start[i] >= q.start:
                    self.quote[i] = k
        self.asides: list[tuple[int, int, int]] = []
        for k, q in enumerate(self.quotes):
            if q.depth == 0:
                for start, end in find_asides(self.text, q):
                    first, last = bisect_left(self.start, start), self.at(end - 1)
                    if any(self.pos[i] == "VERB" for i in range(first, last + 1)):
                        self.asides.append((k, first, last))
                        self.quote[first : last + 1] = [-1] * (last + 1 - first)

    def _find_entities(self, iob: list[int], kinds: list[str]) -> None:
        self.entities: list[tuple[int, int, str]] = []
        self.entity: list[int] = [-1] * self.n
        actors = {label: entity_kind(label) for label in set(kinds)}
        for i in range(self.n):
            kind = actors[kinds[i]]
            if kind is None or iob[i] not in (1, 3):
                continue
            if iob[i] == 1 and i and self.entity[i - 1] >= 0 and self.entities[-1][1] == i:
                first, _, known = self.entities[-1]
                self.entities[-1] = (first, i + 1, known)
            else:
                self.entities.append((i, i + 1, kind))
            self.entity[i] = len(self.entities) - 1

    def at(self, offset: int) -> int:
        """The token that holds a character offset, or the one before it where it falls on white space."""
        return max(0, bisect_right(self.start, offset) - 1)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the tokens from ``first`` to ``last``, both included."""
        return self.start[first], self.end[last]

    def words(self, first: int, last: int) -> str:
        """The text of the tokens from ``first`` to ``last``, both included."""
        return self.text[self.start[first] : self.end[last]]

    def subtree(self, i: int) -> tuple[int, int]:
        """First and last token of the subtree of ``i``, both included."""
        return self.left[i], self.right[i]

    def below(self, i: int, *relations: str) -> list[int]:
        """The children of ``i`` whose relation is one of those named, sub-relations (``obl:agent``) included when bare."""
        return [c for c in self.children[i] if self.dep[c] in relations or self.dep[c].split(":", 1)[0] in relations]
