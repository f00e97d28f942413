"""Words → pieces of the encoder's vocabulary, and documents → overlapping windows of pieces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from tokenizers import Tokenizer
from tokenizers.models import Unigram

LONGEST = 254
"""Pieces of text in a window; with the two that frame it 256 positions."""

CONTEXT = 48
"""Pieces at least, where there are that many, that a window shares with the next."""

WORD_PIECES = 16
"""Pieces of one word that are read; a longer word (an address, a hash) keeps its first ones and its last."""

BOUNDARY = "▁"
CACHE = 200_000


class Pieces:
    """Cuts words into pieces of a SentencePiece unigram vocabulary; a word's pieces never reach into another's."""

    def __init__(self, vocabulary: Sequence[tuple[str, float]], *, bos: int, eos: int, unknown: int) -> None:
        """`vocabulary` holds each piece with its log-probability, in the order of the embedding table."""
        self.bos, self.eos, self.unknown = bos, eos, unknown
        self._tokenizer = Tokenizer(Unigram(list(vocabulary), unk_id=unknown))
        self._known: dict[str, list[int]] = {}

    def of_word(self, word: str, *, spaced: bool) -> list[int]:
        """Return the ids of a word's pieces, at least one; `spaced` says whether white space stands before it.

        White space itself is one piece: a line break ends a segment, any other is a bare word boundary.
        """
        if word.isspace():
            return [self.eos] if "\n" in word else [self._space()]
        key = BOUNDARY + word if spaced else word
        ids = self._known.get(key)
        if ids is None:
            normal = unicodedata.normalize("NFKC", key).replace(" ", BOUNDARY)
            ids = self._tokenizer.encode(normal).ids or [self.unknown]
            if len(ids) > WORD_PIECES:
                ids = [*ids[: WORD_PIECES - 1], ids[-1]]
            if len(self._known) > CACHE:
                self._known.clear()
            self._known[key] = ids
        return ids

    def _space(self) -> int:
        found = self._tokenizer.token_to_id(BOUNDARY)
        return self.unknown if found is None else int(found)

    def of_words(self, words: Iterable[str], spaces: Iterable[bool]) -> list[list[int]]:
        """Return the pieces of each word of a text; `spaces[i]` says whether a space follows word i."""
        made, spaced = [], True
        for word, space in zip(words, spaces, strict=True):
            made.append(self.of_word(word, spaced=spaced))
            spaced = space or word.isspace()
        return made


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end` go through the encoder together; those from `core_start` to `core_end` are read off it."""

    start: int
    end: int
    core_start: int
    core_end: int


def windows(
    lengths: Sequence[int], starts: Sequence[bool], *, longest: int = LONGEST, context: int = CONTEXT
) -> list[Window]:
    """Return windows whose cores cover every word once, in order.

    `lengths[i]` is the number of pieces of word i; `starts[i]` says whether a segment that must not be parted (a
    sentence by rule) starts there. A segment is read off the window in which it lies farthest from an edge; one that
    is longer than a window is cut.
    """
    count = len(lengths)
    if not count:
        return []
    offsets = [0, *accumulate(lengths)]
    bounds = [i for i in range(count) if i == 0 or starts[i]] + [count]
    segments: list[tuple[int, int]] = []
    for first, end in pairwise(bounds):
        begin = first
        for i in range(first + 1, end):
            if offsets[i + 1] - offsets[begin] > longest:
                segments.append((begin, i))
                begin = i
        segments.append((begin, end))
    spans: list[tuple[int, int]] = []  # of segments
    first = 0
    while True:
        last = first
        while last + 1 < len(segments) and offsets[segments[last + 1][1]] - offsets[segments[first][0]] <= longest:
            last += 1
        spans.append((first, last + 1))
        if last + 1 == len(segments):
            break
        following = last + 1
        while (
            following > first + 1
            and offsets[segments[last][1]] - offsets[segments[following][0]] < context
            and offsets[segments[last + 1][1]] - offsets[segments[following - 1][0]] <= longest
        ):
            following -= 1
        first = following
    return _cores(spans, segments, offsets, count)


def _cores(
    spans: list[tuple[int, int]], segments: list[tuple[int, int]], offsets: list[int], count: int
) -> list[Window]:
    owner: list[int] = []
    for number, (begin, end) in enumerate(segments):
        best, room = -1, -1
        for index, (first, last) in enumerate(spans):
            if not first <= number < last:
                continue
            low, high = segments[first][0], segments[last - 1][1]
            left = offsets[begin] - offsets[low] if low else offsets[-1]
            right = offsets[high] - offsets[end] if high < count else offsets[-1]
            if min(left, right) > room:
                best, room = index, min(left, right)
        owner.append(best)
    made = []
    for index, (first, last) in enumerate(spans):
        mine = [segments[n] for n in range(first, last) if owner[n] == index]
        if mine:
            made.append(Window(segments[first][0], segments[last - 1][1], mine[0][0], mine[-1][1]))
    return made
