"""A page that cannot be drawn, and one that takes too long to read, leave the others of their letter read."""

import io

import pikepdf

from tests import scans
from tests.journeys.conftest import House
from tests.reading.bad_pages import dense_sheet
from tests.receiving.makers import scanned_pdf
from tests.receiving.test_undrawn import with_an_endless_page


def letter_with_bad_pages() -> bytes:
    """Four pages: a letter, one that cannot be drawn, a letter, one that takes minutes to read."""
    content = with_an_endless_page(scans.pdf(2), at=1)
    with (
        pikepdf.open(io.BytesIO(content)) as pdf,
        pikepdf.open(io.BytesIO(scanned_pdf(image=dense_sheet(), dpi=200))) as dense,
    ):
        pdf.pages.extend(dense.pages)
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def test_bad_pages_leave_the_others_read_and_say_what_to_do(house: House) -> None:
    clerk = house.client()
    answer = clerk.post("/api/v1/letters", files={"scan": ("a.pdf", letter_with_bad_pages())})
    letter_id = answer.json()["id"]
    house.wait_until(lambda: house.arrived(letter_id), patience=400)
    body = house.status(letter_id)
    assert (body["status"], body["error"]) == ("review", None)
    assert [bool(page["text"]) for page in body["pages"][:3]] == [True, False, True]
    assert body["rescan"][0] == {"page": 2, "reason": "timeout"}
    assert [entry["page"] for entry in body["rescan"]] == [2, 4]
    assert "14/80-1969" in body["pages"][0]["text"]
    assert clerk.get(f"/api/v1/letters/{letter_id}/pages/2").content.startswith(b"\x89PNG")
    archive = clerk.get(f"/api/v1/letters/{letter_id}/archive").content
    with pikepdf.open(io.BytesIO(archive)) as pdf:
        assert len(pdf.pages) == 4
    shown = clerk.get(f"/letters/{letter_id}?page=2").text
    assert "Showing this page takes too much time or memory" in shown
