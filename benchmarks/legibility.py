"""Measures what is said of bad pages: ``python -m benchmarks.legibility [--pages en2,ar1]``.

Pages of the scan set are made worse in ten ways. Prints how many of those below the legibility threshold have more than
10 % of their characters wrong (four in five are wanted), how many of those above have, the reasons by way, and what it
costs to read in a guarded process.
"""

import argparse
import json
import multiprocessing
import statistics
import sys
import time
from collections import Counter, defaultdict
from typing import Any

import cv2
import numpy as np

from benchmarks.reading import SCANS, character_error, cpu_seconds, load_page
from intake.reading.guarded import GuardedReader
from intake.reading.legibility import RESCAN_BELOW
from intake.reading.reader import TesseractReader, default_reader
from intake.values import PageImage, RenderedPage

PAGES = "en2,pl2,ru1,kk2,ar1,hi1,zh2,ur1,th1,ko1"
WAYS = (
    ("blur", 1.8), ("blur", 2.4), ("noise", 120), ("thin", 6), ("thin", 8), ("thick", 8), ("thick", 11),
    ("shrink", 0.15), ("shrink", 0.12), ("fade", 0.12),
)  # fmt: skip
_reader: TesseractReader


def worsen(page: RenderedPage, way: str, much: float) -> RenderedPage:
    """Return the page made worse; ``much`` is px at 100 dpi, greys, px, or a share, as the way needs."""
    image, chance = page.image, np.random.default_rng(5)
    pixels = np.frombuffer(image.pixels, np.uint8).reshape(image.height, image.width, image.channels)
    grey, dpi = pixels.astype(np.float32), image.dpi
    if way == "blur":
        grey = cv2.GaussianBlur(grey, (0, 0), much * dpi / 100)
    elif way == "noise":
        grey = grey + chance.normal(0, much, (*grey.shape[:2], 1))
    elif way in ("thin", "thick"):
        change = cv2.dilate if way == "thin" else cv2.erode
        grey = change(grey, np.ones((int(much), int(much))))
    elif way == "shrink":
        grey, dpi = cv2.resize(grey, None, fx=much, fy=much, interpolation=cv2.INTER_AREA), round(dpi * much)
    else:
        grey = 255 - (255 - grey) * much + chance.normal(0, 6, grey.shape)
    worse = np.clip(grey, 0, 255).astype(np.uint8).reshape(*grey.shape[:2], -1)
    size = (worse.shape[1], worse.shape[0])
    return RenderedPage(PageImage(image.number, worse.tobytes(), *size, image.channels, dpi))


def _load(meta: dict[str, Any]) -> RenderedPage:
    pdf, index = SCANS / "pdf" / f"{meta['lang']}.pdf", int(meta["id"][-1]) - 1
    return load_page(pdf, index, meta["dpi"], grey=meta["mode"] != "color")


def _start() -> None:
    global _reader  # noqa: PLW0603 (one reader for each process of the pool)
    _reader = default_reader()


def _measure(task: tuple[dict[str, Any], str, float]) -> tuple[str, float, float, tuple[str, ...]]:
    meta, way, much = task
    reading = _reader.read_page(worsen(_load(meta), way, much), None)
    truth = (SCANS / "gt" / f"{meta['id']}.txt").read_text("utf-8")
    return f"{way} {much}", character_error(reading.text, truth, meta["lang"]), reading.legibility, reading.flags


def guard_cost(meta: dict[str, Any]) -> None:
    """Print what the guard adds to a page: the way of its pixels to another process."""
    page, guarded, plain = _load(meta), GuardedReader(default_reader()), default_reader()
    spent: dict[str, list[float]] = defaultdict(list)
    for _ in range(6):
        for name, reader in (("plain", plain), ("guarded", guarded)):
            started = time.monotonic()
            reader.read_page(page, None)
            spent[name].append(time.monotonic() - started)
    # The first of each loads the models.
    medians = {name: statistics.median(times[1:]) for name, times in spent.items()}
    mega = len(page.image.pixels) / 1e6
    print(f"guard, page of {mega:.0f} MB: plain {medians['plain']:.3f} s, guarded {medians['guarded']:.3f} s")
    guarded.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default=PAGES, help="ids of pages, separated by commas")
    options = parser.parse_args()
    if not SCANS.is_dir():
        print("The scan set is not here: nothing to measure.")
        return 0
    metas = {meta["id"]: meta for meta in json.loads((SCANS / "meta.json").read_text("utf-8"))}
    chosen = [metas[name] for name in options.pages.split(",")]
    started = cpu_seconds()
    with multiprocessing.get_context("spawn").Pool(2, _start) as pool:
        tasks = [(meta, way, much) for meta in chosen for way, much in WAYS]
        measured = pool.map(_measure, tasks, chunksize=1)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for way, _, legibility, flags in measured:
        reasons[way].update(flags or ["none"] if legibility < RESCAN_BELOW else ["read"])
    for way, found in reasons.items():
        print(f"{way:12} {', '.join(f'{flag} {count}' for flag, count in found.most_common())}")
    for name, below in (("below", True), ("above", False)):
        errors = [error for _, error, legibility, _ in measured if (legibility < RESCAN_BELOW) == below]
        wrong = sum(error > 0.1 for error in errors)
        print(f"{name} {RESCAN_BELOW}: {len(errors)} pages, {wrong} with more than 10 % wrong")
    print(f"CPU {cpu_seconds() - started:.0f} s")
    guard_cost(metas["en2"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
