"""The two engines, opened on the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]

from intake.errors import Encrypted

if TYPE_CHECKING:
    import pikepdf

_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY of fpdfview.h


def open_qpdf(content: bytes) -> pikepdf.Pdf | None:
    """Open with qpdf; None when it cannot, and pdfium alone must say what the file is."""
    # Half of what starting the process costs, and needed for pages only when a file is broken.
    import pikepdf

    try:
        return pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    except (pikepdf.PasswordError, pikepdf.PdfError):
        return None


def open_pdfium(content: bytes) -> pypdfium2.PdfDocument | None:
    """Open with pdfium; None when it cannot."""
    try:
        document = pypdfium2.PdfDocument(content)
        document.init_forms()
    except pypdfium2.PdfiumError:
        return None
    return document


def check_lock(content: bytes) -> None:
    """Tell a locked file from a broken one.

    Raises:
        Encrypted: when pdfium asks for a password or a certificate.
    """
    try:
        pypdfium2.PdfDocument(content).close()
    except pypdfium2.PdfiumError as error:
        if error.err_code in {_PASSWORD, _SECURITY}:
            raise Encrypted from error
