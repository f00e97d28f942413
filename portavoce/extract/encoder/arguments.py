"""A predicate has one subject and one object: of two, the one that loses least by it gets another label or another head.

Universal Dependencies allow no second subject (*nsubj* or *csubj*) and no second *obj* of a word
(https://universaldependencies.org/u/dep/nsubj.html, .../obj.html). The three Italian test sets have none; an encoder that judges
every arc alone makes 35 in the 482 sentences of one of them, and half of the words are wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from portavoce.extract.encoder.decode import FloatArray

ONCE = (("nsubj", "csubj"), ("obj",))
"""The labels, without their subtypes, of which a word has one dependent."""

OUTER = ":outer"
"""The subtype of the subject of a clause that is itself a predicate: it stands beside the clause's own."""

NO_KIND = -1


class Chances(Protocol):
    """What is thought of the arcs of a sentence."""

    @property
    def arcs(self) -> FloatArray:
        """Log-chances of the heads of each word (n, n + 1), the root first."""

    def labels(self, word: int, head: int) -> FloatArray:
        """The log-chances of the labels of an arc (labels,)."""


class Arguments:
    """A parse whose predicates get one subject and one object: `heads` (`ROOT`, -1, for the root) and `labels` as numbers.

    `names` are the labels; `others` has the heads that a word may have instead of its own, for the words that may move.
    """

    def __init__(
        self, names: Sequence[str], heads: Sequence[int], labels: Sequence[int], others: Mapping[int, Sequence[int]]
    ) -> None:
        self.heads, self.labels = list(heads), list(labels)
        self._others = others
        bases = ["" if name.endswith(OUTER) else name.partition(":")[0] for name in names]
        self._kinds = np.array([next((k for k, kind in enumerate(ONCE) if base in kind), NO_KIND) for base in bases])

    def settle(self, chances: Chances) -> None:
        """Change labels and heads until every predicate has what it has once; what costs least comes first."""
        while changes := [c for word in self._doubled() for c in self._changes(word, chances)]:
            _, word, head, label = min(changes)
            self.heads[word], self.labels[word] = head, label

    def _doubled(self) -> Iterator[int]:
        """The words that share a head and a kind of argument with another."""
        found = defaultdict(list)
        for word, (head, label) in enumerate(zip(self.heads, self.labels, strict=True)):
            if self._kinds[label] != NO_KIND:
                found[head, int(self._kinds[label])].append(word)
        for words in found.values():
            if len(words) > 1:
                yield from words

    def _changes(self, word: int, chances: Chances) -> Iterator[tuple[float, int, int, int]]:
        """What a word may be instead, its head in the same tree or another: the loss, the word, its head and its label."""
        own = self.heads[word]
        now = chances.arcs[word, own + 1] + chances.labels(word, own)[self.labels[word]]
        for head in {own, *self._others.get(word, ())}:
            if head < 0 or self._hangs_on(head, word):
                continue
            logs = np.where(self._taken(word, head), -np.inf, chances.labels(word, head))
            label = int(logs.argmax())
            yield float(now - chances.arcs[word, head + 1] - logs[label]), word, head, label

    def _hangs_on(self, word: int, other: int) -> bool:
        """Whether a word is another, or hangs on it."""
        while word >= 0:
            if word == other:
                return True
            word = self.heads[word]
        return False

    def _taken(self, word: int, head: int) -> npt.NDArray[np.bool_]:
        """Which labels are of a kind that another word has under a head (labels,)."""
        others = [self.labels[i] for i, h in enumerate(self.heads) if h == head and i != word]
        taken: npt.NDArray[np.bool_] = np.isin(self._kinds, self._kinds[others]) & (self._kinds != NO_KIND)
        return taken
