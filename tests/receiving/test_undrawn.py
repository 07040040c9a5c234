"""A page that cannot be drawn leaves the others of its scan to be read."""

import io

import numpy as np
import pikepdf

from intake.errors import Corrupt, TooCostly
from intake.receiving.limits import Limits
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from intake.undrawn import UndrawnPage, draw_pages, why_nothing_was_drawn
from intake.values import RenderedPage
from intake.web import words
from tests import scans
from tests.receiving import makers


def with_an_endless_page(letter: bytes, at: int) -> bytes:
    """The letter with a page put in (0-based) that no renderer comes to the end of."""
    with pikepdf.open(io.BytesIO(letter)) as pdf, pikepdf.open(io.BytesIO(makers.endless_pdf())) as endless:
        pdf.pages.insert(at, endless.pages[0])
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def test_a_page_that_cannot_be_drawn_leaves_the_others_drawn() -> None:
    opener = BubblewrapOpener(limits=Limits(page_seconds=2))
    scan = opener.open_scan(with_an_endless_page(scans.pdf(3), at=1), None)
    first, second, *others = draw_pages(scan, range(1, 5), opener)
    assert isinstance(second, UndrawnPage)
    assert (second.number, type(second.error)) == (2, TooCostly)
    assert all(isinstance(page, RenderedPage) for page in (first, *others))
    assert [page.image.number for page in (first, *others) if isinstance(page, RenderedPage)] == [1, 3, 4]


def test_a_page_that_cannot_be_drawn_asks_for_another_scan_in_words() -> None:
    for error in (TooCostly(), Corrupt()):
        reading = UndrawnPage(2, error).reading
        assert reading.flags == (f"rescan:{error.code}",)
        assert reading.flags[0] in words.FLAG
        assert (reading.number, reading.text, reading.legibility) == (2, "", 0.0)


def test_in_its_place_stands_an_empty_sheet_crossed_out() -> None:
    sheet = UndrawnPage(2, Corrupt()).sheet
    pixels = np.frombuffer(sheet.pixels, np.uint8).reshape(sheet.height, sheet.width)
    assert pixels[0, 0] == pixels[-1, -1] == pixels[0, -1] == pixels[-1, 0] == 0
    assert (pixels == 255).mean() > 0.9


def test_a_scan_is_unreadable_only_when_no_page_of_it_could_be_drawn() -> None:
    lost = [UndrawnPage(1, TooCostly()).reading, UndrawnPage(2, Corrupt()).reading]
    assert isinstance(why_nothing_was_drawn(lost), TooCostly)
    assert why_nothing_was_drawn([]) is None
    opener = BubblewrapOpener(limits=Limits(page_seconds=2))
    scan = opener.open_scan(makers.endless_pdf(), None)
    assert [type(page) for page in draw_pages(scan, [1], opener)] == [UndrawnPage]
