"""What a grammar says of heads and labels: weights by feature, as their file keeps them.

A feature is kept as the CRC-32 of its name. Keys stand in order, so that the file has the steps between them, byte by byte: the
upper bytes of all steps, which are mostly 0, together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from portavoce.extract.encoder.decode import FloatArray

Keys = npt.NDArray[np.uint32]
Arrays = dict[str, npt.NDArray[Any]]

STEPS = 31
"""The largest weight of a label in steps of the scale: five bits and a sign, more gain nothing."""


class Table:
    """Weights by feature (features, classes), in steps of `scale`; `keys` are in order."""

    def __init__(self, keys: Keys, weights: npt.NDArray[Any], scale: float = 1.0) -> None:
        self.keys, self.weights, self.scale = keys, weights, scale

    def total(self, features: Iterable[str]) -> FloatArray:
        """The sum of the rows of the features that are known (classes,)."""
        asked = np.array([crc32(f.encode()) for f in features], np.uint32)
        rows = np.searchsorted(self.keys, asked)
        known = rows < len(self.keys)
        known[known] = self.keys[rows[known]] == asked[known]
        found: FloatArray = self.weights[rows[known]].sum(0, dtype=np.float32) * self.scale
        return found


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is added to the log-chances of heads (one class) and of labels."""

    heads: Table
    labels: Table

    @classmethod
    def of_weights(
        cls, heads: tuple[npt.NDArray[Any], FloatArray], labels: tuple[npt.NDArray[Any], FloatArray],
        scales: tuple[float, float] = (1.0, 1.0),
    ) -> Opinion:  # fmt: skip
        """Round keys in order with their weights, (features,) and (features, classes), to what the file keeps.

        `scales` is how much what heads and what labels say counts beside the encoder.
        """
        keys, weights = heads
        coarse = (np.round(weights * 32) / 32).astype(np.float16)[:, None]
        label_keys, label_weights = labels
        step = float(np.abs(label_weights).max(initial=0.0)) / STEPS or 1.0
        steps = np.round(label_weights / step).astype(np.int8)
        told = steps.any(1)
        return cls(
            Table(keys.astype(np.uint32), coarse, scales[0]),
            Table(label_keys[told].astype(np.uint32), steps[told], step * scales[1]),
        )

    @classmethod
    def read(cls, stored: Mapping[str, npt.NDArray[Any]], name: str) -> Opinion:
        """The opinion that a file has under a name."""
        return cls(*(_read(stored, f"{name}_{part}") for part in ("head", "label")))

    def stored(self, name: str) -> Arrays:
        """What `read` reads."""
        return _stored(self.heads, f"{name}_head") | _stored(self.labels, f"{name}_label")


def _read(stored: Mapping[str, npt.NDArray[Any]], name: str) -> Table:
    steps = np.ascontiguousarray(stored[f"{name}_keys"].T).view("<u4")[:, 0]
    keys = np.cumsum(steps, dtype=np.uint32)
    return Table(keys, stored[f"{name}_weights"], float(stored[f"{name}_scale"]))


def _stored(table: Table, name: str) -> Arrays:
    steps = np.diff(table.keys, prepend=np.uint32(0)).astype("<u4")
    planes = np.ascontiguousarray(steps.view(np.uint8).reshape(-1, 4).T)
    return {
        f"{name}_keys": planes,
        f"{name}_weights": table.weights,
        f"{name}_scale": np.asarray(table.scale, np.float32),
    }
