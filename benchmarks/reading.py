"""Measures reading on the scans: ``python -m benchmarks.reading [--pages en1,ar2] [--engine pytesseract] [--mixed]``.

Nothing is told of a page. Prints the character error per language and per kind of degradation, what was found out of
script, language and rotation, CPU and wall time, and the cost of finding out beside that of recognition. With
``--peers`` it prints the ratios of ``benchmarks/peers.py`` too. ``--documents`` reads the pages of a language as one
document, so that the second knows what the first was.
"""

import argparse
import json
import multiprocessing
import os
import re
import statistics
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from rapidfuzz.distance import Levenshtein

from benchmarks import peers
from intake.reading.ocr import Grey, Layout, OcrEngine, Orientation, Recognition
from intake.reading.ocr_pytesseract import PytesseractEngine
from intake.reading.ocr_tesserocr import TesserocrEngine
from intake.reading.reader import TesseractReader, default_identifier
from intake.values import PageImage, PageReading, RenderedPage

SCANS = Path(__file__).resolve().parents[2] / "shared" / "scans"
#: px; what is lower is a strip or a line
_STRIP_HEIGHT = 600


@dataclass(frozen=True)
class Measured:
    """One page, read."""

    id: str
    error: float  #: share of characters, 0..1
    legibility: float
    rotation: bool
    script: bool
    language: bool
    cpu: float  #: s, all in
    recognition: float  #: s CPU of the one pass over the whole page
    looks: float  #: s CPU of passes made because that one seemed to have lost or misread something


class TimedEngine(OcrEngine):
    """Counts the CPU of the first whole-page pass, which no reader can do without, and of those after it."""

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine
        self.recognition = self.looks = 0.0

    @property
    def version(self) -> str:
        return self._engine.version

    def recognise(self, pixels: Grey, model: str, layout: Layout = "page") -> Recognition:
        started = cpu_seconds()
        read = self._engine.recognise(pixels, model, layout)
        if self.recognition:
            self.looks += cpu_seconds() - started
        elif pixels.shape[0] > _STRIP_HEIGHT:
            self.recognition = cpu_seconds() - started
        return read

    def orient(self, pixels: Grey) -> Orientation | None:
        return self._engine.orient(pixels)


def cpu_seconds() -> float:
    """CPU of this process and of the programs it has run, s."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def load_page(pdf: Path, index: int, dpi: int, *, grey: bool) -> RenderedPage:
    """Render one page at its scan's resolution."""
    document = pdfium.PdfDocument(pdf)
    picture = document[index].render(scale=dpi / 72, grayscale=grey, rev_byteorder=True).to_pil()
    picture = picture.convert("L" if grey else "RGB")
    return RenderedPage(PageImage(index + 1, picture.tobytes(), picture.width, picture.height, 1 if grey else 3, dpi))


def character_error(read: str, truth: str, language: str) -> float:
    """Edit distance over the length of the truth; white space is one space, none in Chinese, Japanese and Thai."""
    texts = [re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip() for text in (read, truth)]
    if language in ("zh", "ja", "th"):
        texts = [text.replace(" ", "") for text in texts]
    return Levenshtein.distance(*texts) / max(1, len(texts[1]))


_reader: TesseractReader
_timed: TimedEngine


def _start(engine: str) -> None:
    global _reader, _timed  # noqa: PLW0603 (one reader for each process of the pool)
    _timed = TimedEngine({"tesserocr": TesserocrEngine, "pytesseract": PytesseractEngine}[engine]())
    _reader = TesseractReader(_timed, default_identifier())
    # Models that every page needs are loaded before the clock runs, as in a worker at work.
    _reader.read_page(load_page(SCANS / "pdf" / "en.pdf", 1, 300, grey=True), None)


def _measure(document: Sequence[dict[str, Any]]) -> list[Measured]:
    """Read the pages of a document one after another."""
    measured, before = [], None
    for meta in document:
        page, before = _measure_page(meta, before)
        measured.append(page)
    return measured


def _measure_page(meta: dict[str, Any], before: PageReading | None) -> tuple[Measured, PageReading]:
    name, language = meta["id"], meta["lang"]
    page = load_page(SCANS / "pdf" / f"{language}.pdf", int(name[-1]) - 1, meta["dpi"], grey=meta["mode"] != "color")
    _timed.recognition = _timed.looks = 0.0
    started = cpu_seconds()
    reading = _reader.read_page(page, None, before)
    spent = cpu_seconds() - started
    truth = (SCANS / "gt" / f"{name}.txt").read_text("utf-8")
    script = {"Latin": "Latn", "Vietnamese": "Latn", "Cyrillic": "Cyrl", "Greek": "Grek", "Georgian": "Geor",
              "Armenian": "Armn", "Arabic": "Arab", "Hebrew": "Hebr", "HanS": "Hans", "Japanese": "Jpan",
              "Hangul": "Kore", "Thai": "Thai", "Devanagari": "Deva"}[meta["script"]]  # fmt: skip
    measured = Measured(
        name,
        character_error(reading.text, truth, language),
        reading.legibility,
        reading.rotation == meta["rot"],
        reading.script == script,
        reading.language == {"sr": "sr-Cyrl"}.get(language, language),
        spent,
        _timed.recognition,
        _timed.looks,
    )
    return measured, reading


def degradations(meta: dict[str, Any]) -> list[str]:
    """The groups a page belongs to."""
    groups = [meta["mode"], f"{meta['dpi']} dpi"]
    groups += ["stamped"] if meta["stamp"] else []
    groups += ["turned"] if meta["rot"] else []
    groups += ["skew 1.5 and more"] if abs(meta["skew"]) >= 1.5 else []
    return groups


def report(measured: Sequence[Measured], metas: dict[str, dict[str, Any]], wall: float) -> None:
    groups: dict[str, list[Measured]] = defaultdict(list)
    for page in measured:
        groups[f"language {metas[page.id]['lang']}"].append(page)
        for group in degradations(metas[page.id]):
            groups[group].append(page)
    groups["all"] = list(measured)
    print(f"{'group':22} {'pages':>5} {'CER mean':>9} {'median':>7} {'>20 %':>5} {'turn':>5} {'script':>6} {'lang':>5}")
    for group, pages in groups.items():
        errors = [page.error * 100 for page in pages]
        found = [sum(getattr(page, what) for page in pages) for what in ("rotation", "script", "language")]
        over = sum(error > 20 for error in errors)
        print(
            f"{group:22} {len(pages):5} {statistics.mean(errors):9.2f} {statistics.median(errors):7.2f} {over:5} "
            f"{found[0]:5} {found[1]:6} {found[2]:5}"
        )
    cpu, recognition = sum(page.cpu for page in measured), sum(page.recognition for page in measured)
    looks = sum(page.looks for page in measured)
    print(f"CPU {cpu / len(measured):.2f} s a page; recognition alone {recognition / len(measured):.2f} s;")
    print(f"finding out and cleaning cost {(cpu - looks) / recognition - 1:.2f} of the recognition's CPU, "
          f"second looks {looks / recognition:.2f}")  # fmt: skip
    print(f"wall {wall:.1f} s on 2 processes: {len(measured) / wall * 60:.0f} pages a minute")
    unsure = [page for page in measured if page.legibility < 0.5]
    print(f"legibility below 0.5: {[(page.id, round(page.error * 100, 1)) for page in unsure]}")


def mixed(reader: TesseractReader) -> None:
    """Print the languages found on the pages of the bilingual documents."""
    for pdf in sorted((SCANS / "mixed").glob("*.pdf")):
        count = len(pdfium.PdfDocument(pdf))
        found = [reader.read_page(load_page(pdf, i, 300, grey=False), None) for i in range(count)]
        print(f"mixed {pdf.stem}: {', '.join(f'{r.language} {r.rotation}' for r in found)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", help="ids of pages, separated by commas; all without it")
    parser.add_argument("--engine", choices=("tesserocr", "pytesseract"), default="tesserocr")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--documents", action="store_true", help="the pages of a language are one document")
    parser.add_argument("--peers", action="store_true", help="compare with ocrmypdf and the naive call")
    parser.add_argument("--mixed", action="store_true", help="the bilingual documents too")
    options = parser.parse_args()
    if not SCANS.is_dir():
        print("The scan set is not here: nothing to measure.")
        return 0
    metas = {meta["id"]: meta for meta in json.loads((SCANS / "meta.json").read_text("utf-8"))}
    chosen = options.pages.split(",") if options.pages else list(metas)
    with multiprocessing.get_context("spawn").Pool(options.processes, _start, (options.engine,)) as pool:
        pool.map(time.sleep, [0.01] * options.processes, chunksize=1)
        started = time.monotonic()
        documents = [[metas[name] for name in names] for names in _documents(chosen, whole=options.documents)]
        measured = [page for pages in pool.map(_measure, documents, chunksize=1) for page in pages]
        wall = time.monotonic() - started
    report(measured, metas, wall)
    if options.mixed:
        mixed(TesseractReader(TesserocrEngine(), default_identifier()))
    if options.peers:
        peers.main([])
    return 0


def _documents(names: Sequence[str], *, whole: bool) -> list[list[str]]:
    return [list(group) for _, group in groupby(names, key=lambda name: name[:2] if whole else name)]


if __name__ == "__main__":
    sys.exit(main())
