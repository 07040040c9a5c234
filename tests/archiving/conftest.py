"""Scans read once for all tests of the archive copy."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from intake.reading.reader import default_reader
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from intake.values import PageImage, PageReading

ReadingsOfScans = Callable[[str], list[tuple[PageImage, PageReading]]]


@pytest.fixture(scope="session")
def readings_of_scans(shared: Path) -> ReadingsOfScans:
    """The pages of a language with what was read on them."""
    opener, reader = BubblewrapOpener(), default_reader()

    @cache
    def read(language: str) -> list[tuple[PageImage, PageReading]]:
        scan = opener.open_scan((shared / "scans" / "pdf" / f"{language}.pdf").read_bytes(), None)
        pages = opener.render_pages(scan, range(1, scan.page_count + 1))
        return [(page.image, reader.read_page(page, None)) for page in pages]

    return read
