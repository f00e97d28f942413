"""Fitting of linear models over named binary features: logistic regression and a ranking of candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from portavoce.extract.linear import Linear, logistic

Features = list[str]


class Index:
    """Columns for the features seen at least ``least`` times."""

    def __init__(self, rows: Iterable[Features], least: int) -> None:
        counts: Counter[str] = Counter(f for row in rows for f in set(row))
        self.names = sorted(f for f, n in counts.items() if n >= least)
        self.column = {f: k for k, f in enumerate(self.names)}

    def matrix(self, rows: Sequence[Features]) -> csr_matrix:
        indices: list[int] = []
        pointer = [0]
        for row in rows:
            indices += sorted({self.column[f] for f in row if f in self.column})
            pointer.append(len(indices))
        data = np.ones(len(indices))
        return csr_matrix((data, indices, pointer), shape=(len(rows), len(self.names)))


def fit_binary(
    rows: Sequence[Features],
    labels: Sequence[bool],
    *,
    c: float,
    least: int = 3,
    weights: Sequence[float] | None = None,
) -> Linear:
    """A logistic regression with an L2 penalty of strength 1/c."""
    index = Index(rows, least)
    model = LogisticRegression(C=c, solver="liblinear", max_iter=300)
    model.fit(index.matrix(rows), np.array(labels), sample_weight=weights)
    return Linear(dict(zip(index.names, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0]))


def rescaled(model: Linear, slope: float, offset: float) -> Linear:
    """The model whose log-odds are those of ``model`` after `platt`."""
    return Linear({f: w * slope for f, w in model.weights.items()}, model.bias * slope + offset)


def platt(chances: Sequence[float], labels: Sequence[bool]) -> tuple[float, float]:
    """Slope and offset by which log-odds are scaled so that they are right on average."""
    odds = np.log(np.clip(chances, 1e-6, 1 - 1e-6) / np.clip(1 - np.asarray(chances), 1e-6, 1 - 1e-6))
    line = LogisticRegression(C=1e3).fit(odds[:, None], np.array(labels))
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def scaled(chance: float, slope: float, offset: float) -> float:
    """A chance after `platt`."""
    return logistic(slope * log(max(chance, 1e-6) / max(1 - chance, 1e-6)) + offset)


def across(
    rows: Sequence[Features], labels: Sequence[bool], folds: Sequence[int], *, c: float, least: int = 3
) -> list[float]:
    """The chance of each row from a logistic regression on the rows of the other folds."""
    chances = [0.0] * len(rows)
    for fold in sorted(set(folds)):
        rest = [k for k in range(len(rows)) if folds[k] != fold]
        model = fit_binary([rows[k] for k in rest], [labels[k] for k in rest], c=c, least=least)
        for k in range(len(rows)):
            if folds[k] == fold:
                chances[k] = model.probability(rows[k])
    return chances


def fit_ranking(
    groups: Sequence[Sequence[Features]], targets: Sequence[Sequence[float]], *, l2: float, least: int = 3
) -> Linear:
    """A conditional logit: within each group, chances follow the targets (each group's sum to one)."""
    rows = [row for group in groups for row in group]
    index = Index(rows, least)
    x = index.matrix(rows)
    sizes = np.array([len(g) for g in groups])
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    goal = np.concatenate([np.asarray(t, dtype=float) for t in targets])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        s = x @ w
        top = np.repeat(np.maximum.reduceat(s, first), sizes)
        e = np.exp(s - top)
        z = np.repeat(np.add.reduceat(e, first), sizes)
        p = e / z
        value = -(goal * (s - top - np.log(z))).sum() + l2 / 2 * (w @ w)
        return float(value), x.T @ (p - goal) + l2 * w

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return Linear(dict(zip(index.names, found.x.tolist(), strict=True)))
