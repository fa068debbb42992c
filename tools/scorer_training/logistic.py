"""Logistic regression with an L2 penalty, fitted by Newton's method (iteratively reweighted least squares)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STEPS = 12
SETTLED = 0.01  # change of the largest coefficient at which it stops

Doubles = NDArray[np.float64]


def fit(features: NDArray[np.float32], truth: NDArray[np.bool_], weights: Doubles, penalty: float) -> Doubles:
    """Coefficients, shape (columns + 1,), the intercept last and free of penalty.

    Minimises the weighted log loss plus penalty / 2 times the squared coefficients (Hastie, Tibshirani and Friedman,
    The Elements of Statistical Learning, 4.4.1).
    """
    design = np.column_stack([features, np.ones(len(features), dtype=np.float32)])
    ridge = np.full(design.shape[1], penalty)
    ridge[-1] = 1e-6
    found = np.zeros(design.shape[1])
    for _ in range(STEPS):
        belief = 1 / (1 + np.exp(-np.clip(design @ found.astype(np.float32), -30, 30)))
        gradient = design.T @ (weights * (belief - truth)).astype(np.float32) + ridge * found
        bend = np.sqrt(weights * belief * (1 - belief)).astype(np.float32)
        bent = design * bend[:, None]
        curvature = bent.T @ bent + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        found -= step
        if np.abs(step).max() < SETTLED:
            break
    return found


def balanced(truth: NDArray[np.bool_], weights: Doubles, share: float) -> Doubles:
    """The weights scaled so that the true ones make up a share of all; raises ValueError when there are none."""
    if not weights[truth].sum() or not weights[~truth].sum():
        raise ValueError("examples of both kinds are needed")
    scaled = weights.copy()
    scaled[truth] *= share / (1 - share) * weights[~truth].sum() / weights[truth].sum()
    return scaled
