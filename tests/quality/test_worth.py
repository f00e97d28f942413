"""What statements are worth, against labels by hand: floors three points under what was measured."""

import json
from collections import Counter

import pytest
import worth

FLOORS = {"polarity": 97.0, "certainty": 94.0, "act": 95.5, "tense": 88.0, "nested": 97.0}


def test_labels_are_of_two_draws_and_hold_no_text():
    rows = [json.loads(line) for line in worth.LABELS.read_text(encoding="utf-8").splitlines()]
    assert Counter(row["drawn"] for row in rows) == {1: 150, 2: 60}
    assert len({row["statement"] for row in rows}) == 210
    assert {tuple(row) for row in rows} == {("statement", "drawn", *worth.FIELDS)}
    assert all(len(row["statement"]) == 20 for row in rows)


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.skipif(
    not worth.GOLD.is_file(), reason="no ../shared beside the checkout: labelled statements stay unread"
)
def test_worth_agrees_with_the_labels(quality_line):
    shares, *_ = worth.measured()
    figures = {field: round(100 * share, 1) for field, share in shares.items()}
    quality_line("tests/gold/worth.jsonl", figures, FLOORS)
    assert {field: figure for field, figure in figures.items() if figure < FLOORS[field]} == {}
