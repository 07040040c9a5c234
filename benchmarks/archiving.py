"""What the archive copy costs beside reading, and how large it gets: ``python -m benchmarks.archiving [en ar zh ...]``.

Reads the two pages of each language of the scan set, makes their copies and binds them. Prints CPU of copying over CPU
of reading, bytes of the copy over bytes of the source by kind of scan, and which share of the words read pdftotext and
pdfium find in the copy.
"""

import json
import statistics
import subprocess
import sys
import time
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from intake.archiving.binding import bind
from intake.archiving.page_copy import copy_page
from intake.archiving.picture import encode
from intake.archiving.visual_order import visible_text
from intake.reading.reader import TesseractReader, default_reader
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from intake.values import PageReading, RenderedPage

SCANS = Path(__file__).resolve().parents[2] / "shared" / "scans"
LANGUAGES = ("en", "fr", "ru", "ar", "he", "hi", "th", "zh")
ROUNDS = 3


@dataclass(frozen=True)
class Cost:
    """One page."""

    kind: str  #: bw, gray or color, as it was scanned
    reading: float  #: s CPU
    copying: float  #: s CPU
    copy: bytes
    words: int
    found: dict[str, int]  #: words of the reading that a program finds in the copy


def measure(page: RenderedPage, kind: str, reader: TesseractReader) -> Cost:
    started = time.process_time()
    reading = reader.read_page(page, None)
    spent = time.process_time() - started
    copying = []
    for _ in range(ROUNDS):
        started = time.process_time()
        copy = copy_page(page.image, reading)
        copying.append(time.process_time() - started)
    return Cost(kind, spent, statistics.median(copying), copy, len(reading.words), _found(reading, copy))


def _found(reading: PageReading, copy: bytes) -> dict[str, int]:
    poppler = subprocess.run(["pdftotext", "-", "-"], input=copy, capture_output=True, check=True).stdout.decode()
    texts = {"pdftotext": poppler, "pdfium": pdfium.PdfDocument(copy)[0].get_textpage().get_text_range()}
    bare = {name: _bare(text) for name, text in texts.items()}
    return {name: sum(_bare(word.text) in text for word in reading.words) for name, text in bare.items()}


def _bare(text: str) -> str:
    """Without what programs put elsewhere in right-to-left lines: white space and punctuation."""
    visible = unicodedata.normalize("NFC", visible_text(text))
    return "".join(character for character in visible if unicodedata.category(character)[0] in "LMN")


def report(costs: list[Cost], sources: dict[str, list[int]]) -> None:
    reading, copying = sum(cost.reading for cost in costs), sum(cost.copying for cost in costs)
    shares = sorted(cost.copying / cost.reading for cost in costs)
    print(f"{len(costs)} pages; reading {reading / len(costs):.2f} s CPU a page, copying {copying / len(costs):.3f} s")
    middle, worst = statistics.median(shares), shares[-1]
    print(f"copying is {copying / reading:.1%} of reading; median page {middle:.1%}, worst {worst:.1%}")
    for kind in sorted(sources):
        sizes = [len(cost.copy) for cost in costs if cost.kind == kind]
        print(f"{kind:5} {len(sizes):3} pages: {statistics.mean(sizes) / 1000:6.0f} kB a page, "
              f"{sum(sizes) / sum(sources[kind]):.2f} times the source")  # fmt: skip
    words = sum(cost.words for cost in costs)
    for program in costs[0].found:
        print(f"{program} finds {sum(cost.found[program] for cost in costs) / words:.2%} of {words} words")


def binding(pages: list[bytes]) -> None:
    many = [pages[number % len(pages)] for number in range(300)]
    started = time.process_time()
    bound = bind(many, "2026-000001")
    spent, share = time.process_time() - started, len(bound) / sum(map(len, many))
    print(f"binding 300 pages: {spent:.2f} s CPU, {share:.3f} of their bytes")


def main() -> int:
    if not SCANS.is_dir():
        print("The scan set is not here: nothing to measure.")
        return 0
    opener, reader = BubblewrapOpener(), default_reader()
    metas = {meta["id"]: meta for meta in json.loads((SCANS / "meta.json").read_text("utf-8"))}
    costs: list[Cost] = []
    sources: dict[str, list[int]] = defaultdict(list)
    for language in sys.argv[1:] or LANGUAGES:
        content = (SCANS / "pdf" / f"{language}.pdf").read_bytes()
        scan = opener.open_scan(content, None)
        images = _picture_sizes(content)
        for page in opener.render_pages(scan, range(1, scan.page_count + 1)):
            kind = metas[f"{language}{page.image.number}"]["mode"]
            if not costs:
                reader.read_page(page, None)  # models that every page needs are loaded before the clock runs
                encode(page.image)
            costs.append(measure(page, kind, reader))
            sources[kind].append(images[page.image.number - 1])
    report(costs, sources)
    binding([cost.copy for cost in costs])
    return 0


def _picture_sizes(content: bytes) -> list[int]:
    """Bytes of each page's picture in the source."""
    document = pdfium.PdfDocument(content)
    pictures = [next(iter(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]))) for page in document]
    return [pdfium.raw.FPDFImageObj_GetImageDataRaw(picture, None, 0) for picture in pictures]


if __name__ == "__main__":
    sys.exit(main())
