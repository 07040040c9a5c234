"""A page that cannot be read ends in a state that a clerk understands, with the reason, and good pages get none."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from benchmarks.reading import load_page
from intake.reading.reader import TesseractReader
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from intake.values import PageReading
from intake.web import words
from tests.reading import bad_pages
from tests.reading.drawing import SIZE, TEXTS, as_page, draw_text, scanned
from tests.reading.test_reader import error
from tests.receiving import makers

Read = Callable[[bytes], PageReading]


@pytest.fixture(scope="module")
def read(reader: TesseractReader) -> Read:
    """The way of a file's first page: through the sandbox, then read."""

    def go(content: bytes) -> PageReading:
        opener = BubblewrapOpener()
        scan = opener.open_scan(content, None)
        (page,) = opener.render_pages(scan, [1])
        return reader.read_page(page, None)

    return go


def assert_says(reading: PageReading, flag: str) -> None:
    """The page has this one reason, words for it, and no text that would be classified as if it were sure."""
    reasons = [each for each in reading.flags if each == "blank" or each.startswith("rescan")]
    assert reasons == [flag]
    assert flag in words.FLAG
    assert reading.legibility < 0.5


@pytest.mark.parametrize("texture", [0.0, 1.0, 3.0])
@pytest.mark.parametrize("streaks", [0, 6])
def test_an_empty_sheet_is_blank_whatever_its_paper(read: Read, texture: float, streaks: int) -> None:
    reading = read(bad_pages.png(bad_pages.empty_paper(texture, streaks)))
    assert_says(reading, "blank")
    assert (reading.text, reading.language) == ("", None)


@pytest.mark.parametrize(("depth", "noise"), [(5, 0), (7, 2), (10, 3)])
def test_print_too_faint_to_read_is_not_called_blank(read: Read, depth: float, noise: float) -> None:
    assert_says(read(bad_pages.png(bad_pages.print_faintly(depth, noise))), "rescan:faint")


def test_faint_print_on_its_side_is_not_called_blank(read: Read) -> None:
    sideways = bad_pages.print_faintly(8, 2).transpose(Image.Transpose.ROTATE_90)
    assert_says(read(bad_pages.png(sideways)), "rescan:faint")


def test_a_black_page_is_black(read: Read) -> None:
    assert_says(read(bad_pages.png(Image.new("L", SIZE, 0))), "rescan:black")


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_letter_that_says_it_has_one_dot_an_inch_is_read(read: Read, kind: str) -> None:
    letter = draw_text(TEXTS["en"])
    content = bad_pages.png(letter, dpi=1) if kind == "png" else makers.scanned_pdf(image=letter, dpi=1)
    reading = read(content)
    assert error(reading, TEXTS["en"]) < 0.02
    assert not [flag for flag in reading.flags if flag.startswith("rescan")]


def test_a_drawing_of_a0_has_no_text(read: Read) -> None:
    plan = bad_pages.draw_plan((6622, 9362)).convert("1")
    reading = read(bad_pages.png(plan))
    assert_says(reading, "rescan:no_text")
    assert "downscaled" in reading.flags


@pytest.mark.parametrize("dpi", [200, 300, 600])
def test_a_scrap_of_five_millimetres_is_a_scrap(read: Read, dpi: int) -> None:
    side = round(5 / 25.4 * dpi)
    scrap = draw_text("No 17", size=dpi // 8).crop((170, 210, 170 + side, 210 + side))
    assert_says(read(bad_pages.png(scrap, dpi)), "rescan:scrap")


@pytest.mark.parametrize(("height", "pen", "slant", "ink"), [(26, 4, 0.35, 40), (18, 3, 0.1, 90)])
def test_handwriting_is_told_from_bad_print(read: Read, height: int, pen: int, slant: float, ink: int) -> None:
    assert_says(read(bad_pages.png(bad_pages.write_by_hand(height, height, pen, slant, ink))), "rescan:handwriting")


def test_handwriting_on_its_side_is_handwriting(read: Read) -> None:
    sideways = bad_pages.write_by_hand(3, 26, 4, 0.3).transpose(Image.Transpose.ROTATE_90)
    assert_says(read(bad_pages.png(sideways)), "rescan:handwriting")


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_blurred_print_is_bad_print_and_no_handwriting(reader: TesseractReader, language: str) -> None:
    blurred = scanned(draw_text(TEXTS[language], language).filter(ImageFilter.GaussianBlur(6)), noise=8)
    reading = reader.read_page(as_page(blurred), None)
    assert reading.legibility < 0.5
    assert not {"rescan:handwriting", "rescan:cut_off", "rescan:no_text"} & set(reading.flags)


@pytest.mark.parametrize("turned", [False, True])
def test_a_fax_line_upside_down_to_the_letter_leaves_the_letter_read(read: Read, turned: bool) -> None:
    page = scanned(bad_pages.add_fax_line(draw_text(TEXTS["en"])), rotation=180 if turned else 0)
    reading = read(bad_pages.png(page))
    assert reading.rotation == (180 if turned else 0)
    assert reading.language == "en"
    assert TEXTS["en"].split()[-4:] == [word for word in reading.text.split() if word in TEXTS["en"].split()][-4:]
    assert not [flag for flag in reading.flags if flag.startswith("rescan")]


def cut(side: str, rotation: int = 0) -> Image.Image:
    """A page of which one side is missing."""
    page = scanned(bad_pages.full_page())
    width, height = page.size
    box = {"left": (300, 0, width, height), "right": (0, 0, width - 300, height)}[side]
    return Image.fromarray(np.rot90(np.asarray(page.crop(box)), rotation // 90))


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("rotation", [0, 90])
def test_a_page_whose_lines_run_over_the_edge_is_cut_off(read: Read, side: str, rotation: int) -> None:
    reading = read(bad_pages.png(cut(side, rotation)))
    assert [flag for flag in reading.flags if flag.startswith("rescan")] == ["rescan:cut_off"]


def test_a_shadow_at_the_edge_cuts_nothing(reader: TesseractReader) -> None:
    page = np.asarray(scanned(bad_pages.full_page())).copy()
    for top in range(100, 2200, 60):
        page[top : top + 22, -9:] = 30
    reading = reader.read_page(as_page(Image.fromarray(page)), None)
    assert not [flag for flag in reading.flags if flag.startswith("rescan")]


def test_degraded_scans_that_can_be_read_get_no_reason(reader: TesseractReader, shared: Path) -> None:
    metas = {meta["id"]: meta for meta in json.loads((shared / "scans" / "meta.json").read_text("utf-8"))}
    for name in ("en1", "de2", "ur2", "ar1", "ko2", "th1"):
        meta = metas[name]
        pdf = shared / "scans" / "pdf" / f"{name[:2]}.pdf"
        page = load_page(pdf, int(name[-1]) - 1, meta["dpi"], grey=meta["mode"] != "color")
        assert (name, reader.read_page(page, None).flags) == (name, ())
