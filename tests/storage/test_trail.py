"""The trail shows every cut and every edit."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from storage.database import Database
from storage.register import Register
from storage.trail import broken_links, events_after
from tests.makers import CLERK, NOW, new_letter


def filled(database: Database) -> None:
    for n in range(5):
        Register(database).enter(new_letter(bytes([n])), CLERK, NOW)


def test_an_untouched_trail_is_whole(database: Database) -> None:
    filled(database)
    assert list(broken_links(database)) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE event SET actor = 'person:someone' WHERE id = 3",
        "UPDATE event SET details = '{}' WHERE id = 1",
        "UPDATE event SET at = at + interval '1 second' WHERE id = 5",
        "DELETE FROM event WHERE id = 3",
        "DELETE FROM event WHERE id = 1",
        "UPDATE event SET id = CASE id WHEN 2 THEN 30 ELSE id END",
    ],
)
def test_tampering_shows(database: Database, tampering: str) -> None:
    filled(database)
    with database.transaction() as connection:
        connection.execute(sa.text(tampering))
    assert list(broken_links(database)) != []


def test_a_reader_with_a_cursor_gets_every_change_once_and_in_order(database: Database) -> None:
    register = Register(database)
    with ThreadPoolExecutor(10) as clerks:
        brought = [clerks.submit(register.enter, new_letter(bytes([n])), CLERK, NOW) for n in range(30)]
        seen: list[int] = []
        while not all(one.done() for one in brought):
            seen += [event.id for event in events_after(database, seen[-1] if seen else 0, 7)]
        assert all(one.result()[1] for one in brought)
    while more := events_after(database, seen[-1] if seen else 0, 7):
        seen += [event.id for event in more]
    assert seen == list(range(1, 31))
