"""No page takes more than its share of time or memory, and one that does leaves the next to be read."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image
from typing_extensions import override

from intake.errors import Unavailable
from intake.reading.guarded import GuardedReader, ReadingLimits
from intake.reading.ocr_tesserocr import TesserocrEngine
from intake.reading.patience import PatientEngine, time_for_a_page
from intake.reading.reader import default_reader
from intake.seams import PageReader
from intake.values import TOO_COSTLY, PageReading, RenderedPage
from intake.web import words
from tests.conftest import ROOT
from tests.reading.bad_pages import dense_sheet
from tests.reading.drawing import TEXTS, as_page, draw_text

MiB = 1024 * 1024
SECONDS_TO_START = 10


def reading_process() -> psutil.Process:
    """The process that reads for this one."""
    children = psutil.Process().children()
    return next(child for child in children if "multiprocessing-fork" in " ".join(child.cmdline()))


def children_cpu() -> float:
    """CPU of all processes that this one has started and that have ended, s."""
    spent = os.times()
    return spent.children_user + spent.children_system


@pytest.fixture
def guard() -> Iterator[GuardedReader]:
    reader = GuardedReader(default_reader())
    yield reader
    reader.close()


def test_a_page_that_is_too_slow_is_given_up_and_the_next_one_read() -> None:
    guard = GuardedReader(default_reader(), ReadingLimits(seconds=8, memory_bytes=4_000 * MiB))
    before = children_cpu()
    slow = guard.read_page(as_page(dense_sheet(), number=3), None)
    assert children_cpu() - before < 8 + SECONDS_TO_START
    assert (slow.number, slow.text, slow.language, slow.legibility) == (3, "", None, 0.0)
    assert slow.flags == (TOO_COSTLY,)
    assert TOO_COSTLY in words.FLAG
    assert guard.read_page(as_page(draw_text(TEXTS["en"])), None).language == "en"
    guard.close()


def test_a_page_that_is_too_large_is_given_up_and_the_next_one_read() -> None:
    guard = GuardedReader(default_reader(), ReadingLimits(memory_bytes=800 * MiB))
    grain = np.random.default_rng(1).integers(0, 255, (7300, 5400, 3), np.uint8)
    large = guard.read_page(as_page(Image.fromarray(grain), dpi=300), None)
    assert large.flags == (TOO_COSTLY,)
    assert guard.read_page(as_page(draw_text(TEXTS["en"])), None).language == "en"
    guard.close()


def test_the_limits_of_a_page_leave_room_for_drawing_it_within_a_minute() -> None:
    limits = ReadingLimits()
    assert limits.patience_seconds + 20 <= limits.seconds <= 60 - 24
    assert limits.memory_bytes <= 1_100 * MiB


class Hanging(PageReader):
    """Never comes to an end, and does nothing meanwhile."""

    @property
    @override
    def version(self) -> str:
        return "hanging"

    @override
    def read_page(
        self, page: RenderedPage, language_hint: str | None, neighbour: PageReading | None = None
    ) -> PageReading:
        signal.pause()
        raise AssertionError


def test_a_page_on_which_the_engine_hangs_is_given_up() -> None:
    guard = GuardedReader(Hanging(), ReadingLimits(clock_seconds=1))
    assert guard.read_page(as_page(draw_text("Letters rogatory")), None).flags == (TOO_COSTLY,)
    guard.close()


def test_the_worst_page_known_ends_within_its_limits(guard: GuardedReader) -> None:
    before = children_cpu()
    reading = guard.read_page(as_page(dense_sheet()), None)
    assert children_cpu() - before < ReadingLimits().seconds + SECONDS_TO_START
    assert reading.legibility < 0.5
    assert any(flag.startswith("rescan:") for flag in reading.flags)


def test_a_page_is_read_as_without_a_guard_with_less_than_700_mb(guard: GuardedReader) -> None:
    for language, text in TEXTS.items():
        page = as_page(draw_text(text, language))
        assert guard.read_page(page, None).text == default_reader().read_page(page, None).text
    with Path(f"/proc/{reading_process().pid}/status").open() as status:
        (peak,) = (int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    assert peak * 1024 < 700 * MiB


class Crashing(PageReader):
    """Dies of its first page, as an engine does on damaged memory; is away for the second."""

    @property
    @override
    def version(self) -> str:
        return "crashing"

    @override
    def read_page(
        self, page: RenderedPage, language_hint: str | None, neighbour: PageReading | None = None
    ) -> PageReading:
        if page.image.number == 1:
            os.abort()
        raise Unavailable("the engine is away")


def test_an_engine_that_crashes_takes_only_its_page_along() -> None:
    guard = GuardedReader(Crashing())
    pages = [as_page(draw_text("Letters rogatory"), number=number) for number in (1, 2)]
    assert guard.read_page(pages[0], None).flags == (TOO_COSTLY,)
    with pytest.raises(Unavailable, match="the engine is away"):
        guard.read_page(pages[1], None)
    guard.close()


def test_the_process_ends_with_the_worker_however_that_ended() -> None:
    code = (
        "import sys, psutil; from intake.reading.guarded import GuardedReader;"
        "from intake.reading.reader import default_reader;"
        "from tests.reading.drawing import as_page, draw_text;"
        "GuardedReader(default_reader()).read_page(as_page(draw_text('Letters rogatory')), None);"
        "print(*(child.pid for child in psutil.Process().children()), flush=True); sys.stdin.read()"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    children = [psutil.Process(int(number)) for number in worker.stdout.readline().split()]
    assert children
    worker.kill()
    worker.communicate()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []


def _read_guarded() -> None:
    GuardedReader(default_reader()).read_page(as_page(draw_text("Letters rogatory")), None)


def test_a_process_of_a_pool_that_has_read_can_end() -> None:
    process = multiprocessing.get_context("spawn").Process(target=_read_guarded)
    process.start()
    process.join(timeout=60)
    still_alive = process.is_alive()
    process.kill()
    assert not still_alive
    assert process.exitcode == 0


def test_when_a_pages_time_is_up_nothing_more_is_recognised() -> None:
    engine, page = PatientEngine(TesserocrEngine()), np.asarray(draw_text("Letters rogatory"))[150:350]
    with time_for_a_page(-1):
        assert engine.recognise(page, "eng").complete is False
        assert engine.orient(page) is None
    with time_for_a_page(60):
        assert len(engine.recognise(page, "eng").words) == 2
    assert len(engine.recognise(page, "eng").words) == 2
