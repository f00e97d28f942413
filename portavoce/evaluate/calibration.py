"""How far confidence can be believed: of the statements given .8, about eight in ten should be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portavoce.records import Statement

BINS = 10
_PARTS = 1_000_000  # confidences are added as whole numbers of these, so that the order of articles changes nothing


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The predicted statements whose confidence lies between two tenths: how many, their mean, and the share that is right."""

    low: float
    high: float
    predicted: int
    confidence: float
    right: float

    def to_json(self) -> dict[str, Any]:
        return {
            "low": self.low, "high": self.high, "predicted": self.predicted, "confidence": self.confidence,
            "right": self.right,
        }  # fmt: skip


def confidence_counts(predicted: Sequence[Statement], right: Collection[int]) -> Counter[str]:
    """What the statements of one article add to the bins; ``right`` are the places of those that are right."""
    c: Counter[str] = Counter()
    for place, statement in enumerate(predicted):
        if statement.confidence is not None:
            n = max(0, min(BINS - 1, int(statement.confidence * BINS)))
            c[f"in bin {n}"] += 1
            c[f"right in bin {n}"] += place in right
            c[f"confidence in bin {n}"] += round(statement.confidence * _PARTS)
    return c


def calibration_bins(c: Mapping[str, int]) -> tuple[CalibrationBin, ...]:
    """The ten bins that the counts make, lowest first; none when no statement has a confidence."""
    counted = [c.get(f"in bin {n}", 0) for n in range(BINS)]
    if not any(counted):
        return ()
    return tuple(
        CalibrationBin(
            n / BINS, (n + 1) / BINS, many,
            c[f"confidence in bin {n}"] / _PARTS / many if many else 0.0,
            c[f"right in bin {n}"] / many if many else 0.0,
        )
        for n, many in enumerate(counted)
    )  # fmt: skip


def calibration_error(bins: Sequence[CalibrationBin]) -> float:
    """The expected calibration error: how far confidence and share of right ones lie apart, weighted by the statements."""
    total = sum(b.predicted for b in bins)
    return sum(b.predicted * abs(b.confidence - b.right) for b in bins) / total if total else 0.0
