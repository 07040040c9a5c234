"""Profiles in TOML: read as those in YAML, and faults named with their line as well."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from intake.counter.rules import CounterRulesError, load_counter_rules
from intake.routing import ProfileCompetence, check_profile, load_profile
from intake.routing.profile_files import PROFILES, bundled_profiles
from intake.routing.standing import StandingProfile
from tests.routing.descriptions import described
from tests.routing.refusals import check_refusal

GOOD = """\
# The rules of an invented State.
code = "here"
name = "Here [of the examples]"
authorities = [
  { code = "court", name = "The Court" },
  { code = "office", name = '''The Office''' },  # after a comment {
]

[[rules]]
to = "court"
when.request_types = ["extradition"]

[[rules]]
to = "office"
note = \"\"\"
[rules] is no table here\"\"\"
[rules.when]
request_types = [
  "bank_records",
]

[default]
to = "office"

[counter]
matters = ["criminal"]
lead_times = { default = 10 }
"""


def written(folder: Path, content: str) -> Path:
    path = folder / "here.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_profile_in_toml_is_read_with_the_lines_of_its_rules(tmp_path: Path) -> None:
    profile = load_profile(written(tmp_path, GOOD))
    assert [(authority.code, authority.line) for authority in profile.authorities] == [("court", 5), ("office", 6)]
    assert [(rule.to, rule.line) for rule in profile.rules] == [("court", 9), ("office", 13)]
    assert check_profile(profile) == []
    assert ProfileCompetence(profile).assign(described("extradition")).authority == "court"


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (GOOD.replace('to = "court"', 'to = "cuort"'), 9, "'cuort' is no authority of this profile"),
        (GOOD.replace('["extradition"]', '["extradition"'), 13, "correct the spelling"),
        (GOOD.replace('to = "court"', 'to = "court"\nthen = ["office", "court"]'), 9, "the chain runs in a circle"),
        (GOOD.replace("[rules.when]\nrequest_types", "[rules.when]\nstage"), 17, "'bank_records' is not a stage"),
        (GOOD.replace('name = "Here', 'code = "x"\nname = "Here'), 3, "correct the spelling"),
        (GOOD + '\n[[rules]]\nto = "office"\n', 29, "the rule has no condition"),
        (GOOD + '\nname = "', 29, "correct the spelling"),
    ],
)
def test_a_bad_profile_in_toml_is_refused_with_file_line_and_remedy(
    tmp_path: Path, content: str, line: int, words: str
) -> None:
    check_refusal(tmp_path / "here.toml", content, line, words)


def test_a_fault_leaves_the_old_rules_in_force_and_a_restart_goes_on_with_their_copy(tmp_path: Path) -> None:
    path, copies = written(tmp_path, GOOD), tmp_path / "copies"
    standing = StandingProfile(str(path), copies)
    path.write_text(GOOD.replace('to = "court"', "to = court"), encoding="utf-8")
    assert standing.current().rules[0].to == "court"
    assert "line 10" in (standing.standing().fault or "")
    assert StandingProfile(str(path), copies).current().rules[0].to == "court"


def test_the_counters_section_is_read_from_toml_and_its_faults_have_their_line(tmp_path: Path) -> None:
    rules = load_counter_rules(written(tmp_path, GOOD))
    assert (rules.matters, rules.lead_times["default"]) == ({"criminal"}, 10)
    path = written(tmp_path, GOOD.replace('matters = ["criminal"]', 'matters = ["penal"]'))
    with pytest.raises(CounterRulesError, match=r"here\.toml, line 26: 'matters' names something else"):
        load_counter_rules(path)


@pytest.mark.parametrize("code", bundled_profiles())
def test_every_bundled_profile_says_the_same_in_toml(tmp_path: Path, code: str) -> None:
    path = tmp_path / f"{code}.toml"
    path.write_text(as_toml(yaml.safe_load((PROFILES / f"{code}.yaml").read_text("utf-8"))), encoding="utf-8")
    ours, theirs = load_profile(path), load_profile(code)
    assert [authority.name for authority in ours.authorities] == [authority.name for authority in theirs.authorities]
    assert [(rule.to, rule.when, rule.then) for rule in ours.rules] == [(r.to, r.when, r.then) for r in theirs.rules]
    assert len(check_profile(ours)) == len(check_profile(theirs))


def as_toml(profile: dict[str, Any]) -> str:
    """Written with inline tables only; what is null is left out, as TOML has no word for it."""
    return "\n".join(f"{key} = {_value(one)}" for key, one in profile.items() if one is not None) + "\n"


def _value(one: Any) -> str:
    if isinstance(one, dict):
        return "{ " + ", ".join(f"{json.dumps(str(k))} = {_value(v)}" for k, v in one.items() if v is not None) + " }"
    if isinstance(one, list):
        return "[" + ", ".join(_value(inner) for inner in one if inner is not None) + "]"
    return json.dumps(one, ensure_ascii=False) if isinstance(one, str | int | float | bool) else json.dumps(str(one))
