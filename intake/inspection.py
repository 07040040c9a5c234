"""The way of one letter, from scan to route.

Four steps, each a pure use of one room through the ``Tools`` it is handed, so that any step may run again:
``open_scan``, ``read_page``, ``describe``, ``assign``. ``inspect`` is these four in a row, for the command line, tests
and benchmarks; the durable jobs (``jobs.py``) run the same four apart.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from intake.counter.counter import Counter, lay_before_person
from intake.counter.values import CounterWarning, Findings
from intake.errors import Unreadable
from intake.routing.directory import Directory, LetterMatches, match_letter
from intake.seams import Competence, Describer, PageReader, ScanOpener
from intake.undrawn import UndrawnPage, draw_pages, why_nothing_was_drawn
from intake.values import Description, PageReading, Route, Scan


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
    counter: Counter = field(default_factory=Counter)
    directory: Callable[[], Directory] = Directory  #: the version in use; the empty one where none was imported


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
    findings: Findings = field(default_factory=Findings)
    matches: LetterMatches | None = None  #: None without a directory


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
    except Unreadable as error:
        return Inspection(error=error, seconds=time.monotonic() - started)
    readings = []
    for reading in read_pages(scan, range(1, scan.page_count + 1), tools.reading):
        readings.append(reading)
        progress(reading.number)
    return conclude(readings, tools.deciding, scan.flags, started)


def read_pages(scan: Scan, numbers: Iterable[int], tools: ReadingTools) -> Iterator[PageReading]:
    """Draw and read the pages asked for, in order; each is told what the one before it was.

    Raises:
        Unavailable: when a tool does not answer.
    """
    before: PageReading | None = None
    for page in draw_pages(scan, numbers, tools.opener):
        if isinstance(page, UndrawnPage):
            yield page.reading
        else:
            before = tools.reader.read_page(page, None, before)
            yield before


def conclude(
    readings: Sequence[PageReading], tools: DecidingTools, flags: Sequence[str] = (), started: float | None = None
) -> Inspection:
    """The second half of the way, when all pages are read: describe and assign.

    A scan of which no page could be drawn comes back as ``Inspection.error``.

    Args:
        readings: all pages, in order.
        tools: what touches the world.
        flags: of the scan.
        started: ``time.monotonic()`` when the first half began; now, when there was none.
    """
    began = time.monotonic() if started is None else started
    error = why_nothing_was_drawn(readings)
    if error:
        return Inspection(error=error, seconds=time.monotonic() - began)
    description = tools.describer.describe(readings)
    route = tools.competence.assign(description, request_text(readings, description))
    findings = tools.counter.look(description, readings)
    said = description.metadata
    matches = match_letter(
        tools.directory(),
        (said.requesting_state.value, said.requesting_authority.value),
        (said.requested_state.value, said.addressee.value),
    )
    route, seconds = lay_before_person(route, findings.warnings), time.monotonic() - began
    return Inspection(
        tuple(readings), description, route, tuple(flags), seconds=seconds, findings=findings, matches=matches
    )


def with_warnings(inspection: Inspection, warnings: Sequence[CounterWarning]) -> Inspection:
    """The inspection with what else the counter has to say, such as of letters before this one."""
    if inspection.route is None:
        return inspection
    findings = replace(inspection.findings, warnings=(*warnings, *inspection.findings.warnings))
    return replace(inspection, findings=findings, route=lay_before_person(inspection.route, warnings))


def request_text(readings: Sequence[PageReading], description: Description) -> str:
    """The text of the request itself, without cover note, translation, annexes and its own address."""
    spans = [(one.first_page, one.last_page) for one in description.documents if one.kind == "request"]
    pages = [r.text for r in readings if any(first <= r.number <= last for first, last in spans)]
    text = "\n".join(pages or [reading.text for reading in readings])
    addressee = description.metadata.addressee.value
    return text.replace(addressee, " ") if addressee else text
