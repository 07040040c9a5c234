"""Bad files end with a code and a sentence, their bytes are kept, and the service does not slow down meanwhile."""

import statistics
import time

import httpx2

from tests import scans
from tests.journeys.conftest import House
from tests.receiving import makers

#: What becomes of each; the last is no fault: a page of 200 x 200 inch is rendered smaller and read.
BAD = {
    "empty.pdf": (b"", "empty_file"),
    "letter.png": (b"<html>not a picture</html>", "type_mismatch"),
    "letter.docx": (b"PK\x03\x04 a word processor's file", "unsupported_type"),
    "cut.pdf": (makers.scanned_pdf(3)[:2000], "corrupt"),
    "locked.pdf": (makers.locked_pdf(), "encrypted"),
    "thick.pdf": (makers.text_pdf(10_000), "too_many_pages"),
    "bomb.pdf": (makers.bomb_pdf(512), "decompression_limit"),
    "bomb.png": (makers.png_claiming(50_000, 50_000), "image_too_large"),
    "endless.pdf": (makers.endless_pdf(), "timeout"),
    "poster.pdf": (makers.text_pdf(1, size=(14_400, 14_400)), None),
}


def test_bad_files_are_refused_by_name_in_seconds_while_the_service_stays_quick(house: House) -> None:
    clerk = house.client()
    sent = {}
    for name, (content, _) in BAD.items():
        answer = clerk.post("/api/v1/letters", files={"scan": (name, content)})
        assert answer.status_code in {202, 422}, name
        sent[name] = answer.json()["id"]
    good = clerk.post("/api/v1/letters", files={"scan": ("good.png", scans.png())}).json()["id"]
    waits: list[float] = []

    def all_ended() -> bool:
        started = time.monotonic()
        assert httpx2.get(house.url + "/api/v1/health").status_code == 200
        waits.append(time.monotonic() - started)
        statuses = {house.status(letter_id)["status"] for letter_id in [*sent.values(), good]}
        return not statuses & {"received", "reading"}

    house.wait_until(all_ended)
    assert statistics.median(waits) < 0.2
    for name, letter_id in sent.items():
        content, code = BAD[name]
        body = house.status(letter_id)
        assert (body["error"] or {}).get("code") == code, name
        assert (body["status"] == "unreadable") == (code is not None), name
        assert clerk.get(f"/api/v1/letters/{letter_id}/scan").content == content, name
    assert house.status(good)["status"] in {"queued", "review"}
