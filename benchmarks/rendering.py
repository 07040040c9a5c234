"""How fast pages come out of the sandbox: pdfium against pdf2image, and what the sandbox itself costs.

Run: python -m benchmarks.rendering [PDF ...]
Without files it draws the scans beside the repository (``shared/scans/pdf``), or its own where they are absent.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from intake.receiving.opener_bubblewrap import BubblewrapOpener
from tests.receiving import makers

ROUNDS = 5
STARTS = 25


def main() -> None:
    files = [Path(name) for name in sys.argv[1:]] or sorted((makers.SHARED / "scans" / "pdf").glob("*.pdf"))[:6]
    contents = [file.read_bytes() for file in files] or [makers.scanned_pdf(3, makers.picture(2480, 3508), 300)]
    compare_renderers("scans", contents)
    compare_renderers("born-digital", [makers.text_pdf(4)])
    compare_sandbox(makers.text_pdf(1))


def compare_renderers(kind: str, contents: list[bytes]) -> None:
    """Draw the same pages with both, turn by turn, so that a busy machine slows both alike."""
    pdfium, poppler = BubblewrapOpener(), BubblewrapOpener(renderer="pdf2image")
    seconds: dict[str, list[float]] = {"pdfium": [], "pdf2image": []}
    for _ in range(ROUNDS):
        for name, opener in (("pdfium", pdfium), ("pdf2image", poppler)):
            seconds[name].append(timed(lambda opener=opener: draw(opener, contents)))
    pages = draw(pdfium, contents)
    medians = {name: statistics.median(times) / pages * 1000 for name, times in seconds.items()}
    ratio = medians["pdf2image"] / medians["pdfium"]
    print(
        f"{kind}: {pages} pages, pdfium {medians['pdfium']:.0f} ms a page, "
        f"pdf2image {medians['pdf2image']:.0f} ms a page, ratio {ratio:.1f}"
    )


def draw(opener: BubblewrapOpener, contents: list[bytes]) -> int:
    pages = 0
    for content in contents:
        scan = opener.open_scan(content, None)
        pages += sum(1 for _ in opener.render_pages(scan, range(1, scan.page_count + 1)))
    return pages


def compare_sandbox(content: bytes) -> None:
    """Open the same scan with and without bubblewrap, turn by turn."""
    inside, outside = BubblewrapOpener(), BubblewrapOpener(sandboxed=False)
    pairs = [
        (timed(lambda: inside.open_scan(content, None)), timed(lambda: outside.open_scan(content, None)))
        for _ in range(STARTS)
    ]
    with_it, without = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    extra = statistics.median(one - other for one, other in pairs) * 1000
    print(f"opening: {with_it:.0f} ms sandboxed, {without:.0f} ms with limits only, bubblewrap adds {extra:.0f} ms")


def timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
