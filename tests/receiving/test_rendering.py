import io

import pikepdf
import pytest
from PIL import Image

from intake import errors
from intake.receiving.limits import Limits
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from intake.values import RenderedPage
from tests.receiving import makers


def rendered(opener: BubblewrapOpener, content: bytes) -> list[RenderedPage]:
    scan = opener.open_scan(content, None)
    pages = list(opener.render_pages(scan, range(1, scan.page_count + 1)))
    assert len(pages) == scan.page_count
    return pages


def as_image(page: RenderedPage) -> Image.Image:
    mode = "L" if page.image.channels == 1 else "RGB"
    return Image.frombytes(mode, (page.image.width, page.image.height), page.image.pixels)


def test_a_born_digital_page_comes_at_300_dpi_with_its_own_text(opener: BubblewrapOpener) -> None:
    first, second = rendered(opener, makers.text_pdf(2, "Rogatory letter"))
    assert (first.image.dpi, first.image.width, first.image.channels) == (300, 2480, 1)
    assert (first.text_layer, second.text_layer) == ("Rogatory letter 1", "Rogatory letter 2")


def test_a_scanned_page_comes_at_its_own_resolution_without_text(opener: BubblewrapOpener) -> None:
    (page,) = rendered(opener, makers.scanned_pdf(image=makers.picture(850, 1100), dpi=100))
    assert (page.image.width, page.image.height, page.image.dpi) == (850, 1100, 100)
    assert page.text_layer is None


@pytest.mark.parametrize(("mode", "channels"), [("L", 1), ("1", 1), ("RGB", 3)])
@pytest.mark.parametrize("make", [makers.png, makers.scanned_pdf], ids=["png", "pdf"])
def test_colour_is_kept_where_there_is_some(opener: BubblewrapOpener, make: object, mode: str, channels: int) -> None:
    (page,) = rendered(opener, make(image=makers.picture(mode=mode)))  # type: ignore[operator]
    assert page.image.channels == channels
    assert len(page.image.pixels) == page.image.width * page.image.height * channels


def test_a_grey_scan_saved_in_colour_is_grey(opener: BubblewrapOpener) -> None:
    (page,) = rendered(opener, makers.jpeg(makers.picture(mode="L").convert("RGB")))
    assert page.image.channels == 1


def test_a_page_of_200_inches_is_scaled_down_and_says_so(opener: BubblewrapOpener) -> None:
    (page,) = rendered(opener, makers.text_pdf(size=(14_400, 14_400)))
    assert page.flags == ("downscaled",)
    assert page.image.width * page.image.height <= Limits().page_pixels
    assert page.text_layer is not None


def test_a_large_photo_is_scaled_down_and_says_so() -> None:
    opener = BubblewrapOpener(limits=Limits(page_pixels=60_000, page_side=250))
    (page,) = rendered(opener, makers.png(makers.picture(1000, 500)))
    assert (page.image.width, page.image.height, page.flags) == (250, 125, ("downscaled",))


def test_a_page_beyond_any_paper_is_refused(opener: BubblewrapOpener) -> None:
    with pytest.raises(errors.PageTooLarge):
        rendered(opener, makers.text_pdf(size=(14_000_000, 14_000_000)))


def test_a_scan_declared_at_one_dpi_keeps_its_pixels(opener: BubblewrapOpener) -> None:
    (page,) = rendered(opener, makers.scanned_pdf(image=makers.picture(600, 800), dpi=1))
    assert (page.image.width, page.image.height, page.flags) == (600, 800, ("downscaled",))
    assert page.image.dpi == 68


def test_a_photo_held_sideways_comes_upright(opener: BubblewrapOpener) -> None:
    exif = Image.Exif()
    exif[274] = 6
    (page,) = rendered(opener, makers.jpeg(makers.picture(400, 300), exif=exif))
    assert (page.image.width, page.image.height) == (300, 400)


def test_transparency_is_laid_on_white_paper(opener: BubblewrapOpener) -> None:
    (page,) = rendered(opener, makers.png(Image.new("RGBA", (40, 40), (10, 20, 30, 0))))
    assert set(page.image.pixels) == {255}


@pytest.mark.parametrize("make", [makers.png, makers.tiff], ids=["png", "tiff"])
def test_sixteen_bits_become_eight(opener: BubblewrapOpener, make: object) -> None:
    deep = Image.new("I;16", (40, 40), 0x8080)
    deep.putpixel((0, 0), 0xFFFF)
    (page,) = rendered(opener, make(image=deep))  # type: ignore[operator]
    assert abs(as_image(page).getpixel((20, 20)) - 0x80) <= 1  # type: ignore[operator]
    assert as_image(page).getpixel((0, 0)) == 255


def test_a_tiff_keeps_the_order_asked_for(opener: BubblewrapOpener) -> None:
    sheets = [makers.picture(200 + at, 100) for at in range(6)]
    buffer = io.BytesIO()
    sheets[0].save(buffer, "TIFF", save_all=True, append_images=sheets[1:])
    scan = opener.open_scan(buffer.getvalue(), None)
    pages = list(opener.render_pages(scan, (5, 1, 5)))
    assert [(page.image.number, page.image.width) for page in pages] == [(5, 204), (1, 200), (5, 204)]


def test_a_blank_sheet_is_fine_and_a_picture_that_comes_out_blank_is_not(opener: BubblewrapOpener) -> None:
    (blank,) = rendered(opener, makers.content_pdf([b""]))
    assert blank.flags == ()
    with pikepdf.open(io.BytesIO(makers.scanned_pdf())) as pdf:
        picture = next(entry for entry in pdf.objects if isinstance(entry, pikepdf.Stream) and "/Width" in entry)
        picture.write(b"\x00" * 5000, filter=pikepdf.Name.JPXDecode)
        buffer = io.BytesIO()
        pdf.save(buffer)
    (broken,) = rendered(opener, buffer.getvalue())
    assert "damaged_content" in broken.flags


def test_text_is_cleaned_of_what_no_database_takes_and_kept_within_its_limit() -> None:
    opener = BubblewrapOpener(limits=Limits(text_bytes=10))
    (page,) = rendered(opener, makers.text_pdf(text="Rogatory letter"))
    assert page.text_layer == "Rogatory l"
    assert page.flags == ("text_truncated",)


def test_text_that_eats_all_memory_costs_the_text_and_not_the_page() -> None:
    heavy = b"BT /F1 1 Tf " + b"(lorem ipsum dolor sit amet) Tj " * 60_000 + b"ET"
    opener = BubblewrapOpener(limits=Limits(memory_bytes=400 << 20))
    first, second, third = rendered(opener, makers.content_pdf([b"", heavy, b"BT /F1 9 Tf 9 9 Td (third) Tj ET"]))
    assert (second.text_layer, second.flags) == (None, ("text_truncated",))
    assert (first.text_layer, third.text_layer) == (None, "third")


def test_pages_stream_in_constant_memory() -> None:
    opener = BubblewrapOpener(limits=Limits(memory_bytes=400 << 20))
    scan = opener.open_scan(makers.content_pdf([b"1 0 0 rg 50 50 200 200 re f"] * 24), None)
    total = sum(len(page.image.pixels) for page in opener.render_pages(scan, range(1, 25)))
    assert total > 400 << 20


def test_a_page_that_takes_too_long_is_given_up() -> None:
    opener = BubblewrapOpener(limits=Limits(page_seconds=1))
    scan = opener.open_scan(makers.endless_pdf(), None)
    with pytest.raises(errors.TooCostly):
        list(opener.render_pages(scan, (1,)))


def test_a_page_number_outside_the_scan_is_a_defect_of_the_caller(opener: BubblewrapOpener) -> None:
    scan = opener.open_scan(makers.png(), None)
    with pytest.raises(ValueError, match="outside"):
        list(opener.render_pages(scan, (2,)))
    assert list(opener.render_pages(scan, ())) == []


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_both_renderers_show_the_same_page(opener: BubblewrapOpener, rotation: int) -> None:
    with pikepdf.open(io.BytesIO(makers.text_pdf(text="Rogatory"))) as pdf:
        pdf.pages[0].Rotate = rotation
        buffer = io.BytesIO()
        pdf.save(buffer)
    shown = [
        as_image(rendered(one, buffer.getvalue())[0]).reduce(8).point(lambda value: 255 if value < 250 else 0).getbbox()
        for one in (opener, BubblewrapOpener(renderer="pdf2image"))
    ]
    assert shown[0] is not None and shown[1] is not None
    assert all(abs(one - other) <= 3 for one, other in zip(*shown, strict=True))
