"""What lies near a place of a text, without a look at all the rest: so that the time stays linear."""

from __future__ import annotations

from collections.abc import Iterable


class Nearby:
    """Things by the places that they cover, so that what may overlap is found without looking at all the rest."""

    __slots__ = ("_cells", "_size")

    def __init__(self, size: int = 64) -> None:
        self._cells: dict[int, list[int]] = {}
        self._size = size

    def add(self, name: int, ranges: Iterable[tuple[int, int]]) -> None:
        for cell in self._covered(ranges):
            self._cells.setdefault(cell, []).append(name)

    def of(self, ranges: Iterable[tuple[int, int]]) -> list[int]:
        """The names whose cells these ranges touch, in ascending order."""
        return sorted({name for cell in self._covered(ranges) for name in self._cells.get(cell, ())})

    def _covered(self, ranges: Iterable[tuple[int, int]]) -> set[int]:
        return {cell for a, b in ranges for cell in range(a // self._size, b // self._size + 1)}
