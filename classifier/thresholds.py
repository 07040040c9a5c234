"""Chooses the confidences from which the model says something, or lets a letter pass without review."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Chances = Sequence[tuple[NDArray[np.bool_], Floats]]  #: of each letter: which codes are right, and their probabilities

#: Share of letters passed without review that may carry a wrong set of request types.
WRONG_PASSED = 0.02


def best_threshold(chances: Chances) -> float:
    """Return the confidence from which labels give the best F1 over all letters."""
    if not chances:
        return 0.5
    right = np.concatenate([r for r, _ in chances])
    chance = np.concatenate([c for _, c in chances])
    options = np.arange(0.2, 0.61, 0.02)
    scores = [2 * right[chance >= t].sum() / max(1, (chance >= t).sum() + right.sum()) for t in options]
    return float(options[int(np.argmax(scores))])


def best_lone(chances: Chances, threshold: float) -> float:
    """Return the confidence from which the best label is given although none reaches the threshold."""
    below = [
        (bool(right[chance.argmax()]), float(chance.max())) for right, chance in chances if chance.max() < threshold
    ]
    hits = sum(int(right[chance >= threshold].sum()) for right, chance in chances)
    total = sum(int((chance >= threshold).sum() + right.sum()) for right, chance in chances)
    options = [0.04, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3, threshold]
    scores = []
    for option in options:
        given = [right for right, best in below if best >= option]
        scores.append(2 * (hits + sum(given)) / max(1, total + len(given)))
    return options[int(np.argmax(scores))]


def certain_threshold(sure: Sequence[tuple[float, bool]]) -> float:
    """Return the lowest sureness above which at most ``WRONG_PASSED`` of letters are wrong; 2.0 when there is none.

    One more is counted wrong than was seen: what was not yet seen to be wrong may still be.
    """
    threshold, wrong = 2.0, 0
    for count, (value, right) in enumerate(sorted(sure, reverse=True), start=1):
        wrong += not right
        if wrong + 1 <= WRONG_PASSED * count:
            threshold = value
    return threshold


def risk_by_coverage(sure: Sequence[tuple[float, bool]]) -> tuple[float, ...]:
    """Return the share of wrong answers among the surest tenth of letters, the surest two tenths, … and all.

    Args:
        sure: of each letter: how sure the answer is, and whether its set of request types is right.
    """
    right = np.array([right for _, right in sorted(sure, key=lambda one: -one[0])], bool)
    counts = [max(1, round(len(right) * tenth / 10)) for tenth in range(1, 11)] if len(right) else []
    return tuple(round(1.0 - float(right[:count].mean()), 4) for count in counts)
