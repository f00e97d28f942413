"""The facts that the choice weighs, from evidence made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from portavoce.extract.encoder.evidence import Evidence
from portavoce.extract.evidence import SURE, EvidenceView, bucket, odds

TAGS = "O B I I O O B I O"  # words 1-3 and 6-7 are contents; 4 is the cue of the first, none has the second


def sure(tags: str, *, share: float = 0.9) -> np.ndarray:
    """Log-probabilities that give each tag its share."""
    rows = [[share if t == tag else (1 - share) / 2 for t in "OBI"] for tag in tags.split()]
    return np.log(np.array(rows, np.float32))


@pytest.fixture
def view() -> EvidenceView:
    targets = np.full((9, 3), -1)
    targets[1:4, 0] = 4
    logs = np.log(np.tile(np.array([0.8, 0.15, 0.05], np.float32), (9, 1)))
    return EvidenceView(
        Evidence(
            {"content": sure(TAGS), "cue": sure("O O O O B I O O O"), "speaker": sure("B O O O O O O O O")},
            {"cue_of": (targets, logs), "speaker_of": (targets, logs)},
        )
    )


def test_spans_are_the_likeliest_ones(view):
    assert view.spans() == [(1, 3), (6, 7)]
    assert view.spans("cue") == [(4, 5)]


def test_a_single_doubtful_word_does_not_cut_a_span(view):
    tags = np.concatenate([sure("B I", share=0.98), sure("O", share=0.6), sure("I I O", share=0.98)])
    evidence = Evidence({**view.evidence.tags, "content": tags}, view.evidence.pointers)
    assert EvidenceView(evidence).spans() == [(0, 4)]


def test_the_right_content_has_the_best_edges_and_the_highest_gain(view):
    right = ((1, 3),)
    inside, begin, end, beside = view.content(right)
    assert inside > 2
    assert begin > 2
    assert end > 2
    assert beside < -2
    others = [((0, 3),), ((1, 2),), ((2, 3),), ((1, 4),), ((1, 7),), ((4, 5),)]
    assert all(view.gain(right) > view.gain(other) for other in others)


def test_a_content_of_two_parts_counts_both(view):
    assert view.gain(((1, 3), (6, 7))) == pytest.approx(view.gain(((1, 3),)) + view.gain(((6, 7),)))


def test_cues_and_what_belongs_to_them(view):
    assert view.cue((4, 5)) > 2
    assert view.cue((8, 8)) < -2
    assert view.cue((3, 4)) == view.cue((4, 5))
    assert view.linked((4, 5), ((1, 3),)) == pytest.approx(0.8, abs=1e-5)
    assert view.linked((4, 5), ((6, 7),)) == 0
    assert view.whole_cue((5, 5)) == (4, 5)
    assert view.linked((5, 5), ((1, 3),)) == pytest.approx(0.8, abs=1e-5)
    assert view.whole_cue((8, 8)) == (8, 8)
    assert view.unlinked(((6, 7),)) == pytest.approx(1.0, abs=1e-5)
    assert view.target((1, 3)) == 4
    assert view.target((6, 7)) == -1


def test_an_edge_of_the_text_is_an_end(view):
    _, _, end, _ = view.content(((6, 8),))
    assert end == SURE


def test_classes_of_odds_are_held_within_bounds():
    assert [bucket(x, 2) for x in (-99, -1.9, 0.2, 3.1, 99)] == [-3, -1, 0, 2, 3]
    assert odds(0.5) == pytest.approx(0)
    assert odds(0) == pytest.approx(-odds(1))
