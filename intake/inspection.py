"""The way of one letter, from scan to route.

Four steps, each a pure use of one room through the ``Tools`` it is handed, so that any step may run again:
``open_scan``, ``read_page``, ``describe``, ``assign``. ``inspect`` is these four in a row, for the command line, tests
and benchmarks; the durable jobs (``jobs.py``) run the same four apart.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intake.errors import Unreadable
from intake.seams import Competence, Describer, PageReader, ScanOpener
from intake.values import Description, PageReading, Route


@dataclass(frozen=True, slots=True)
class ReadingTools:
    """What opens scans and reads pages."""

    opener: ScanOpener
    reader: PageReader


@dataclass(frozen=True, slots=True)
class DecidingTools:
    """What says of readings what the letter is and who must act."""

    describer: Describer
    competence: Competence


@dataclass(frozen=True, slots=True)
class Tools:
    """All that touches the world on the way of a letter."""

    reading: ReadingTools
    deciding: DecidingTools


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the whole way of one letter gave: either an error, or readings, description and route."""

    readings: tuple[PageReading, ...] = ()
    description: Description | None = None
    route: Route | None = None
    flags: tuple[str, ...] = ()
    error: Unreadable | None = None
    seconds: float = 0.0


def inspect(
    untrusted_content: bytes, name: str | None, tools: Tools, progress: Callable[[int], object] = lambda _: None
) -> Inspection:
    """Go the whole way of one letter: open, read, describe, assign.

    Args:
        untrusted_content: the file as it came.
        name: its name as given.
        tools: what touches the world.
        progress: called after each page with its number.

    Raises:
        Unavailable: when a tool does not answer; a scan that is at fault comes back as ``Inspection.error``.
    """
    started = time.monotonic()
    try:
        scan = tools.reading.opener.open_scan(untrusted_content, name)
        readings = []
        for page in tools.reading.opener.render_pages(scan, range(1, scan.page_count + 1)):
            readings.append(tools.reading.reader.read_page(page, None))
            progress(page.image.number)
    except Unreadable as error:
        return Inspection(error=error, seconds=time.monotonic() - started)
    return conclude(readings, tools.deciding, scan.flags, started)


def conclude(
    readings: Sequence[PageReading], tools: DecidingTools, flags: Sequence[str] = (), started: float | None = None
) -> Inspection:
    """The second half of the way, when all pages are read: describe and assign.

    Args:
        readings: all pages, in order.
        tools: what touches the world.
        flags: of the scan.
        started: ``time.monotonic()`` when the first half began; now, when there was none.
    """
    began = time.monotonic() if started is None else started
    description = tools.describer.describe(readings)
    route = tools.competence.assign(description)
    return Inspection(tuple(readings), description, route, tuple(flags), seconds=time.monotonic() - began)
