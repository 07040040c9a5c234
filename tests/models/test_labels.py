"""Every label keeps who gave it and what the person made of it."""

from storage.labels import count_disagreements, disagreements, labels_of, shadow_letters
from tests.makers import CLERK, NOW
from tests.models.conftest import Yard

TYPES = [{"code": "bank_records", "confidence": 0.9}, {"code": "extradition", "confidence": 0.6}]


def beside(*types: str, offences: tuple[str, ...] = ("embezzlement",), is_request: bool = True) -> dict[str, object]:
    """What the shadow m2 says."""
    return {
        "model": "m2",
        "is_request": {"value": is_request},
        "request_types": [{"code": code, "confidence": 0.7} for code in types],
        "offences": [{"code": code, "confidence": 0.7} for code in offences],
    }


def judged(yard: Yard, letter_id: object) -> dict[tuple[str, str], str | None]:
    return {(one.given_by, one.code): one.judgement for one in labels_of(yard.database, letter_id)}  # type: ignore[arg-type]


def test_a_label_names_its_model_and_waits_for_a_person(yard: Yard) -> None:
    letter = yard.letter(request_types=TYPES)
    assert judged(yard, letter.id) == {
        ("m1", "bank_records"): None,
        ("m1", "extradition"): None,
        ("m1", "embezzlement"): None,
    }
    assert {one.confidence for one in labels_of(yard.database, letter.id)} == {0.9, 0.6, 0.88}


def test_a_person_accepts_removes_and_adds_labels(yard: Yard) -> None:
    letter = yard.letter(request_types=TYPES)
    yard.confirm(letter, request_types=["bank_records", "taking_evidence"], offences=[])
    assert judged(yard, letter.id) == {
        ("m1", "bank_records"): "accepted",
        ("m1", "extradition"): "removed",
        ("m1", "embezzlement"): "removed",
        ("person", "taking_evidence"): "added",
    }


def test_the_newest_word_of_a_person_counts(yard: Yard) -> None:
    letter = yard.letter(request_types=TYPES)
    yard.confirm(letter, request_types=["taking_evidence"])
    yard.confirm(letter, request_types=["extradition"])
    assert judged(yard, letter.id)["m1", "extradition"] == "accepted"
    assert judged(yard, letter.id)["m1", "bank_records"] == "removed"
    assert ("person", "taking_evidence") not in judged(yard, letter.id)


def test_a_shadow_is_kept_apart_and_judged_whether_it_answers_before_or_after_the_person(yard: Yard) -> None:
    register = yard.office.keeping.register
    early, late = yard.letter(request_types=TYPES), yard.letter("another letter", request_types=TYPES)
    register.answered_beside(early.id, beside("bank_records", "taking_evidence"), NOW)
    for letter in (early, late):
        yard.confirm(letter, request_types=["bank_records", "taking_evidence"])
    register.answered_beside(late.id, beside("bank_records", "taking_evidence"), NOW)
    for letter in (early, late):
        assert judged(yard, letter.id)["m2", "taking_evidence"] == "accepted"
        assert judged(yard, letter.id)["person", "taking_evidence"] == "added"
        assert register.letter(letter.id).description["model"] == "m1"  # type: ignore[index]


def test_disagreements_are_counted_by_label_with_whom_people_sided(yard: Yard) -> None:
    register = yard.office.keeping.register
    first, second = yard.letter(request_types=TYPES), yard.letter("another letter", request_types=TYPES)
    register.answered_beside(first.id, beside("bank_records", "taking_evidence"), NOW)
    register.answered_beside(second.id, beside("bank_records", "extradition", offences=(), is_request=False), NOW)
    assert shadow_letters(yard.database, "m2") == 2
    found = {(one.number, one.facet, one.code, one.by_shadow) for one in disagreements(yard.database, "m2", 10)}
    assert found == {
        (first.number, "request_type", "extradition", False),
        (first.number, "request_type", "taking_evidence", True),
        (second.number, "offence", "embezzlement", False),
        (second.number, "request", "request", False),
    }
    yard.confirm(first, request_types=["bank_records", "taking_evidence"])
    yard.confirm(second, request_types=["bank_records", "extradition"])
    counts = {
        one.code: (one.by_in_use, one.by_shadow, one.shadow_right, one.in_use_right)
        for one in count_disagreements(yard.database, "m2")
    }
    assert counts == {
        "extradition": (1, 0, 1, 0),
        "taking_evidence": (0, 1, 1, 0),
        "embezzlement": (1, 0, 0, 1),
        "request": (1, 0, 0, 1),
    }
    assert disagreements(yard.database, "m1", 10) == []


def test_a_model_that_came_into_use_meanwhile_is_no_shadow_of_its_own(yard: Yard) -> None:
    letter = yard.letter(request_types=TYPES, model="m2")
    yard.office.keeping.register.answered_beside(letter.id, beside("taking_evidence"), NOW)
    assert ("m2", "taking_evidence") not in judged(yard, letter.id)


def test_a_letter_described_anew_has_the_labels_of_its_new_description_alone(yard: Yard) -> None:
    from storage.database import Job

    letter = yard.letter(request_types=TYPES, route={"authority": None, "copies": [], "review": True, "reasons": []})
    yard.office.keeping.register.answered_beside(letter.id, beside("taking_evidence"), NOW)
    yard.office.keeping.pages.order(letter.id, 1, CLERK, NOW, Job("read_again", {}))
    again = {**letter.description, "model": "m3", "request_types": TYPES[:1]}  # type: ignore[dict-item]
    yard.office.keeping.register.described(letter.id, again, NOW)
    assert {giver for giver, _ in judged(yard, letter.id)} == {"m3", "m2"}


def test_letters_of_before_get_their_labels_from_descriptions_and_confirmations(yard: Yard) -> None:
    from importlib import import_module

    import sqlalchemy as sa

    migration = import_module("storage.migrations.versions.v0003_labels_and_trainings")
    confirmed, waiting = yard.letter(request_types=TYPES), yard.letter("another letter", request_types=TYPES)
    yard.confirm(confirmed, request_types=["bank_records", "taking_evidence"])
    expected = {letter.id: judged(yard, letter.id) for letter in (confirmed, waiting)}
    with yard.database.transaction() as connection:
        answers = connection.execute(sa.text("DELETE FROM answer RETURNING letter_id, model, is_request_right")).all()
        connection.execute(sa.text("DELETE FROM label"))
        migration.fill_from_letters(connection)
        query = sa.text("SELECT letter_id, model, is_request_right FROM answer")
        assert set(connection.execute(query).all()) == set(answers)
    assert {letter.id: judged(yard, letter.id) for letter in (confirmed, waiting)} == expected
