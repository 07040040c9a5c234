import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.counter.likeness import bands, essence, is_copy

LETTER = (
    """District Court of Westmarch, ref WM/4471/2024, 4 March 2024. To the Ministry of Justice. In criminal case
no 88123 against Alan Petherick, born 4 May 1971, passport 5510224, the court asks for statements of account 0011223344
at the Bank of the North from 1 June 2022 to 31 December 2022. On 12 June 2022 he received 212000 pounds from pensioners
of a parish and never gave them back. The request rests on the Convention of 2003. The court thanks you for your help
and assures you of the same in return. """
    * 2
)


def misread(text: str, rate: float) -> str:
    """As a bad fax is read: letters mistaken for others."""
    chance = random.Random(7)
    return "".join(chance.choice("eaoc1l") if one.isalpha() and chance.random() < rate else one for one in text)


def of_another_case(text: str) -> str:
    """The same form filled in for another case."""
    chance = random.Random(3)
    changed = "".join(chance.choice("0123456789") if one.isdigit() else one for one in text)
    return changed.replace("Alan Petherick", "Mary Oldcastle").replace("Bank of the North", "Harbour Savings")


@pytest.mark.parametrize("rate", [0.0, 0.02, 0.05, 0.1])
def test_a_copy_is_found_and_known_however_badly_it_was_read(rate: float) -> None:
    one, other = essence([LETTER]), essence([misread(LETTER, rate)])
    assert set(bands(one)) & set(bands(other))
    assert is_copy(one, other)


def test_a_letter_of_another_case_from_the_same_form_is_no_copy() -> None:
    assert not is_copy(essence([LETTER]), essence([of_another_case(LETTER)]))


def test_a_reminder_that_cites_the_same_numbers_is_no_copy() -> None:
    reminder = "We remind you of our letter WM/4471/2024 of 4 March 2024 in case 88123 about account 0011223344."
    assert not is_copy(essence([LETTER]), essence([reminder]))


def test_hardly_any_text_has_no_marks() -> None:
    assert bands(essence(["Fax 1/1"])) == ()


@given(st.text(max_size=300))
def test_marks_are_signed_numbers_of_64_bits_and_the_same_each_time(text: str) -> None:
    marks = bands(essence([text]))
    assert marks == bands(essence([text]))
    assert all(-(2**63) <= mark < 2**63 for mark in marks)
