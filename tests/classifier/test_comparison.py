"""A candidate beside the model in use: when it is worse by too much, and when nobody can tell."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.comparison import Comparison, Row, compare, comparison_from_json, examine, format_comparison
from classifier.evaluation import Truth, evaluate
from classifier.model import Model
from classifier.samples import TrainingLetter
from classifier.values import Classification, Label


def answer(*types: str, is_request: bool = True, offences: tuple[str, ...] = ()) -> Classification:
    labels = tuple(Label(code, 0.9) for code in types)
    return Classification(is_request, 0.9, labels, tuple(Label(code, 0.9) for code in offences), (), True, "m")


def row(part: str, examples: int, in_use: float, candidate: float) -> Row:
    return Row(part, "x", "f1", examples, in_use, candidate)  # type: ignore[arg-type]


def comparison(*rows: Row, letters: int = 50) -> Comparison:
    return Comparison("new", "old", "hash", letters, True, rows)


@pytest.mark.parametrize(
    ("part", "examples", "fall", "is_worse"),
    [
        ("overall", 1, 0.01, False),
        ("overall", 1, 0.011, True),
        ("language", 10, 0.05, False),
        ("language", 10, 0.051, True),
        ("language", 9, 0.9, False),
        ("request_type", 10, 0.06, True),
        ("offence", 10, 0.06, True),
        ("offence", 9, 0.06, False),
    ],
)
def test_a_fall_counts_from_one_point_overall_and_five_where_there_are_ten_examples(
    part: str, examples: int, fall: float, is_worse: bool
) -> None:
    assert row(part, examples, 0.9, 0.9 - fall).is_worse == is_worse
    assert comparison(row(part, examples, 0.9, 0.9 - fall)).may_promote == (not is_worse)


@given(st.sampled_from(["overall", "language", "offence"]), st.integers(0, 100), st.floats(0, 1), st.floats(0, 1))
def test_what_is_as_good_or_better_never_needs_a_reason(part: str, examples: int, one: float, other: float) -> None:
    assert not row(part, examples, min(one, other), max(one, other)).is_worse


def test_without_a_letter_to_compare_on_a_reason_is_needed() -> None:
    assert not comparison(letters=0).may_promote
    assert "only a person can say" in format_comparison(comparison(letters=0))


def test_classes_and_languages_stand_side_by_side_also_where_one_model_says_nothing() -> None:
    truths = [Truth("en", True, ("extradition",), ("fraud",)), Truth("mn", True, ("bank_records",), ())]
    before = evaluate([(truths[0], answer("extradition")), (truths[1], answer("bank_records"))])
    after = evaluate([(truths[0], answer("extradition", "search_and_seizure")), (truths[1], answer("extradition"))])
    rows = {(r.part, r.name, r.figure): (r.in_use, r.candidate) for r in compare(before, after)}
    assert rows["language", "mn", "types_f1"] == (1.0, 0.0)
    assert rows["request_type", "bank_records", "f1"] == (1.0, 0.0)
    assert rows["request_type", "search_and_seizure", "f1"] == (1.0, 0.0)
    assert rows["overall", "", "types_f1"][0] == 1.0
    assert rows["offence", "fraud", "f1"] == (0.0, 0.0)


def test_a_comparison_comes_back_from_json_as_it_was() -> None:
    one = comparison(row("overall", 50, 0.9, 0.5), row("offence", 12, 0.9, 0.9))
    assert comparison_from_json(one.to_json()) == one
    assert one.to_json()["may_promote"] is False
    assert [r["is_worse"] for r in one.to_json()["rows"]] == [True, False]


def test_the_table_marks_what_is_worse_and_says_when_it_is_unfair() -> None:
    text = format_comparison(replace(comparison(row("overall", 50, 0.9, 0.5)), is_fair=False))
    assert "worse" in text
    assert "flatter" in text


def test_a_model_beside_itself_is_nowhere_worse(model: Model, letters: list[TrainingLetter]) -> None:
    figures = examine(model, letters)
    assert figures is not None
    assert figures.overall.letters == len(letters)
    assert not any(r.is_worse or r.in_use != r.candidate for r in compare(figures, figures))
    assert examine(model, []) is None
