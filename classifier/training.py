"""Learns a model from letters, and says honestly how good it is.

Each step learns from the scores that the step before gave to letters it had not learnt from: once with a fifth of the
templates left out, once with a group of languages left out. So the later steps know both a familiar and a foreign
language, and the same scores serve as validation. No template, and in the second reading no language, is on
both sides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

import numpy as np
from numpy.typing import NDArray

from classifier.card import Card
from classifier.deciding import Deciders, Opinion, Thresholds, decide, form_opinion, sureness
from classifier.decision import LetterView, code_rows, primary_rows, request_row
from classifier.evaluation import Evaluation, Truth, evaluate
from classifier.fitting import Lesson, PairExamples, fit_heads, fit_network, fit_pairs, select_pairs
from classifier.heads import HeadScores, score_heads
from classifier.lessons import Material, Way, gather, ways_to_split
from classifier.model import Model, Parts
from classifier.network import Network, sigmoid
from classifier.pairs import facet_columns, view_pairs
from classifier.phrases import Phrase
from classifier.samples import TrainingLetter, hash_letters
from classifier.targets import Targets
from classifier.taxonomy import Facet
from classifier.thresholds import best_lone, best_threshold, certain_threshold, risk_by_coverage

Floats = NDArray[np.float32]

_FACETS: tuple[Facet, Facet] = ("request_type", "offence")


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """How good a new model is on letters it has not learnt from."""

    grouped: Evaluation  #: templates left out
    unseen_languages: Evaluation | None  #: languages left out; None when there is only one


@dataclass(frozen=True, slots=True)
class _Reading:
    """One letter as seen by steps that had not learnt from it."""

    letter: int
    fold: int
    scores: HeadScores


def train(
    letters: Sequence[TrainingLetter],
    phrases: Sequence[Phrase] = (),
    *,
    seed: int = 0,
    each_language_alone: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> tuple[Model, TrainingResult]:
    """Learn a model; the same letters and seed give the same model.

    Args:
        letters: at least ten, of at least two templates; the model is judged by them.
        phrases: passages to compose more letters of, which it learns from only.
        seed: decides folds and whatever scikit-learn draws.
        each_language_alone: validate by leaving out one language at a time, not a group: slower.
        report: is told of each step.

    Raises:
        ValueError: when there are too few letters or templates to validate on.
    """
    if len(letters) < 10 or len({letter.template for letter in letters}) < 2:
        raise ValueError("a model needs at least ten letters of at least two templates")
    material = gather(letters, phrases, seed)
    passages = sum(len(le.features.passages) for le in material.lessons + material.composed)
    report(f"{len(letters)} letters, {len(material.composed)} composed ones, {passages} passages")
    return _Course(material, ways_to_split(letters, seed, each_language_alone=each_language_alone), seed, report).run()


class _Course:
    """One training: lessons, the ways they are split, and what was learnt so far."""

    def __init__(self, material: Material, ways: Sequence[Way], seed: int, report: Callable[[str], None]) -> None:
        self.material, self.ways, self.seed, self.report = material, ways, seed, report
        self.letters, self.lessons = material.letters, material.lessons

    def run(self) -> tuple[Model, TrainingResult]:
        heads = fit_heads(self.material.lessons + self.material.composed, self.seed)
        self.report("passage scores learnt")
        readings = [self._read(way) for way in self.ways]
        everything = [r for reading in readings for r in reading]
        examples = [self._select(r) for r in everything]
        networks = self._fit_pairs(examples)
        views = [self._judge(reading, everything, examples) for reading in readings]
        self.report("pairs learnt")
        all_views = [
            (r.letter, v) for reading, vs in zip(readings, views, strict=True) for r, v in zip(reading, vs, strict=True)
        ]
        deciders = self._fit_deciders(all_views)
        opinions = [self._form(reading, vs, readings, views) for reading, vs in zip(readings, views, strict=True)]
        every_opinion = [
            (r.letter, o)
            for reading, os in zip(readings, opinions, strict=True)
            for r, o in zip(reading, os, strict=True)
        ]
        thresholds = self._set_thresholds(every_opinion)
        evaluations = [
            self._evaluate(reading, vs, os, every_opinion)
            for reading, vs, os in zip(readings, views, opinions, strict=True)
        ]
        result = TrainingResult(evaluations[0], evaluations[1] if len(evaluations) > 1 else None)
        parts = Parts(heads, networks[0], networks[1], deciders, thresholds)
        return Model(parts, self._write_card(parts, result)), result

    def _read(self, way: Way) -> list[_Reading]:
        """Score every letter by heads that have not seen its fold."""
        readings = []
        for fold in range(int(way.folds.max()) + 1):
            heads = fit_heads(self.material.without(way, fold), self.seed)
            self.report(f"fold {fold + 1} of {int(way.folds.max()) + 1} scored")
            for i in np.flatnonzero(way.folds == fold).tolist():
                readings.append(_Reading(i, fold, score_heads(heads, self.lessons[i].features)))
        return readings

    def _select(self, reading: _Reading) -> tuple[PairExamples, PairExamples]:
        lesson = self.lessons[reading.letter]
        chosen = []
        for facet in _FACETS:
            view = view_pairs(lesson.features, reading.scores, facet)
            truth = lesson.targets.pairs[:, facet_columns(facet)]
            chosen.append(select_pairs(view, truth, self.seed + reading.letter))
        return chosen[0], chosen[1]

    def _fit_pairs(self, examples: Sequence[tuple[PairExamples, PairExamples]]) -> tuple[Network, Network]:
        return fit_pairs([e[0] for e in examples], self.seed), fit_pairs([e[1] for e in examples], self.seed)

    def _judge(
        self,
        reading: Sequence[_Reading],
        everything: Sequence[_Reading],
        examples: Sequence[tuple[PairExamples, PairExamples]],
    ) -> list[LetterView]:
        """Judge the pairs of every letter by networks that have not seen its fold."""
        views: dict[int, LetterView] = {}
        for fold in sorted({r.fold for r in reading}):
            held = {r.letter for r in reading if r.fold == fold}
            networks = self._fit_pairs([e for r, e in zip(everything, examples, strict=True) if r.letter not in held])
            for r in reading:
                if r.fold == fold:
                    views[r.letter] = _view(self.lessons[r.letter], r.scores, networks)
        return [views[r.letter] for r in reading]

    def _fit_deciders(self, views: Sequence[tuple[int, LetterView]]) -> Deciders:
        targets = [self.lessons[i].targets for i, _ in views]
        is_request = np.array([t.letter[0] for t in targets])
        request = fit_network(np.concatenate([request_row(v) for _, v in views]), is_request, self.seed)
        fitted: dict[Facet, tuple[Network, Network]] = {}
        for facet in _FACETS:
            columns = facet_columns(facet)
            used = [(t, v) for t, (_, v) in zip(targets, views, strict=True) if facet == "offence" or t.letter[0]]
            rows = [code_rows(v, facet) for _, v in used]
            network = fit_network(np.concatenate(rows), np.concatenate([t.codes[columns] for t, _ in used]), self.seed)
            inputs, outputs = [], []
            for row, (t, v) in zip(rows, used, strict=True):
                if t.codes[columns].sum() > 1:
                    ranked = primary_rows(v, facet, sigmoid(network.score(row)))
                    inputs.append(ranked[t.codes[columns]])
                    outputs.append(t.primary[columns][t.codes[columns]])
            fitted[facet] = (
                network,
                _fit_primary(
                    inputs, outputs, primary_rows(used[0][1], facet, sigmoid(network.score(rows[0]))), self.seed
                ),
            )
        types, offences = fitted["request_type"], fitted["offence"]
        return Deciders(request, types[0], offences[0], types[1], offences[1])

    def _form(
        self,
        reading: Sequence[_Reading],
        views: Sequence[LetterView],
        readings: Sequence[Sequence[_Reading]],
        all_views: Sequence[Sequence[LetterView]],
    ) -> list[Opinion]:
        """Form the opinion on every letter by deciders that have not seen its fold."""
        opinions: dict[int, Opinion] = {}
        for fold in sorted({r.fold for r in reading}):
            held = {r.letter for r in reading if r.fold == fold}
            rest = [
                (r.letter, v)
                for rs, vs in zip(readings, all_views, strict=True)
                for r, v in zip(rs, vs, strict=True)
                if r.letter not in held
            ]
            deciders = self._fit_deciders(rest)
            for r, view in zip(reading, views, strict=True):
                if r.fold == fold:
                    opinions[r.letter] = form_opinion(deciders, view)
        return [opinions[r.letter] for r in reading]

    def _set_thresholds(self, opinions: Sequence[tuple[int, Opinion]]) -> Thresholds:
        targets = [self.lessons[i].targets for i, _ in opinions]
        asked = [
            (t.codes[facet_columns("request_type")], o.types)
            for t, (_, o) in zip(targets, opinions, strict=True)
            if t.letter[0]
        ]
        named = [(t.codes[facet_columns("offence")], o.offences) for t, (_, o) in zip(targets, opinions, strict=True)]
        offences = best_threshold(named)
        thresholds = Thresholds(0.5, best_threshold(asked), offences, best_lone(named, offences), 2.0)
        sure = [_is_sure(t, o, thresholds) for t, (_, o) in zip(targets, opinions, strict=True)]
        return replace(thresholds, certain=certain_threshold(sure))

    def _evaluate(
        self,
        reading: Sequence[_Reading],
        views: Sequence[LetterView],
        opinions: Sequence[Opinion],
        every_opinion: Sequence[tuple[int, Opinion]],
    ) -> Evaluation:
        answers = []
        sure: dict[str, list[tuple[float, bool]]] = {"all": []}
        for fold in sorted({r.fold for r in reading}):
            held = {r.letter for r in reading if r.fold == fold}
            thresholds = self._set_thresholds([(i, o) for i, o in every_opinion if i not in held])
            for r, view, opinion in zip(reading, views, opinions, strict=True):
                if r.fold == fold:
                    letter = self.letters[r.letter]
                    truth = Truth(letter.language, letter.is_request, letter.request_types, letter.offences)
                    answers.append((truth, decide(opinion, thresholds, view, "validation")))
                    one = _is_sure(self.lessons[r.letter].targets, opinion, thresholds)
                    sure["all"].append(one)
                    sure.setdefault(letter.language, []).append(one)
        return replace(evaluate(answers), risk_by_coverage={k: risk_by_coverage(v) for k, v in sure.items()})

    def _write_card(self, parts: Parts, result: TrainingResult) -> Card:
        data = hash_letters(self.letters)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        mark = sha256(parts.heads.passage_weights.tobytes() + parts.asked.weights[0].tobytes()).hexdigest()
        try:
            code = version("rogatory")
        except PackageNotFoundError:
            code = "source"
        return Card(
            id=f"{made[:10]}-{mark[:10]}",
            made_at=made,
            code_version=code,
            data_sha256=data,
            letters=len(self.letters),
            languages=tuple(sorted({letter.language for letter in self.letters})),
            seed=self.seed,
            figures=result.grouped.to_json(),
            unseen_language_figures=result.unseen_languages.to_json() if result.unseen_languages else {},
        )


def _is_sure(targets: Targets, opinion: Opinion, thresholds: Thresholds) -> tuple[float, bool]:
    """Return how sure an opinion is, and whether request or not and the set of request types are right."""
    right = (opinion.request >= thresholds.request) == bool(targets.letter[0])
    if right and targets.letter[0]:
        given = opinion.types >= thresholds.types
        right = bool((given == targets.codes[facet_columns("request_type")]).all())
    return sureness(opinion, thresholds), right


def _view(lesson: Lesson, scores: HeadScores, networks: tuple[Network, Network]) -> LetterView:
    odds = []
    for facet, network in zip(_FACETS, networks, strict=True):
        rows = view_pairs(lesson.features, scores, facet).rows
        odds.append(network.score(rows.reshape(-1, rows.shape[2])).reshape(rows.shape[:2]))
    return LetterView(lesson.features, scores, odds[0], odds[1])


def _fit_primary(inputs: Sequence[Floats], outputs: Sequence[NDArray[np.bool_]], like: Floats, seed: int) -> Network:
    """Fit the choice of the primary code; without letters of several codes the most likely one is primary."""
    if not inputs:
        weights = np.zeros((like.shape[1], 1), np.float32)
        weights[0] = 1.0
        return Network(
            np.zeros(len(weights), np.float32),
            np.ones(len(weights), np.float32),
            (weights,),
            (np.zeros(1, np.float32),),
        )
    return fit_network(np.concatenate(inputs), np.concatenate(outputs), seed)
