"""From scores to structure: spans by Viterbi, trees by maximum spanning arborescence."""

from __future__ import annotations

from collections.abc import Sequence

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
