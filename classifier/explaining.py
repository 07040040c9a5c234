"""Says why: for each label the passages and what in them speaks for and against it; for one not given, what is missing.

Reasons are measured, not guessed: each kind of input of a step is set to what it usually is, and the change of the
step's log-odds is the weight of the reason. The words are those that stand in the passage.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from classifier.deciding import EVIDENCE_LIMIT, QUOTE_LIMIT, Opinion, form_opinion, join
from classifier.decision import LetterView, code_rows, request_row
from classifier.inputs import Effect, code_groups, measure_effects, pair_groups, request_groups
from classifier.model import Model
from classifier.naming import Namer
from classifier.network import Network, sigmoid
from classifier.pairs import PairView, view_pairs
from classifier.screening import Aside
from classifier.taxonomy import Facet, known_languages, load_taxonomy
from classifier.values import Classification, Label, Quote

Floats = NDArray[np.float32]

REASON_LIMIT = 3  #: on each side
_LEAST = 0.15  #: log-odds that a reason must move
_SHARE = 0.1  #: of the strongest reason that one must reach to be named beside it
_FACETS: tuple[Facet, Facet] = ("request_type", "offence")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a label or against it."""

    kind: str  #: ``wording``, ``term``, ``cited``, ``asks``, ``done`` …
    weight: float  #: log-odds by which it moves the step; above 0 it speaks for the label
    words: tuple[str, ...] = ()  #: of the letter
    present: bool = True  #: whether what the kind means is there more than usual, or less
    other: str | None = None  #: code that the words fit better
    state: str | None = None  #: whose law is cited, ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True)
class ReasonedPassage:
    """A passage with what in it speaks for and against a label."""

    page: int  #: 1-based
    quote: str  #: verbatim, at most 300 characters
    chance: float  #: that this passage asks for the measure now, or names the offence as the case's own, 0..1
    reasons: tuple[Reason, ...]  #: strongest first


@dataclass(frozen=True, slots=True)
class LabelReasons:
    """Why a label was given, or was not."""

    code: str
    facet: Facet
    given: bool
    confidence: float  #: 0..1
    threshold: float  #: confidence from which the label is given
    passages: tuple[ReasonedPassage, ...]  #: that show it; of a label not given, the one that comes nearest
    reasons: tuple[Reason, ...]  #: of the letter as a whole, strongest first
    missing: tuple[str, ...] = ()  #: of a label not given: ``asking``, ``term``, ``provision``, ``request``


@dataclass(frozen=True, slots=True)
class AsidePassage:
    """A passage that was not judged, because it is not the letter's own words."""

    page: int  #: 1-based
    quote: str  #: verbatim, at most 300 characters
    why: Aside


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a letter got its answer."""

    answer: Classification
    threshold: float  #: chance of being a request from which a letter is taken for one
    request_reasons: tuple[Reason, ...]
    asking: tuple[Quote, ...]  #: passages that ask for something, whatever it is
    labels: tuple[LabelReasons, ...]  #: given ones first, as the answer has them; then the others, the likeliest first
    knows_language: bool
    aside: tuple[AsidePassage, ...] = ()
    letters: int = 1  #: found in the text, each judged by itself


def explain(model: Model, pages: Sequence[str], language: str | None) -> Explanation | None:
    """Return why the model answers as it does; None for a letter without text.

    Args:
        model: that gave the answer.
        pages: text of each page, in order.
        language: BCP 47 code of the letter, or None when undetermined.
    """
    found = [_Explainer(model, view, own).explain() for view, own in model.views(pages, language)]
    return _join(found) if found else None


class _Explainer:
    """The explanation of one letter in the making."""

    def __init__(self, model: Model, view: LetterView, language: str | None) -> None:
        self._model, self._view, self._language = model, view, language
        self._answer = model.answer(view, language)
        self._namer = Namer(model.parts.heads, view, language)

    def explain(self) -> Explanation:
        parts = self._model.parts
        opinion = form_opinion(parts.deciders, self._view)
        effects = measure_effects(parts.deciders.request, request_row(self._view)[0], request_groups())
        named = (
            Reason(kind, effect.weight, self._namer.letter_words(kind), effect.present)
            for kind, effect in _strongest(effects)
        )
        labels = [reasons for facet in _FACETS for reasons in self._of_facet(facet, opinion)]
        return Explanation(
            answer=self._answer,
            threshold=parts.thresholds.request,
            request_reasons=tuple(named),
            asking=tuple(self._asking()),
            labels=tuple(sorted(labels, key=lambda label: (not label.given, label.facet == "offence"))),
            knows_language=bool(set(known_languages(self._language)) & set(self._model.card.languages)),
            aside=tuple(
                AsidePassage(p.page, p.text[:QUOTE_LIMIT].rstrip(), why) for p, why in self._view.features.aside
            ),
        )

    def _of_facet(self, facet: Facet, opinion: Opinion) -> Iterator[LabelReasons]:
        parts, is_types = self._model.parts, facet == "request_type"
        chances = opinion.types if is_types else opinion.offences
        threshold = parts.thresholds.types if is_types else parts.thresholds.offences
        network = parts.asked if is_types else parts.named
        decider = parts.deciders.types if is_types else parts.deciders.offences
        pairs = view_pairs(self._view.features, self._view.scores, facet)
        rows, groups = code_rows(self._view, facet), code_groups(facet)
        answered = self._answer.request_types if is_types else self._answer.offences
        given = {label.code: label for label in answered}
        codes = load_taxonomy().codes(facet)
        order = [codes.index(code) for code in given]
        order += [int(i) for i in np.argsort(-chances, kind="stable") if codes[i] not in given]
        for column in order:
            label = given.get(codes[column])
            is_leftover = label is not None and facet == "request_type" and not self._answer.is_request
            effects = {} if is_leftover else measure_effects(decider, rows[column], groups)
            yield LabelReasons(
                code=codes[column],
                facet=facet,
                given=label is not None,
                confidence=label.confidence if label else float(chances[column]),
                threshold=threshold,
                passages=self._passages(facet, column, label, network, pairs),
                reasons=tuple(self._letter_reasons(facet, column, effects)),
                missing=() if label else tuple(self._missing(facet, column)),
            )

    def _passages(
        self, facet: Facet, column: int, label: Label | None, network: Network, pairs: PairView
    ) -> tuple[ReasonedPassage, ...]:
        odds = self._view.pairs(facet)[:, column]
        ranked = np.argsort(-odds, kind="stable")
        if label is None:
            # Where no passage asks for it, the one that speaks of it most is the one that a person would point to.
            chosen = [int(ranked[0] if odds[ranked[0]] >= 0.0 else pairs.strength[:, column].argmax())]
        else:
            quoted = {(quote.page, quote.quote) for quote in label.evidence}
            chosen = [int(row) for row in ranked if (self._quote(int(row))) in quoted][:EVIDENCE_LIMIT]
        return tuple(
            ReasonedPassage(
                *self._quote(row),
                chance=float(sigmoid(odds[row : row + 1])[0]),
                reasons=tuple(self._reasons(facet, row, column, network, pairs.rows[row, column])),
            )
            for row in chosen
        )

    def _reasons(self, facet: Facet, row: int, column: int, network: Network, inputs: Floats) -> Iterator[Reason]:
        in_list = int(self._view.features.intro[row]) != row
        for kind, effect in _strongest(measure_effects(network, inputs, pair_groups(in_list=in_list))):
            named = self._namer.name(kind, facet, row, column, speaks_for=effect.weight > 0)
            yield Reason(kind, effect.weight, named.words, effect.present, named.other, named.state)

    def _letter_reasons(self, facet: Facet, column: int, effects: Mapping[str, Effect]) -> Iterator[Reason]:
        for kind, effect in _strongest(effects):
            words = self._namer.heading(facet, column) if kind == "heading" else ()
            yield Reason(kind, effect.weight, words, effect.present)

    def _missing(self, facet: Facet, column: int) -> Iterator[str]:
        features = self._view.features
        topic = column if facet == "request_type" else column + len(load_taxonomy().request_types)
        if facet == "request_type" and not self._answer.is_request:
            yield "request"
        if float(self._view.pairs(facet)[:, column].max()) < 0.0:
            yield "asking"
        if float(features.terms.full[:, topic].max()) < 1.0:
            yield "term"
        if facet == "offence" and float(features.cited[:, topic].max()) <= 0.0:
            yield "provision"

    def _asking(self) -> Iterator[Quote]:
        best = self._view.asked.max(axis=1)
        for row in np.argsort(-best, kind="stable")[:EVIDENCE_LIMIT]:
            if best[row] > 0.0:
                yield Quote(*self._quote(int(row)))

    def _quote(self, row: int) -> tuple[int, str]:
        passage = self._view.features.passages[row]
        return passage.page, passage.text[:QUOTE_LIMIT].rstrip()


def _join(found: Sequence[Explanation]) -> Explanation:
    """Return one explanation for a text of several letters: of each label what the surest letter says."""
    if len(found) == 1:
        return found[0]
    answer = join([one.answer for one in found])
    given = [("request_type", x.code) for x in answer.request_types] + [("offence", x.code) for x in answer.offences]
    best: dict[tuple[str, str], LabelReasons] = {}
    for label in (label for one in found for label in one.labels):
        known = best.setdefault((label.facet, label.code), label)
        if (label.given, label.confidence) > (known.given, known.confidence):
            best[label.facet, label.code] = label
    others = sorted((key for key in best if key not in given), key=lambda key: -best[key].confidence)
    surest = max(found, key=lambda one: (one.answer.is_request, one.answer.is_request_confidence))
    return replace(
        surest,
        answer=answer,
        asking=tuple(quote for one in found for quote in one.asking)[:EVIDENCE_LIMIT],
        labels=tuple(replace(best[key], given=key in given) for key in [*given, *others]),
        aside=tuple(passage for one in found for passage in one.aside),
        letters=len(found),
    )


def _strongest(effects: Mapping[str, Effect]) -> list[tuple[str, Effect]]:
    """Return what moves a score most, a few on each side, the strongest first."""
    ranked = sorted(effects.items(), key=lambda item: -abs(item[1].weight))
    least = max(_LEAST, _SHARE * abs(ranked[0][1].weight)) if ranked else _LEAST
    strong = [item for item in ranked if abs(item[1].weight) >= least]
    supporting = [item for item in strong if item[1].weight > 0][:REASON_LIMIT]
    opposing = [item for item in strong if item[1].weight < 0][:REASON_LIMIT]
    return sorted(supporting + opposing, key=lambda item: -abs(item[1].weight))
