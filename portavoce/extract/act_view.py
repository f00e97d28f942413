"""What an encoder's second look at one act of saying tells of its content, its speaker and its actor."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import inf

import numpy as np

from portavoce.extract.encoder.evidence import SecondLook

O, B, I = 0, 1, 2  # noqa: E741 - the columns of the tags
GAPS = (0.05, 0.5, 1.5, 3.0, 5.0, 8.0, 13.0, 25.0, 50.0)
"""Bounds between the classes of a gap, in log-odds: small differences at the edges count, large ones are all alike."""

UNLIKELY = -6.0
"""Log-odds of what lies outside the words that were looked at."""

Part = tuple[int, int]


class ActView:
    """One second look; spans are token ranges of the article with both ends included."""

    __slots__ = ("_best", "_edge", "_likeliest", "_n", "_out", "_within", "look")

    def __init__(self, look: SecondLook) -> None:
        self.look = look
        tags = look.content.astype(float)
        self._n = len(tags)
        self._within = np.concatenate([[0.0], np.cumsum(tags[:, I] - tags[:, O])])
        self._edge = tags[:, B] - tags[:, I]
        self._out = float(tags[:, O].sum())
        spans, self._likeliest = likeliest_spans(tags.tolist())
        self._best = tuple([(p + look.start, q + look.start) for p, q in spans])

    @property
    def content(self) -> tuple[Part, ...]:
        """The likeliest content, empty where none is likelier."""
        return self._best

    def gap(self, parts: tuple[Part, ...]) -> float:
        """How much less likely a content is than the likeliest one, in log-odds, from 0."""
        total, start = self._out, self.look.start
        for first, last in parts:
            p, q = max(first - start, 0), min(last - start, self._n - 1)
            if q < p:
                total += UNLIKELY
                continue
            total += float(self._within[q + 1] - self._within[p] + self._edge[p])
            if first - start < p or last - start > q:
                total += UNLIKELY
        return max(0.0, self._likeliest - total)

    def speaker(self, phrase: Part) -> float:
        """The log-odds that a phrase names the speaker: of its likeliest word."""
        return self._most(self.look.speaker, phrase)

    def speaker_around(self, head: int) -> Part | None:
        """The words around one that are all rather the speaker than not; None where the word itself is not."""
        odds, at = self.look.speaker, head - self.look.start
        if not 0 <= at < self._n or odds[at] <= 0:
            return None
        first = last = at
        while first and odds[first - 1] > 0:
            first -= 1
        while last + 1 < self._n and odds[last + 1] > 0:
            last += 1
        return first + self.look.start, last + self.look.start

    def actor(self, phrase: Part) -> float:
        """The log-odds that a phrase names the actor: of its likeliest word."""
        return self._most(self.look.actor, phrase)

    def actor_at(self, heads: Sequence[int]) -> float:
        """The log-odds that one of these words, in text order, names the actor."""
        start = self.look.start
        near = heads[bisect_left(heads, start) : bisect_left(heads, start + self._n)]
        return max([float(self.look.actor[i - start]) for i in near], default=UNLIKELY)

    def actor_beside(self, phrase: Part | None) -> float:
        """The log-odds that some word outside of a phrase names the actor."""
        odds = self.look.actor
        if phrase is not None:
            p, q = max(phrase[0] - self.look.start, 0), max(phrase[1] - self.look.start + 1, 0)
            odds = np.concatenate([odds[:p], odds[q:]])
        return float(odds.max()) if len(odds) else UNLIKELY

    def _most(self, odds: np.ndarray, phrase: Part) -> float:
        p, q = max(phrase[0] - self.look.start, 0), min(phrase[1] - self.look.start, self._n - 1)
        return float(odds[p : q + 1].max()) if p <= q else UNLIKELY


def likeliest_spans(tags: list[list[float]]) -> tuple[list[Part], float]:
    """The best sequence of O, B, I as its spans (both ends included), and its log-probability.

    Written out for two states, outside and inside, since it runs for every act: Viterbi over arrays takes ten times as long.
    """
    outside, inside = 0.0, -inf
    opened: list[int] = []  # of the best path that is inside after word i: where its span begins
    came_in: list[bool] = []  # whether the best path that is outside after word i was inside before it
    for i, (o, b, within) in enumerate(tags):
        from_inside = inside > outside
        best = inside if from_inside else outside
        begin, go_on = best + b, inside + within
        came_in.append(from_inside)
        if begin > go_on:
            opened.append(i)
            inside = begin
        else:
            opened.append(opened[-1])
            inside = go_on
        outside = best + o
    spans: list[Part] = []
    i, is_inside = len(tags) - 1, inside > outside
    while i >= 0:
        if is_inside:
            spans.append((opened[i], i))
            i = opened[i]
        is_inside = came_in[i]
        i -= 1
    return spans[::-1], max(inside, outside)


def gap_class(gap: float) -> int:
    """The class of a gap, 0 for hardly any."""
    return bisect_left(GAPS, gap)
