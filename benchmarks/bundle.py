"""How a long bundle fares: ``python -m benchmarks.bundle [--pages 300]``.

Binds the scans into one PDF, each page with an edge of its own so that none is remembered from another, and inspects it
as the service reads it, in two processes. Prints pages a minute and the memory of all processes together at each tenth
of the way: a bundle is read in constant memory when it does not grow.
"""

import argparse
import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
import psutil
import pypdfium2 as pdfium
from PIL import Image

SCANS = Path(__file__).resolve().parents[2] / "shared" / "scans"
_SAMPLED = 0.5  #: s


def write_bundle(target: Path, pages: int) -> None:
    """Write a PDF of grey scans, in turn, each with a strip of its own shade along its edge."""
    sources = [page for pdf in sorted((SCANS / "pdf").glob("*.pdf")) for page in _pictures(pdf)]
    with pikepdf.new() as whole:
        for number in range(pages):
            picture = sources[number % len(sources)].copy()
            picture.paste(255 - number % 200, (0, 0, 4 + number // 200, picture.height))
            buffer = io.BytesIO()
            picture.save(buffer, "PDF", resolution=200, quality=80)
            with pikepdf.open(buffer) as one:
                whole.pages.append(one.pages[0])
        whole.save(target)


def _pictures(pdf: Path) -> list[Image.Image]:
    return [page.render(scale=200 / 72, grayscale=True).to_pil().convert("L") for page in pdfium.PdfDocument(pdf)]


def memory(process: psutil.Process) -> float:
    """Memory of a program and all that it has started, MB; shared pages count once for each."""
    total = 0
    for each in [process, *process.children(recursive=True)]:
        try:
            total += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    options = parser.parse_args()
    if not SCANS.is_dir():
        print("The scan set is not here: nothing to measure.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "bundle.pdf"
        write_bundle(bundle, options.pages)
        started = time.monotonic()
        command = [sys.executable, "-m", "intake", "inspect", "--json", str(bundle)]
        running = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        samples = []
        while running.poll() is None:
            samples.append(memory(running))
            time.sleep(_SAMPLED)
        spent = time.monotonic() - started
    tenths = [max(samples[len(samples) * i // 10 : len(samples) * (i + 1) // 10]) for i in range(10)]
    print(f"{options.pages} pages in {spent:.0f} s: {60 * options.pages / spent:.0f} a minute")
    print("most memory in each tenth of the time, MB:", ", ".join(f"{most:.0f}" for most in tenths))
    return 0


if __name__ == "__main__":
    sys.exit(main())
