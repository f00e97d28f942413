"""The second opinion learns from choices: features that tell what the encoder lacks get weight, the others none.

Runs where the dependency group `training` is installed.
"""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="the dependency group `training` is not installed")

from training.encoder.grammar import Examples, Learner, keys, measure

RECIPE = {"epochs": 20, "rate": 0.1, "batch": 4}


def heads(count: int = 40) -> Examples:
    """Words whose encoder prefers the first head, while the one that is a `verb` is right."""
    made = Examples()
    for i in range(count):
        verb = i % 2
        features = [keys([f"{'verb' if place == verb else 'noun'}", "always"]) for place in (0, 1)]
        made.features.append(features)
        made.logs.append(np.log(np.array([0.6, 0.4])))
        made.right.append([verb])
        made.bank.append("isdt" if i % 4 < 2 else "vit")
        made.weight.append(1.0)
        made.sentence.append(i)
    return made


def test_what_tells_the_right_head_gets_weight():
    learner = Learner(heads(), 1)
    everything = np.ones(40, bool)
    table = learner.fit(everything, **RECIPE)
    assert learner.right_share(table, everything, (0.0, 1.0)) == [50.0, 100.0]
    found, weights = learner.weights(table)
    of = dict(zip(found.tolist(), weights[:, 0].tolist(), strict=True))
    verb, noun, always = keys(["verb", "noun", "always"])
    assert of[verb] > 0.5 > -0.5 > of[noun]
    assert abs(of[always]) < 0.01


def test_a_rare_feature_is_left_out():
    examples = heads()
    examples.features[0][0][1] = keys(["once"])[0]
    learner = Learner(examples, 1)
    assert keys(["once"])[0] not in learner.keys
    assert (np.diff(learner.keys) > 0).all()


def test_figures_are_those_of_sentences_that_were_not_learned_from():
    assert measure(Learner(heads(), 1), RECIPE)[0] == pytest.approx(50.0, abs=2)


def test_labels_whose_subtypes_are_not_told_may_be_any_of_them():
    made = Examples()
    for i in range(12):
        made.features.append([keys(["by" if i % 2 else "in", "always"])])
        made.logs.append(np.log(np.array([0.5, 0.3, 0.2])))  # obl, obl:agent, nmod
        made.right.append([0, 1] if i >= 8 else [1] if i % 2 else [0])
        made.bank.append("vit" if i >= 8 else "isdt")
        made.weight.append(1.0)
        made.sentence.append(i)
    learner = Learner(made, 3)
    table = learner.fit(np.ones(12, bool), **RECIPE)
    assert learner.right_share(table, np.ones(12, bool), (1.0,)) == [100.0]
