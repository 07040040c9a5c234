"""A small network kept as plain arrays: what scikit-learn learnt, without scikit-learn's objects."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Network:
    """Layers with a ramp (ReLU) between them, after inputs were brought to mean 0 and spread 1."""

    mean: Floats  #: (inputs,)
    spread: Floats  #: (inputs,)
    weights: tuple[Floats, ...]  #: each (inputs of the layer, outputs)
    biases: tuple[Floats, ...]

    def score(self, rows: Floats) -> Floats:
        """Return the log-odds of each row by a network of one output, (rows, inputs) -> (rows,)."""
        scores: Floats = self.score_all(rows)[:, 0]
        return scores

    def score_all(self, rows: Floats) -> Floats:
        """Return the log-odds of each row for every output, (rows, inputs) -> (rows, outputs)."""
        values = np.clip((rows - self.mean) / self.spread, -8.0, 8.0)
        last = len(self.weights) - 1
        for i, (weights, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            values = values @ weights + bias
            if i < last:
                values = np.maximum(values, 0.0)
        scores: Floats = values
        return scores


def sigmoid(log_odds: Floats) -> Floats:
    """Return the probability of log-odds."""
    return (1.0 / (1.0 + np.exp(-np.clip(log_odds, -30.0, 30.0)))).astype(np.float32)


def pack(network: Network, name: str) -> dict[str, Floats]:
    """Return the network's arrays under names that start with ``name``."""
    arrays = {f"{name}.mean": network.mean, f"{name}.spread": network.spread}
    for i, (weights, bias) in enumerate(zip(network.weights, network.biases, strict=True)):
        arrays |= {f"{name}.weights.{i}": weights, f"{name}.bias.{i}": bias}
    return arrays


def unpack(arrays: dict[str, NDArray[np.generic]], name: str, outputs: int = 1) -> Network:
    """Rebuild a network from its arrays.

    Raises:
        ValueError: when arrays are missing or do not fit together.
    """
    try:
        count = sum(key.startswith(f"{name}.weights.") for key in arrays)
        weights = tuple(arrays[f"{name}.weights.{i}"].astype(np.float32) for i in range(count))
        biases = tuple(arrays[f"{name}.bias.{i}"].astype(np.float32) for i in range(count))
        mean, spread = (arrays[f"{name}.{part}"].astype(np.float32) for part in ("mean", "spread"))
    except KeyError as error:
        raise ValueError(f"array {error} is missing") from error
    fits = count and weights[0].shape[0] == len(mean) == len(spread) and weights[-1].shape[1] == outputs
    if not fits or any(a.shape[1] != b.shape[0] for a, b in pairwise(weights)):
        raise ValueError(f"the arrays of {name} do not fit together")
    return Network(mean, spread, weights, biases)
