"""An opinion is what its file says: keys in order and weights in coarse steps."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portavoce.extract.encoder.opinion import Opinion, Table


def made(heads: dict[int, float], labels: dict[int, list[float]], scales=(1.0, 1.0)) -> Opinion:
    """An opinion of weights by key."""
    return Opinion.of_weights(
        (np.array(sorted(heads), np.int64), np.array([heads[k] for k in sorted(heads)], np.float32)),
        (np.array(sorted(labels), np.int64), np.array([labels[k] for k in sorted(labels)], np.float32).reshape(-1, 2)),
        scales,
    )


@given(st.sets(st.integers(0, 2**32 - 1)))
def test_keys_come_back_as_they_were(keys):
    opinion = made(dict.fromkeys(keys, 1.0), {})
    back = Opinion.read(opinion.stored("x"), "x")
    assert back.heads.keys.tolist() == sorted(keys)


def test_features_that_are_known_are_added_up():
    a, b = crc32(b"a"), crc32(b"b")
    opinion = made({a: 0.5, b: -2.0}, {a: [0.0, 3.1], b: [-0.1, 0.0]}, (0.5, 2.0))
    assert opinion.heads.total(["a", "b", "c"]) == pytest.approx([-0.75])
    assert opinion.labels.total(["a", "b", "c"]) == pytest.approx([-0.2, 6.2])
    assert opinion.labels.total(["c"]).tolist() == [0.0, 0.0]
    assert Table(np.zeros(0, np.uint32), np.zeros((0, 2))).total(["a"]).tolist() == [0.0, 0.0]


def test_what_rounds_to_nothing_is_left_out():
    assert len(made({}, {1: [0.0, 31.0], 2: [0.4, 0.0]}).labels.keys) == 1
