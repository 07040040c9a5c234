"""First step of the model: scores of passages by words and by meaning, for every topic and part; of the letter."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from classifier.features import LetterFeatures
from classifier.network import Network
from classifier.samples import ROLES

Floats = NDArray[np.float32]
#: Weights of a million features and more: half the precision is enough and halves the memory.
Halves = NDArray[np.float16]

ROLE_HEADS = (*ROLES, "none")
LETTER_HEADS = ("is_request", "spontaneous_information", "civil")
#: Size of the features that all languages share, beside n-grams of length one.
SHARED_SCALE = 0.3
#: What a log-odd by meaning counts for beside a score by words.
_MEANING_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Heads:
    """What the scores are made of; F is the number of passage features, L that of letter features."""

    rarity: Floats  #: (WIDTH,) how telling an n-gram is; 0 for one never seen in training
    passage_weights: Halves  #: (F, topics + ROLE_HEADS)
    passage_bias: Floats
    letter_weights: Halves  #: (L, LETTER_HEADS)
    letter_bias: Floats
    meaning: tuple[Network, ...]  #: each (meaning and shared features) -> topics + ROLE_HEADS; their mean counts


@dataclass(frozen=True, slots=True)
class HeadScores:
    """Scores of one letter; above 0 means rather yes."""

    topics: Floats  #: (P, C)
    roles: Floats  #: (P, ROLE_HEADS)
    letter: Floats  #: (LETTER_HEADS,)
    familiarity: Floats  #: (P,) share of the passage's n-grams seen in training, 0..1


def score_heads(heads: Heads, features: LetterFeatures) -> HeadScores:
    """Return the scores of a letter, whose features hold its meaning."""
    weighted = weigh(features.ngrams, heads.rarity)
    scores = _multiply(passage_matrix(weighted, features), heads.passage_weights) + heads.passage_bias
    rows = meaning_rows(features)
    for network in heads.meaning:
        scores = scores + _MEANING_SHARE / len(heads.meaning) * network.score_all(rows)
    letter = _multiply(letter_matrix(weighted, features), heads.letter_weights) + heads.letter_bias
    topics = features.terms.hint.shape[1]
    return HeadScores(
        topics=scores[:, :topics].astype(np.float32),
        roles=scores[:, topics:].astype(np.float32),
        letter=np.asarray(letter, np.float32)[0],
        familiarity=measure_familiarity(features.ngrams, heads.rarity),
    )


def _multiply(rows: csr_matrix, weights: Halves) -> Floats:
    """Return rows times weights; only those weights are widened that the rows have features for."""
    features, places = np.unique(rows.indices, return_inverse=True)
    few = csr_matrix((rows.data, places.astype(np.int32), rows.indptr), shape=(rows.shape[0], len(features)))
    return np.asarray(few @ weights[features].astype(np.float32), np.float32)


def weigh(ngrams: csr_matrix, rarity: Floats) -> csr_matrix:
    """Weigh counts by rarity and bring every row to length one."""
    weighted = ngrams.copy()
    weighted.data = ngrams.data * rarity[ngrams.indices]
    return _to_length_one(weighted)


def measure_familiarity(ngrams: csr_matrix, rarity: Floats) -> Floats:
    """Return the share of each row's n-grams that training has seen, 0..1."""
    seen = ngrams.copy()
    seen.data = (rarity[ngrams.indices] > 0).astype(np.float32)
    sizes = np.maximum(np.diff(ngrams.indptr), 1)
    return (np.asarray(seen.sum(axis=1)).ravel() / sizes).astype(np.float32)


def passage_matrix(weighted: csr_matrix, features: LetterFeatures) -> csr_matrix:
    """Return the passage features: n-grams, then what all languages share."""
    shared = _shared(features) * np.float32(SHARED_SCALE)
    return csr_matrix(hstack([weighted, csr_matrix(shared)], dtype=np.float32))


def meaning_rows(features: LetterFeatures) -> Floats:
    """Return the inputs of the networks that score by meaning: what a passage means, then what all languages share."""
    return np.hstack([features.meaning, _shared(features)])


def _shared(features: LetterFeatures) -> Floats:
    terms = features.terms
    before = np.vstack([np.zeros_like(features.cues[:1]), features.cues[:-1]])
    return np.hstack(
        [
            terms.hint,
            terms.coverage,
            terms.full,
            features.cited,
            features.markers,
            features.cues,
            features.cues[features.intro],
            before,
            features.shapes,
            features.places,
        ]
    )


def letter_matrix(weighted: csr_matrix, features: LetterFeatures) -> csr_matrix:
    """Return the features of the letter as a whole, one row."""
    # A product of sparse rows: a sum would write out a million zeros.
    ones = csr_matrix(np.ones((1, weighted.shape[0]), np.float32))
    total = _to_length_one(csr_matrix(ones @ weighted))
    opening = features.cues[:12]
    shared = np.hstack(
        [
            features.cues.max(axis=0),
            features.cues.mean(axis=0),
            opening.max(axis=0),
            features.markers.max(axis=0),
            features.shapes.max(axis=0),
            features.shapes.mean(axis=0),
            features.places.mean(axis=0),
            [min(1.0, len(features.passages) / 40)],
        ]
    ).astype(np.float32)
    return csr_matrix(hstack([total, csr_matrix(shared * np.float32(SHARED_SCALE))], dtype=np.float32))


def _to_length_one(matrix: csr_matrix) -> csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scaled = matrix.copy()
    scaled.data = matrix.data / np.repeat(np.maximum(lengths, 1e-6), np.diff(matrix.indptr)).astype(np.float32)
    return scaled
