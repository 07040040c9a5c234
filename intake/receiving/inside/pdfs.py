"""PDF: screening."""

from collections.abc import Iterator

import pikepdf

from intake.errors import DecompressionLimit
from intake.receiving.inside.answers import Answer, scan_answer
from intake.receiving.inside.pdf_counting import agree, walk_tree
from intake.receiving.inside.pdf_loading import check_lock, open_pdfium, open_qpdf
from intake.receiving.inside.pdf_pages import choose_view
from intake.receiving.inside.pdf_structure import examine
from intake.receiving.inside.request import Request
from intake.receiving.limits import Limits

_MARK, _END, _LAST_OBJECT = b"%PDF-", b"%%EOF", b"endobj"
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
#: Mail gateways and disks pad; more than this after the end is something else.
_PADDING_BYTES = 1024


def open_scan(content: bytes, request: Request) -> Iterator[Answer]:
    """Screen a PDF: count its pages by two engines, hold it to the limits, say what is odd about it.

    Raises:
        Unreadable: with the code that says why.
    """
    limits = request.limits
    _limit_qpdf(limits)
    flags = _flags_of_bytes(content)
    pdf = open_qpdf(content)
    document = open_pdfium(content)
    if pdf is None:
        check_lock(content)
        flags.add("repaired")
    else:
        flags |= _screen(pdf, limits)
    count = agree(pdf, document, limits)
    if not count.agreed:
        flags |= {"page_counts_differ", "repaired"}
        choose_view(content, count.pages)
    yield scan_answer(count.pages, flags)


def _limit_qpdf(limits: Limits) -> None:
    most = limits.unpacked_bytes
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=most, run_length_max_memory=most, png_max_memory=most, tiff_max_memory=most
    )


def _screen(pdf: pikepdf.Pdf, limits: Limits) -> set[str]:
    flags = set()
    tree = walk_tree(pdf, limits)
    if not tree.is_whole or pdf.get_warnings():
        flags.add("repaired")
    flags |= examine(pdf, limits)
    if pdf.get_warnings():
        flags.add("repaired")
    if not tree.leaves and pikepdf.settings.qpdf_limit_errors():
        raise DecompressionLimit
    return flags


def _flags_of_bytes(content: bytes) -> set[str]:
    flags = set()
    if not content.startswith(_MARK):
        flags.add("repaired")
    end = content.rfind(_END)
    if end < content.rfind(_LAST_OBJECT):
        flags |= {"incomplete", "repaired"}
    after = content[end + len(_END) :].strip(b"\x00\r\n\t ") if end >= 0 else b""
    if after.startswith(_ARCHIVES) or len(after) > _PADDING_BYTES:
        flags.add("trailing_data")
    return flags
