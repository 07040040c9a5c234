import hashlib
import io
import struct

import pikepdf
import pytest
from PIL import Image

from intake import errors
from intake.receiving.limits import Limits
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from tests.receiving import makers


def test_a_scan_keeps_its_bytes_unaltered_with_their_hash(opener: BubblewrapOpener) -> None:
    content = makers.text_pdf(3)
    scan = opener.open_scan(content, "letter.pdf")
    assert scan.content == content
    assert scan.sha256 == hashlib.sha256(content).hexdigest()
    assert (scan.media_type, scan.page_count, scan.flags) == ("application/pdf", 3, ())


@pytest.mark.parametrize(
    ("content", "media_type", "pages"),
    [
        (makers.scanned_pdf(2), "application/pdf", 2),
        (makers.tiff(4, compression="group4", image=makers.picture(mode="1")), "image/tiff", 4),
        (makers.png(), "image/png", 1),
        (makers.jpeg(), "image/jpeg", 1),
        (makers.jpeg(makers.picture(mode="CMYK")), "image/jpeg", 1),
    ],
)
def test_every_kind_of_scan_opens(opener: BubblewrapOpener, content: bytes, media_type: str, pages: int) -> None:
    scan = opener.open_scan(content, None)
    assert (scan.media_type, scan.page_count, scan.flags) == (media_type, pages, ())


def test_a_locked_pdf_is_refused_with_a_remedy(opener: BubblewrapOpener) -> None:
    with pytest.raises(errors.Encrypted) as refusal:
        opener.open_scan(makers.locked_pdf(), "letter.pdf")
    assert "password" in str(refusal.value)


def test_a_pdf_locked_only_against_change_opens(opener: BubblewrapOpener) -> None:
    assert opener.open_scan(makers.locked_pdf(owner_only=True), None).page_count == 3


@pytest.mark.parametrize(
    "content",
    [
        makers.text_pdf(20)[:300],
        b"%PDF-1.7\n%%EOF",
        makers.png()[:-200],
        makers.jpeg()[:-500],
        makers.tiff(2)[:-200],
        makers.tiff_in_circle(),
        b"II*\x00\xff\xff\xff\x7f",
        makers.png_claiming(0, 0),
    ],
)
def test_a_scan_cut_off_or_out_of_form_is_corrupt(opener: BubblewrapOpener, content: bytes) -> None:
    with pytest.raises(errors.Corrupt):
        opener.open_scan(content, None)


def test_a_pdf_cut_in_the_middle_never_passes_as_whole(opener: BubblewrapOpener) -> None:
    content = makers.text_pdf(20)
    try:
        scan = opener.open_scan(content[: len(content) // 2], None)
    except errors.Corrupt:
        return
    assert {"incomplete", "repaired"} <= set(scan.flags)


def test_a_pdf_without_pages_says_so(opener: BubblewrapOpener) -> None:
    with pytest.raises(errors.NoPages):
        opener.open_scan(makers.pdf_with_false_count(0, 0), None)


def test_ten_thousand_pages_are_too_many(opener: BubblewrapOpener) -> None:
    with pytest.raises(errors.TooManyPages):
        opener.open_scan(makers.pdf_with_false_count(10_000, 10_000), None)


def test_a_lie_about_many_pages_does_not_refuse_a_small_letter(opener: BubblewrapOpener) -> None:
    scan = opener.open_scan(makers.pdf_with_false_count(2, 9_000), None)
    assert scan.page_count == 2
    assert "repaired" in scan.flags


def test_pages_that_one_engine_would_lose_are_counted_shown_and_flagged(opener: BubblewrapOpener) -> None:
    scan = opener.open_scan(makers.pdf_with_false_count(5, 1), None)
    assert scan.page_count == 5
    assert {"page_counts_differ", "repaired"} <= set(scan.flags)
    assert [page.image.number for page in opener.render_pages(scan, range(1, 6))] == [1, 2, 3, 4, 5]


def test_a_stream_that_unpacks_beyond_its_limit_is_refused_by_name(opener: BubblewrapOpener) -> None:
    assert opener.open_scan(makers.bomb_pdf(60), None).page_count == 1
    with pytest.raises(errors.DecompressionLimit):
        opener.open_scan(makers.bomb_pdf(70), None)


def test_more_objects_than_a_letter_needs_are_too_costly() -> None:
    with pytest.raises(errors.TooCostly):
        BubblewrapOpener(limits=Limits(objects=20)).open_scan(makers.text_pdf(20), None)


@pytest.mark.parametrize("content", [makers.png_claiming(50_000, 50_000), makers.png_claiming(2**31 - 1, 2**31 - 1)])
def test_an_image_with_too_many_pixels_is_refused_before_it_is_decoded(
    opener: BubblewrapOpener, content: bytes
) -> None:
    with pytest.raises(errors.ImageTooLarge):
        opener.open_scan(content, None)


def test_an_image_too_large_inside_a_pdf_is_refused() -> None:
    with pytest.raises(errors.ImageTooLarge):
        BubblewrapOpener(limits=Limits(image_pixels=100_000)).open_scan(makers.scanned_pdf(), None)


def test_a_strip_one_pixel_wide_is_too_small(opener: BubblewrapOpener) -> None:
    with pytest.raises(errors.PageTooSmall):
        opener.open_scan(makers.png(Image.new("L", (1, 5000))), None)


def test_a_thumbnail_in_a_tiff_is_no_page(opener: BubblewrapOpener) -> None:
    content = bytearray(makers.tiff(2, tiffinfo={254: 0}))
    first = struct.unpack_from("<I", content, 4)[0]
    link = makers.link_at(content, first)
    second = struct.unpack_from("<I", content, link)[0]
    assert struct.unpack_from("<H", content, second + 2)[0] == 254
    struct.pack_into("<I", content, second + 2 + 8, 1)
    assert opener.open_scan(bytes(content), None).page_count == 1


def test_an_unknown_compression_in_a_tiff_is_named(opener: BubblewrapOpener) -> None:
    content = bytearray(makers.tiff())
    first = struct.unpack_from("<I", content, 4)[0]
    tags = range(first + 2, makers.link_at(content, first), 12)
    compression = next(at for at in tags if struct.unpack_from("<H", content, at)[0] == 259)
    struct.pack_into("<H", content, compression + 8, 9999)
    with pytest.raises(errors.UnsupportedCodec):
        opener.open_scan(bytes(content), None)


@pytest.mark.parametrize(
    ("action", "flag"),
    [
        ({"/S": "/JavaScript", "/JS": "x"}, "active_content:javascript"),
        ({"/S": "/Launch"}, "active_content:launch"),
        ({"/S": "/URI"}, "active_content:uri"),
        ({"/S": "/GoToR"}, "active_content:remote"),
    ],
)
def test_what_a_pdf_would_do_by_itself_is_flagged(opener: BubblewrapOpener, action: dict[str, str], flag: str) -> None:
    with pikepdf.open(io.BytesIO(makers.text_pdf())) as pdf:
        entries = {key: pikepdf.Name(text) if text.startswith("/") else text for key, text in action.items()}
        pdf.Root.OpenAction = pikepdf.Dictionary(entries)
        buffer = io.BytesIO()
        pdf.save(buffer)
    assert opener.open_scan(buffer.getvalue(), None).flags == (flag,)


def test_files_carried_inside_a_pdf_are_flagged(opener: BubblewrapOpener) -> None:
    with pikepdf.open(io.BytesIO(makers.text_pdf())) as pdf:
        pdf.attachments["annex.pdf"] = makers.text_pdf()
        buffer = io.BytesIO()
        pdf.save(buffer)
    assert opener.open_scan(buffer.getvalue(), None).flags == ("embedded_files",)
