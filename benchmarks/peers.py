"""Measures reading beside its peers: ``python -m benchmarks.peers [--rounds 3] [--naive-pages 4]``.

The same pages, the same product (text, boxes of words, searchable PDF), whole programs from start to end, medians of
the rounds, which take turns; words are counted as pdftotext finds them, and beside them those right:

* language told to both: ``ocrmypdf -j2 --output-type pdf --optimize 0``, upright pages;
* nothing told to us: ``ocrmypdf -j2 --rotate-pages --deskew`` with the language told to it, pages as they come;
* the naive calls, ``pdf2image`` at 300 dpi and ``pytesseract``, told the language: its text alone, and the same
  product as ours, for which it is called three times.

Needs ocrmypdf beside this interpreter or on the path (``pip install ocrmypdf``).
"""

import argparse
import multiprocessing
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pikepdf

from intake.archiving.binding import bind
from intake.archiving.page_copy import copy_page
from intake.reading.ocr_tesserocr import TesserocrEngine
from intake.reading.reader import TesseractReader, default_identifier
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from intake.values import PageReading, Scan

SCANS = Path(__file__).resolve().parents[2] / "shared" / "scans"
#: upright, straight pages in Latin letters: on others ocrmypdf, told no more, finds words that are none
UPRIGHT = ("fr1", "es1", "pt1", "pt2", "it1", "it2", "nl2", "hu2", "cs2", "en2")
AS_THEY_COME = ("en1", "en2", "de1", "de2", "it1", "it2", "fr1", "fr2", "es1", "pt2", "nl1", "nl2")
#: What pytesseract is asked for, call by call.
NAIVE = {
    "text alone": ("image_to_string",),
    "the same product": ("image_to_string", "image_to_data", "image_to_pdf_or_hocr"),
}
_opener: BubblewrapOpener
_reader: TesseractReader


def _make(scan: Scan, numbers: Sequence[int], language: str | None) -> list[bytes]:
    pages, before = [], None
    for page in _opener.render_pages(scan, numbers):
        before: PageReading | None = _reader.read_page(page, language, before)
        pages.append(copy_page(page.image, before))
    return pages


def make(source: Path, target: Path, language: str | None) -> None:
    """Do what the service does: open in the sandbox, read in two processes, bind the archive copy."""
    global _opener, _reader  # noqa: PLW0603 (inherited by the processes that read)
    _opener, identifier = BubblewrapOpener(), default_identifier()
    # What is loaded before the processes part is loaded once.
    identifier.identify("the statement of the witness is needed by the court", None)
    _reader = TesseractReader(TesserocrEngine(), identifier)
    scan = _opener.open_scan(source.read_bytes(), source.name)
    shares = [range(first, min(first + 2, scan.page_count + 1)) for first in range(1, scan.page_count + 1, 2)]
    with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as pool:
        parts = [pool.submit(_make, scan, list(share), language) for share in shares]
        target.write_bytes(bind([page for part in parts for page in part.result()], "copy"))


def bundle(ids: Sequence[str], place: Path) -> Path:
    """One PDF of the pages, their pictures untouched."""
    with pikepdf.new() as whole:
        for name in ids:
            with pikepdf.open(SCANS / "pdf" / f"{name[:2]}.pdf") as source:
                whole.pages.append(source.pages[int(name[-1]) - 1])
        whole.save(place / "bundle.pdf")
    return place / "bundle.pdf"


def clock(run: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall time of the programs that a call runs, s."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - started


def ours(source: Path, target: Path, language: str | None) -> None:
    told = ["--language", language] if language else []
    subprocess.run([sys.executable, "-m", "benchmarks.peers", "--make", source, target, *told], check=True)


def ocrmypdf(source: Path, target: Path, *options: str) -> None:
    command = [sys.executable, "-m", "ocrmypdf", "-j2", "--output-type", "pdf", *options, "-l", "eng", source, target]
    subprocess.run(command, check=True, capture_output=True)


def naive(source: Path, pages: int, calls: Sequence[str]) -> None:
    code = (
        "import sys, pytesseract; from pdf2image import convert_from_path\n"
        f"for image in convert_from_path(sys.argv[1], dpi=300, last_page={pages}):\n"
        "    for call in sys.argv[2:]: getattr(pytesseract, call)(image, lang='eng')"
    )
    subprocess.run([sys.executable, "-c", code, source, *calls], check=True)


def words(pdf: Path, ids: Sequence[str]) -> str:
    """How many words pdftotext finds, and how many of them stand on the pages."""
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True).stdout.decode()
    truth = " ".join((SCANS / "gt" / f"{name}.txt").read_text("utf-8") for name in ids)
    found, true = (Counter(re.findall(r"\w{2,}", each)) for each in (text, truth))
    return f"{found.total()} words, {(found & true).total()} right"


def compare(title: str, ids: Sequence[str], language: str | None, options: Sequence[str], rounds: int) -> None:
    """Print the medians and ratios of one comparison."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source, mine, theirs = bundle(ids, place), place / "ours.pdf", place / "theirs.pdf"
        costs: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
        for _ in range(rounds):
            costs[0].append(clock(lambda: ours(source, mine, language)))
            costs[1].append(clock(lambda: ocrmypdf(source, theirs, *options)))
        (cpu, wall), (their_cpu, their_wall) = (_medians(cost) for cost in costs)
        print(f"{title}: CPU {cpu / their_cpu:.3f}, wall {wall / their_wall:.3f} of theirs, "
              f"{their_wall / wall:.2f} times the pages a minute ({len(ids) / wall * 60:.0f}); "
              f"ours {words(mine, ids)}, theirs {words(theirs, ids)}")  # fmt: skip


def compare_naive(ids: Sequence[str], pages: int, rounds: int) -> None:
    """Print how many pages we read, told nothing, while the naive call reads one."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = bundle(ids, place)
        costs: dict[str, list[tuple[float, float]]] = {"": [], **{name: [] for name in NAIVE}}
        for _ in range(rounds):
            costs[""].append(clock(lambda: ours(source, place / "ours.pdf", None)))
            for name, calls in NAIVE.items():
                costs[name].append(clock(partial(naive, source, pages, calls)))
        mine = _medians(costs.pop(""))[1] / len(ids)
        for name, each in costs.items():
            theirs = _medians(each)[1] / pages
            print(f"naive call, {name}: we read {theirs / mine:.1f} times its pages a minute ({60 / theirs:.1f})")


def _medians(costs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(cost[0] for cost in costs), statistics.median(cost[1] for cost in costs)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--naive-pages", type=int, default=4)
    parser.add_argument("--make", nargs=2, type=Path, metavar=("SOURCE", "TARGET"), help=argparse.SUPPRESS)
    parser.add_argument("--language", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.make:
        make(*options.make, options.language)
        return 0
    if not SCANS.is_dir():
        print("The scan set is not here: nothing to measure.")
        return 0
    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    if shutil.which("ocrmypdf") is None:
        print("ocrmypdf is not installed: pip install ocrmypdf")
        return 1
    compare("told the language", UPRIGHT, "en", ("--optimize", "0"), options.rounds)
    compare("told nothing", AS_THEY_COME, None, ("--rotate-pages", "--deskew"), options.rounds)
    compare_naive(AS_THEY_COME, options.naive_pages, options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
