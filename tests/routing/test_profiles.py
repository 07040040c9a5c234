from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.errors import IntakeError
from intake.routing import ProfileError, check_profile, load_profile
from intake.routing.profile import Profile
from tests.routing.refusals import check_refusal

HEAD = """\
code: here
name: Here
authorities:
  - {code: court, name: The Court}
  - {code: office, name: The Office}
"""
GOOD = (
    HEAD
    + """\
rules:
  - when: {request_types: [extradition]}
    to: court
default: {to: office}
"""
)


def written(folder: Path, content: str) -> Path:
    path = folder / "here.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def problems(folder: Path, rules: str) -> list[str]:
    return check_profile(load_profile(written(folder, HEAD + rules)))


def test_a_profile_is_read_from_a_file(tmp_path: Path) -> None:
    profile = load_profile(written(tmp_path, GOOD))
    assert isinstance(profile, Profile)
    assert [rule.to for rule in profile.rules] == ["court"]
    assert profile.rules[0].line == 7
    assert check_profile(profile) == []


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (GOOD.replace("to: court", "to: cuort"), 7, "'cuort' is no authority of this profile"),
        (GOOD.replace("request_types:", "request_type:"), 7, "'request_type' is not known here"),
        (GOOD.replace("[extradition]}", "[extradition"), 8, "correct the spelling"),
        (GOOD.replace("code: office", "code: court"), 1, "two authorities have the same code"),
        (GOOD.replace("code: office", "code: The Office"), 5, "is not a code"),
        (GOOD + "code: again\n", 10, "'code' stands here twice"),
        (GOOD.replace("{request_types: [extradition]}", "{requesting_state: [NO]}"), 7, "write 'NO' in quotes"),
        (GOOD.replace("{request_types: [extradition]}", "{stage: [appeal]}"), 7, "'appeal' is not a stage"),
        (GOOD.replace("{request_types: [extradition]}", "{request_types: []}"), 7, "'request_types' is empty"),
        (GOOD.replace("  - when: {request_types: [extradition]}\n    to", "  - to"), 7, "the rule has no condition"),
        (GOOD.replace("[extradition]", "&a [extradition, *a]"), 7, "a reference (*name) is not allowed"),
        (GOOD + "review_below: 7\n", 1, "'review_below' is not a number from 0 to 1"),
        ("- a list\n", 1, "a list of 'name: value' is expected here"),
        ("", 1, "a list of 'name: value' is expected here"),
    ],
)
def test_a_bad_profile_is_refused_with_file_line_and_remedy(
    tmp_path: Path, content: str, line: int, words: str
) -> None:
    check_refusal(tmp_path / "here.yaml", content, line, words)


def test_an_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(ProfileError, match="example"):
        load_profile("atlantis")


def test_a_profile_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xff\xfe\x00code")
    with pytest.raises(IntakeError, match="save it again"):
        load_profile(path)


def test_a_rule_behind_a_wider_one_never_fits(tmp_path: Path) -> None:
    rules = """\
rules:
  - when: {request_types: [extradition, provisional_arrest]}
    to: court
  - when: {request_types: [extradition], requesting_state: [FR]}
    to: office
default: {to: office}
"""
    assert problems(tmp_path, rules) == [
        "Line 9: this rule never fits, because of line 7 above it; move it up or remove it."
    ]


def test_a_rule_behind_several_that_cover_it_never_fits(tmp_path: Path) -> None:
    rules = """\
rules:
  - when: {request_types: [extradition]}
    to: court
  - when: {request_types: [provisional_arrest]}
    to: court
  - when: {request_types: [extradition, provisional_arrest], offences: [fraud]}
    to: office
"""
    assert "because of line 7, 9 above it" in problems(tmp_path, rules)[0]


def test_a_condition_that_contradicts_itself_never_fits(tmp_path: Path) -> None:
    rules = "rules:\n  - when: {matter: [civil], offences: [homicide]}\n    to: court\ndefault: {to: office}\n"
    assert "a civil matter has none of these offences" in problems(tmp_path, rules)[0]


def test_unknown_codes_idle_authorities_and_gaps_are_found(tmp_path: Path) -> None:
    rules = "rules:\n  - when: {request_types: [extraditoin], requesting_state: [ZZ]}\n    to: court\n"
    found = problems(tmp_path, rules)
    assert found[0] == "Line 7: 'extraditoin' is no code of the taxonomy; write 'extradition' if that is meant."
    assert found[1] == "Line 7: 'ZZ' is no State; write its two letters of ISO 3166-1."
    assert found[2] == "Line 5: the authority 'office' has no rule; write one or remove the authority."
    assert found[3].startswith("Without a default some letters stay undetermined: ")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_profile_or_a_profile_error(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_text(content, encoding="utf-8", errors="replace")
    with pytest.raises(ProfileError):
        load_profile(path)
