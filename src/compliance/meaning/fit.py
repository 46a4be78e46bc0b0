"""Logistic regression by L-BFGS in numpy: the same rows always give the same weights.

No product is left to a BLAS, whose order of adding depends on processor and threads.
"""

from collections import deque

import numpy as np
import numpy.typing as npt

from compliance.meaning.features import Index, Rows

Doubles = npt.NDArray[np.float64]

MEMORY = 10
MOST_STEPS = 120
CLOSE_ENOUGH = 1e-4
"""The gradient's largest part, as a share of the first one, at which the search ends."""


class Problem:
    """Penalised log loss of one label; the last weight is the bias, which is not penalised."""

    def __init__(self, rows: Rows, columns: int, penalty: float) -> None:
        self.columns = columns
        self.penalty = penalty
        self._owners = rows.owners
        self._at: Index = rows.columns
        self._values = rows.values.astype(np.float64)
        self._count = rows.height

    def scores(self, weights: Doubles) -> Doubles:
        sums = np.bincount(self._owners, self._values * weights[self._at], self._count)
        return np.asarray(sums + weights[-1], dtype=np.float64)

    def loss(self, weights: Doubles, target: Doubles, share: Doubles) -> tuple[float, Doubles]:
        """Loss and gradient; `share` weighs the examples."""
        scores = self.scores(weights)
        loss = float((share * (np.logaddexp(0.0, scores) - target * scores)).sum())
        residual = share * (1 / (1 + np.exp(-np.clip(scores, -500, 500))) - target)
        gradient = np.empty(self.columns + 1)
        gradient[:-1] = np.bincount(self._at, self._values * residual[self._owners], self.columns)
        gradient[:-1] += self.penalty * weights[:-1]
        gradient[-1] = residual.sum()
        return loss + 0.5 * self.penalty * _dot(weights[:-1], weights[:-1]), gradient


def fit(problem: Problem, target: Doubles, share: Doubles) -> Doubles:
    """The weights of least loss, bias last."""
    weights = np.zeros(problem.columns + 1)
    loss, gradient = problem.loss(weights, target, share)
    goal = CLOSE_ENOUGH * float(np.abs(gradient).max())
    past: deque[tuple[Doubles, Doubles, float]] = deque(maxlen=MEMORY)
    for _ in range(MOST_STEPS):
        if float(np.abs(gradient).max()) <= goal:
            break
        direction = _direction(gradient, past)
        slope, length = _dot(direction, gradient), 1.0
        while True:
            moved = weights + length * direction
            new_loss, new_gradient = problem.loss(moved, target, share)
            if new_loss <= loss + 1e-4 * length * slope or length < 1e-8:
                break
            length /= 2
        step, change = moved - weights, new_gradient - gradient
        curvature = _dot(step, change)
        if curvature > 1e-12:
            past.append((step, change, 1 / curvature))
        weights, loss, gradient = moved, new_loss, new_gradient
    return weights


def _direction(gradient: Doubles, past: deque[tuple[Doubles, Doubles, float]]) -> Doubles:
    """The two-loop recursion."""
    direction = -gradient
    if not past:
        return np.asarray(direction / max(1.0, float(np.abs(gradient).sum()) ** 0.5))
    factors = []
    for step, change, inverse in reversed(past):
        factor = inverse * _dot(step, direction)
        direction = direction - factor * change
        factors.append(factor)
    step, change, inverse = past[-1]
    direction = direction * (1 / (inverse * _dot(change, change)))
    for (step, change, inverse), factor in zip(past, reversed(factors), strict=True):
        direction = direction + (factor - inverse * _dot(change, direction)) * step
    return direction


def _dot(left: Doubles, right: Doubles) -> float:
    return float((left * right).sum())
