"""What a lawyer can write: places, groups of equal rules, chains, notices, review steps, and how silence is treated."""

from pathlib import Path

import pytest

from intake.routing import ProfileCompetence, ProfileError, check_profile, load_profile
from intake.routing.profile import Profile
from intake.routing.stage import find_stage
from intake.values import Part, Route
from tests.routing.descriptions import described

HEAD = """\
code: here
name: Here
authorities:
  - {code: court, name: The Court}
  - {code: office, name: The Office}
  - {code: police, name: The Police}
"""


def profile(folder: Path, rules: str, head: str = HEAD) -> Profile:
    path = folder / "here.yaml"
    path.write_text(head + rules, encoding="utf-8")
    return load_profile(path)


def route(folder: Path, rules: str, *types: str, text: str = "", **more: object) -> Route:
    description = described(*types, **{"offences": ("fraud",), **more})  # type: ignore[arg-type]
    return ProfileCompetence(profile(folder, rules)).assign(description, text)


PLACES = """\
rules:
  - when: {place: [Northtown, شمال]}
    to: court
default: {to: office}
"""


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("the flat at 3 Mill Lane, NORTHTOWN", "court"),
        ("في مدينة شمال", "court"),
        ("the flat in Southtown", "office"),
        ("in Grandnorthtown", "office"),
    ],
)
def test_a_place_named_in_the_request_decides(tmp_path: Path, text: str, authority: str) -> None:
    found = route(tmp_path, PLACES, "search_and_seizure", text=text)
    assert (found.authority, found.review) == (authority, False)


EQUAL = """\
rules:
  - equal:
      - when: {offences: [fraud]}
        to: court
      - when: {requesting_state: [FR]}
        to: office
default: {to: police}
"""


def test_two_equal_rules_that_fit_leave_competence_undetermined_with_both_as_candidates(tmp_path: Path) -> None:
    found = route(tmp_path, EQUAL, "bank_records", state="FR")
    assert (found.authority, found.parts, found.review) == (None, (), True)
    assert {one.authority: one.fit for one in found.candidates} == {"court": 1.0, "office": 1.0}
    assert found.reasons[0].startswith("Competence undetermined")
    assert "Several rules fit or may fit (lines 9, 11), for different authorities." in found.reasons


def test_of_equal_rules_the_only_one_that_fits_decides(tmp_path: Path) -> None:
    found = route(tmp_path, EQUAL, "bank_records", state="IT")
    assert (found.authority, found.review) == ("court", False)


def test_equal_rules_for_the_same_authority_agree(tmp_path: Path) -> None:
    assert route(tmp_path, EQUAL.replace("to: office", "to: court"), "bank_records", state="FR").authority == "court"


def test_what_the_letter_does_not_say_keeps_an_earlier_rule_in_question(tmp_path: Path) -> None:
    rules = "rules:\n  - when: {requesting_state: [FR]}\n    to: court\ndefault: {to: office}\n"
    silent, said = (route(tmp_path, rules, "bank_records", state=state) for state in (None, "IT"))
    assert (silent.authority, silent.review, said.review) == ("office", True, False)
    assert [one.authority for one in silent.candidates] == ["court"]
    assert "It may be for The Court: not known: the requesting State (FR) (profile here, line 8)." in silent.reasons


CHAIN = """\
rules:
  - when: {request_types: [extradition]}
    to: office
    then: [police, Parliament]
    notify: [court]
    review: [the Minister has signed, the embassy is told]
default: {to: court}
"""


def test_a_chain_names_who_acts_next_and_its_queues_get_the_letter_in_turn(tmp_path: Path) -> None:
    found = route(tmp_path, CHAIN, "extradition")
    assert found.parts == (Part("office", ("extradition",), ("police",)),)
    assert found.reasons[0].startswith("The Office, then The Police, then Parliament: ")


def test_review_steps_are_listed_and_nobody_is_told_before_they_are_done(tmp_path: Path) -> None:
    found = route(tmp_path, CHAIN, "extradition")
    assert found.review
    assert found.steps == ("the Minister has signed", "the embassy is told")
    assert found.notices == ("court",)
    assert "The Court is told that the letter came." in found.reasons


def test_who_acts_is_neither_copied_nor_told_besides(tmp_path: Path) -> None:
    rules = CHAIN.replace("notify: [court]", "copies: [court, police]")
    found = route(tmp_path, rules, "extradition", "bank_records")
    assert [part.authority for part in found.parts] == ["office", "court"]
    assert found.copies == ()


def test_an_authority_that_always_passes_on_makes_the_chain_of_every_rule(tmp_path: Path) -> None:
    head = HEAD.replace("name: The Office}", "name: The Office, passes_to: court}")
    found = ProfileCompetence(profile(tmp_path, "rules: []\ndefault: {to: office}\n", head)).assign(described("other"))
    assert found.parts[0].then == ("court",)


@pytest.mark.parametrize(
    ("head", "rules", "line", "circle"),
    [
        (HEAD, CHAIN.replace("[police, Parliament]", "[police, office]"), 8, "office → police → office"),
        (
            HEAD.replace("The Court}", "The Court, passes_to: office}").replace(
                "The Office}", "The Office, passes_to: court}"
            ),
            CHAIN,
            4,
            "court → office → court",
        ),
        (
            HEAD.replace("The Police}", "The Police, passes_to: office}"),
            CHAIN.replace(", Parliament", ""),
            8,
            "office → police → office",
        ),
    ],
)
def test_a_chain_in_a_circle_is_refused_with_file_line_and_remedy(
    tmp_path: Path, head: str, rules: str, line: int, circle: str
) -> None:
    with pytest.raises(ProfileError) as refused:
        profile(tmp_path, rules, head)
    assert f"here.yaml, line {line}: the chain runs in a circle ({circle}): let it end" in str(refused.value)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (CHAIN.replace("[police, Parliament]", "[polcie]"), "'polcie' is no authority of this profile"),
        (CHAIN.replace("notify: [court]", "notify: [cuort]"), "'cuort' is no authority of this profile"),
        (CHAIN.replace("[the Minister has signed, the embassy is told]", "[]"), "'review' gives no reason"),
        ("rules:\n  - equal:\n      - when: {stage: [trial]}\n        to: court\n", "fewer than two rules"),
        ('rules:\n  - when: {place: [" "]}\n    to: court\n', "'place' is empty"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, rules: str, words: str) -> None:
    with pytest.raises(ProfileError, match=words):
        profile(tmp_path, rules)


def test_a_stage_that_the_measure_excludes_and_an_unknown_instrument_are_found(tmp_path: Path) -> None:
    rules = """\
rules:
  - when: {request_types: [confiscation_or_forfeiture], stage: [trial]}
    to: court
  - when: {legal_basis: [uncca]}
    to: police
default: {to: office}
"""
    assert check_profile(profile(tmp_path, rules)) == [
        "Line 8: this rule never fits: what it asks for is asked at the stage of enforcement; correct its condition.",
        "Line 10: 'uncca' is no instrument; write 'uncac' if that is meant.",
    ]


def test_equal_rules_do_not_stand_in_each_others_way(tmp_path: Path) -> None:
    rules = EQUAL.replace("requesting_state: [FR]", "offences: [fraud, theft]")
    assert check_profile(profile(tmp_path, rules)) == []


def test_a_letter_to_three_authorities_goes_where_the_rules_send_it(tmp_path: Path) -> None:
    text = "To the Ministry of Justice; to the Prosecutor General; to the Supreme Court: search the house in Northtown."
    found = route(tmp_path, PLACES, "search_and_seizure", text=text)
    assert (found.authority, found.parts) == ("court", (Part("court", ("search_and_seizure",)),))


@pytest.mark.parametrize(
    ("types", "hearing", "origin", "text", "stage"),
    [
        (("transfer_of_sentenced_persons",), True, "", "", "enforcement"),
        (("taking_evidence",), True, "public prosecutor", "", "trial"),
        (("taking_evidence",), False, "public prosecutor at the high court", "", "investigation"),
        (("taking_evidence",), False, "juge d'instruction au tribunal", "", "investigation"),
        (("taking_evidence",), False, "окружной суд", "в судебном заседании", "trial"),
        (("taking_evidence",), False, "النيابة العامة", "", "investigation"),
        (("taking_evidence",), False, "", "检察机关正在立案调查", "investigation"),
        (("taking_evidence",), False, "ministry of justice", "the courteous reader", "unknown"),
        (("taking_evidence",), False, "", "under investigation; in the main hearing", "unknown"),
    ],
)
def test_the_stage_is_told_by_measure_hearing_authority_or_words(
    types: tuple[str, ...], hearing: bool, origin: str, text: str, stage: str
) -> None:
    assert find_stage(types, hearing, origin, text).stage == stage
