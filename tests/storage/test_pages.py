"""Pages are counted once, and every reading of a page is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storage.database import Database, Job
from storage.errors import Stale
from storage.pages import Pages
from storage.register import Register
from storage.trail import events_of
from storage.values import KeptPage, KeptReading
from tests.makers import CLERK, NOW, description, new_letter
from tests.storage.test_register import jobs

DESCRIBE = Job("describe", {})


@pytest.fixture
def register(database: Database) -> Register:
    return Register(database)


@pytest.fixture
def pages(database: Database) -> Pages:
    return Pages(database)


def test_the_last_page_and_only_it_defers_the_describing(register: Register, pages: Pages, database: Database) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 3, [], NOW)
    for number in (1, 3, 1):
        pages.read(letter.id, KeptPage(number, "r", "i"), DESCRIBE, NOW)
    assert jobs(database) == []
    for _ in range(2):
        pages.read(letter.id, KeptPage(2, "r", "i"), DESCRIBE, NOW)
    assert jobs(database) == ["describe"]
    assert register.letter(letter.id).pages_read == 3


def test_pages_read_at_the_same_moment_defer_the_describing_once(
    register: Register, pages: Pages, database: Database
) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 12, [], NOW)
    with ThreadPoolExecutor(12) as readers:
        list(readers.map(lambda n: pages.read(letter.id, KeptPage(n, "r", "i"), DESCRIBE, NOW), range(1, 13)))
    assert jobs(database) == ["describe"]


def test_a_page_read_again_keeps_both_readings_and_describes_the_letter_anew(
    register: Register, pages: Pages, database: Database
) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    pages.read(letter.id, KeptPage(1, "first", "i"), Job("describe", {}), NOW)
    register.described(letter.id, description(review=True), NOW)
    pages.order(letter.id, 1, CLERK, NOW, Job("read_again", {}))
    assert register.letter(letter.id).status == "reading"
    later = NOW + timedelta(minutes=1)
    pages.read_again(letter.id, KeptReading(1, "second", "fa", "person:clerk", later), DESCRIBE)
    assert [page.reading_key for page in pages.of(letter.id)] == ["second"]
    kept = [(one.reading_key, one.language, one.actor) for one in pages.readings(letter.id, 1)]
    assert kept == [("first", None, "system:rogatory"), ("second", "fa", "person:clerk")]
    assert jobs(database) == ["describe", "read_again", "describe"]
    assert events_of(database, letter.id)[-1].action == "reading_ordered"
    register.described(letter.id, description(review=True), later)
    assert register.letter(letter.id).status == "review"


def test_a_page_that_was_never_read_or_a_letter_on_its_way_cannot_be_ordered_again(
    register: Register, pages: Pages
) -> None:
    letter, _ = register.enter(new_letter(), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    with pytest.raises(Stale):
        pages.order(letter.id, 1, CLERK, NOW, Job("read_again", {}))
    register.described(letter.id, description(review=True), NOW)
    with pytest.raises(Stale):
        pages.order(letter.id, 1, CLERK, NOW, Job("read_again", {}))


def test_a_reading_once_remembered_is_recalled(pages: Pages) -> None:
    assert pages.recall("k") is None
    pages.remember("k", "first", NOW)
    pages.remember("k", "second", NOW)
    assert pages.recall("k") == "first"
