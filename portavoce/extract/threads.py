"""How many threads the matrix products of numpy may use."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()


def products_in(threads: int) -> AbstractContextManager[Any]:
    """Hold matrix products to that many threads while the context lasts.

    They are small here, and threads that wait for each other cost more than they bring: with two, the encoder pipeline
    read 1,100 words a second of processor time, with one 2,200.
    """
    limited: AbstractContextManager[Any] = _libraries().limit(limits=threads, user_api="blas")
    return limited
