"""The archive copy shows the page as received, upright, and carries nothing else."""

import io

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from intake.archiving.binding import bind
from intake.archiving.page_copy import copy_page
from intake.archiving.picture import encode
from intake.values import PageImage, Word
from tests import scans
from tests.archiving.looking import TEXT_OF, look, paper, reading

FORBIDDEN = {
    "/JavaScript", "/JS", "/AA", "/OpenAction", "/Annots", "/EmbeddedFiles", "/EmbeddedFile", "/AcroForm", "/Metadata",
    "/URI", "/Launch", "/RichMedia", "/Names", "/AF", "/PieceInfo", "/XFA", "/StructTreeRoot",
}  # fmt: skip
HEARD = [Word("Heard", 100, 100, 90, 24, 0.9)]


def received(picture: Image.Image, dpi: int = 150) -> PageImage:
    return PageImage(1, picture.tobytes(), *picture.size, 3 if picture.mode == "RGB" else 1, dpi)


def grey_photograph() -> Image.Image:
    rows = np.add.outer(np.linspace(60, 200, 1400), np.linspace(-40, 40, 1000))
    grain = np.random.default_rng(1).normal(0, 3, rows.shape)
    return Image.fromarray(np.clip(rows + grain, 0, 255).astype(np.uint8))


def black_and_white() -> Image.Image:
    return scans.page().point([0] * 128 + [255] * 128)


def smooth_print() -> Image.Image:
    """Text as a renderer draws it at 300 dpi: grey only along the edges of letters."""
    picture = Image.new("L", (2480, 3508), 255)
    ImageDraw.Draw(picture).multiline_text((240, 240), scans.LETTER, 0, ImageFont.load_default(50), spacing=20)
    return picture


def kept_picture(copy: bytes) -> Image.Image:
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        return pikepdf.PdfImage(pdf.pages[0].Resources.XObject["/Page"]).as_pil_image().convert("L")


def test_a_page_in_black_and_white_comes_back_pixel_by_pixel() -> None:
    page = black_and_white()
    copy = copy_page(received(page), reading(HEARD))
    assert encode(received(page)).encoding == "group4"
    assert np.array_equal(np.asarray(kept_picture(copy)), np.asarray(page))
    # pdfium draws it smoothed over a pixel.
    assert np.abs(look(copy, 150).astype(int) - np.asarray(page)).mean() < 5


def test_black_and_white_with_smooth_edges_costs_one_bit_a_pixel_and_looks_the_same() -> None:
    page = smooth_print()
    picture = encode(received(page, 300))
    assert picture.encoding == "group4"
    kept = np.asarray(kept_picture(copy_page(received(page, 300), reading())), int)
    assert np.abs(kept - np.asarray(page)).max() <= 128


@pytest.mark.parametrize("tone", [225, 136, 60])
def test_no_tone_is_lost(tone: int) -> None:
    page = smooth_print()
    ImageDraw.Draw(page).rectangle((600, 2800, 1400, 3000), fill=tone)
    assert encode(received(page, 300)).encoding == "jpeg"
    shown = look(copy_page(received(page, 300), reading()), 300)
    assert shown[2900, 1000] == pytest.approx(tone, abs=4)


def test_pale_writing_is_not_lost() -> None:
    page = smooth_print()
    ImageDraw.Draw(page).text((300, 2900), "copy for the court", 150, ImageFont.load_default(40))
    assert encode(received(page, 300)).encoding == "jpeg"


def test_grey_and_colour_stay_what_they_are() -> None:
    grey = grey_photograph()
    shown = look(copy_page(received(grey), reading()), 150).astype(int)
    assert np.abs(shown - np.asarray(grey)).mean() < 4
    red = Image.new("RGB", (400, 400), (200, 30, 40))
    with pikepdf.open(io.BytesIO(copy_page(received(red), reading()))) as pdf:
        picture = pdf.pages[0].Resources.XObject["/Page"]
        assert picture.ColorSpace == "/DeviceRGB"
        seen = Image.open(io.BytesIO(picture.read_raw_bytes()), formats=["JPEG"])
        assert seen.getpixel((200, 200)) == pytest.approx((200, 30, 40), abs=4)


def test_grey_above_300_dpi_is_brought_down_to_it_and_black_and_white_is_not() -> None:
    fine = encode(received(grey_photograph(), 600))
    assert (fine.width, fine.height) == (500, 700)
    bits = encode(received(black_and_white(), 600))
    assert (bits.width, bits.height) == (1240, 1754)
    for picture in (grey_photograph(), black_and_white()):
        with pikepdf.open(io.BytesIO(copy_page(received(picture, 600), reading()))) as pdf:
            assert [float(side) * 600 / 72 for side in pdf.pages[0].MediaBox[2:]] == pytest.approx(
                picture.size, abs=0.1
            )


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_shown_upright(rotation: int) -> None:
    upright = Image.new("L", (800, 1100), 255)
    ImageDraw.Draw(upright).rectangle((40, 60, 200, 120), fill=0)
    # The page as received has to be turned clockwise by its rotation.
    page = upright.rotate(rotation, expand=True)
    shown = look(copy_page(received(page), reading(rotation=rotation)), 150)
    assert shown.shape == (1100, 800)
    assert np.abs(shown.astype(int) - np.asarray(upright)).mean() < 1


def test_the_text_cannot_be_seen() -> None:
    text = "\n".join("the quick brown fox" for _ in range(40))
    plain, searchable = copy_page(paper(), reading()), copy_page(paper(), reading(text=text))
    assert TEXT_OF["pdfium"](searchable).split() == text.split()
    assert np.array_equal(look(plain, 150), look(searchable, 150))


@settings(max_examples=25, deadline=None)
@given(width=st.integers(1, 300), height=st.integers(1, 300), dpi=st.integers(1, 10_000), colour=st.booleans())
def test_a_page_of_any_size_opens(width: int, height: int, dpi: int, colour: bool) -> None:
    channels = 3 if colour else 1
    image = PageImage(1, bytes(width * height * channels), width, height, channels, dpi)  # type: ignore[arg-type]
    with pikepdf.open(io.BytesIO(copy_page(image, reading([Word("a", 0, 0, width, height, 1.0)])))) as pdf:
        sides = [float(side) for side in pdf.pages[0].MediaBox[2:]]
        assert max(sides) <= 14_400.1
        assert pdf.check_pdf_syntax() == []


def a_copy() -> bytes:
    pages = [copy_page(received(scans.page(mark=str(number))), reading(HEARD)) for number in range(3)]
    return bind(pages, "2026-000001")


def test_nothing_is_in_the_copy_but_pages_and_our_own_title() -> None:
    with pikepdf.open(io.BytesIO(a_copy())) as pdf:
        for one in pdf.objects:
            keys = set(one.keys()) if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) else set()
            assert not keys & FORBIDDEN
        assert dict(pdf.docinfo) == {"/Title": "2026-000001", "/Producer": "Rogatory"}
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert len(pdf.pages) == 3
        assert pdf.check_pdf_syntax() == []


def test_a_photograph_carries_no_marks_of_its_maker() -> None:
    picture = Image.open(io.BytesIO(encode(received(grey_photograph())).content), formats=["JPEG"])
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not picture.getexif()


def test_the_same_pages_give_the_same_bytes() -> None:
    assert a_copy() == a_copy()


def test_pages_share_one_font() -> None:
    rare = copy_page(paper(), reading([Word("𠮷野", 10, 10, 90, 30, 0.9)]))
    usual = [copy_page(paper(), reading(HEARD)) for _ in range(5)]
    with pikepdf.open(io.BytesIO(bind(usual, "n"))) as pdf:
        assert sum("/FontFile2" in one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)) == 1
    mixed = bind([usual[0], rare, usual[1]], "n")
    for text_of in TEXT_OF.values():
        assert text_of(mixed).split() == ["Heard", "𠮷野", "Heard"]
