"""Turns what the model knows of a letter into the answer: codes with confidence and evidence, or doubt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.decision import LetterView, code_rows, primary_rows, request_row
from classifier.network import Network, sigmoid
from classifier.pairs import facet_columns
from classifier.taxonomy import Facet, load_taxonomy
from classifier.values import Classification, Label, Quote

Floats = NDArray[np.float32]

QUOTE_LIMIT = 300  #: characters
EVIDENCE_LIMIT = 3  #: passages for one label
#: Confidence from which a code that was not given is worth a reviewer's look.
SUSPECTED_FROM = 0.15


@dataclass(frozen=True, slots=True)
class Deciders:
    """The networks of the last step."""

    request: Network
    types: Network
    offences: Network
    primary_type: Network
    primary_offence: Network


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Confidences from which the model says something; 0..1."""

    request: float
    types: float
    offences: float
    lone_offence: float  #: for the likeliest offence when none reaches ``offences``
    certain: float  #: of the whole set of request types; above 1 when the model may pass no letter without review


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities of one letter, before thresholds."""

    request: float
    types: Floats  #: (request types,)
    offences: Floats  #: (offences,)
    primary_type: Floats  #: (request types,) the greater, the rather primary
    primary_offence: Floats  #: (offences,)


def form_opinion(deciders: Deciders, view: LetterView) -> Opinion:
    """Return the probabilities of a letter."""
    types = sigmoid(deciders.types.score(code_rows(view, "request_type")))
    offences = sigmoid(deciders.offences.score(code_rows(view, "offence")))
    return Opinion(
        request=float(sigmoid(deciders.request.score(request_row(view)))[0]),
        types=types,
        offences=offences,
        primary_type=deciders.primary_type.score(primary_rows(view, "request_type", types)),
        primary_offence=deciders.primary_offence.score(primary_rows(view, "offence", offences)),
    )


def decide(opinion: Opinion, thresholds: Thresholds, view: LetterView, model: str) -> Classification:
    """Return the answer for one letter."""
    is_request = opinion.request >= thresholds.request
    confidence = opinion.request if is_request else 1.0 - opinion.request
    types = choose(opinion.types, opinion.primary_type, thresholds.types, 0.0)
    offences = choose(opinion.offences, opinion.primary_offence, thresholds.offences, thresholds.lone_offence)
    given_types = _labels(view, "request_type", types, opinion.types)
    if not is_request:
        given_types = (Label("other", confidence),)
    suspected = _suspect(view, "request_type", opinion.types, types) if is_request else ()
    suspected += _suspect(view, "offence", opinion.offences, offences)
    return Classification(
        is_request=is_request,
        is_request_confidence=confidence,
        request_types=given_types,
        offences=_labels(view, "offence", offences, opinion.offences),
        suspected=suspected,
        certain=sureness(opinion, thresholds) >= thresholds.certain,
        model=model,
    )


def choose(chances: Floats, primary: Floats, threshold: float, lone: float) -> list[int]:
    """Return the codes to give, the primary first, then the most likely first.

    When none reaches ``threshold``, the likeliest is given if it reaches ``lone``.
    """
    chosen = [int(i) for i in np.argsort(-chances, kind="stable") if chances[i] >= threshold]
    if not chosen and float(chances.max()) >= lone:
        chosen = [int(chances.argmax())]
    if len(chosen) > 1:
        first = max(chosen, key=lambda i: float(primary[i]))
        chosen.remove(first)
        chosen.insert(0, first)
    return chosen


def sureness(opinion: Opinion, thresholds: Thresholds) -> float:
    """Return the chance, 0..1, that request or not and the whole set of request types are right."""
    if opinion.request < thresholds.request:
        return 1.0 - opinion.request
    chances = opinion.types.astype(float)
    right = np.where(chances >= thresholds.types, chances, 1.0 - chances)
    return float(opinion.request * np.prod(right))


def unknown(model: str) -> Classification:
    """Return the answer for a letter without text: nothing is known, a person must look."""
    return Classification(False, 0.5, (Label("other", 0.5),), (), (), False, model)


def join(answers: Sequence[Classification]) -> Classification:
    """Return one answer for a text that holds several letters: the labels of all, and a person must look."""
    requests = [answer for answer in answers if answer.is_request]
    asking = requests or answers
    types, offences = (_gather(a.request_types for a in asking), _gather(a.offences for a in answers))
    given = {label.code for label in types + offences}
    return Classification(
        is_request=bool(requests),
        is_request_confidence=max(answer.is_request_confidence for answer in asking),
        request_types=types,
        offences=offences,
        suspected=tuple(x for x in _gather(a.suspected for a in answers) if x.code not in given),
        certain=False,
        model=answers[0].model,
    )


def _gather(given: Iterable[Sequence[Label]]) -> tuple[Label, ...]:
    """Return each code once, as sure as where it is surest, in the order of the letters."""
    labels: dict[str, Label] = {}
    for label in (one for letter in given for one in letter):
        known = labels.get(label.code, label)
        evidence = tuple(dict.fromkeys(known.evidence + label.evidence))[:EVIDENCE_LIMIT]
        labels[label.code] = Label(label.code, max(known.confidence, label.confidence), evidence)
    return tuple(labels.values())


def _labels(view: LetterView, facet: Facet, chosen: Sequence[int], chances: Floats) -> tuple[Label, ...]:
    codes = load_taxonomy().codes(facet)
    odds = view.pairs(facet)
    return tuple(Label(codes[i], float(chances[i]), _quote(view, odds[:, i])) for i in chosen)


def _quote(view: LetterView, odds: Floats) -> tuple[Quote, ...]:
    best = float(odds.max())
    rows = [int(r) for r in np.argsort(-odds, kind="stable")[:EVIDENCE_LIMIT] if odds[r] >= max(best - 2.0, -3.0)]
    passages = [view.features.passages[r] for r in rows]
    return tuple(Quote(p.page, p.text[:QUOTE_LIMIT].rstrip()) for p in passages)


def _suspect(view: LetterView, facet: Facet, chances: Floats, chosen: Sequence[int]) -> tuple[Label, ...]:
    codes = load_taxonomy().codes(facet)
    worth = chances >= SUSPECTED_FROM
    if facet == "request_type":
        # A treaty's article for a measure says the same in every language, also where the model knows no other word.
        worth |= view.features.cited[:, facet_columns(facet)].max(axis=0) >= 1.0
    rest = [int(i) for i in np.argsort(-chances, kind="stable") if worth[i] and i not in chosen]
    return tuple(Label(codes[i], float(chances[i])) for i in rest)
