"""Fits the parts of a model with scikit-learn and keeps what they learnt as plain arrays."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.exceptions import ConvergenceWarning  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

from classifier.features import LetterFeatures
from classifier.folding import fold
from classifier.heads import LETTER_HEADS, ROLE_HEADS, Heads, letter_matrix, passage_matrix, weigh
from classifier.network import Network
from classifier.ngrams import WIDTH, count_ngrams
from classifier.pairs import PairView
from classifier.targets import Targets
from classifier.taxonomy import load_taxonomy

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

#: What a term of the taxonomy counts for as a passage of its own, beside a passage of a letter.
_TERM_WEIGHT = 0.5
#: Of the terms of other topics every such one is an example of what the topic is not.
_TERM_STRIDE = 4
_BATCH = 256  #: examples a pair network sees at once
_PAIR_STEPS = 1_800  #: batches it sees
_HIDDEN = 32  #: units of the pair networks
_PAIR_LIMIT = 60_000  #: examples a pair network learns from at most
_CHANCE_NEGATIVES = 0.03  #: share of the unlikely pairs that it sees


@dataclass(frozen=True, slots=True)
class Lesson:
    """One letter with what it teaches."""

    features: LetterFeatures
    targets: Targets
    weight: float = 1.0


def fit_heads(lessons: Sequence[Lesson], seed: int) -> Heads:
    """Fit the linear scores of passages and letters."""
    counts = vstack([lesson.features.ngrams for lesson in lessons], format="csr")
    term_counts, term_topics = _term_passages()
    rarity = _measure_rarity(vstack([counts, term_counts], format="csr"))
    blocks = [passage_matrix(weigh(le.features.ngrams, rarity), le.features) for le in lessons]
    rows = vstack(blocks, format="csr")
    term_rows = weigh(term_counts, rarity)
    padding = csr_matrix(np.zeros((term_rows.shape[0], rows.shape[1] - WIDTH), np.float32))
    all_rows = csr_matrix(vstack([rows, hstack([term_rows, padding])]))
    letter_weights = np.array([lesson.weight for lesson in lessons])
    row_weights = np.repeat(letter_weights, [len(le.features.passages) for le in lessons])
    weights = np.concatenate([row_weights, np.full(term_rows.shape[0], _TERM_WEIGHT)])
    topics = np.vstack([lesson.targets.topics for lesson in lessons])
    roles = np.vstack([lesson.targets.roles for lesson in lessons])
    columns = []
    for c in range(topics.shape[1]):
        used = np.concatenate(
            [np.ones(len(topics), bool), (term_topics == c) | (np.arange(len(term_topics)) % _TERM_STRIDE == 0)]
        )
        truth = np.concatenate([topics[:, c], term_topics == c])
        columns.append(_fit_linear(all_rows[used], truth[used], weights[used], 0.5, seed))
    columns += [_fit_linear(rows, roles[:, r], row_weights, 0.3, seed) for r in range(len(ROLE_HEADS))]
    letters = vstack([letter_matrix(weigh(le.features.ngrams, rarity), le.features) for le in lessons], format="csr")
    kinds = np.vstack([lesson.targets.letter for lesson in lessons])
    kind_columns = [_fit_linear(letters, kinds[:, k], letter_weights, 1.0, seed) for k in range(len(LETTER_HEADS))]
    return Heads(
        rarity=rarity,
        passage_weights=np.stack([w for w, _ in columns], axis=1),
        passage_bias=np.array([b for _, b in columns], np.float32),
        letter_weights=np.stack([w for w, _ in kind_columns], axis=1),
        letter_bias=np.array([b for _, b in kind_columns], np.float32),
    )


@dataclass(frozen=True, slots=True)
class PairExamples:
    """What one letter gives a pair network to learn from."""

    inputs: Floats  #: (examples, inputs)
    outputs: Flags  #: (examples,)


def select_pairs(view: PairView, truth: Flags, seed: int) -> PairExamples:
    """Return every right pair of a letter, and of the wrong ones the tempting and a few by chance."""
    rank = np.argsort(np.argsort(-view.strength, axis=1), axis=1)
    chance = np.random.default_rng(seed).random(truth.shape) < _CHANCE_NEGATIVES
    keep = truth | (rank < 3) | chance
    return PairExamples(view.rows[keep], truth[keep])


def fit_pairs(examples: Sequence[PairExamples], seed: int) -> Network:
    """Fit the network that judges (passage, code) pairs."""
    inputs = np.concatenate([e.inputs for e in examples])
    outputs = np.concatenate([e.outputs for e in examples])
    if len(inputs) > _PAIR_LIMIT:
        chosen = np.random.default_rng(seed).choice(len(inputs), _PAIR_LIMIT, replace=False)
        inputs, outputs = inputs[chosen], outputs[chosen]
    rounds = int(np.clip(_PAIR_STEPS * _BATCH / len(inputs), 8, 60))
    return fit_network(inputs, outputs, seed, hidden=(_HIDDEN,), rounds=rounds)


def fit_network(
    inputs: Floats, outputs: Flags, seed: int, *, hidden: tuple[int, ...] = (), rounds: int = 12
) -> Network:
    """Fit a network, or a logistic regression when it has no hidden layer."""
    mean = inputs.mean(axis=0)
    spread = np.maximum(inputs.std(axis=0), 1e-3)
    scaled = np.clip((inputs - mean) / spread, -8, 8)
    if outputs.all() or not outputs.any():
        weights, biases = [np.zeros((inputs.shape[1], 1))], [np.array([6.0 if outputs.all() else -6.0])]
    elif hidden:
        net = MLPClassifier(
            hidden,
            alpha=2.0,
            batch_size=min(_BATCH, len(scaled)),
            max_iter=rounds,
            learning_rate_init=2e-3,
            random_state=seed,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            net.fit(scaled, outputs)
        weights, biases = net.coefs_, net.intercepts_
    else:
        line = LogisticRegression(C=0.05, max_iter=500, random_state=seed).fit(scaled, outputs)
        weights, biases = [line.coef_.T], [line.intercept_]
    return Network(
        mean.astype(np.float32),
        spread.astype(np.float32),
        tuple(np.asarray(w, np.float32) for w in weights),
        tuple(np.asarray(b, np.float32) for b in biases),
    )


def _fit_linear(
    rows: csr_matrix, truth: Flags, weights: NDArray[np.float64], c: float, seed: int
) -> tuple[Floats, float]:
    if truth.all() or not truth.any():
        return np.zeros(rows.shape[1], np.float32), 1.0 if truth.all() else -1.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        line = LinearSVC(C=c, random_state=seed, max_iter=60, tol=1e-2).fit(rows, truth, sample_weight=weights)
    return line.coef_[0].astype(np.float32), float(line.intercept_[0])


def _measure_rarity(counts: csr_matrix) -> Floats:
    documents = np.bincount(counts.indices, minlength=WIDTH)
    rarity = np.log((counts.shape[0] + 1) / (documents + 1))
    return np.where(documents >= 2, rarity, 0.0).astype(np.float32)


@cache
def _term_passages() -> tuple[csr_matrix, NDArray[np.intp]]:
    """Return the taxonomy's terms of all languages as little passages, and the topic of each."""
    texts, topics = [], []
    for topic, category in enumerate(load_taxonomy().categories):
        for terms in category.terms.values():
            texts += [fold(term) for term in terms]
            topics += [topic] * len(terms)
    return count_ngrams(texts), np.array(topics, np.intp)
