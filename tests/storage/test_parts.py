"""A letter for several authorities: parts under one number, chains, notices."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database import Database
from storage.postings import confirmed_postings, proposed_postings
from storage.queues import Queues
from storage.register import Register
from storage.values import Letter
from tests.makers import CLERK, NOW, case_system, confirmation, description, new_letter

PARTS = [
    {"authority": "prosecutor-general", "request_types": ["bank_records"], "then": []},
    {"authority": "asset-recovery", "request_types": ["freezing_or_restraint"], "then": []},
]


@pytest.fixture
def queues(database: Database) -> Queues:
    return Queues(database)


def posted(database: Database, content: bytes = b"a", **route: Any) -> Letter:
    register = Register(database)
    letter, _ = register.enter(new_letter(content), CLERK, NOW)
    register.opened(letter.id, "application/pdf", 1, [], NOW)
    said = description()
    said["route"] |= {"parts": PARTS} | route
    register.described(letter.id, said, NOW)
    return register.letter(letter.id)


def take(queues: Queues, authority: str) -> None:
    """Lease the one entry that waits for an authority, and acknowledge it."""
    actor = case_system(authority, f"key of {authority}")
    (lease,) = queues.lease(actor, 10, 60, NOW)
    queues.acknowledge(lease.token, actor, NOW)


def test_each_authority_pulls_its_part_under_the_letters_number(database: Database, queues: Queues) -> None:
    letter = posted(database)
    for authority, part, measure in (
        ("prosecutor-general", 1, "bank_records"),
        ("asset-recovery", 2, "freezing_or_restraint"),
    ):
        (lease,) = queues.lease(case_system(authority), 10, 60, NOW)
        assert (lease.entry.part_number, lease.entry.request_types) == (f"{letter.number}/{part}", (measure,))


def test_a_letter_is_done_when_all_its_parts_are(database: Database, queues: Queues) -> None:
    letter = posted(database)
    take(queues, "asset-recovery")
    assert Register(database).letter(letter.id).status == "queued"
    take(queues, "prosecutor-general")
    assert Register(database).letter(letter.id).status == "acknowledged"


def test_a_chain_gives_the_part_to_the_next_when_the_one_before_has_it(database: Database, queues: Queues) -> None:
    chain = [{"authority": "ministry", "request_types": ["bank_records"], "then": ["attorney", "court"]}]
    letter = posted(database, authority="ministry", parts=chain)
    for authority in ("ministry", "attorney", "court"):
        assert Register(database).letter(letter.id).status == "queued"
        assert [one.authority for one in queues.entries(letter.id) if one.acknowledged_at is None] == [authority]
        take(queues, authority)
    assert Register(database).letter(letter.id).status == "acknowledged"
    assert [one.part_number for one in queues.entries(letter.id)] == [f"{letter.number}/{n}" for n in (1, 2, 3)]


def test_a_correction_leaves_alone_what_was_passed_on(database: Database, queues: Queues) -> None:
    chain = [{"authority": "ministry", "request_types": ["bank_records"], "then": ["court"]}]
    letter = posted(database, authority="ministry", parts=chain)
    take(queues, "ministry")
    seen = Register(database).letter(letter.id)
    Register(database).confirm(letter.id, seen.version, confirmation("ministry", also=["police"]), CLERK, NOW)
    assert [one.authority for one in queues.entries(letter.id)] == ["ministry", "court", "police"]


def test_who_had_a_copy_gets_an_entry_to_act_on_when_the_chain_reaches_it(database: Database, queues: Queues) -> None:
    chain = [{"authority": "ministry", "request_types": ["bank_records"], "then": ["court"]}]
    letter = posted(database, authority="ministry", parts=chain, notices=["court"])
    take(queues, "court")
    take(queues, "ministry")
    assert [(one.authority, one.kind) for one in queues.entries(letter.id)] == [("ministry", "act"), ("court", "act")]
    assert Register(database).letter(letter.id).status == "queued"
    take(queues, "court")
    assert Register(database).letter(letter.id).status == "acknowledged"


def test_who_is_told_never_holds_the_letter(database: Database, queues: Queues) -> None:
    letter = posted(database, notices=["nazaha"])
    nazaha = case_system("nazaha")
    (lease,) = queues.lease(nazaha, 10, 60, NOW)
    assert (lease.entry.kind, lease.entry.part_number) == ("notice", None)
    assert queues.kind(letter.id, "nazaha") == "notice"
    assert not queues.holds(letter.id, nazaha, NOW)
    queues.acknowledge(lease.token, nazaha, NOW)
    assert not queues.holds(letter.id, nazaha, NOW)


def test_a_parts_number_is_never_given_twice(database: Database, queues: Queues) -> None:
    letter = posted(database)
    register = Register(database)
    for also in (["police"], ["court"]):
        seen = register.letter(letter.id)
        register.confirm(letter.id, seen.version, confirmation(also=also), CLERK, NOW)
    assert [(one.authority, one.part) for one in queues.entries(letter.id)] == [("prosecutor-general", 1), ("court", 4)]


def test_a_route_of_before_there_were_parts_is_one_part_and_copies() -> None:
    route = {"authority": "court", "copies": ["police"], "review": False, "reasons": []}
    assert [(one.authority, one.kind) for one in proposed_postings(route)] == [("court", "act"), ("police", "copy")]


CODES = st.sampled_from(["a", "b", "c", "d"])
TYPES = st.lists(st.sampled_from(["extradition", "bank_records", "service_of_documents"]), unique=True)
ROUTES = st.fixed_dictionaries(
    {
        "authority": CODES,
        "copies": st.lists(CODES),
        "parts": st.lists(
            st.fixed_dictionaries({"authority": CODES, "request_types": TYPES, "then": st.lists(CODES, max_size=2)}),
            unique_by=lambda part: part["authority"],
        ),
    }
)


@given(CODES, st.lists(CODES), st.lists(CODES), st.lists(CODES), TYPES, ROUTES)
def test_each_authority_gets_one_entry_and_every_measure_has_somebody_who_acts(
    authority: str, also: list[str], copies: list[str], notices: list[str], types: list[str], route: dict[str, Any]
) -> None:
    said = confirmation(authority, also=also, copies=copies, notices=notices, request_types=types)
    found = confirmed_postings(said, route)
    assert len({one.authority for one in found}) == len(found)
    assert {one.authority for one in found if one.kind == "act"} == {authority, *also}
    assert {one.authority for one in found} == {authority, *also, *copies, *notices}
    assert sorted({kind for one in found for kind in one.request_types}) == sorted(types)
