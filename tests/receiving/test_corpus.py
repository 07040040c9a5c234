"""Every hostile file of the shared corpus ends as its manifest says."""

import json
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from intake.errors import IntakeError
from intake.receiving.limits import Limits
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from tests.receiving import makers
from tests.receiving.measuring import alone, peak_of_children

CORPUS = makers.SHARED / "badinput"
CLASSES = ("01", "02", "03", "04", "07", "08", "09")
SECONDS = 25.0
#: Refusals that are right wherever a limit struck first.
LIMITS_STRUCK = {"corrupt", "timeout", "decompression_limit"}

if not (CORPUS / "manifest.json").exists():
    pytest.skip("the corpus beside the repository is absent", allow_module_level=True)

ROWS: dict[str, Mapping[str, Any]] = {
    row["file"]: row
    for row in json.loads((CORPUS / "manifest.json").read_text())["files"]
    if row["class"][:2] in CLASSES
}


@dataclass(frozen=True)
class Outcome:
    code: str | None
    counted: int
    rendered: int
    flags: frozenset[str]
    seconds: float


def outcome_of(name: str) -> Outcome:
    opener = BubblewrapOpener()
    started = time.monotonic()
    counted = rendered = 0
    flags: set[str] = set()
    code = None
    try:
        scan = opener.open_scan((CORPUS / "files" / name).read_bytes(), name)
        counted = scan.page_count
        flags |= set(scan.flags)
        for page in opener.render_pages(scan, range(1, counted + 1)):
            rendered += 1
            flags |= set(page.flags)
    except IntakeError as error:
        code = error.code
    return Outcome(code, counted, rendered, frozenset(flags), time.monotonic() - started)


def outcomes_and_peak() -> tuple[dict[str, Outcome], int]:
    """What becomes of each file, and the most memory, in bytes, that any process started for them took."""
    # Those that run into the clock first, so that the others fill the waiting.
    names = sorted(ROWS, key=lambda name: ROWS[name]["error"] != "timeout")
    with ThreadPoolExecutor(3) as pool:
        found = dict(zip(names, pool.map(outcome_of, names), strict=True))
    return found, peak_of_children()


@pytest.fixture(scope="module")
def measured() -> tuple[dict[str, Outcome], int]:
    return alone(outcomes_and_peak)


@pytest.fixture(scope="module")
def outcomes(measured: tuple[dict[str, Outcome], int]) -> dict[str, Outcome]:
    return measured[0]


@pytest.mark.parametrize("name", ROWS)
def test_a_hostile_file_ends_as_the_manifest_says(name: str, outcomes: dict[str, Outcome]) -> None:
    row, outcome = ROWS[name], outcomes[name]
    assert outcome.seconds < SECONDS
    if outcome.code is None:
        assert row["expect"] != "reject"
        assert outcome.counted == outcome.rendered
        assert row["pages"] in {None, outcome.counted}
        if row["expect"] == "accept":
            assert set(row["flags"]) <= outcome.flags
    elif row["expect"] == "reject":
        assert outcome.code == row["error"]
    else:
        assert row["expect"] == "accept_or_reject"
        assert outcome.code in {row["error"], *LIMITS_STRUCK}


def test_no_hostile_file_takes_more_memory_than_its_limit(measured: tuple[dict[str, Outcome], int]) -> None:
    found, peak = measured
    assert len(found) == len(ROWS)
    assert peak <= Limits().memory_bytes
