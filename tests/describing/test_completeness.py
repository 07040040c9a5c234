"""Completeness on invented letters in 14 languages: whole, and with each element left out in turn."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from intake.describing.describer import LetterDescriber
from intake.values import CompletenessItem
from tests.describing.letters import ToldClassifier, page

LETTERS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("complete_letters.yaml").read_text(encoding="utf-8")
)
ALWAYS = ("language", "types", "head", "ask")


def written(letter: Mapping[str, Any], without: str = "") -> str:
    return "\n\n".join(text for name, text in letter.items() if name not in ("language", "types", without))


def checked(letter: Mapping[str, Any], without: str = "", legibility: float = 0.95) -> dict[str, CompletenessItem]:
    describer = LetterDescriber(ToldClassifier(*letter["types"]))
    described = describer.describe([page(written(letter, without), letter["language"], legibility=legibility)])
    return {item.element: item for item in described.completeness}


def leavings() -> Iterator[tuple[dict[str, Any], str]]:
    """Every letter with every paragraph that can be left out."""
    for letter in LETTERS:
        yield from ((letter, name) for name in letter if name not in ALWAYS)


def lacking(letter: Mapping[str, Any], without: str = "") -> set[str]:
    return {name for name, item in checked(letter, without).items() if item.state == "missing"}


def measure() -> tuple[int, int, int]:
    """Lacks that were said rightly, said wrongly, and not said, over all letters whole and with something left out."""
    right = wrong = unsaid = 0
    for letter, without in [*((letter, "") for letter in LETTERS), *leavings()]:
        said, true = lacking(letter, without), set(without.split(" + ")) - {""}
        right, wrong, unsaid = right + len(said & true), wrong + len(said - true), unsaid + len(true - said)
    return right, wrong, unsaid


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter["language"])
def test_a_whole_letter_lacks_nothing_and_shows_where_it_says_so(letter: dict[str, Any]) -> None:
    items = checked(letter)
    assert {name: item.state for name, item in items.items() if item.state != "found"} == {}
    assert all(item.evidence for name, item in items.items() if name != "assistance_sought")


def test_what_is_left_out_is_missed_and_little_else() -> None:
    right, wrong, unsaid = measure()
    assert right / (right + wrong) >= 0.9
    assert right / (right + unsaid) >= 0.85


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter["language"])
def test_every_element_has_a_source_and_every_lack_a_severity(letter: dict[str, Any]) -> None:
    for item in checked({"language": letter["language"], "types": letter["types"], "head": letter["head"]}).values():
        assert item.source
        assert (item.severity is None) == (item.state != "missing")


def test_nothing_is_called_missing_on_pages_that_cannot_be_relied_on() -> None:
    bare = {name: LETTERS[0][name] for name in ALWAYS}
    assert {item.state for item in checked(bare, legibility=0.2).values()} <= {"found", "unsure"}
    assert "missing" in {item.state for item in checked(bare).values()}


def test_nothing_is_called_missing_in_a_language_whose_words_are_not_known() -> None:
    letter = {"language": "is", "types": ["search_and_seizure"], "head": "Héraðsdómur\n\nVinsamlegast leitið þar."}
    items = checked(letter)
    assert items["search_particulars"].state == "unsure"


def test_the_source_is_the_instrument_that_the_letter_invokes() -> None:
    french = next(letter for letter in LETTERS if letter["language"] == "fr")
    assert checked(french)["summary_of_facts"].source == "ECMA 1959 (ETS 30) 14(2)"
    english = LETTERS[0]
    assert checked(english)["summary_of_facts"].source == "UNCAC 46(15)(c)"
    assert checked(english, "legal_basis")["summary_of_facts"].source == "UNCAC 46(15)(c)"


def test_a_letter_that_names_no_day_and_asks_for_no_secrecy_lacks_neither() -> None:
    assert not {"time_limits", "confidentiality_request", "attachments_present"} & set(checked(LETTERS[0]))


def test_annexes_that_are_announced_and_did_not_come_are_missing() -> None:
    letter = {**LETTERS[0], "annexes": "Please find enclosed a list of questions."}
    assert checked(letter)["attachments_present"].state == "missing"
