"""How good answers are: F1 of request types and offences, request or not, primary codes, calibration, review."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from classifier.values import Classification, Label


@dataclass(frozen=True, slots=True)
class Truth:
    """What is right to say of a letter."""

    language: str
    is_request: bool
    request_types: tuple[str, ...]  #: primary first
    offences: tuple[str, ...]  #: primary first


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How well one code is found; shares 0..1."""

    examples: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How good a model's answers are; shares 0..1."""

    letters: int
    types_f1: float  #: micro-averaged
    types_macro_f1: float  #: over codes that occur
    offences_f1: float
    offences_macro_f1: float
    is_request: float  #: share of letters judged rightly
    primary_type: float  #: share of requests whose primary type is right
    primary_offence: float  #: share of letters with an offence whose primary offence is right
    types_calibration_error: float  #: expected, ten bins, over all labels given or suspected
    offences_calibration_error: float
    certain: float  #: share of letters that would pass without review
    certain_wrong: float  #: share of those whose set of request types is wrong


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures overall, per class and per language."""

    overall: Figures
    per_language: dict[str, Figures]
    per_type: dict[str, ClassFigures]
    per_offence: dict[str, ClassFigures]
    #: of all and of each language: share of wrong sets of types among the surest tenth of letters, two tenths, …
    risk_by_coverage: dict[str, tuple[float, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """Return plain values for a card."""
        return asdict(self)


Answer = tuple[Truth, Classification]


def evaluate(answers: Sequence[Answer]) -> Evaluation:
    """Return the figures of answers to letters whose truth is known; at least one."""
    by_language: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_language[answer[0].language].append(answer)
    return Evaluation(
        overall=_figures(answers),
        per_language={language: _figures(group) for language, group in sorted(by_language.items())},
        per_type=_per_class(answers, lambda t: t.request_types, lambda c: c.request_types),
        per_offence=_per_class(answers, lambda t: t.offences, lambda c: c.offences),
    )


def format_table(evaluation: Evaluation) -> str:
    """Return the figures as lines of text for a terminal."""
    head = (
        f"{'':24}{'letters':>8}{'types F1':>10}{'offences':>10}{'request?':>10}{'primary':>9}{'certain':>9}{'wrong':>7}"
    )
    lines = [head, _line("all", evaluation.overall)]
    lines += [_line(language, figures) for language, figures in evaluation.per_language.items()]
    o = evaluation.overall
    lines += [
        f"macro F1: types {o.types_macro_f1:.3f}, offences {o.offences_macro_f1:.3f}",
        f"primary offence {o.primary_offence:.3f}",
        f"calibration error: types {o.types_calibration_error:.3f}, offences {o.offences_calibration_error:.3f}",
        f"{'':34}{'examples':>9}{'precision':>11}{'recall':>8}{'F1':>7}",
    ]
    for per_class in (evaluation.per_type, evaluation.per_offence):
        lines += [
            f"{code:34}{c.examples:9}{c.precision:11.2f}{c.recall:8.2f}{c.f1:7.2f}" for code, c in per_class.items()
        ]
    if evaluation.risk_by_coverage:
        lines.append("wrong sets of request types among the surest tenth of letters, two tenths, … all, %:")
    for name, risks in evaluation.risk_by_coverage.items():
        lines.append(f"{name:24}" + "".join(f"{100 * risk:6.1f}" for risk in risks))
    return "\n".join(lines)


def _line(name: str, f: Figures) -> str:
    return (
        f"{name:24}{f.letters:8}{f.types_f1:10.3f}{f.offences_f1:10.3f}{f.is_request:10.3f}"
        f"{f.primary_type:9.3f}{f.certain:9.3f}{f.certain_wrong:7.3f}"
    )


def _figures(answers: Sequence[Answer]) -> Figures:
    types = _per_class(answers, lambda t: t.request_types, lambda c: c.request_types)
    offences = _per_class(answers, lambda t: t.offences, lambda c: c.offences)
    requests = [a for a in answers if a[0].is_request]
    charged = [a for a in answers if a[0].offences]
    sure = [a for a in answers if a[1].certain]
    return Figures(
        letters=len(answers),
        types_f1=_micro(answers, lambda t: t.request_types, lambda c: c.request_types),
        types_macro_f1=_mean([c.f1 for c in types.values() if c.examples]),
        offences_f1=_micro(answers, lambda t: t.offences, lambda c: c.offences),
        offences_macro_f1=_mean([c.f1 for c in offences.values() if c.examples]),
        is_request=_mean([float(t.is_request == c.is_request) for t, c in answers]),
        primary_type=_mean(
            [float(_first(c.request_types) == t.request_types[0]) for t, c in requests if t.request_types]
        ),
        primary_offence=_mean([float(_first(c.offences) == t.offences[0]) for t, c in charged]),
        types_calibration_error=_calibration_error(answers, lambda t: t.request_types, lambda c: c.request_types),
        offences_calibration_error=_calibration_error(answers, lambda t: t.offences, lambda c: c.offences),
        certain=_mean([float(c.certain) for _, c in answers]),
        certain_wrong=_mean([float(set(t.request_types) != _codes(c.request_types)) for t, c in sure]),
    )


def _micro(
    answers: Sequence[Answer],
    right: Callable[[Truth], tuple[str, ...]],
    given: Callable[[Classification], tuple[Label, ...]],
) -> float:
    hits = sum(len(set(right(t)) & _codes(given(c))) for t, c in answers)
    total = sum(len(right(t)) + len(given(c)) for t, c in answers)
    return 2 * hits / total if total else 1.0


def _per_class(
    answers: Sequence[Answer],
    right: Callable[[Truth], tuple[str, ...]],
    given: Callable[[Classification], tuple[Label, ...]],
) -> dict[str, ClassFigures]:
    truth, said, hits = Counter[str](), Counter[str](), Counter[str]()
    for t, c in answers:
        truth.update(right(t))
        said.update(_codes(given(c)))
        hits.update(set(right(t)) & _codes(given(c)))
    figures = {}
    for code in sorted(set(truth) | set(said)):
        precision = hits[code] / said[code] if said[code] else 0.0
        recall = hits[code] / truth[code] if truth[code] else 0.0
        f1 = 2 * hits[code] / (truth[code] + said[code])
        figures[code] = ClassFigures(truth[code], precision, recall, f1)
    return figures


def _calibration_error(
    answers: Sequence[Answer],
    right: Callable[[Truth], tuple[str, ...]],
    given: Callable[[Classification], tuple[Label, ...]],
) -> float:
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for t, c in answers:
        for label in given(c):
            bins[min(9, int(label.confidence * 10))].append((label.confidence, label.code in right(t)))
    total = sum(len(b) for b in bins.values())
    gaps = [abs(sum(p for p, _ in b) - sum(hit for _, hit in b)) for b in bins.values()]
    return sum(gaps) / total if total else 0.0


def _first(labels: tuple[Label, ...]) -> str | None:
    return labels[0].code if labels else None


def _codes(labels: tuple[Label, ...]) -> set[str]:
    return {label.code for label in labels}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
