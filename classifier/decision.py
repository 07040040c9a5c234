"""Last step of the model: from its passages to what the letter as a whole asks for and concerns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.features import LetterFeatures
from classifier.heads import LETTER_HEADS, ROLE_HEADS, HeadScores
from classifier.network import sigmoid
from classifier.pairs import facet_columns
from classifier.taxonomy import INTRUSIVENESS, Facet, load_taxonomy

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LetterView:
    """What the last step knows of a letter; log-odds of pairs are (P, codes)."""

    features: LetterFeatures
    scores: HeadScores
    asked: Floats  #: request types
    named: Floats  #: offences

    def pairs(self, facet: Facet) -> Floats:
        return self.asked if facet == "request_type" else self.named


def code_rows(view: LetterView, facet: Facet) -> Floats:
    """Return the inputs by which each code of a facet is decided, (codes, inputs)."""
    odds = np.clip(view.pairs(facet), -9.0, 9.0)
    columns = facet_columns(facet)
    terms, topics = view.features.terms, view.scores.topics[:, columns]
    ranked = -np.sort(-odds, axis=0)
    best = ranked[0]
    second = ranked[1] if len(ranked) > 1 else np.full_like(best, -9.0)
    headings = view.features.places[:, 4] + (np.arange(len(odds)) < 8)
    in_heading = np.where(headings[:, None] > 0, topics, -3.0).max(axis=0)
    chance = sigmoid(odds)
    any_passage = np.log(1e-4 + 1.0 - np.prod(1.0 - np.clip(chance, 0, 0.999), axis=0))
    rivals = np.sort(best)[::-1]
    other_best = np.where(best == rivals[0], rivals[1], rivals[0])
    by_code = [
        best,
        second,
        any_passage,
        best - other_best,
        topics.max(axis=0),
        in_heading,
        terms.coverage[:, columns].max(axis=0),
        terms.full[:, columns].sum(axis=0).clip(0, 4),
        terms.hint[:, columns].max(axis=0),
        view.features.cited[:, columns].max(axis=0),
        1.0 - odds.argmax(axis=0) / max(1, len(odds) - 1),
        (best > 0).astype(np.float32) * (best >= rivals[min(2, len(rivals) - 1)]),
    ]
    common = [*view.scores.letter, (best > 0).sum(), rivals[0], np.log1p(len(odds)), view.scores.familiarity.mean()]
    spread = np.broadcast_to(np.array(common, np.float32), (len(best), len(common)))
    identity = np.eye(len(best), dtype=np.float32)
    return np.hstack([np.stack(by_code, axis=1), spread, identity]).astype(np.float32)


def request_row(view: LetterView) -> Floats:
    """Return the inputs by which request or not is decided, (1, inputs)."""
    features, roles = view.features, view.scores.roles
    ask = roles[:, ROLE_HEADS.index("ask")]
    best = np.clip(view.asked, -9.0, 9.0).max(axis=1)
    top = np.sort(best)[::-1]
    row = np.hstack(
        [
            view.scores.letter,
            top[0],
            top[:3].mean(),
            sigmoid(best).sum(),
            ask.max(),
            np.sort(ask)[-3:].mean(),
            roles.max(axis=0),
            features.cues.mean(axis=0),
            features.cues[:10].max(axis=0),
            features.markers.max(axis=0),
            features.shapes.max(axis=0),
            np.log1p(len(best)),
            view.scores.familiarity.mean(),
        ]
    )
    return row[None, :].astype(np.float32)


def primary_rows(view: LetterView, facet: Facet, confidence: Floats) -> Floats:
    """Return the inputs by which the primary code is chosen, (codes, inputs)."""
    odds = np.clip(view.pairs(facet), -9.0, 9.0)
    topics = view.scores.topics[:, facet_columns(facet)]
    codes = load_taxonomy().codes(facet)
    order = [INTRUSIVENESS.index(c) / len(INTRUSIVENESS) if facet == "request_type" else 0.5 for c in codes]
    position = odds.argmax(axis=0) / max(1, len(odds) - 1)
    heading = np.where((np.arange(len(odds)) < 8)[:, None], topics, -3.0).max(axis=0)
    share = sigmoid(odds).sum(axis=0)
    columns = [np.log(confidence + 1e-4), odds.max(axis=0), position, heading, share, np.array(order)]
    columns.append(share / max(1e-4, float(share.max())))
    return np.stack(columns, axis=1).astype(np.float32)


#: Where the head for spontaneous information stands among ``LETTER_HEADS``.
SPONTANEOUS = LETTER_HEADS.index("spontaneous_information")
