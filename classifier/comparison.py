"""A candidate beside the model in use, on letters that neither has learnt from: is it worse anywhere?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from classifier.evaluation import ClassFigures, Evaluation, Figures, Truth, evaluate
from classifier.samples import TrainingLetter
from classifier.values import TextClassifier

Part = Literal["overall", "language", "request_type", "offence"]

#: How far a figure may fall, as a share: one point overall, five on a class or language.
OVERALL_TOLERANCE, PART_TOLERANCE = 0.01, 0.05
#: On a class or language with fewer examples a fall says nothing.
LEAST_EXAMPLES = 10
#: Floats that are equal on paper are not always so here.
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of both models; shares 0..1."""

    part: Part
    name: str  #: of the class or language; empty overall
    figure: str  #: name in ``Figures`` or ``ClassFigures``
    examples: int
    in_use: float
    candidate: float

    @property
    def is_worse(self) -> bool:
        """Whether the candidate falls so far behind that somebody must say why it may answer nevertheless."""
        if self.part == "overall":
            return self.in_use - self.candidate > OVERALL_TOLERANCE + _NOTHING
        fall = self.in_use - self.candidate
        return self.examples >= LEAST_EXAMPLES and fall > PART_TOLERANCE + _NOTHING


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same letters."""

    candidate: str  #: id
    in_use: str  #: id
    test_part: str  #: SHA-256 over the letters compared on
    letters: int
    is_fair: bool  #: whether both models are known to have kept these letters out of their training
    rows: tuple[Row, ...]

    @property
    def worse(self) -> tuple[Row, ...]:
        """Where the candidate is worse by more than it may be."""
        return tuple(row for row in self.rows if row.is_worse)

    @property
    def may_promote(self) -> bool:
        """Whether the candidate may answer without anybody giving a reason."""
        return self.letters > 0 and not self.worse

    def to_json(self) -> dict[str, Any]:
        """Return plain values, with what follows from them."""
        rows = [{**asdict(row), "is_worse": row.is_worse} for row in self.rows]
        return {**asdict(self), "rows": rows, "may_promote": self.may_promote}


def comparison_from_json(raw: Mapping[str, Any]) -> Comparison:
    """Return the comparison that ``to_json`` gave."""
    rows = tuple(Row(**{name: value for name, value in row.items() if name != "is_worse"}) for row in raw["rows"])
    return Comparison(**{name: value for name, value in raw.items() if name != "may_promote"} | {"rows": rows})


def examine(model: TextClassifier, letters: Sequence[TrainingLetter]) -> Evaluation | None:
    """Return the figures of a model on letters, None without any."""
    answers = [
        (
            Truth(letter.language, letter.is_request, letter.request_types, letter.offences),
            model.classify([letter.text], letter.language),
        )
        for letter in letters
    ]
    return evaluate(answers) if answers else None


def compare(in_use: Evaluation, candidate: Evaluation) -> tuple[Row, ...]:
    """Return all figures of two evaluations on the same letters, side by side."""
    return tuple(_rows(in_use, candidate))


def _rows(in_use: Evaluation, candidate: Evaluation) -> Iterator[Row]:
    for figure in ("types_f1", "offences_f1", "is_request", "primary_type", "primary_offence"):
        yield _row("overall", "", figure, in_use.overall, candidate.overall)
    for language, figures in in_use.per_language.items():
        for figure in ("types_f1", "offences_f1", "is_request"):
            yield _row("language", language, figure, figures, candidate.per_language[language])
    both: tuple[tuple[Part, dict[str, ClassFigures], dict[str, ClassFigures]], ...] = (
        ("request_type", in_use.per_type, candidate.per_type),
        ("offence", in_use.per_offence, candidate.per_offence),
    )
    for part, before, after in both:
        for code in sorted(set(before) | set(after)):
            examples = max(one[code].examples for one in (before, after) if code in one)
            # A code that is never right and that one of the models never says is no fault of that model.
            absent = ClassFigures(examples, 0.0, 0.0, 0.0 if examples else 1.0)
            old, new = before.get(code, absent), after.get(code, absent)
            yield Row(part, code, "f1", examples, old.f1, new.f1)


def _row(part: Part, name: str, figure: str, in_use: Figures, candidate: Figures) -> Row:
    return Row(part, name, figure, in_use.letters, getattr(in_use, figure), getattr(candidate, figure))


def format_comparison(comparison: Comparison) -> str:
    """Return the comparison as lines of text for a terminal."""
    lines = [
        f"candidate {comparison.candidate}, in use {comparison.in_use}: {comparison.letters} letters of the test part",
        f"{'':14}{'':34}{'figure':16}{'examples':>9}{'in use':>8}{'candidate':>11}{'change':>8}",
    ]
    for row in comparison.rows:
        mark = "  worse" if row.is_worse else ""
        change = row.candidate - row.in_use
        lines.append(
            f"{row.part:14}{row.name:34}{row.figure:16}{row.examples:9}{row.in_use:8.3f}{row.candidate:11.3f}"
            f"{change:+8.3f}{mark}"
        )
    if not comparison.is_fair:
        lines.append("one of the two may have learnt from letters of the test part: its figures flatter it")
    if not comparison.letters:
        lines.append("there is no letter to compare on: only a person can say whether the candidate is better")
    return "\n".join(lines)
