"""What the encoder thinks of an article's attributions, as facts that the learned choice can weigh."""

from __future__ import annotations

from bisect import bisect_left
from math import log
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from portavoce.extract.act_view import ActView
from portavoce.extract.encoder.decode import best_path, spans_of, transitions
from portavoce.extract.encoder.evidence import Evidence

O, B, I = 0, 1, 2  # noqa: E741 - the columns of the tags
TAGS = ("O", "B", "I")
SURE = 6.0
"""Log-odds beyond which more makes no difference."""

LEAVING = -2.0
"""What it costs a path, in log-odds, to end a span or begin the next one at once: a doubtful word cuts none in two."""

Part = tuple[int, int]
Floats = npt.NDArray[np.floating]


class EvidenceView:
    """Evidence on one article; spans are token ranges with both ends included."""

    __slots__ = (
        "_acts",
        "_begin",
        "_cue",
        "_inside",
        "_marked",
        "_n",
        "_out",
        "_spans",
        "_speaker",
        "_sums",
        "_within",
        "evidence",
    )

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._acts: dict[int, ActView] = {}
        self._marked: dict[tuple[int, bool], int] = {}
        for number, look in enumerate(evidence.looks):
            for token in range(look.marked[0], look.marked[1] + 1):
                self._marked[token, look.by_cue] = number
        self._spans: dict[str, list[Part]] = {}
        tags = evidence.tags["content"].astype(float)
        self._n = len(tags)
        held = np.logaddexp(tags[:, B], tags[:, I])
        self._inside = np.clip(held - tags[:, O], -SURE, SURE)
        self._sums = np.concatenate([[0.0], np.cumsum(self._inside)])
        self._within = np.concatenate([[0.0], np.cumsum(np.clip(tags[:, I] - tags[:, O], -SURE, SURE))])
        self._begin = np.clip(tags[:, B] - tags[:, I], -SURE, SURE)
        self._out = np.clip(np.logaddexp(tags[:, O], tags[:, B]) - tags[:, I], -SURE, SURE)
        cue = evidence.tags["cue"].astype(float)
        self._cue = np.clip(np.logaddexp(cue[:, B], cue[:, I]) - cue[:, O], -SURE, SURE)
        speaker = evidence.tags["speaker"].astype(float)
        self._speaker = np.clip(np.logaddexp(speaker[:, B], speaker[:, I]) - speaker[:, O], -SURE, SURE)

    def cue(self, cue: Part) -> float:
        """Return the log-odds that the words of a cue are one: of the surest of them."""
        return float(self._cue[cue[0] : cue[1] + 1].max())

    def act_of_cue(self, cue: Part) -> ActView | None:
        """Return the second look at a cue, None where its words were not thought likely enough to be one."""
        seen = {n for token in range(cue[0], cue[1] + 1) if (n := self._marked.get((token, True))) is not None}
        if not seen:
            return None
        return self._act(max(seen, key=lambda n: (self.evidence.looks[n].real, -n)))

    def act_of_content(self, first: int) -> ActView | None:
        """Return the second look at a content that has no cue, by its first word."""
        number = next(
            (n for i in (first, first - 1, first + 1) if (n := self._marked.get((i, False))) is not None), None
        )
        return None if number is None else self._act(number)

    def _act(self, number: int) -> ActView:
        if number not in self._acts:
            self._acts[number] = ActView(self.evidence.looks[number])
        return self._acts[number]

    def content(self, parts: tuple[Part, ...]) -> tuple[float, float, float, float]:
        """Return the log-odds (mean of the words inside, begin, end, mean of the words just outside) of a content."""
        words = sum(q - p + 1 for p, q in parts)
        inside = sum(self._sums[q + 1] - self._sums[p] for p, q in parts) / words
        first, last = parts[0][0], parts[-1][1]
        begin = float(self._begin[first]) if self._inside[first] > 0 else -SURE
        end = float(self._out[last + 1]) if last + 1 < self._n else SURE
        beside = [self._inside[i] for i in (first - 1, last + 1) if 0 <= i < self._n]
        return float(inside), begin, end, float(sum(beside) / len(beside)) if beside else -SURE

    def gain(self, parts: tuple[Part, ...]) -> float:
        """Return how much likelier the words of a content are as one than as none, in log-odds, its edges included."""
        total = float(sum(self._within[q + 1] - self._within[p] for p, q in parts))
        for p, q in parts:
            total += float(self._begin[p]) + (float(self._out[q + 1]) if q + 1 < self._n else SURE)
        return total

    def speaker(self, mention: Part) -> float:
        """Return the log-odds that a phrase names a speaker: of its likeliest word."""
        return float(self._speaker[mention[0] : mention[1] + 1].max())

    def named(self, parts: tuple[Part, ...], mention: Part) -> float:
        """Return the mean chance that the words of a content, or a cue, have their speaker in a phrase."""
        return self._pointed("speaker_of", parts, *mention)

    def unnamed(self, parts: tuple[Part, ...]) -> float:
        """Return the mean chance that the words of a content, or a cue, have no speaker that is named nearby."""
        return self._pointed("speaker_of", parts, -1, -1)

    def linked(self, cue: Part, parts: tuple[Part, ...]) -> float:
        """Return the mean chance that a word of the content belongs to this cue."""
        return self._pointed("cue_of", parts, *self.whole_cue(cue))

    def whole_cue(self, cue: Part) -> Part:
        """Return a cue with the words that are read as one with it: *appello* stands for *ha lanciato un appello*."""
        first, last = cue
        spans = self.spans("cue")
        for k in range(bisect_left(spans, cue[0], key=itemgetter(1)), len(spans)):
            begin, end = spans[k]
            if begin > cue[1]:
                break
            first, last = min(first, begin), max(last, end)
        return first, last

    def unlinked(self, parts: tuple[Part, ...]) -> float:
        """Return the mean chance that a word of the content belongs to no cue."""
        return self._pointed("cue_of", parts, -1, -1)

    def _pointed(self, name: str, parts: tuple[Part, ...], low: int, high: int) -> float:
        targets, logs = self.evidence.pointers[name]
        found = total = 0.0
        for p, q in parts:
            near = (targets[p : q + 1] >= low) & (targets[p : q + 1] <= high)
            found += float(np.exp(logs[p : q + 1])[near].sum())
            total += q - p + 1
        return found / total

    def spans(self, name: str = "content") -> list[Part]:
        """Return the likeliest spans of contents (or cues, or speakers) in text order; none overlap."""
        if name not in self._spans:
            follow, first = transitions(TAGS)
            follow[B:, : B + 1] += LEAVING
            path = best_path(self.evidence.tags[name].astype(float), follow, first)
            self._spans[name] = [(start, end - 1) for start, end, _ in spans_of([TAGS[k] for k in path])]
        return self._spans[name]

    def target(self, part: Part, name: str = "cue_of") -> int:
        """Return the word that most of a span points to, -1 for none."""
        targets, logs = self.evidence.pointers[name]
        votes: dict[int, float] = {}
        for row, chances in zip(targets[part[0] : part[1] + 1], np.exp(logs[part[0] : part[1] + 1]), strict=True):
            for target, chance in zip(row.tolist(), chances.tolist(), strict=True):
                votes[target] = votes.get(target, 0.0) + chance
        return max(votes, key=lambda t: (votes[t], -t))


def bucket(odds: float, width: float = 1.0) -> int:
    """Return the class of a log-odds value."""
    return round(max(-SURE, min(SURE, odds)) / width)


def odds(chance: float) -> float:
    """Return the log-odds of a chance, held between those of .25 % and 99.75 %."""
    chance = min(max(chance, 0.0025), 0.9975)
    return log(chance / (1 - chance))
