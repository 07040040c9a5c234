"""Adds to the passages of letters what they mean, by the sentence encoder: the dearest feature, so the last."""

import os
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from classifier.cues import CUE_NAMES
from classifier.encoder import MEANING_SIZE, shared_encoder
from classifier.features import LetterFeatures

Floats = NDArray[np.float32]

#: What is encoded of one letter at most, in characters: four close pages. Annexes are longer and ask nothing.
ENCODED_LIMIT = 12_000
_AT_ONCE = 400  #: texts that a process takes at a time
_TELLING = [CUE_NAMES.index(name) for name in ("ask", "charge")]


def add_meaning(features: LetterFeatures) -> LetterFeatures:
    """Return the features with what the passages mean.

    Of a long letter those passages are encoded that ask, charge, name something of the taxonomy or stand in a list or
    a heading, then the first ones; the others mean nothing, which is zeros.

    Raises:
        EncoderMissing: when the encoder is not installed.
    """
    chosen = _choose(features)
    return _place(features, chosen, shared_encoder().encode([features.passages[row].text for row in chosen]))


def add_meanings(letters: Sequence[LetterFeatures]) -> list[LetterFeatures]:
    """Do the same for many letters, on all cores; a text that stands in several is encoded once."""
    chosen = [_choose(features) for features in letters]
    texts = {features.passages[row].text for features, rows in zip(letters, chosen, strict=True) for row in rows}
    known = _encode(sorted(texts, key=lambda text: (len(text), text)))
    return [
        _place(features, rows, [known[features.passages[row].text] for row in rows])
        for features, rows in zip(letters, chosen, strict=True)
    ]


def _place(features: LetterFeatures, rows: list[int], vectors: Floats | list[Floats]) -> LetterFeatures:
    meaning = np.zeros((len(features.passages), MEANING_SIZE), np.float32)
    meaning[rows] = vectors
    return replace(features, meaning=meaning)


def _encode(texts: Sequence[str]) -> dict[str, Floats]:
    shared_encoder()  # before the processes part, so that they share it
    parts = [texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE)]
    with get_context("fork").Pool(os.cpu_count()) as pool:
        # The longest first: none waits at the end for a part that was begun last.
        found = pool.map(_encode_part, parts[::-1], chunksize=1)
    return {
        text: row for part, rows in zip(parts[::-1], found, strict=True) for text, row in zip(part, rows, strict=True)
    }


def _encode_part(texts: Sequence[str]) -> Floats:
    return shared_encoder().encode(texts)


def _choose(features: LetterFeatures) -> list[int]:
    """Return the passages to encode, in order."""
    telling = (features.cues[:, _TELLING] > 0).any(axis=1) | (features.terms.full > 0).any(axis=1)
    placed = np.array([passage.is_item or passage.is_heading for passage in features.passages])
    order = np.argsort(-(2 * telling + placed), kind="stable")
    sizes = np.cumsum([len(features.passages[row].text) for row in order])
    return sorted(order[sizes <= max(ENCODED_LIMIT, sizes[0])].tolist())
