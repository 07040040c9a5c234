"""How long a letter takes: from upload to queue, and pages a minute of ``rogatory inspect``.

Run: ``python -m benchmarks.whole_way [--scans ../shared/scans/pdf]``. The peer for reading alone is in ``reading.py``.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import scans
from tests.conftest import ROOT
from tests.journeys.conftest import House


def upload_to_queue(models: Path, rounds: int) -> list[float]:
    """Seconds from the first byte of the upload until the letter stands in a queue or before a person."""
    with tempfile.TemporaryDirectory(prefix="rog-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        data.mkdir()
        house = House(data, models, 8765)
        house.start()
        try:
            clerk, seconds = house.client(), []
            for number in range(rounds):
                content = scans.pdf(1, f"{scans.LETTER}\n\nCopy {number}")
                started = time.monotonic()
                letter_id = clerk.post("/api/v1/letters", files={"scan": ("letter.pdf", content)}).json()["id"]
                while clerk.get(f"/api/v1/letters/{letter_id}").json()["status"] not in {"queued", "review"}:
                    time.sleep(0.02)
                seconds.append(time.monotonic() - started)
            return seconds
        finally:
            house.close()


def inspect_rate(files: list[Path], models: Path, *options: str) -> tuple[int, float]:
    """Pages and seconds of one call of ``rogatory inspect`` on all files, start of Python included."""
    environment = {**os.environ, "ROGATORY_MODELS": str(models)}
    command = [sys.executable, "-W", "ignore", "-m", "intake", "inspect", "--json", *options, *map(str, files)]
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    pages = sum(len(json.loads(line)["pages"]) for line in done.stdout.splitlines())
    return pages, time.monotonic() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=Path, default=ROOT.parent / "shared" / "scans" / "pdf")
    parser.add_argument("--letters", type=Path, default=ROOT.parent / "shared" / "letters")
    parser.add_argument("--models", type=Path, default=ROOT / "data" / "models")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    seconds = upload_to_queue(chosen.models, chosen.rounds)
    print(f"upload to queue, one page: median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s")
    if chosen.scans.is_dir():
        pages, took = inspect_rate(sorted(chosen.scans.glob("*.pdf")), chosen.models)
        print(f"inspect scans: {pages} pages in {took:.1f} s, {pages * 60 / took:.0f} pages a minute")
    if chosen.letters.is_dir():
        texts = sorted(chosen.letters.glob("*.txt"))
        many = (texts * 4)[:84]
        _, took = inspect_rate(many, chosen.models, "--text")
        print(f"inspect --text: {len(many)} letters in {took:.1f} s")


if __name__ == "__main__":
    main()
