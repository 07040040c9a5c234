"""``kill -9`` at any moment loses no letter, shows none twice, and repeats no page."""

from pathlib import Path

import pytest

from tests import scans
from tests.journeys.conftest import House

PAGES = 8


def readings(house: House) -> dict[Path, int]:
    """Files of readings with the moment each was written."""
    return {path: path.stat().st_mtime_ns for path in house.folder.glob("objects/letters/*/*/readings/*.json")}


def assert_arrived_whole(house: House, letter_id: str) -> None:
    house.wait_until(lambda: house.arrived(letter_id))
    body = house.status(letter_id)
    assert [page["number"] for page in body["pages"]] == list(range(1, PAGES + 1))
    assert [line["action"] for line in body["history"]].count("described") == 1
    assert len(house.client().get("/api/v1/letters").json()) == 1


@pytest.mark.parametrize("pages_before", [0, 1, 4, PAGES])
def test_a_killed_server_loses_nothing_and_repeats_no_page(house: House, pages_before: int) -> None:
    letter_id = house.client().post("/api/v1/letters", files={"scan": ("a.pdf", scans.pdf(PAGES))}).json()["id"]
    house.wait_until(lambda: len(readings(house)) >= pages_before)
    house.kill()
    before = readings(house)
    house.start()
    assert_arrived_whole(house, letter_id)
    after = readings(house)
    assert len(after) == PAGES
    assert {path: after[path] for path in before} == before


def test_killed_workers_lose_nothing_and_repeat_no_page(house: House) -> None:
    letter_id = house.client().post("/api/v1/letters", files={"scan": ("a.pdf", scans.pdf(PAGES))}).json()["id"]
    house.wait_until(lambda: len(readings(house)) >= 2)
    for worker in house.workers():
        worker.kill()
    before = readings(house)
    assert_arrived_whole(house, letter_id)
    assert {path: moment for path, moment in readings(house).items() if path in before} == before


def test_the_sender_who_never_saw_the_answer_sends_again_and_gets_the_same_letter(house: House) -> None:
    content = scans.pdf(PAGES)
    first = house.client().post("/api/v1/letters", files={"scan": ("a.pdf", content)}).json()
    house.kill()
    house.start()
    again = house.client().post("/api/v1/letters", files={"scan": ("a.pdf", content)})
    assert (again.status_code, again.json()["number"]) == (200, first["number"])
    assert_arrived_whole(house, first["id"])
