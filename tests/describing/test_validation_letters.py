"""The promises of the room on the validation letters: the rules were made with these in view, others will do worse."""

import json
import re
from pathlib import Path

import pytest

from intake.describing.describer import LetterDescriber
from intake.values import Metadata
from tests.describing.letters import ToldClassifier, page

Read = list[tuple[dict[str, object], Metadata]]


@pytest.fixture(scope="module")
def read(shared: Path) -> Read:
    describer = LetterDescriber(ToldClassifier())
    found = []
    for path in sorted((shared / "letters").glob("v*.json")):
        labelled = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
        found.append((labelled["labels"], describer.describe([page(text, labelled["language"])]).metadata))
    return found


def test_the_requesting_state_is_right_in_22_of_24(read: Read) -> None:
    assert sum(labels["requesting_state"] == found.requesting_state.value for labels, found in read) >= 22


def test_the_date_is_right_in_85_of_100(read: Read) -> None:
    assert sum(labels["date"] == found.date.value for labels, found in read) >= 0.85 * len(read)


def test_the_reference_is_right_in_85_of_100(read: Read) -> None:
    assert sum(_same(labels["reference"], found.reference.value) for labels, found in read) >= 0.85 * len(read)


def test_deadlines_are_right_in_70_of_100_and_hardly_ever_invented(read: Read) -> None:
    stated = [(labels["deadline"], found.deadline.value) for labels, found in read]
    with_one = [expected == value for expected, value in stated if expected]
    assert sum(with_one) >= 0.7 * len(with_one)
    assert sum(1 for expected, value in stated if not expected and value) <= 1


@pytest.mark.parametrize("mark", ["urgent", "confidential"])
def test_marks_are_found_with_f1_of_70(read: Read, mark: str) -> None:
    pairs = [(labels[mark] is True, getattr(found, mark).value is True) for labels, found in read]
    hits = sum(expected and value for expected, value in pairs)
    assert 2 * hits / sum(expected + value for expected, value in pairs) >= 0.7


def _same(expected: object, value: str | None) -> bool:
    if expected is None or value is None:
        return expected is None and value is None
    one, other = (re.sub(r"\D", "", text) for text in (str(expected), value))
    return bool(one) and bool(other) and (one in other or other in one)
