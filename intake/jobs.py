"""The way of one letter as durable jobs: *open* a scan, *read* pages, *describe* the letter.

Every step may run again: what is done already is found done, so a worker may die at any moment. A step that fails
because a tool is away is tried again; one that fails otherwise, or kills its worker three times, lays the letter before
a person.
"""

import asyncio
import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import procrastinate
from procrastinate.jobs import Status

from intake import shadowing
from intake.errors import Unavailable, Unreadable
from intake.inspection import DecidingTools, ReadingTools, conclude, with_warnings
from intake.linking import link_letter
from intake.office import Office
from intake.page_keeping import PageKeeper, reading_json
from intake.report import whole_report
from intake.shadowing import Shadows, answer_report
from intake.undrawn import UndrawnPage, draw_pages
from intake.values import Scan
from storage.database import Job
from storage.errors import StoreUnavailable
from storage.values import KeptReading, Letter

log = logging.getLogger(__name__)

QUEUE = "letters"
_MOST_DEATHS = 3  #: of workers on one job
_MOST_TRIES = 10  #: while a tool is away: about a quarter of an hour
_HEARTBEAT = 5.0  #: s
_DEAD_AFTER = 20.0  #: s without a heartbeat
_AWAY = (Unavailable, StoreUnavailable)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a worker works with."""

    office: Office
    reading: ReadingTools
    deciding: Callable[[], DecidingTools]  #: asked anew for each letter: the model in use may have changed
    clock: Callable[[], datetime]
    pages_per_job: int
    shadows: Shadows  #: who answers beside the model in use


def open_letter(shop: Workshop, letter_id: UUID) -> None:
    """Screen the scan; defer the reading of its pages, or put it into quarantine."""
    register = shop.office.keeping.register
    letter = register.letter(letter_id)
    if letter.status != "received":
        return
    try:
        scan = shop.reading.opener.open_scan(shop.office.scan(letter), letter.name)
    except Unreadable as error:
        register.unreadable(letter_id, error.code, shop.clock())
        return
    known = {page.number for page in shop.office.keeping.pages.of(letter_id)}
    jobs = list(_reading_jobs(shop, letter, scan.page_count, known))
    register.opened(letter_id, scan.media_type, scan.page_count, scan.flags, shop.clock(), *jobs)


def _reading_jobs(shop: Workshop, letter: Letter, page_count: int, known: set[int]) -> Iterator[Job]:
    """Jobs for the ranges in which pages are not read yet; when all are, the describing comes next."""
    if len(known) == page_count:
        yield Job("describe", {"letter_id": str(letter.id)}, letter.urgent)
        return
    for first in range(1, page_count + 1, shop.pages_per_job):
        last = min(first + shop.pages_per_job - 1, page_count)
        if not known.issuperset(range(first, last + 1)):
            yield Job("read", {"letter_id": str(letter.id), "first": first, "last": last}, letter.urgent)


def read_pages(shop: Workshop, letter_id: UUID, first: int, last: int) -> None:
    """Read the pages of a range that nobody has read yet; the last page of the letter defers the describing."""
    register = shop.office.keeping.register
    letter = register.letter(letter_id)
    known = {page.number for page in shop.office.keeping.pages.of(letter_id)}
    missing = [number for number in range(first, last + 1) if number not in known]
    if letter.status != "reading" or not missing or letter.page_count is None or letter.media_type is None:
        return
    describe = Job("describe", {"letter_id": str(letter_id)}, letter.urgent)
    undrawn: list[UndrawnPage] = []
    keeper = PageKeeper(shop.office.keeping, shop.reading.reader, shop.clock)
    before = keeper.reading_before(letter, missing[0])
    for page in draw_pages(_scan_of(shop, letter), missing, shop.reading.opener):
        if isinstance(page, UndrawnPage):
            undrawn.append(page)
            continue
        kept, reading = keeper.read(letter, page, before=before)
        before = reading or before
        shop.office.keeping.pages.read(letter_id, kept, describe, shop.clock())
    if len(undrawn) == letter.page_count:
        # Nothing is kept of its pages, so that all are drawn anew when it is tried again.
        register.unreadable(letter_id, undrawn[0].error.code, shop.clock())
        return
    for lost in undrawn:
        shop.office.keeping.pages.read(letter_id, keeper.keep_undrawn(letter, lost), describe, shop.clock())


def read_page_again(shop: Workshop, letter_id: UUID, number: int, language: str | None, actor: str) -> None:
    """Read one page again in the language a person chose; then the letter is described anew."""
    keeping = shop.office.keeping
    letter = keeping.register.letter(letter_id)
    if letter.status != "reading":
        return
    describe = Job("describe", {"letter_id": str(letter_id)}, letter.urgent)
    keeper = PageKeeper(keeping, shop.reading.reader, shop.clock)
    for page in draw_pages(_scan_of(shop, letter), [number], shop.reading.opener):
        if isinstance(page, UndrawnPage):
            kept = keeper.keep_undrawn(letter, page)
        else:
            kept, _ = keeper.read(letter, page, language)
        reading = KeptReading(number, kept.reading_key, language, actor, shop.clock())
        keeping.pages.read_again(letter_id, reading, describe)


def _scan_of(shop: Workshop, letter: Letter) -> Scan:
    content = shop.office.scan(letter)
    return Scan(content, letter.sha256, letter.media_type, letter.page_count, letter.flags)  # type: ignore[arg-type]


def describe_letter(shop: Workshop, letter_id: UUID) -> None:
    """Say what the letter is and who must act; the closing transaction posts it or lays it before a person."""
    register = shop.office.keeping.register
    letter = register.letter(letter_id)
    if letter.status != "reading":
        return
    readings = [reading_json.validate_python(reading) for reading in shop.office.readings(letter)]
    inspection = conclude(readings, shop.deciding(), letter.flags)
    if inspection.error:
        register.unreadable(letter_id, inspection.error.code, shop.clock())
    elif inspection.description:
        before = link_letter(shop.office, letter, readings, inspection.description, shop.clock())
        report = whole_report(with_warnings(inspection, before))
        register.described(letter_id, report, shop.clock(), *shop.shadows.jobs(letter))


def answer_beside(shop: Workshop, letter_id: UUID, model: str) -> None:
    """Let a shadow answer for a letter that is described; its answer is kept apart."""
    describer = shop.shadows.describer(model)
    if describer is None:
        return
    letter = shop.office.keeping.register.letter(letter_id)
    readings = [reading_json.validate_python(reading) for reading in shop.office.readings(letter)]
    answer = describer.describe(readings).classification
    shop.office.keeping.register.answered_beside(letter_id, answer_report(answer), shop.clock())


def make_app(dsn: str, shop: Workshop) -> procrastinate.App:
    """The application that workers run: three jobs and their rule for trying again."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=dsn))
    retry = procrastinate.RetryStrategy(max_attempts=_MOST_TRIES, exponential_wait=2, retry_exceptions=_AWAY)

    @app.task(name="open", queue=QUEUE, retry=retry, pass_context=True)
    def open_(context: procrastinate.JobContext, letter_id: str) -> None:
        _attempt(shop, context, letter_id, lambda: open_letter(shop, UUID(letter_id)))

    @app.task(name="read", queue=QUEUE, retry=retry, pass_context=True)
    def read(context: procrastinate.JobContext, letter_id: str, first: int, last: int) -> None:
        _attempt(shop, context, letter_id, lambda: read_pages(shop, UUID(letter_id), first, last))

    @app.task(name="read_again", queue=QUEUE, retry=retry, pass_context=True)
    def read_again(
        context: procrastinate.JobContext, letter_id: str, number: int, language: str | None, actor: str
    ) -> None:
        _attempt(shop, context, letter_id, lambda: read_page_again(shop, UUID(letter_id), number, language, actor))

    @app.task(name="describe", queue=QUEUE, retry=retry, pass_context=True)
    def describe(context: procrastinate.JobContext, letter_id: str) -> None:
        _attempt(shop, context, letter_id, lambda: describe_letter(shop, UUID(letter_id)))

    @app.task(name=shadowing.TASK, queue=QUEUE, retry=retry)
    def shadow(letter_id: str, model: str) -> None:
        try:
            answer_beside(shop, UUID(letter_id), model)
        except _AWAY:
            raise
        except Exception as error:  # noqa: BLE001 - the letter has its answer; a shadow's defect must not touch it
            log.error("shadow %s did not answer for letter %s: %s", model, letter_id, type(error).__name__)

    return app


def _attempt(shop: Workshop, context: procrastinate.JobContext, letter_id: str, step: Callable[[], None]) -> None:
    """The worker's outer loop: the one place where a defect is caught."""
    try:
        step()
    except _AWAY:
        if context.job.attempts + 1 < _MOST_TRIES:
            raise
        shop.office.keeping.register.rest(UUID(letter_id), "unavailable", shop.clock())
    except Exception as error:  # noqa: BLE001 - a defect must not lose the letter
        # Only the kind and place of a defect are logged: its message may hold words of the letter.
        place = "".join(traceback.format_tb(error.__traceback__))
        log.error("letter %s rests before a person: %s\n%s", letter_id, type(error).__name__, place)
        shop.office.keeping.register.rest(UUID(letter_id), "defect", shop.clock())


async def bring_back_stalled(app: procrastinate.App, shop: Workshop) -> None:
    """Give the jobs of dead workers to living ones; after three deaths the letter comes to rest before a person."""
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=_DEAD_AFTER):
        try:
            if job.attempts + 1 >= _MOST_DEATHS:
                letter_id = UUID(str(job.task_kwargs["letter_id"]))
                await asyncio.to_thread(shop.office.keeping.register.rest, letter_id, "worker_died", shop.clock())
                await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
            else:
                await app.job_manager.retry_job(job)
        except procrastinate.exceptions.ConnectorException:
            log.info("another worker took job %s first", job.id)


async def work(app: procrastinate.App, shop: Workshop, *, once: bool = False) -> None:
    """Work until told to stop; with ``once``, until no job is left."""
    async with app.open_async():
        rescue = asyncio.create_task(_rescue(app, shop))
        try:
            options: dict[str, Any] = {"update_heartbeat_interval": _HEARTBEAT, "stalled_worker_timeout": _DEAD_AFTER}
            await app.run_worker_async(
                queues=[QUEUE], wait=not once, delete_jobs="successful", shutdown_graceful_timeout=20, **options
            )
        finally:
            rescue.cancel()


async def _rescue(app: procrastinate.App, shop: Workshop) -> None:
    while True:
        try:
            await bring_back_stalled(app, shop)
        except procrastinate.exceptions.ConnectorException:
            log.warning("the database does not answer; looking for stalled jobs again shortly")
        await asyncio.sleep(_HEARTBEAT)
