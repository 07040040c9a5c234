"""Pages that cannot be drawn, though others of their scan can: each is said so by itself, and the others are read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from intake.errors import Unreadable
from intake.seams import ScanOpener
from intake.values import PageImage, PageReading, RenderedPage, Scan

_KIND = "rescan"
#: of the sheet shown in the place of the page: A4 at 50 dpi
_WIDTH, _HEIGHT, _DPI = 413, 585, 50


@dataclass(frozen=True, slots=True)
class UndrawnPage:
    """A page that could not be drawn, and why."""

    number: int  #: 1-based
    error: Unreadable

    @property
    def reading(self) -> PageReading:
        """What stands for its reading: nothing, and the flag ``rescan:`` with the code of the error."""
        flags = (f"{_KIND}:{self.error.code}",)
        return PageReading(self.number, "", None, 0.0, None, 0, 0.0, 0.0, "ocr", "not read", (), flags)

    @property
    def sheet(self) -> PageImage:
        """What is shown in its place: an empty sheet, crossed out."""
        pixels = np.full((_HEIGHT, _WIDTH), 255, np.uint8)
        rows = np.arange(_HEIGHT)
        across = rows * (_WIDTH - 1) // (_HEIGHT - 1)
        pixels[rows, across] = pixels[rows, _WIDTH - 1 - across] = 0
        return PageImage(self.number, pixels.tobytes(), _WIDTH, _HEIGHT, 1, _DPI)


def draw_pages(scan: Scan, numbers: Iterable[int], opener: ScanOpener) -> Iterator[RenderedPage | UndrawnPage]:
    """Draw the pages asked for, in order; one that cannot be drawn comes as such, and the next is tried.

    Args:
        scan: as opened.
        numbers: 1-based.
        opener: draws.

    Raises:
        Unavailable: when the sandbox cannot be started.
    """
    left = list(numbers)
    while left:
        try:
            for page in opener.render_pages(scan, tuple(left)):
                del left[0]
                yield page
        except Unreadable as error:
            yield UndrawnPage(left.pop(0), error)


def why_nothing_was_drawn(readings: Sequence[PageReading]) -> Unreadable | None:
    """Return the error of the first page when no page of a scan could be drawn; None when one could."""
    errors = [_error_of(reading) for reading in readings]
    return errors[0] if errors and all(errors) else None


def _error_of(reading: PageReading) -> Unreadable | None:
    kinds = {kind.code: kind for kind in Unreadable.__subclasses__()}
    for flag in reading.flags:
        kind, _, code = flag.partition(":")
        if kind == _KIND and code in kinds:
            return kinds[code]()
    return None
