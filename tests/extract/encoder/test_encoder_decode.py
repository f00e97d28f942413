"""Spans and trees are the best ones, compared with trying them all."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portavoce.extract.encoder.decode import best_path, log_softmax, projective_tree, spans_of, transitions, tree

TAGS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
scores = st.integers(-40, 40).map(lambda n: n / 8)
tables = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(scores, min_size=n + 1, max_size=n + 1), min_size=n, max_size=n)
)
"""Scores of the heads of each word of a short sentence, the root first."""


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(h == 0 for h in heads) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]  # noqa: PLW2901
    return True


@settings(max_examples=150, deadline=None)
@given(tables)
def test_the_tree_is_the_best_one_with_a_single_root(rows):
    table = np.array(rows)
    count = len(rows)
    best = max(
        sum(table[d, h] for d, h in enumerate(heads))
        for heads in itertools.product(range(count + 1), repeat=count)
        if is_tree(heads)
    )
    found = tree(table)
    assert is_tree(tuple(found))
    assert sum(table[d, h] for d, h in enumerate(found)) == pytest.approx(best)


def crosses(heads: tuple[int, ...]) -> bool:
    arcs = [tuple(sorted(arc)) for arc in enumerate(heads, 1)]
    return any(a < c < b < d for a, b in arcs for c, d in arcs)


@settings(max_examples=150, deadline=None)
@given(tables)
def test_the_projective_tree_is_the_best_one_without_crossing_arcs(rows):
    table = np.array(rows)
    count = len(rows)
    best = max(
        sum(table[d, h] for d, h in enumerate(heads))
        for heads in itertools.product(range(count + 1), repeat=count)
        if is_tree(heads) and not crosses(heads)
    )
    found = tuple(projective_tree(table))
    assert is_tree(found)
    assert not crosses(found)
    assert sum(table[d, h] for d, h in enumerate(found)) == pytest.approx(best)


def test_arcs_that_cross_are_parted_where_it_costs_least():
    table = np.full((4, 5), -9.0)
    table[0, 0] = table[1, 4] = table[2, 1] = table[3, 1] = -0.1  # 3 hangs on 1 and 2 on 4, over each other
    table[1, 3] = -1.0
    assert tree(table) == [0, 4, 1, 1]
    assert projective_tree(table) == [0, 3, 1, 1]


def test_a_cycle_within_a_cycle_is_broken():
    table = np.full((4, 5), -5.0)
    table[0, 2] = table[1, 1] = 9.0  # 1 and 2 hang on each other
    table[2, 4] = table[3, 3] = 8.0  # so do 3 and 4
    table[0, 3] = 7.0
    table[2, 0] = 6.0
    assert tree(table) == [3, 1, 0, 3]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(scores, min_size=5, max_size=5), min_size=1, max_size=4))
def test_the_path_is_the_best_one_that_is_allowed(rows):
    table = np.array(rows)
    follow, first = transitions(TAGS)
    found = best_path(table, follow, first)

    def allowed(path):
        return all(
            not TAGS[b].startswith("I") or (a is not None and TAGS[a] != "O" and TAGS[a][2:] == TAGS[b][2:])
            for a, b in zip((None, *path), path, strict=False)
        )

    best = max(
        sum(table[i, c] for i, c in enumerate(path))
        for path in itertools.product(range(5), repeat=len(rows))
        if allowed(path)
    )
    assert allowed(found)
    assert sum(table[i, c] for i, c in enumerate(found)) == pytest.approx(best)


def test_no_words_no_path():
    follow, first = transitions(TAGS)
    assert best_path(np.zeros((0, 5)), follow, first) == []


def test_spans_end_where_another_begins():
    assert spans_of(["B-PER", "I-PER", "B-PER", "O", "B-LOC"]) == [(0, 2, "PER"), (2, 3, "PER"), (4, 5, "LOC")]
    assert spans_of(["B", "I", "O"]) == [(0, 2, "")]


def test_log_probabilities_sum_to_one():
    assert np.exp(log_softmax(np.array([[1.0, 2.0, 700.0], [0.0, 0.0, 0.0]]))).sum(1) == pytest.approx([1.0, 1.0])
