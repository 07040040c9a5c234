"""The register never loses a letter and never shows one twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from storage.database import Database, Job
from storage.errors import Missing, Stale
from storage.letters import LetterFilter, count_by_status, list_letters
from storage.register import Register
from storage.values import SYSTEM
from tests.makers import CLERK, NOW, confirmation, description, new_letter


@pytest.fixture
def register(database: Database) -> Register:
    return Register(database)


def jobs(database: Database) -> list[str]:
    with database.transaction() as connection:
        return list(connection.execute(sa.text("SELECT task_name FROM procrastinate_jobs ORDER BY id")).scalars())


def test_numbers_follow_each_other_without_gaps(register: Register) -> None:
    numbers = [register.enter(new_letter(bytes([n])), CLERK, NOW)[0].number for n in range(3)]
    assert numbers == ["2026-000001", "2026-000002", "2026-000003"]


def test_a_new_year_begins_with_one(register: Register) -> None:
    register.enter(new_letter(b"old"), CLERK, NOW)
    letter, _ = register.enter(new_letter(b"new"), CLERK, NOW + timedelta(days=60))
    assert letter.number == "2027-000001"


def test_the_same_bytes_are_the_same_letter(register: Register, database: Database) -> None:
    first, is_new = register.enter(new_letter(), CLERK, NOW, "open")
    again, is_new_again = register.enter(new_letter(name="other name.pdf"), CLERK, NOW, "open")
    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert jobs(database) == ["open"]


def test_the_same_key_with_the_same_bytes_is_the_same_letter(register: Register) -> None:
    first, _ = register.enter(new_letter(idempotency_key="k"), CLERK, NOW)
    again, is_new = register.enter(new_letter(idempotency_key="k"), CLERK, NOW)
    assert again.id == first.id
    assert not is_new


def test_a_key_used_for_other_bytes_is_refused_rather_than_losing_the_second_letter(register: Register) -> None:
    register.enter(new_letter(b"one", idempotency_key="k"), CLERK, NOW)
    with pytest.raises(Stale):
        register.enter(new_letter(b"two", idempotency_key="k"), CLERK, NOW)


def test_twenty_clerks_at_once_get_twenty_numbers_and_one_letter_each(register: Register, database: Database) -> None:
    def bring(n: int) -> None:
        register.enter(new_letter(bytes([n // 2])), CLERK, NOW, "open")

    with ThreadPoolExecutor(20) as clerks:
        list(clerks.map(bring, range(20)))
    found = list_letters(database, LetterFilter(), 100)
    assert sorted(letter.number for letter in found) == [f"2026-{n:06d}" for n in range(1, 11)]
    assert jobs(database) == ["open"] * 10


def test_opening_twice_defers_the_reading_once(register: Register, database: Database) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    for _ in range(2):
        register.opened(letter.id, "application/pdf", 1, [], NOW, Job("read", {}))
    assert jobs(database) == ["read"]


def test_describing_twice_posts_one_entry(register: Register, database: Database) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    for _ in range(2):
        register.described(letter.id, description(), NOW)
    with database.transaction() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM entry")).scalar() == 1
    assert register.letter(letter.id).status == "queued"


def test_a_letter_for_review_is_in_no_queue_until_a_person_confirms(register: Register, database: Database) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    register.described(letter.id, description(review=True), NOW)
    with database.transaction() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM entry")).scalar() == 0
    seen = register.letter(letter.id)
    confirmed = register.confirm(letter.id, seen.version, confirmation("police"), CLERK, NOW)
    assert (confirmed.status, confirmed.authority) == ("queued", "police")


def test_a_confirmation_of_what_has_moved_since_is_refused(register: Register) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    register.described(letter.id, description(review=True), NOW)
    seen = register.letter(letter.id)
    register.confirm(letter.id, seen.version, confirmation(), CLERK, NOW)
    with pytest.raises(Stale):
        register.confirm(letter.id, seen.version, confirmation("police"), CLERK, NOW)


def test_what_is_no_request_can_be_filed_without_a_queue(register: Register, database: Database) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    register.described(letter.id, description(review=True), NOW)
    filed = register.confirm(letter.id, 3, confirmation(None, is_request=False), CLERK, NOW)
    assert filed.status == "filed"
    assert count_by_status(database) == {"filed": 1}


def test_a_letter_at_rest_can_be_read_again(register: Register, database: Database) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.rest(letter.id, "worker_died", NOW)
    assert register.letter(letter.id).status == "review"
    register.try_again(letter.id, CLERK, NOW, Job("open", {}))
    assert register.letter(letter.id).status == "received"
    assert jobs(database) == ["open"]


def test_a_described_letter_cannot_be_read_again(register: Register) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    register.described(letter.id, description(review=True), NOW)
    with pytest.raises(Stale):
        register.try_again(letter.id, CLERK, NOW, Job("open", {}))


def test_an_unknown_letter_is_missing(register: Register) -> None:
    letter, _ = register.enter(new_letter(), SYSTEM, NOW)
    other = type(letter.id)(int=letter.id.int ^ 1)
    with pytest.raises(Missing):
        register.letter(other)


def test_lists_are_newest_first_and_paged(register: Register, database: Database) -> None:
    entered = [register.enter(new_letter(bytes([n])), CLERK, NOW)[0] for n in range(5)]
    first = list_letters(database, LetterFilter(), 2)
    assert [letter.id for letter in first] == [entered[4].id, entered[3].id]
    second = list_letters(database, LetterFilter(after=first[-1].id), 2)
    assert [letter.id for letter in second] == [entered[2].id, entered[1].id]


def test_search_finds_number_name_and_reference_and_takes_wild_cards_as_letters(
    register: Register, database: Database
) -> None:
    letter, _ = register.enter(new_letter(name="Übersetzung 100%.pdf"), CLERK, NOW)
    register.enter(new_letter(b"other", name="other.pdf"), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    register.described(letter.id, description(), NOW)
    for words in ("000001", "übersetzung", "100%", "80-1969"):
        assert [found.id for found in list_letters(database, LetterFilter(words=words), 9)] == [letter.id], words
    assert list_letters(database, LetterFilter(words="%%"), 9) == []
