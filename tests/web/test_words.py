"""Every code that a clerk may meet has words."""

from importlib.resources import files
from typing import get_args

import pytest
import yaml

from intake.describing.persons import ROLES
from intake.values import DeadlineKind, DocumentKind
from intake.web import words
from intake.web.translation import texts_in
from storage.values import Channel, LetterStatus

ENGLISH = texts_in("en")


def test_statuses_channels_parts_deadlines_and_roles_have_words() -> None:
    assert set(words.STATUS) == set(get_args(LetterStatus))
    assert set(words.CHANNEL) == set(get_args(Channel))
    assert set(words.DOCUMENT) == set(get_args(DocumentKind))
    assert set(words.DEADLINE) == set(get_args(DeadlineKind))
    assert set(words.ROLE) == set(ROLES)


def test_every_element_of_a_complete_request_has_words() -> None:
    raw = yaml.safe_load(files("intake.describing").joinpath("completeness.yaml").read_text())
    assert set(words.ELEMENT) == {item["id"] for item in raw["items"]}


def test_a_flag_with_a_particular_cause_is_told_by_its_cause_or_else_by_its_kind() -> None:
    assert words.flag("rescan:faint", ENGLISH) == "The print is very faint: scan this page again, darker."
    assert words.flag("rescan:illegible", ENGLISH) == "Hard to read: scan this page again."
    assert words.flag("active_content:javascript", ENGLISH) == "The file carries active content; it was not run."
    assert words.flag("never_heard", ENGLISH) == "never heard"


@pytest.mark.parametrize(
    ("confidence", "said"),
    [(1.0, "almost certain, 100%"), (0.95, "almost certain, 95%"), (0.9, "very likely, 90%"), (0.0, "doubtful, 0%")],
)
def test_confidence_is_said_in_words_and_per_cent(confidence: float, said: str) -> None:
    assert words.sureness(confidence, ENGLISH) == said
