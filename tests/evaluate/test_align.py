"""The alignment is the best one, and ties fall as they do in SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from portavoce.evaluate.align import align, assignment, characters
from portavoce.records import Span, Statement

SHARES = [0.0, 0.0, 0.25, 0.5, 1 / 3, 0.8, 1.0]  # few values, so that ties are common


@st.composite
def weight_tables(draw):
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    return draw(
        st.lists(st.lists(st.sampled_from(SHARES), min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )


@given(weight_tables())
def test_the_assignment_is_the_one_that_scipy_finds(weights):
    rows, columns = linear_sum_assignment(np.array(weights), maximize=True)
    assert assignment(weights) == list(zip(map(int, rows), map(int, columns), strict=True))


@pytest.mark.parametrize("weights", [[], [[]]])
def test_nothing_is_assigned_to_nothing(weights):
    assert assignment(weights) == []


def test_the_best_total_wins_over_the_best_single_pair():
    assert assignment([[0.9, 0.8], [0.8, 0.0]]) == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("quoted", "said"),
    [
        ("«Il ponte resta chiuso.»", "Ilponterestachiuso"),
        ("che il ponte resta chiuso", "ilponterestachiuso"),
        ("d'accordo con la giunta!", "accordoconlagiunta"),
        ("di voler riaprire", "volerriaprire"),
        ("chele e branchie", "cheleebranchie"),
        ("…", ""),
    ],
)
def test_marks_conjunctions_and_final_points_are_not_content(quoted, said):
    text = f"Ha detto {quoted} ieri"
    span = Span.of(text, 9, 9 + len(quoted))
    assert "".join(text[i] for i in sorted(characters(text, [span]))) == said


def test_a_conjunction_is_left_out_of_the_first_span_only():
    text = "che piove disse che nevica"
    first, second = Span.of(text, 0, 9), Span.of(text, 16, 26)
    assert "".join(text[i] for i in sorted(characters(text, [first, second]))) == "piovechenevica"


def test_statements_without_a_common_character_are_never_paired():
    text = "Uno dice A. Due dice B."
    gold = [Statement("g", "indirect", (Span.of(text, 0, 10),))]
    predicted = [Statement("p", "indirect", (Span.of(text, 12, 22),))]
    assert align(text, gold, predicted) == []
