"""Fits the parts of a model with scikit-learn and keeps what they learnt as plain arrays."""

import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.exceptions import ConvergenceWarning  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from classifier.features import LetterFeatures
from classifier.folding import fold
from classifier.heads import LETTER_HEADS, ROLE_HEADS, Heads, letter_matrix, meaning_rows, passage_matrix, weigh
from classifier.network import Network
from classifier.ngrams import WIDTH, count_ngrams
from classifier.pairs import PairView
from classifier.targets import Targets
from classifier.taxonomy import load_taxonomy

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Fit = tuple[Floats, float]  #: weights and bias
_Fitted = TypeVar("_Fitted")
_waiting: Sequence[Callable[[], Any]] = ()  #: what the processes find when they begin

#: What a term of the taxonomy counts for as a passage of its own, beside a passage of a letter.
_TERM_WEIGHT = 0.5
#: Of the terms of other topics every such one is an example of what the topic is not.
_TERM_STRIDE = 4
#: Of the passages on other topics every such one.
_OTHER_STRIDE = 4
_BATCH = 256  #: examples a pair network sees at once
_PAIR_STEPS = 1_800  #: batches it sees
_HIDDEN = 32  #: units of the pair networks
_PAIR_LIMIT = 60_000  #: examples a pair network learns from at most
#: Networks that score by meaning, their units, the examples they see at once, and how often they do.
_MEANING_NETWORKS, _MEANING_HIDDEN, _MEANING_BATCH, _MEANING_STEPS = 2, 256, 512, 1_500
_CHANCE_NEGATIVES = 0.03  #: share of the unlikely pairs that it sees


@dataclass(frozen=True, slots=True)
class Lesson:
    """One letter with what it teaches."""

    features: LetterFeatures
    targets: Targets
    weight: float = 1.0
    composed: bool = False  #: of written passages: what it says of whole letters is not believed


def fit_heads(lessons: Sequence[Lesson], seed: int) -> Heads:
    """Fit the linear scores of passages and letters."""
    term_counts, _ = _term_passages()
    rarity = _measure_rarity(vstack([*(lesson.features.ngrams for lesson in lessons), term_counts], format="csr"))
    weighted = [(weigh(lesson.features.ngrams, rarity), lesson) for lesson in lessons]
    rows = vstack([passage_matrix(ngrams, le.features) for ngrams, le in weighted], format="csr")
    letters = vstack([letter_matrix(n, le.features) for n, le in weighted if not le.composed], format="csr")
    roles = np.vstack([lesson.targets.roles for lesson in lessons])
    kinds = np.vstack([lesson.targets.letter for lesson in lessons if not lesson.composed])
    weights = np.repeat([le.weight for le in lessons], [len(le.features.passages) for le in lessons])
    kind_weights = np.array([lesson.weight for lesson in lessons if not lesson.composed])
    jobs = _topic_jobs(rows, np.vstack([lesson.targets.topics for lesson in lessons]), weights, rarity, seed)
    jobs += [partial(_fit_linear, rows, roles[:, r], weights, 0.3, seed) for r in range(len(ROLE_HEADS))]
    jobs += [partial(_fit_linear, letters, kinds[:, k], kind_weights, 1.0, seed) for k in range(len(LETTER_HEADS))]
    fitted, networks = _fit_all(jobs), _fit_all(_meaning_jobs(lessons, seed))
    columns, kind_columns = fitted[: -len(LETTER_HEADS)], fitted[-len(LETTER_HEADS) :]
    return Heads(
        rarity=rarity,
        passage_weights=np.stack([w.astype(np.float16) for w, _ in columns], axis=1),
        passage_bias=np.array([b for _, b in columns], np.float32),
        letter_weights=np.stack([w.astype(np.float16) for w, _ in kind_columns], axis=1),
        letter_bias=np.array([b for _, b in kind_columns], np.float32),
        meaning=tuple(networks),
    )


def _meaning_jobs(lessons: Sequence[Lesson], seed: int) -> list[Callable[[], Network]]:
    """Return the fits of the networks that score passages by meaning: one for all topics and parts, with two seeds."""
    rows = np.vstack([meaning_rows(lesson.features) for lesson in lessons])
    truth = np.vstack([np.hstack([lesson.targets.topics, lesson.targets.roles]) for lesson in lessons])
    weights = np.repeat([le.weight for le in lessons], [len(le.features.passages) for le in lessons])
    return [partial(_fit_meaning, rows, truth, weights, seed + number) for number in range(_MEANING_NETWORKS)]


def _fit_meaning(rows: Floats, truth: Flags, weights: NDArray[np.float64], seed: int) -> Network:
    batch = min(_MEANING_BATCH, len(rows))
    net = MLPClassifier(
        (_MEANING_HIDDEN,),
        alpha=0.1,
        batch_size=batch,
        max_iter=int(np.clip(_MEANING_STEPS * batch / len(rows), 10, 60)),
        random_state=seed,
    )
    with threadpool_limits(1):  # each in a process of its own
        return _fit_net(net, rows, truth, weights)


def _fit_all(jobs: Sequence[Callable[[], _Fitted]]) -> list[_Fitted]:
    """Do the fits in as many processes as there are cores.

    Not in threads: the solver's chance is one for the whole process, and threads would draw from it in an order of
    their own. The processes are forked, so that the rows need not be copied.
    """
    global _waiting  # noqa: PLW0603 (inherited by the processes)
    _waiting = jobs
    try:
        with get_context("fork").Pool(os.cpu_count()) as pool:
            return pool.map(_fit_one, range(len(jobs)), chunksize=1)
    finally:
        _waiting = ()


def _fit_one(number: int) -> Any:
    return _waiting[number]()


def _topic_jobs(
    rows: csr_matrix, topics: Flags, weights: NDArray[np.float64], rarity: Floats, seed: int
) -> list[Callable[[], Fit]]:
    """Return the fits of the topics; beside the passages they learn from the taxonomy's terms."""
    counts, term_topics = _term_passages()
    terms = weigh(counts, rarity)
    padding = csr_matrix(np.zeros((terms.shape[0], rows.shape[1] - WIDTH), np.float32))
    whole = csr_matrix(vstack([rows, hstack([terms, padding])]))
    sizes = [len(topics), len(term_topics)]
    stride, worth = np.repeat([_OTHER_STRIDE, _TERM_STRIDE], sizes), np.repeat([_OTHER_STRIDE, 1.0], sizes)
    all_weights = np.concatenate([weights, np.full(len(term_topics), _TERM_WEIGHT)])

    def fit(topic: int) -> tuple[Floats, float]:
        truth = np.concatenate([topics[:, topic], term_topics == topic])
        # Of the others each topic sees some, another part each, and they count for all.
        used = truth | ((np.arange(len(truth)) + topic) % stride == 0)
        return _fit_linear(whole[used], truth[used], (all_weights * np.where(truth, 1.0, worth))[used], 0.5, seed)

    return [partial(fit, topic) for topic in range(topics.shape[1])]


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
    if hidden and outputs.any() and not outputs.all():
        net = MLPClassifier(
            hidden,
            alpha=2.0,
            batch_size=min(_BATCH, len(inputs)),
            max_iter=rounds,
            learning_rate_init=2e-3,
            random_state=seed,
        )
        return _fit_net(net, inputs, outputs)
    scaled, mean, spread = _scale(inputs)
    if outputs.all() or not outputs.any():
        weights, biases = [np.zeros((inputs.shape[1], 1))], [np.array([6.0 if outputs.all() else -6.0])]
    else:
        line = LogisticRegression(C=0.05, max_iter=500, random_state=seed).fit(scaled, outputs)
        weights, biases = [line.coef_.T], [line.intercept_]
    return _keep(mean, spread, weights, biases)


def _fit_net(net: Any, inputs: Floats, outputs: Flags, sample_weight: NDArray[np.float64] | None = None) -> Network:
    scaled, mean, spread = _scale(inputs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        net.fit(scaled, outputs, sample_weight)
    return _keep(mean, spread, net.coefs_, net.intercepts_)


def _scale(inputs: Floats) -> tuple[Floats, Floats, Floats]:
    mean = inputs.mean(axis=0)
    spread = np.maximum(inputs.std(axis=0), 1e-3)
    return np.clip((inputs - mean) / spread, -8, 8), mean, spread


def _keep(mean: Floats, spread: Floats, weights: Sequence[Any], biases: Sequence[Any]) -> Network:
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
