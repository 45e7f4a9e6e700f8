"""A lightly penalised logistic regression with what inference needs: covariance, score tests, average effects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from analytics.statistics.arrays import Bools, Floats

_PENALTY = 1e-2  # ridge on standardised columns: keeps separated levels finite, too light to bias anything else
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted regression: coefficients (intercept first), their covariance, fitted probabilities, log-likelihood."""

    beta: Floats
    covariance: Floats
    probability: Floats
    log_likelihood: float


def design(*blocks: Floats) -> Floats:
    """Set blocks of columns side by side behind an intercept; all need the same number of rows."""
    return np.column_stack([np.ones(blocks[0].shape[0]), *blocks])


def fit_logistic(x: Floats, outcome: Bools, start: Floats | None = None) -> Logistic:
    """Fit by Newton's method with step halving.

    Args:
        x: (n, k), first column the intercept, the others of order one.
        outcome: what happened, n flags.
        start: coefficients to start from.
    """
    y = outcome.astype(float)
    ridge = np.full(x.shape[1], _PENALTY)
    ridge[0] = 0.0
    share = min(max(float(y.mean()), 1e-6), 1 - 1e-6)
    beta = np.zeros(x.shape[1]) if start is None else start.copy()
    if start is None:
        beta[0] = special.logit(share)
    loss = _loss(x, y, beta, ridge)
    hessian = np.eye(x.shape[1])
    for _ in range(_STEPS):
        p = special.expit(x @ beta)
        gradient = x.T @ (y - p) - ridge * beta
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge + 1e-10)
        step = np.linalg.solve(hessian, gradient)
        size = 1.0
        while (new := _loss(x, y, beta + size * step, ridge)) > loss + 1e-12 and size > 1e-4:
            size /= 2
        beta, gain, loss = beta + size * step, loss - new, new
        if gain < 1e-9 * (1 + abs(loss)):
            break
    return Logistic(
        beta, np.asarray(np.linalg.inv(hessian), dtype=float), special.expit(x @ beta), -_loss(x, y, beta, 0 * ridge)
    )


def score_p(fitted: Logistic, x: Floats, outcome: Bools, added: Floats) -> float:
    """Test columns that a fitted model lacks (Rao's score test), without refitting.

    Args:
        fitted: the model.
        x: what it was fitted on, intercept first.
        outcome: what happened.
        added: (n, d) columns to test together.

    Returns:
        The p-value; 1 when the columns say nothing that the model does not hold.
    """
    p = fitted.probability
    weight = p * (1 - p)
    score = added.T @ (outcome - p)
    weighted = added * weight[:, None]
    cross = weighted.T @ x
    variance = weighted.T @ added - cross @ fitted.covariance @ cross.T
    scale = np.sqrt(np.maximum(np.diag(weighted.T @ added), 1e-12))
    values, vectors = np.linalg.eigh(variance / np.outer(scale, scale))
    kept = values > 1e-6
    if not kept.any():
        return 1.0
    rotated = vectors[:, kept].T @ (score / scale)
    return float(stats.chi2.sf(float(np.sum(rotated**2 / values[kept])), int(kept.sum())))


def average_effect(fitted: Logistic, x: Floats, column: int, rows: Bools | None = None) -> tuple[float, float]:
    """Average the change of probability when a 0/1 column is set to 1 instead of 0 (g-computation).

    Args:
        fitted: the model.
        x: its rows.
        column: which column of x is set.
        rows: over whom to average; everyone when None.

    Returns:
        The mean change and its standard error (delta method).
    """
    chosen = x if rows is None else x[rows]
    with_it, without = chosen.copy(), chosen.copy()
    with_it[:, column], without[:, column] = 1.0, 0.0
    high, low = special.expit(with_it @ fitted.beta), special.expit(without @ fitted.beta)
    gradient = ((high * (1 - high)) @ with_it - (low * (1 - low)) @ without) / chosen.shape[0]
    return float(np.mean(high - low)), float(np.sqrt(max(0.0, gradient @ fitted.covariance @ gradient)))


def _loss(x: Floats, y: Floats, beta: Floats, ridge: Floats) -> float:
    eta = x @ beta
    return float(np.sum(np.logaddexp(0, eta) - y * eta) + 0.5 * np.sum(ridge * beta**2))
