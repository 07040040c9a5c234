"""Second step of the model: does this passage ask for this measure now, or name this offence as the case's own?

One network answers for every code and language: its inputs say how well the passage fits the code and what part the
passage plays, never which code or language it is. What it learns from one language therefore holds for all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.features import LetterFeatures
from classifier.heads import ROLE_HEADS, HeadScores
from classifier.taxonomy import Facet, load_taxonomy

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PairView:
    """What is known of every (passage, code) of a facet."""

    rows: Floats  #: (P, codes, inputs)
    strength: Floats  #: (P, codes) rough fit, to choose examples by


def facet_columns(facet: Facet) -> slice:
    """Return where a facet's codes stand among the taxonomy's categories."""
    split = len(load_taxonomy().request_types)
    return slice(0, split) if facet == "request_type" else slice(split, len(load_taxonomy().categories))


def view_pairs(features: LetterFeatures, scores: HeadScores, facet: Facet) -> PairView:
    """Return the inputs of the network for one facet of a letter."""
    columns = facet_columns(facet)
    topics = scores.topics[:, columns]
    cover, full, hint = (a[:, columns] for a in (features.terms.coverage, features.terms.full, features.terms.hint))
    cited = features.cited[:, columns]
    intro = features.intro
    by_code = [
        topics,
        topics - _best_other(topics),
        _over_letter(topics),
        _before(topics),
        _after(topics),
        topics[intro],
        cover,
        full,
        hint,
        hint - _best_other(hint),
        cover - _best_other(cover),
        _over_letter(full),
        _over_letter(hint),
        np.broadcast_to(full.mean(axis=0, keepdims=True), full.shape),
        _before(cover),
        cover[intro],
        cited,
        _over_letter(cited),
    ]
    shared = _passage_inputs(features, scores)
    count = topics.shape[1]
    spread = np.broadcast_to(shared[:, None, :], (len(shared), count, shared.shape[1]))
    rows = np.concatenate([np.stack(by_code, axis=2), spread], axis=2, dtype=np.float32)
    return PairView(rows, topics + cover + hint)


def _passage_inputs(features: LetterFeatures, scores: HeadScores) -> Floats:
    """Return what a passage shows whatever the code: its part, its neighbours, its place, the letter around it."""
    roles, intro = scores.roles, features.intro
    ask = ROLE_HEADS.index("ask")
    count = len(roles)
    letter = np.hstack(
        [
            features.cues.mean(axis=0),
            features.markers.max(axis=0),
            scores.letter,
            [np.log1p(count), roles[:, ask].max()],
        ]
    )
    return np.hstack(
        [
            roles,
            roles[intro],
            _before(roles)[:, : ask + 3],
            _after(roles)[:, : ask + 3],
            features.cues,
            features.cues[intro],
            _before(features.cues),
            features.shapes,
            features.places,
            (intro != np.arange(count))[:, None].astype(np.float32),
            scores.familiarity[:, None],
            features.terms.full.sum(axis=1, keepdims=True),
            np.broadcast_to(letter, (count, len(letter))),
        ]
    ).astype(np.float32)


def _best_other(values: Floats) -> Floats:
    """Return, for each cell, the greatest value of its row outside its own column."""
    if values.shape[1] < 2:
        return np.zeros_like(values)
    order = np.partition(values, -2, axis=1)
    first, second = order[:, -1:], order[:, -2:-1]
    return np.where(values == first, second, first)


def _over_letter(values: Floats) -> Floats:
    return np.broadcast_to(values.max(axis=0, keepdims=True), values.shape)


def _before(values: Floats) -> Floats:
    return np.vstack([np.zeros_like(values[:1]), values[:-1]])


def _after(values: Floats) -> Floats:
    return np.vstack([values[1:], np.zeros_like(values[:1])])
