"""A case system holds an entry alone, for a while, or for good."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storage.database import Database
from storage.errors import Stale
from storage.queues import Queues
from storage.register import Register
from storage.values import Letter
from tests.makers import CLERK, NOW, case_system, confirmation, description, new_letter


@pytest.fixture
def queues(database: Database) -> Queues:
    return Queues(database)


def posted(
    database: Database, content: bytes, authority: str = "prosecutor-general", *, urgent: bool = False
) -> Letter:
    register = Register(database)
    letter, _ = register.enter(new_letter(content), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    register.described(letter.id, description(authority, urgent=urgent), NOW)
    return letter


def test_urgent_entries_come_first_then_the_oldest(database: Database, queues: Queues) -> None:
    letters = [posted(database, b"a"), posted(database, b"b"), posted(database, b"c", urgent=True)]
    leased = queues.lease(case_system(), 10, 60, NOW)
    assert [one.entry.letter_id for one in leased] == [letters[2].id, letters[0].id, letters[1].id]


def test_a_leased_entry_is_nobody_elses(database: Database, queues: Queues) -> None:
    posted(database, b"a")
    assert len(queues.lease(case_system(key="one"), 10, 60, NOW)) == 1
    assert queues.lease(case_system(key="two"), 10, 60, NOW) == []


def test_an_expired_lease_comes_back_and_the_late_one_is_refused(database: Database, queues: Queues) -> None:
    posted(database, b"a")
    one, two = case_system(key="one"), case_system(key="two")
    late = queues.lease(one, 1, 60, NOW)[0]
    later = NOW + timedelta(seconds=61)
    assert len(queues.lease(two, 1, 60, later)) == 1
    for settle in (
        lambda: queues.acknowledge(late.token, one, later),
        lambda: queues.renew(late.token, one, 60, later),
        lambda: queues.give_back(late.token, one, "no", later),
    ):
        with pytest.raises(Stale):
            settle()


def test_a_renewed_lease_holds_longer(database: Database, queues: Queues) -> None:
    posted(database, b"a")
    lease = queues.lease(case_system(), 1, 60, NOW)[0]
    queues.renew(lease.token, case_system(), 600, NOW + timedelta(seconds=59))
    assert queues.lease(case_system(key="two"), 1, 60, NOW + timedelta(seconds=300)) == []


def test_a_returned_entry_can_be_leased_at_once(database: Database, queues: Queues) -> None:
    posted(database, b"a")
    lease = queues.lease(case_system(), 1, 60, NOW)[0]
    queues.give_back(lease.token, case_system(), "not ours", NOW)
    assert len(queues.lease(case_system(key="two"), 1, 60, NOW)) == 1


def test_an_acknowledged_entry_never_comes_back(database: Database, queues: Queues) -> None:
    letter = posted(database, b"a")
    lease = queues.lease(case_system(), 1, 60, NOW)[0]
    queues.acknowledge(lease.token, case_system(), NOW)
    assert queues.lease(case_system(), 1, 60, NOW + timedelta(days=365)) == []
    assert Register(database).letter(letter.id).status == "acknowledged"
    with pytest.raises(Stale):
        queues.acknowledge(lease.token, case_system(), NOW)


def test_another_key_of_the_same_authority_cannot_settle_the_lease(database: Database, queues: Queues) -> None:
    posted(database, b"a")
    lease = queues.lease(case_system(key="one"), 1, 60, NOW)[0]
    with pytest.raises(Stale):
        queues.acknowledge(lease.token, case_system(key="two"), NOW)


def test_another_authority_sees_nothing(database: Database, queues: Queues) -> None:
    letter = posted(database, b"a")
    police = case_system("police", "key-2")
    assert queues.lease(police, 10, 60, NOW) == []
    assert not queues.sees(letter.id, "police")
    assert not queues.holds(letter.id, police, NOW)


def test_holding_ends_with_the_lease_and_lasts_after_acknowledging(database: Database, queues: Queues) -> None:
    letter = posted(database, b"a")
    lease = queues.lease(case_system(), 1, 60, NOW)[0]
    assert queues.holds(letter.id, case_system(), NOW)
    assert not queues.holds(letter.id, case_system(), NOW + timedelta(seconds=61))
    queues.acknowledge(lease.token, case_system(), NOW)
    assert queues.holds(letter.id, case_system(), NOW + timedelta(days=1))


def test_thirty_clients_never_hold_the_same_entry(database: Database, queues: Queues) -> None:
    for n in range(40):
        posted(database, bytes([n]))

    def pull(n: int) -> list[int]:
        taken: list[int] = []
        while leased := queues.lease(case_system(key=f"key-{n}"), 3, 60, NOW):
            taken += [one.entry.id for one in leased]
        return taken

    with ThreadPoolExecutor(30) as clients:
        taken = [entry for entries in clients.map(pull, range(30)) for entry in entries]
    assert len(taken) == 40
    assert len(set(taken)) == 40


def test_a_corrected_letter_leaves_the_queue_it_was_in(database: Database, queues: Queues) -> None:
    letter = posted(database, b"a")
    seen = Register(database).letter(letter.id)
    Register(database).confirm(letter.id, seen.version, confirmation("police"), CLERK, NOW)
    assert queues.lease(case_system(), 10, 60, NOW) == []
    assert len(queues.lease(case_system("police"), 10, 60, NOW)) == 1


def test_a_letter_with_copies_is_acknowledged_when_all_have_it(database: Database, queues: Queues) -> None:
    letter = posted(database, b"a")
    register = Register(database)
    register.confirm(letter.id, register.letter(letter.id).version, confirmation(copies=["police"]), CLERK, NOW)
    for actor, status in ((case_system(), "queued"), (case_system("police"), "acknowledged")):
        lease = queues.lease(actor, 1, 60, NOW)[0]
        queues.acknowledge(lease.token, actor, NOW)
        assert register.letter(letter.id).status == status
