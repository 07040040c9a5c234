"""Pages read in a process that can be ended: one too slow or too large fails alone, and the next is read."""

import contextlib
import math
import multiprocessing
import resource
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing.util import Finalize
from typing import NoReturn

import cv2
from pebble import ProcessExpired, ProcessPool
from typing_extensions import override

from intake.reading.patience import time_for_a_page
from intake.seams import PageReader
from intake.values import TOO_COSTLY, PageReading, RenderedPage


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How much one page may cost; what lies beyond is not read.

    Time is CPU time, which is the clock's on a machine with a core to each worker: a busy machine loses no page.
    """

    #: CPU after which nothing more is recognised; a page of text takes one or two, most bad ones ten.
    patience_seconds: float = 15.0
    #: CPU after which the process is ended: one more recognition, which may take 20, fits in. With the 24 that drawing
    #: may take, a page does not take 60.
    seconds: int = 36
    #: Wall clock after which it is ended on a busy machine, and when it hangs.
    clock_seconds: float = 180.0
    #: Of memory that the process asks for, well below 1.5 GB. It holds 600 MB at work and 1,000 on the largest page
    #: that leaves the sandbox.
    memory_bytes: int = 1_100 * 1024 * 1024


class GuardedReader(PageReader):
    """Has pages read by another reader in a process of its own. Not for several threads at once."""

    def __init__(self, reader: PageReader, limits: ReadingLimits = ReadingLimits()) -> None:
        """Start nothing yet.

        Args:
            reader: is sent to the process, which loads its models.
            limits: of one page.
        """
        self._reader = reader
        self._limits = limits
        self._pool: ProcessPool | None = None
        self._end: Finalize | None = None

    @property
    @override
    def version(self) -> str:
        return self._reader.version

    @override
    def read_page(
        self, page: RenderedPage, language_hint: str | None, neighbour: PageReading | None = None
    ) -> PageReading:
        """Read one page; one that costs too much comes back empty, with the flag that says so."""
        reading = self._ask(page, language_hint, neighbour)
        return reading if reading is not None else self._not_read(page)

    def close(self) -> None:
        """End the process; the next page starts another."""
        if self._end is not None:
            self._end()
        self._pool = self._end = None

    def _ask(self, page: RenderedPage, language_hint: str | None, neighbour: PageReading | None) -> PageReading | None:
        """Return what the process says, None when it had to be ended or died."""
        if self._pool is None:
            # A fork of a process with threads may hang for good.
            context = multiprocessing.get_context("spawn")
            arguments = (self._reader, self._limits)
            self._pool = ProcessPool(1, initializer=_prepare, initargs=arguments, context=context)
            # A worker started by multiprocessing runs no exit handlers: it would wait for this process for good.
            self._end = Finalize(None, _end, (self._pool,), exitpriority=1)
        # Of the neighbour only what is said of it matters, not its thousand words.
        beside = replace(neighbour, text="", words=()) if neighbour else None
        future = self._pool.schedule(_read, (page, language_hint, beside), timeout=self._limits.clock_seconds)
        try:
            return future.result()
        except (OutOfTime, ProcessExpired):
            return None
        except BrokenProcessPool:
            # It died before it had taken the page: the pool gives up then.
            self.close()
            return None

    def _not_read(self, page: RenderedPage) -> PageReading:
        flags = (TOO_COSTLY, *page.flags)
        return PageReading(page.image.number, "", None, 0.0, None, 0, 0.0, 0.0, "ocr", self.version, (), flags)


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


#: Of the process that reads.
_reader: PageReader | None = None
_limits = ReadingLimits()


def _prepare(reader: PageReader, limits: ReadingLimits) -> None:
    global _reader, _limits
    _reader, _limits = reader, limits
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_bytes, limits.memory_bytes))
    # A crash in the engine would otherwise leave the page on the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(page: RenderedPage, language_hint: str | None, neighbour: PageReading | None) -> PageReading | None:
    """Read a page in the process; None when memory ran out."""
    assert _reader is not None
    try:
        with _cpu_limit(_limits.seconds), time_for_a_page(_limits.patience_seconds):
            return _reader.read_page(page, language_hint, neighbour)
    except MemoryError:
        return None
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem:
            return None
        _pass_on(error)
    except Exception as error:  # noqa: BLE001 (is raised again where the page came from)
        _pass_on(error)


@contextlib.contextmanager
def _cpu_limit(seconds: int) -> Iterator[None]:
    """Let the kernel end the process when it has worked for so long."""
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def _pass_on(error: Exception) -> NoReturn:
    """Raise an error with a note of its place, which does not travel along to the other process otherwise."""
    with contextlib.suppress(TypeError):
        error.add_note("".join(traceback.format_tb(error.__traceback__)))
    raise error
