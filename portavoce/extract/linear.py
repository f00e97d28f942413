"""A linear model over named features, stored as plain JSON: what every learned choice of the extraction is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from importlib.resources.abc import Traversable
from itertools import repeat
from math import exp

from portavoce.errors import PipelineError

_NOTHING = repeat(0.0)


class Linear:
    """Weights by feature name and a bias; a feature that training never saw weighs nothing."""

    __slots__ = ("bias", "weights")

    def __init__(self, weights: dict[str, float], bias: float = 0.0) -> None:
        self.weights = weights
        self.bias = bias

    def score(self, features: Iterable[str]) -> float:
        """The weighted sum of binary features; its unit is log-odds."""
        return self.bias + sum(map(self.weights.get, features, _NOTHING))

    def probability(self, features: Iterable[str]) -> float:
        """The chance, 0 to 1, that an example with these features is one of those looked for."""
        return logistic(self.score(features))

    def explain(self, features: Iterable[str]) -> list[tuple[str, float]]:
        """The features that weigh something, the heaviest first."""
        known = [(f, self.weights[f]) for f in features if f in self.weights]
        return sorted(known, key=lambda fw: (-abs(fw[1]), fw[0]))


def logistic(x: float) -> float:
    return 1.0 / (1.0 + exp(-x)) if x > -500 else 0.0


def softmax(scores: Sequence[float]) -> list[float]:
    """Chances that sum to one, from scores in log-odds."""
    top = max(scores)
    powers = [exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


def read_models(path: Traversable, *, version: int) -> dict[str, dict[str, object]]:
    """The models of a JSON file (gzip where the name ends in .gz), refused when made for another feature version."""
    raw = path.read_bytes()
    data = json.loads(gzip.decompress(raw) if path.name.endswith(".gz") else raw)
    if data.get("version") != version:
        raise PipelineError(
            f"{path.name} was trained for feature version {data.get('version')}, the code has {version}; "
            "retrain it (training/README.md) or install matching versions"
        )
    models: dict[str, dict[str, object]] = data["models"]
    return models
