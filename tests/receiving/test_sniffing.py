import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.errors import (
    Corrupt,
    EmptyFile,
    ImageTooLarge,
    Malware,
    TooLarge,
    TypeMismatch,
    Unreadable,
    UnsupportedType,
)
from intake.receiving.limits import Limits
from intake.receiving.sniffing import is_two_at_once, sniff
from tests.receiving import makers

LIMITS = Limits()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (makers.text_pdf(), "application/pdf"),
        (makers.tiff(), "image/tiff"),
        (b"MM\x00*rest", "image/tiff"),
        (b"II+\x00rest", "image/tiff"),
        (makers.png(), "image/png"),
        (makers.jpeg(), "image/jpeg"),
    ],
)
@pytest.mark.parametrize("name", [None, "letter", "letter.exe", "letter.tif", "../../letter.PDF"])
def test_content_alone_decides_what_a_scan_is(content: bytes, media_type: str, name: str | None) -> None:
    assert sniff(content, name, LIMITS) == media_type


def test_a_pdf_behind_a_kilobyte_of_junk_is_still_a_pdf() -> None:
    assert sniff(b"x" * 1024 + makers.text_pdf(), "a.pdf", LIMITS) == "application/pdf"


def test_a_pdf_far_inside_other_bytes_is_damaged() -> None:
    with pytest.raises(Corrupt):
        sniff(b"x" * 1025 + makers.text_pdf(), "a.pdf", LIMITS)


def test_what_the_file_begins_with_wins_over_a_pdf_inside() -> None:
    assert sniff(b"\xff\xd8\xff\xfe\x00\x20%PDF-1.7", "a.pdf", LIMITS) == "image/jpeg"
    for mark in (b"PK\x03\x04", b"GIF89a\x01\x00\x01\x00"):
        with pytest.raises(TypeMismatch):
            sniff(mark + makers.text_pdf(), "a.pdf", LIMITS)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(EmptyFile):
        sniff(b"", "a.pdf", LIMITS)


def test_the_eicar_test_virus_is_refused_as_malware() -> None:
    with pytest.raises(Malware):
        sniff(makers.EICAR, "eicar.com.txt", LIMITS)


def test_a_file_above_the_limit_is_refused_before_anything_else() -> None:
    small = Limits(file_bytes=10)
    assert sniff(b"%PDF-" + b"1" * 5, None, small) == "application/pdf"
    with pytest.raises(TooLarge):
        sniff(b"%PDF-" + b"1" * 6, None, small)


@pytest.mark.parametrize("extension", ["pdf", "PDF", "tif", "tiff", "png", "jpg", "jpeg"])
def test_a_name_that_promises_a_scan_and_lies_is_a_mismatch(extension: str) -> None:
    with pytest.raises(TypeMismatch):
        sniff(b"<html>hello", f"letter.{extension}", LIMITS)


@pytest.mark.parametrize("name", [None, "", "letter.txt", "letter.docx", "pdf"])
def test_a_name_that_promises_nothing_is_an_unsupported_type(name: str | None) -> None:
    with pytest.raises(UnsupportedType):
        sniff(b"hello", name, LIMITS)


def test_a_gif_with_an_enormous_canvas_is_refused_for_its_size() -> None:
    with pytest.raises(ImageTooLarge):
        sniff(b"GIF89a\xff\xff\xff\xff\x00\x00\x00", "a.gif", LIMITS)


@given(st.binary(max_size=300), st.none() | st.text(max_size=20))
def test_any_bytes_under_any_name_are_a_scan_or_are_refused_with_a_remedy(content: bytes, name: str | None) -> None:
    try:
        media_type = sniff(content, name, LIMITS)
    except Unreadable as refusal:
        assert refusal.code and refusal.remedy.endswith(".")
    else:
        assert media_type in {"application/pdf", "image/tiff", "image/png", "image/jpeg"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (makers.text_pdf(), False),
        (b"<html>\n" + makers.text_pdf(), True),
        (makers.jpeg(), False),
        (makers.jpeg(comment=b"%PDF-1.7"), True),
    ],
)
def test_bytes_that_are_two_kinds_at_once_are_noticed(content: bytes, expected: bool) -> None:
    assert is_two_at_once(content, sniff(content, None, LIMITS)) is expected
