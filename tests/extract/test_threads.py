"""Matrix products keep to the threads they are given, and get theirs back."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from portavoce.extract.threads import products_in


def blas_threads() -> list[int]:
    np.ones((2, 2)) @ np.ones((2, 2))
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


def test_one_thread_inside_and_as_many_as_before_outside() -> None:
    before = blas_threads()
    if not before:
        pytest.skip("numpy multiplies without a library that has threads")
    with products_in(1):
        assert set(blas_threads()) == {1}
    assert blas_threads() == before
