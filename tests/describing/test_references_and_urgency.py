"""Heads and marks as offices in many languages write them (``references.yaml``, ``urgency.yaml``), all invented."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from intake.describing.cues import find_cues
from intake.describing.describer import LetterDescriber
from intake.describing.folding import fold
from intake.metadata import Metadata
from tests.describing.letters import ToldClassifier, page

HERE = Path(__file__).parent
HEADS: list[dict[str, Any]] = yaml.safe_load((HERE / "references.yaml").read_text("utf-8"))
URGENCY: dict[str, dict[str, list[str]]] = yaml.safe_load((HERE / "urgency.yaml").read_text("utf-8"))
HEAD = "Court of Westmark\n\nWestmark, 4 May 2021\n\nTo the Ministry of Justice of Norway\n\n"


def metadata(text: str, language: str) -> Metadata:
    return LetterDescriber(ToldClassifier()).describe([page(text, language)]).metadata


def bare(number: str | None) -> str | None:
    return re.sub(r"[\W_]+", "", number).lower() if number else None


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["name"])
def test_the_senders_number_and_ours_are_told_apart_and_none_is_invented(head: dict[str, Any]) -> None:
    found = metadata(head["text"], head["language"])
    wanted, said = bare(head.get("reference")), bare(found.reference.value)
    assert (wanted is None) == (said is None)
    assert wanted is None or said is None or wanted in said or said in wanted
    ours, cited = bare(head.get("own")), bare(found.own_reference.value)
    assert (ours is None) == (cited is None)
    assert ours is None or cited is None or ours.startswith(cited) or cited.startswith(ours)


@pytest.mark.parametrize(
    ("language", "words"), [(code, words) for code, said in URGENCY["urgent"].items() for words in said]
)
def test_a_mark_or_a_reason_makes_a_letter_urgent(language: str, words: str) -> None:
    assert metadata(f"{HEAD}{words}\n", language).urgent.value is True


@pytest.mark.parametrize(
    ("language", "words"), [(code, words) for code, said in URGENCY["silent"].items() for words in said]
)
def test_courtesy_hospitals_payments_and_arrests_do_not(language: str, words: str) -> None:
    assert metadata(f"{HEAD}{words}\n", language).urgent.value is not True


def test_courtesy_becomes_urgency_where_the_letter_names_a_day_that_comes_soon() -> None:
    words = "The hearing is set for 14 June 2021.\n\nWe ask you to reply without delay.\n"
    assert metadata(HEAD + words, "en").urgent.value is True
    assert metadata(HEAD + words.replace("2021", "2022"), "en").urgent.value is None


def test_a_number_on_the_line_above_is_no_year_of_a_date_below_a_gap() -> None:
    found = metadata("Ministry of Justice\n\nFile\n77-MOJ/2020\n\nMay 12, 2021\n\nPlease hear the witness.\n", "en")
    assert found.date.value == "2021-05-12"


def test_a_word_with_a_star_inside_is_found_with_any_ending() -> None:
    cues = find_cues(fold("Сведения составляют банковскую тайну."), ("ru",))
    assert cues.has("secret_of_bank")
    assert not find_cues(fold("Банковские сведения."), ("ru",)).has("secret_of_bank")


def test_short_norwegian_words_are_believed_in_a_norwegian_letter() -> None:
    assert find_cues(fold("tlf. 22 00 11 22"), ("no",)).has("phone")


def test_the_end_of_a_pre_trial_detention_is_no_trial() -> None:
    found = metadata(f"{HEAD}The pre-trial detention of the accused expires on 30 July 2021.\n", "en").deadline
    assert (found.value, found.kind) == ("2021-07-30", "custody")
