"""Training, comparing, putting into use and trying out, while the model in use keeps answering."""

from dataclasses import replace

import pytest

from classifier import encoder_weights
from classifier.comparison import Comparison, Row
from classifier.encoder import shared_encoder
from classifier.keeping_out import TestPart, group_by_template
from classifier.samples import load_letters
from intake.answering import ModelInUse, open_sound
from intake.errors import BadRequest, Conflict, ModelRefused, NotFound, PromotionRefused
from intake.models import Models
from intake.training import compare_models, ensure_model, train_candidate
from tests.makers import CLERK
from tests.models.conftest import Yard

WORSE = Row("offence", "fraud", "f1", 12, 0.9, 0.6)


def damage(yard: Yard, model_id: str) -> None:
    path = yard.shelf.root / model_id / "arrays.npz"
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)


def weighing(yard: Yard, *rows: Row, letters: int = 20) -> Models:
    """Models whose comparison comes out as told."""

    def compare(candidate: str, in_use: str) -> Comparison:
        return Comparison(candidate, in_use, "hash", letters, True, rows)

    return Models(yard.shelf, yard.database, yard.clock, compare)


def test_a_candidate_that_is_worse_is_refused_and_the_one_in_use_stays(yard: Yard, two: tuple[str, str]) -> None:
    with pytest.raises(PromotionRefused, match=r"fraud f1 0\.900 to 0\.600"):
        weighing(yard, WORSE).promote(two[1], CLERK)
    assert yard.shelf.in_use() == two[0]
    assert "promoted" not in [action for action, _ in yard.actions()]


def test_a_reason_lets_a_worse_candidate_answer_and_stands_in_the_trail(yard: Yard, two: tuple[str, str]) -> None:
    weighing(yard, WORSE).promote(two[1], CLERK, "  Fraud is  no longer ours.\0 ")
    assert yard.shelf.in_use() == two[1]
    action, details = yard.actions()[-1]
    assert (action, details["from"], details["to"]) == ("promoted", two[0], two[1])
    assert details["reason"] == "Fraud is no longer ours."
    assert "fraud f1" in details["worse"]


def test_a_candidate_as_good_needs_no_reason(yard: Yard, two: tuple[str, str]) -> None:
    weighing(yard, replace(WORSE, candidate=0.86)).promote(two[1], CLERK)
    assert yard.actions()[-1] == ("promoted", {"from": two[0], "to": two[1]})


def test_without_letters_to_compare_on_a_reason_is_needed(yard: Yard, two: tuple[str, str]) -> None:
    with pytest.raises(PromotionRefused, match="no letter to compare on"):
        weighing(yard, letters=0).promote(two[1], CLERK)


def test_a_reason_has_its_length_and_unknown_models_are_unknown(yard: Yard, two: tuple[str, str]) -> None:
    with pytest.raises(BadRequest):
        weighing(yard).promote(two[1], CLERK, "x" * 501)
    with pytest.raises(NotFound):
        weighing(yard).promote("nobody", CLERK)


def test_the_comparison_a_training_made_is_kept_and_used(yard: Yard, two: tuple[str, str]) -> None:
    models = weighing(yard)
    models.keep_comparison(Comparison(two[1], two[0], "hash", 20, True, (WORSE,)))
    with pytest.raises(PromotionRefused):
        models.promote(two[1], CLERK)
    assert models.compare(two[1]).may_promote
    models.promote(two[1], CLERK)


def test_a_damaged_model_in_use_can_be_replaced_with_a_reason(yard: Yard, two: tuple[str, str]) -> None:
    damage(yard, two[0])
    with pytest.raises(PromotionRefused, match="cannot be compared"):
        yard.models.promote(two[1], CLERK)
    yard.models.promote(two[1], CLERK, "the disk failed")
    assert yard.shelf.in_use() == two[1]


def test_promotion_and_roll_back_show_at_the_next_letter_without_a_restart(yard: Yard, two: tuple[str, str]) -> None:
    answering = ModelInUse(yard.shelf)
    assert answering().card.id == two[0]
    weighing(yard).promote(two[1], CLERK)
    assert answering().card.id == two[1]
    assert answering() is answering()
    weighing(yard).rollback(CLERK)
    assert answering().card.id == two[0]


@pytest.mark.parametrize("fault", ["flipped bit", "no signature", "note"])
def test_while_another_may_not_answer_the_one_in_use_keeps_answering(
    yard: Yard, two: tuple[str, str], fault: str
) -> None:
    answering = ModelInUse(yard.shelf)
    assert answering().card.id == two[0]
    yard.shelf.promote(two[1])
    if fault == "flipped bit":
        damage(yard, two[1])
    elif fault == "no signature":
        (yard.shelf.root / two[1] / "manifest.sig").unlink()
    else:
        (yard.shelf.root / "in_use.json").write_text("{")
    assert answering().card.id == two[0]


def test_after_a_restart_the_newest_sound_model_answers_and_without_one_the_error_says_why(
    yard: Yard, two: tuple[str, str]
) -> None:
    yard.shelf.promote(two[1])
    damage(yard, two[1])
    assert open_sound(yard.shelf).card.id == two[0]
    damage(yard, two[0])
    with pytest.raises(ModelRefused, match="not as it was written"):
        open_sound(yard.shelf)
    with pytest.raises(ModelRefused):
        ensure_model(yard.school)


@pytest.fixture
def no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    shared_encoder.cache_clear()
    monkeypatch.setattr(encoder_weights, "_PACKAGE", "no-such-package")


@pytest.mark.usefixtures("no_encoder")
def test_without_the_sentence_encoder_a_start_says_what_is_missing_and_trains_nothing(
    yard: Yard, two: tuple[str, str]
) -> None:
    with pytest.raises(ModelRefused, match="the sentence encoder is not installed"):
        ensure_model(yard.school)
    assert yard.shelf.history() == (two[0],)


@pytest.mark.usefixtures("no_encoder")
def test_without_the_sentence_encoder_a_first_start_says_what_is_missing(yard: Yard) -> None:
    with pytest.raises(ModelRefused, match="the sentence encoder is not installed"):
        ensure_model(yard.school)


def test_a_shadow_is_begun_ended_and_recorded_and_ends_with_its_promotion(yard: Yard, two: tuple[str, str]) -> None:
    models = weighing(yard)
    models.set_shadow(two[1], CLERK)
    assert (models.shadow(), models.in_use()) == (two[1], two[0])
    models.set_shadow(None, CLERK)
    assert models.shadow() is None
    with pytest.raises(Conflict, match="beside itself"):
        models.set_shadow(two[0], CLERK)
    models.set_shadow(two[1], CLERK)
    models.promote(two[1], CLERK)
    assert models.shadow() is None
    changes = [(details["from"], details["to"]) for action, details in yard.actions() if action == "shadow_changed"]
    assert changes == [(None, two[1]), (two[1], None), (None, two[1])]


def test_a_damaged_model_becomes_no_shadow(yard: Yard, two: tuple[str, str]) -> None:
    damage(yard, two[1])
    with pytest.raises(Conflict, match="not as it was written"):
        yard.models.set_shadow(two[1], CLERK)
    assert yard.models.shadow() is None


def test_signing_is_recorded(yard: Yard, two: tuple[str, str]) -> None:
    (yard.shelf.root / two[1] / "manifest.sig").unlink()
    with pytest.raises(Conflict, match="has not signed"):
        yard.models.card(two[1])
    yard.models.sign(two[1], CLERK)
    assert yard.models.card(two[1]).id == two[1]
    assert yard.actions()[-1] == ("signed", {"model": two[1]})


def test_the_first_model_is_trained_signed_and_put_into_use_and_the_next_learns_from_confirmed_letters(
    yard: Yard,
) -> None:
    ensure_model(yard.school)
    first = yard.shelf.open().card
    ensure_model(yard.school)
    assert [card.id for card in yard.shelf.models()] == [first.id]
    split = TestPart(yard.shelf.root).split(group_by_template(load_letters(yard.school.source / "letters")))
    assert (len(split.learn), len(split.test), first.letters) == (30, 6, 30)

    yard.confirm(yard.letter(), request_types=["extradition"], offences=["homicide"])
    candidate = train_candidate(yard.school, lambda _: None)
    card, comparison = candidate.card, candidate.comparison
    assert yard.shelf.in_use() == first.id
    tested = card.test_figures["overall"]["letters"]
    assert (card.letters - 30, tested - 6) in {(1, 0), (0, 1)}  # its hash decides on which side the letter is
    assert card.letters == 30 + card.confirmed_letters
    assert {name: len(value) for name, value in card.hashes.items()} == {
        "training_text": 64,
        "confirmed_letters": 64,
        "test_part": 64,
    }
    assert card.hashes["training_text"] == first.hashes["training_text"]
    assert card.test_figures["per_language"]["en"]["letters"] == tested
    assert card.code_version and card.purpose and card.not_for
    assert comparison is not None
    assert (comparison.candidate, comparison.in_use, comparison.letters) == (card.id, first.id, tested)
    assert comparison.is_fair
    assert comparison.test_part == card.hashes["test_part"]
    assert compare_models(yard.school, card.id, first.id) == comparison


def test_beside_a_model_that_knows_of_no_test_part_the_comparison_is_marked(yard: Yard, two: tuple[str, str]) -> None:
    assert not compare_models(yard.school, two[1], two[0]).is_fair
