"""Pages of a PDF drawn by poppler's pdftoppm, through pdf2image."""

import tempfile
from pathlib import Path

import pdf2image
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image
from typing_extensions import override

from intake.errors import Corrupt
from intake.receiving.inside.pdf_pages import Drawing, PageRenderer

_POINTS_PER_INCH = 72


class Pdf2ImageRenderer(PageRenderer):
    """pdftoppm, a process for each page, inside the same sandbox.

    Args:
        content: the PDF; written to the sandbox's own folder, since pdftoppm reads files.
    """

    def __init__(self, content: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as file:
            file.write(content)
        self._path = Path(file.name)

    @override
    def draw(self, page: pypdfium2.PdfPage, drawing: Drawing) -> Image.Image:
        dpi = max(1, int(drawing.dpi))
        expected = (side * dpi / _POINTS_PER_INCH for side in drawing.points)
        images = pdf2image.convert_from_path(
            self._path,
            dpi=dpi,
            first_page=drawing.number,
            last_page=drawing.number,
            grayscale=drawing.grey,
            use_cropbox=True,
        )
        # pdf2image never looks at how pdftoppm ended: only the picture shows whether it did.
        if len(images) != 1 or any(abs(got - want) > 2 for got, want in zip(images[0].size, expected, strict=True)):
            raise Corrupt
        return images[0].convert("L" if drawing.grey else "RGB")
