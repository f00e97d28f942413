"""Linear models over named features: scores, explanations, and the refusal of a model made for other features."""

from __future__ import annotations

import gzip
import json

import pytest

from portavoce.errors import PipelineError
from portavoce.extract.linear import Linear, logistic, read_models, softmax


def test_unknown_features_weigh_nothing():
    model = Linear({"a": 1.0, "b": -2.0}, bias=0.5)
    assert model.score(["a", "zzz"]) == 1.5
    assert model.score([]) == 0.5


def test_probability_is_between_zero_and_one_even_far_out():
    assert logistic(0.0) == 0.5
    assert logistic(-1e4) == 0.0
    assert logistic(1e4) == 1.0


def test_explanations_begin_with_the_heaviest():
    model = Linear({"a": 1.0, "b": -2.0, "c": 1.0})
    assert model.explain(["c", "a", "b", "zzz"]) == [("b", -2.0), ("a", 1.0), ("c", 1.0)]


def test_softmax_sums_to_one_and_survives_large_scores():
    chances = softmax([1000.0, 1000.0, 0.0])
    assert sum(chances) == pytest.approx(1.0)
    assert chances[0] == pytest.approx(0.5)


@pytest.mark.parametrize("name", ["model.json", "model.json.gz"])
def test_a_model_of_another_version_is_refused(tmp_path, name):
    raw = json.dumps({"version": 1, "models": {"cue": {"bias": 0}}}).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    assert read_models(path, version=1) == {"cue": {"bias": 0}}
    with pytest.raises(PipelineError, match="feature version 1, the code has 2"):
        read_models(path, version=2)
