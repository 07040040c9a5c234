from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.counter.counter import Counter, lay_before_person
from intake.counter.offences import find_candidates
from intake.counter.rules import CounterRules
from intake.counter.values import EYES, CounterWarning, Provision
from intake.counter.working_days import working_days_between
from intake.values import CompletenessItem, Document, Person, Route
from tests.counter.descriptions import RULES, TODAY, described, hearing, said, warned


def test_a_letter_with_nothing_wrong_is_not_warned_of() -> None:
    assert warned(described(requested_state=said("KZ"))) == {}


def test_a_letter_to_another_state_is_at_the_wrong_door() -> None:
    assert warned(described(requested_state=said("UZ"))) == {"wrong_addressee": {"state": "UZ"}}


def test_an_office_of_no_real_state_never_takes_itself_for_the_wrong_door() -> None:
    assert warned(described(requested_state=said("UZ")), state=None) == {}


def test_a_civil_matter_is_at_the_wrong_door_where_only_criminal_ones_are_handled() -> None:
    letter = described("service_of_documents", offences=("civil_or_commercial",))
    assert "civil_matter" in warned(letter)
    assert warned(letter, matters=frozenset({"civil", "criminal"})) == {}
    assert warned(described(offences=("civil_or_commercial", "fraud"))) == {}


@pytest.mark.parametrize(("answer", "expected"), [(True, False), (None, False), (False, True)])
def test_a_sender_is_doubted_only_where_a_directory_says_so(answer: bool | None, expected: bool) -> None:
    counter = Counter(RULES, designated=lambda state, name: answer, today=lambda: TODAY)
    letter = described(requesting_state=said("MN"), requesting_authority=said("Office of a notary"))
    assert ("sender_not_designated" in warned(letter, counter=counter)) is expected


def test_a_letter_in_no_accepted_language_wants_a_translation_unless_one_came() -> None:
    letter = described(language="de")
    assert warned(letter) == {"no_translation": {"languages": "kk ru"}}
    with_one = replace(letter, documents=(*letter.documents, Document("translation", 2, 2, "ru")))
    assert warned(with_one) == {}
    assert warned(letter, languages=frozenset()) == {}


def test_a_hearing_is_too_near_for_the_slowest_act_of_the_letter() -> None:
    times = {"default": 5, "service_of_documents": 30, "bank_records": 10}
    letter = described("bank_records", "service_of_documents", deadline=hearing("2026-04-01"))
    found = warned(letter, lead_times=times)["hearing_too_near"]
    assert (found["needed"], found["date"]) == (30, "2026-04-01")
    assert found["left"] < 22
    assert warned(described("bank_records", deadline=hearing("2026-04-01")), lead_times=times) == {}


def test_a_day_gone_by_is_said_to_be_over() -> None:
    assert "deadline_over" in warned(described(deadline=hearing("2026-03-01")))


@pytest.mark.parametrize(
    ("kind", "code"),
    [("limitation", "limitation_near"), ("custody", "custody_near"), ("preservation", "preservation_near")],
)
def test_what_ends_soon_is_near_and_what_ends_late_is_not(kind: str, code: str) -> None:
    assert warned(described(deadline=hearing("2026-05-01", kind)))[code]["left"] == 60
    assert warned(described(deadline=hearing("2027-05-01", kind))) == {}


def test_pages_that_cannot_be_read_and_a_signature_that_is_not_there_are_named() -> None:
    lack = CompletenessItem("signature_seal", "missing", "curable", (), "good practice")
    letter = replace(described(), illegible_pages=(2, 5), completeness=(lack,))
    assert warned(letter) == {"illegible_pages": {"pages": "2, 5"}, "unsigned": {}}


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "He is charged with treason and espionage.", "political"),
        ("fr", "Il est poursuivi pour désertion devant le tribunal militaire.", "military"),
        ("ru", "Преступление наказывается смертной казнью.", "death_penalty"),
        ("ar", "الجريمة معاقب عليها بالإعدام.", "death_penalty"),
        ("zh", "该罪最高可判处死刑。", "death_penalty"),
        ("es", "El imputado invoca inmunidad como agente diplomático.", "immunity"),
        ("de", "Der Beschuldigte beruft sich auf Immunität.", "immunity"),
        ("tr", "Sanık hakkında idam cezası istenmektedir.", "death_penalty"),
    ],
)
def test_sensitive_grounds_are_shown_to_a_lawyer(language: str, text: str, code: str) -> None:
    assert code in warned(described(language=language), text, languages=frozenset())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The offence is not of a political nature, nor a military offence."),
        ("fr", "L'infraction n'a pas de caractère politique."),
        ("ru", "Преступление не носит политического характера."),
    ],
)
def test_the_usual_assurance_that_an_offence_is_not_political_is_no_ground(language: str, text: str) -> None:
    assert warned(described(language=language), text, languages=frozenset()) == {}


def test_an_assurance_about_the_death_penalty_is_for_a_lawyer_all_the_same() -> None:
    assert "death_penalty" in warned(described(language="en"), "The death penalty will not be sought.", languages=set())


def test_an_own_national_matters_where_liberty_is_at_stake() -> None:
    person = Person("A B", nationality="KZ")
    assert "nationality" in warned(described("extradition", persons=(person,)))
    assert warned(described("bank_records", persons=(person,))) == {}
    assert warned(described("extradition", persons=(replace(person, nationality="MN"),))) == {}


def test_an_offence_without_a_candidate_is_flagged_to_a_lawyer_and_the_others_are_shown() -> None:
    counter = Counter(RULES, {"fraud": [Provision("Penal Code 190", "Fraud")]}, today=lambda: TODAY)
    found = counter.look(described(offences=("fraud", "smuggling", "civil_or_commercial")), [])
    assert [(one.offence, len(one.provisions)) for one in found.domestic_offences] == [("fraud", 1), ("smuggling", 0)]
    assert [(one.code, one.eye) for one in found.warnings] == [("no_domestic_offence", "lawyer")]
    assert Counter(RULES, today=lambda: TODAY).look(described(offences=("fraud",)), []).domestic_offences == ()


def test_candidates_come_in_the_order_of_the_letter() -> None:
    assert [one.offence for one in find_candidates({}, ["b", "a"])] == ["b", "a"]


def test_a_warning_that_somebody_must_see_lays_the_letter_before_a_person_with_the_reason() -> None:
    route = Route("police", review=False, reasons=("Records go there.",))
    stopped = lay_before_person(route, [CounterWarning("death_penalty"), CounterWarning("copy_of_earlier")])
    assert stopped.review
    assert stopped.authority == "police"
    assert stopped.reasons[1:] == (
        "The counter warns for a lawyer: death penalty.",
        "The counter warns for the registry: copy of earlier.",
    )
    assert lay_before_person(route, [CounterWarning("unsigned")]) == route
    assert set(EYES.values()) == {"clerk", "lawyer"}


def test_working_days_leave_out_the_states_holidays_and_its_own_weekend() -> None:
    # Nauryz, 21 to 23 March 2026, and what is given back for a Saturday and a Sunday.
    whole = working_days_between(date(2026, 3, 16), date(2026, 3, 30), RULES)
    assert whole < 10
    kuwait = CounterRules(state="KW", weekend=frozenset({5, 6}))
    # Friday and Saturday rest, Sunday works: 15 to 19 November 2026.
    assert working_days_between(date(2026, 11, 12), date(2026, 11, 19), kuwait) == 5
    assert working_days_between(date(2026, 11, 12), date(2026, 11, 19), replace(kuwait, weekend=None)) == 5
    more = replace(RULES, holidays=frozenset({date(2026, 3, 17)}))
    assert working_days_between(date(2026, 3, 16), date(2026, 3, 30), more) == whole - 1


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-30, 400), st.integers(0, 60))
def test_working_days_are_never_more_than_days_and_never_fewer_for_a_later_end(
    start: date, days: int, more: int
) -> None:
    end = start + timedelta(days=days)
    count = working_days_between(start, end, RULES)
    assert 0 <= count <= max(0, days)
    assert working_days_between(start, end + timedelta(days=more), RULES) >= count
