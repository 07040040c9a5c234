"""Letters addressed to the States of the example profiles."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from intake.routing import ProfileCompetence, bundled_profiles, load_profile
from tests.routing.descriptions import described

LETTERS: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("letters.yaml").read_text("utf-8"))
CASES = [(state, letter) for state, letters in LETTERS.items() for letter in letters]
STATES = sorted(set(bundled_profiles()) - {"example"})


@pytest.mark.parametrize(
    ("state", "letter"),
    CASES,
    ids=[f"{state}-{'+'.join(letter['types'])}-{letter['to'][0]}" for state, letter in CASES],
)
def test_a_letter_goes_to_who_must_act_and_says_by_which_rule(state: str, letter: dict[str, Any]) -> None:
    more = {"bases": letter.get("bases", ()), "hearing": letter.get("hearing"), "origin": letter.get("origin")}
    description = described(*letter["types"], offences=tuple(letter.get("offences", ())), state="FR", **more)
    found = ProfileCompetence(load_profile(state)).assign(description, letter.get("text", ""))
    assert found.authority == letter["to"][0]
    assert [part.authority for part in found.parts] == letter["to"]
    assert list(found.parts[0].then) == letter.get("then", [])
    assert list(found.copies) == letter.get("copies", [])
    assert list(found.notices) == letter.get("notices", [])
    assert len(found.steps) == letter.get("steps", 0)
    assert f"(profile {state}, line " in found.reasons[0]
    if letter.get("unverified"):
        assert "The rule is marked unverified." in found.reasons[0]


def test_every_state_has_letters_that_reach_each_authority_which_a_rule_names() -> None:
    assert sorted(LETTERS) == STATES
    for state in STATES:
        reached = {code for letter in LETTERS[state] for code in letter["to"]}
        named = {rule.to for rule in load_profile(state).rules}
        assert len(LETTERS[state]) >= 3
        assert len(named - reached) <= 2, (state, named - reached)


@pytest.mark.parametrize("state", STATES)
def test_every_rule_of_a_state_names_its_source_and_what_is_unverified_is_listed(state: str) -> None:
    profile = load_profile(state)
    rules = [*profile.rules, *([profile.default] if profile.default else [])]
    assert [rule.line for rule in rules if not rule.source] == []
    assert profile.unverified
    for rule in rules:
        listed = f"the rule for {rule.to}" if rule is not profile.default else "the default rule"
        assert not rule.unverified or listed in profile.unverified
