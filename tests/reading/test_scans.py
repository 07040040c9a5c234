"""A sample of the degraded scans is read as well as promised; ``benchmarks/reading.py`` measures them all."""

import json
import statistics
from pathlib import Path

import pytest

from benchmarks.reading import character_error, load_page
from intake.seams import PageReader

SAMPLE = ("de2", "fr2", "uk2", "kk1", "hy1", "fa2", "zh1", "hi1")


@pytest.fixture(scope="module")
def errors(reader: PageReader, shared: Path) -> dict[str, float]:
    """Character error of each page, 0..1; what is found out of a page is checked on the way."""
    metas = {meta["id"]: meta for meta in json.loads((shared / "scans" / "meta.json").read_text("utf-8"))}
    found = {}
    for name in SAMPLE:
        meta, language = metas[name], name[:2]
        pdf = shared / "scans" / "pdf" / f"{language}.pdf"
        page = load_page(pdf, int(name[-1]) - 1, meta["dpi"], grey=meta["mode"] != "color")
        reading = reader.read_page(page, None)
        assert (name, reading.language, reading.rotation) == (name, language, meta["rot"])
        assert reading.skew == pytest.approx(meta["skew"], abs=0.3)
        truth = (shared / "scans" / "gt" / f"{name}.txt").read_text("utf-8")
        found[name] = character_error(reading.text, truth, language)
    return found


def test_few_characters_are_wrong(errors: dict[str, float]) -> None:
    assert statistics.mean(errors.values()) < 0.015
    assert max(errors.values()) < 0.05
