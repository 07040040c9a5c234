"""What is learnt from letters that people confirmed or corrected, and what is not."""

from typing import Any

import pytest

from classifier.model import Model
from classifier.samples import TrainingLetter
from intake.confirmed_letters import WEIGHT
from tests.models.conftest import ASKING, Yard

OTHER = (
    "Court of Westtown\n\nFraud is investigated.\n\nWe ask that the witness be questioned and the statement recorded."
)


def stated(reference: str) -> dict[str, Any]:
    """Metadata of a letter with this reference of the sender."""
    return {"requesting_state": {"value": "MN"}, "reference": {"value": reference}, "urgent": {"value": False}}


def learnt(yard: Yard, model: Model) -> list[TrainingLetter]:
    return [letter for group in yard.confirmed(model) for letter in group.letters]


def test_a_confirmed_letter_is_learnt_from_with_the_persons_codes_and_more_weight(yard: Yard, trained: Model) -> None:
    letter = yard.letter()
    yard.confirm(letter, request_types=["extradition"], offences=["homicide"])
    (lesson,) = learnt(yard, trained)
    assert (lesson.request_types, lesson.offences, lesson.language) == (("extradition",), ("homicide",), "en")
    assert (lesson.weight, lesson.text, lesson.origin) == (WEIGHT, ASKING, "confirmed")
    assert WEIGHT > 1


def test_the_sentences_behind_the_codes_are_found(yard: Yard, trained: Model) -> None:
    yard.confirm(yard.letter(), request_types=["extradition"], offences=["homicide"])
    (lesson,) = learnt(yard, trained)
    marked = {(span.role, span.code): lesson.text[span.start : span.end] for span in lesson.spans}
    assert "extradition of the accused" in marked["ask", "extradition"]
    assert "charged with murder" in marked["offence", "homicide"]


def test_only_the_newest_confirmation_of_a_letter_counts(yard: Yard, trained: Model) -> None:
    letter = yard.letter()
    yard.confirm(letter, request_types=["bank_records"])
    yard.confirm(letter, request_types=["extradition"])
    assert [lesson.request_types for lesson in learnt(yard, trained)] == [("extradition",)]


def test_a_letter_nobody_confirmed_is_not_learnt_from(yard: Yard, trained: Model) -> None:
    yard.letter()
    assert learnt(yard, trained) == []


def test_what_a_person_says_is_no_request_asks_for_nothing(yard: Yard, trained: Model) -> None:
    yard.confirm(yard.letter(), is_request=False, request_types=["extradition"], offences=[])
    (lesson,) = learnt(yard, trained)
    assert (lesson.is_request, lesson.request_types) == (False, ("other",))
    assert not [span for span in lesson.spans if span.role == "ask"]


@pytest.mark.parametrize(
    ("legibility", "flags", "is_learnt"),
    [(0.5, (), True), (0.49, (), False), (0.9, ("rescan:faint",), False), (0.0, ("blank",), True)],
)
def test_a_letter_with_a_page_below_legibility_is_never_learnt_from(
    yard: Yard, trained: Model, legibility: float, flags: tuple[str, ...], is_learnt: bool
) -> None:
    yard.confirm(yard.letter(ASKING, legibility, *flags))
    assert bool(learnt(yard, trained)) == is_learnt


@pytest.mark.parametrize("language", ["qu", None])
def test_a_language_outside_the_taxonomy_is_left_out(yard: Yard, trained: Model, language: str | None) -> None:
    yard.confirm(yard.letter(language=language))
    assert learnt(yard, trained) == []


def test_letters_of_one_case_or_pattern_are_one_group(yard: Yard, trained: Model) -> None:
    yard.confirm(yard.letter(ASKING, metadata=stated("7/21")))
    yard.confirm(yard.letter(OTHER, metadata=stated("7/21")))
    lone = "Court of the East\n\nKindly have the summons served on the addressee."
    yard.confirm(yard.letter(lone, metadata=stated("8/21")))
    assert sorted(len(group.letters) for group in yard.confirmed(trained)) == [1, 2]
    for group in yard.confirmed(trained):
        assert len({letter.template for letter in group.letters}) == 1
        assert group.members == {f"letter:{letter.id}" for letter in group.letters}


def test_a_supplement_that_cites_our_number_belongs_to_that_letter(yard: Yard, trained: Model) -> None:
    first = yard.letter()
    yard.confirm(first)
    yard.confirm(yard.letter(OTHER, metadata=stated("9/21") | {"own_reference": {"value": first.number}}))
    assert [len(group.letters) for group in yard.confirmed(trained)] == [2]
