"""From scores to structure: spans by Viterbi, trees by maximum spanning arborescence, projective ones by Eisner's algorithm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating]
IntArray = npt.NDArray[np.integer]

NEVER = -1e9


def log_softmax(scores: FloatArray) -> FloatArray:
    """Return log-probabilities over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    normal: FloatArray = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return normal


def transitions(tags: Sequence[str]) -> tuple[FloatArray, FloatArray]:
    """Return which tag may follow which (0 or `NEVER`, shape (tags, tags)) and which may come first, in B/I/O."""
    count = len(tags)
    follow = np.zeros((count, count))
    first = np.zeros(count)
    for j, tag in enumerate(tags):
        if not tag.startswith("I"):
            continue
        first[j] = NEVER
        for i, before in enumerate(tags):
            if before == "O" or before[1:] != tag[1:]:
                follow[i, j] = NEVER
    return follow, first


def best_path(scores: FloatArray, follow: FloatArray, first: FloatArray) -> list[int]:
    """Return the sequence of classes with the highest sum of `scores` (n, classes) and transitions."""
    if not len(scores):
        return []
    value = scores[0] + first
    back = np.zeros(scores.shape, np.int64)
    for i in range(1, len(scores)):
        through = value[:, None] + follow
        back[i] = through.argmax(0)
        value = through[back[i], np.arange(len(first))] + scores[i]
    path = [int(value.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def spans_of(path: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the spans of B/I/O tags as (start, end, label); the label is what follows `B-`, or empty."""
    made: list[tuple[int, int, str]] = []
    start = None
    for i, tag in enumerate([*path, "O"]):
        if start is not None and not tag.startswith("I"):
            made.append((start, i, path[start][2:]))
            start = None
        if tag.startswith("B"):
            start = i
    return made


def tree(scores: FloatArray) -> list[int]:
    """Return the head of each word in the highest-scoring tree with exactly one root.

    `scores[d, h]` is the score of word d hanging on candidate h, 0 for the root and i + 1 for word i, shape (n, n + 1);
    heads come in the same numbering. The single root is forced as in Stanojević and Cohen 2021: root arcs cost more
    than all else can gain, so the best arborescence (Chu and Liu 1965, Edmonds 1967) has one.
    """
    count = len(scores)
    if count == 1:
        return [0]
    full = np.full((count + 1, count + 1), NEVER)
    full[1:] = scores
    np.fill_diagonal(full, NEVER)
    heads = full[1:].argmax(1)
    if (heads == 0).sum() == 1 and not _cycle([-1, *heads]):
        return [int(h) for h in heads]
    finite = full[full > NEVER / 2]
    full[1:, 0] -= (finite.max() - finite.min() + 1) * (count + 1)
    return _arborescence(full)[1:]


def projective_tree(scores: FloatArray) -> list[int]:
    """Return the head of each word in the highest-scoring tree with exactly one root and no two arcs that cross.

    `scores` and heads are those of `tree`. Spans grow by one word at a time, each with the best of what it can be made of
    (Eisner 1996); no arc may span the root.
    """
    count = len(scores)
    heads = [int(h) for h in scores.argmax(1)]
    if heads.count(0) == 1 and not _cycle([-1, *heads]) and not _crossed(heads):
        return heads
    arcs = scores[:, 1:].T  # [head, dependent]
    shape = count, count
    # the best of what hangs between two words on the left one (`right`) or on the right one (`left`)
    right, left = np.zeros(shape), np.zeros(shape)
    open_right, open_left = np.full(shape, NEVER), np.full(shape, NEVER)  # with an arc between both
    splits = {span: np.zeros(shape, np.int64) for span in _Span}

    def best(span: _Span, totals: FloatArray) -> FloatArray:
        chosen = totals.argmax(1)
        splits[span][i, j] = chosen + i
        return np.asarray(totals[np.arange(len(i)), chosen])

    for width in range(1, count):
        i = np.arange(count - width)
        j, k = i + width, i[:, None] + np.arange(width)
        first, last = i[:, None], i[:, None] + width
        joined = best(_Span.OPEN, right[first, k] + left[k + 1, last])
        open_right[i, j], open_left[i, j] = joined + arcs[i, j], joined + arcs[j, i]
        right[i, j] = best(_Span.RIGHT, open_right[first, k + 1] + right[k + 1, last])
        left[i, j] = best(_Span.LEFT, left[first, k] + open_left[k, last])
    root = int((left[0] + right[:, -1] + scores[:, 0]).argmax())
    heads[root] = 0
    for word, head in _arcs_of(splits, root):
        heads[word] = head + 1
    return heads


class _Span(Enum):
    """What hangs between two words: all on the left one, all on the right one, or both halves of an arc."""

    RIGHT = 0
    LEFT = 1
    OPEN = 2


def _arcs_of(splits: Mapping[_Span, IntArray], root: int) -> Iterator[tuple[int, int]]:
    """The words with their heads, from where the best spans are split."""
    todo = [(_Span.LEFT, 0, root), (_Span.RIGHT, root, len(splits[_Span.OPEN]) - 1)]
    while todo:
        span, low, high = todo.pop()
        if low == high:
            continue
        split = int(splits[span][low, high])
        if span is _Span.RIGHT:
            yield split + 1, low
            todo += [(_Span.OPEN, low, split + 1), (_Span.RIGHT, split + 1, high)]
        elif span is _Span.LEFT:
            yield split, high
            todo += [(_Span.LEFT, low, split), (_Span.OPEN, split, high)]
        else:
            todo += [(_Span.RIGHT, low, split), (_Span.LEFT, split + 1, high)]


def _crossed(heads: Sequence[int]) -> bool:
    """Whether two arcs cross, with the root before the first word."""
    ends = np.sort(np.stack([np.arange(1, len(heads) + 1), np.asarray(heads)]), axis=0)
    low, high = ends
    return bool(((low[:, None] < low) & (low < high[:, None]) & (high[:, None] < high)).any())


def _cycle(heads: Sequence[int]) -> list[int]:
    """Return the nodes of a cycle among `heads` (node 0 is the root), or none."""
    state = [0] * len(heads)
    state[0] = 2
    for begin in range(1, len(heads)):
        node, path = begin, []
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []


def _arborescence(scores: FloatArray) -> list[int]:
    """Return the best head of each node; node 0 is the root, whose head is -1. A cycle is contracted and solved anew."""
    heads: IntArray = scores.argmax(1)
    heads[0] = -1
    cycle = _cycle([int(h) for h in heads])
    if not cycle:
        return [int(h) for h in heads]
    inside = set(cycle)
    rest = [n for n in range(len(scores)) if n not in inside]
    total = sum(scores[n, heads[n]] for n in cycle)
    small = np.full((len(rest) + 1, len(rest) + 1), NEVER)
    new = len(rest)
    small[:new, :new] = scores[np.ix_(rest, rest)]
    leaving = scores[np.ix_(rest, cycle)]  # from a node of the cycle to one outside
    out = leaving.argmax(1)
    small[:new, new] = leaving.max(1)
    own = np.array([scores[n, heads[n]] for n in cycle])
    entering = scores[np.ix_(cycle, rest)] - own[:, None] + total  # breaks the cycle at the node that is entered
    into = entering.argmax(0)
    small[new, :new] = entering.max(0)
    small[0] = NEVER
    solved = _arborescence(small)
    result = [int(h) for h in heads]
    for i, node in enumerate(rest):
        if node:
            result[node] = cycle[int(out[i])] if solved[i] == new else rest[solved[i]]
    entered = solved[new]
    result[cycle[int(into[entered])]] = rest[entered]
    result[0] = -1
    return result
