"""The second opinion learns from better parsers what the encoder is in doubt about.

Runs where the dependency group `training` is installed.
"""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="the dependency group `training` is not installed")

from portavoce.extract.encoder.arc_features import Tagged
from portavoce.extract.encoder.arcs import ArcScores, Grammar
from portavoce.extract.encoder.decode import log_softmax
from portavoce.extract.encoder.opinion import Opinion
from training.encoder.distil import Lessons, joined, opinion, sentences, telling
from training.encoder.texts import Text

NAMES = ["ROOT", "nsubj", "obj", "obl", "nmod"]
WORDS = Tagged(
    ["Vede", "amici", "Bari"],
    ["VERB", "NOUN", "PROPN"],
    ["VerbForm=Fin", "Number=Plur", ""],
    ["vedere", "amico", "Bari"],
)


def scores(last: list[float], label: list[float]) -> ArcScores:
    """Chances of the heads of *Bari*, the root first, and of the labels of every arc."""
    rows = [[0.997, 0.001, 0.001, 0.001], [0.001, 0.997, 0.001, 0.001], last]

    def labels_of(words: np.ndarray, _heads: np.ndarray) -> np.ndarray:
        return np.tile(np.log(np.asarray(label)), (len(words), 1))

    return ArcScores(log_softmax(np.log(np.asarray(rows))), labels_of, NAMES)


PUPIL = scores([0.01, 0.6, 0.34, 0.05], [0.01, 0.04, 0.1, 0.5, 0.35])
TEACHERS = scores([0.01, 0.03, 0.95, 0.01], [0.01, 0.04, 0.05, 0.1, 0.8])
NOTHING = Opinion.of_weights(
    (np.zeros(0, np.int64), np.zeros(0, np.float32)), (np.zeros(0, np.int64), np.zeros((0, len(NAMES)), np.float32))
)


def taught(teachers: ArcScores) -> Lessons:
    made = Lessons(Grammar(NOTHING, None, "it"))
    for number in range(4):
        made.take(WORDS, PUPIL, teachers, number)
    return made


def test_a_pupil_parses_as_its_teachers_do():
    told = taught(TEACHERS)
    learned = opinion(told.heads, told.labels, len(NAMES), NOTHING)
    pupil = Grammar(NOTHING, learned, "it")
    assert Grammar(NOTHING, None, "it").parse(WORDS, PUPIL) == ([-1, 0, 0], [0, 3, 3])
    assert pupil.parse(WORDS, PUPIL) == ([-1, 0, 1], [0, 4, 4])
    assert pupil.parse(WORDS, PUPIL, cues=[0, 1, 2]) == ([-1, 0, 0], [0, 3, 3])


def test_what_teachers_do_not_agree_on_is_not_taught():
    heads = taught(scores([0.01, 0.45, 0.49, 0.05], [0.01, 0.04, 0.05, 0.1, 0.8]))
    assert not heads.heads.logs
    labels = taught(scores([0.01, 0.03, 0.95, 0.01], [0.01, 0.2, 0.2, 0.2, 0.39]))
    assert not labels.labels.logs


def test_examples_of_several_processes_are_joined():
    parts = [taught(TEACHERS).labels, taught(TEACHERS).labels]
    assert len(joined(parts).features) == len(parts[0].features) * 2
    assert joined(parts).bank == ["isdt"] * len(joined(parts).logs)


def test_features_matter_that_weigh_and_that_are_frequent():
    weights = np.array([[0.1, 0.0], [-2.0, 0.1], [0.5, 0.0], [0.9, 0.0]])
    assert telling(weights, np.array([100.0, 1.0, 1.0, 9.0]), 2).tolist() == [1, 3]


def test_the_sentences_of_a_text_have_no_line_breaks():
    text = Text(
        ["Piove", ".", "\n", "Esce", "?"], [False, False, False, False, False], 0,
        {"sent": ["1", "0", None, "1", "0"]},
    )  # fmt: skip
    assert list(sentences(text)) == [(["Piove", "."], [False, False]), (["Esce", "?"], [False, False])]
