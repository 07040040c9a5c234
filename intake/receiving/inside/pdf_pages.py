"""Pages of a PDF as pixels and text."""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import Image
from typing_extensions import override

from intake.errors import Corrupt, PageTooLarge, PageTooSmall
from intake.receiving.inside.answers import Answer, page_answer, text_answer
from intake.receiving.inside.pdf_loading import open_pdfium, open_qpdf
from intake.receiving.inside.pixels import is_uniform, plausible_dpi, scale_within, without_needless_colour
from intake.receiving.inside.request import Request
from intake.receiving.limits import Limits

_POINTS_PER_INCH = 72
#: A picture finer than this only repeats itself; one that covers less than half of the page is no scan of it.
_MOST_SCAN_DPI, _LEAST_COVER = 600, 0.5
_INVISIBLE = 3  # text render mode, ISO 32000-1 table 106
_GREY_SPACES = frozenset({pdfium.FPDF_COLORSPACE_DEVICEGRAY, pdfium.FPDF_COLORSPACE_CALGRAY})
#: A picture with more bytes than this has something on it; when the page comes out blank, it was not decoded.
_BLANK_BYTES = 1000
#: Keeps sizes that a renderer rounds up within the budget.
_MARGIN = 1 - 1e-4


@dataclass(frozen=True, slots=True)
class Drawing:
    """How one page is to be drawn."""

    number: int  #: 1-based
    points: tuple[float, float]  #: pt, turned as shown
    dpi: float  #: px per inch
    grey: bool  #: its only picture has no colour
    flags: frozenset[str] = frozenset()


class PageRenderer(Protocol):
    """Draws one page of the document it was made for."""

    def draw(self, page: pypdfium2.PdfPage, drawing: Drawing) -> Image.Image:
        """Return the page in mode ``L`` or ``RGB``, forms and annotations drawn.

        Raises:
            Corrupt: when nothing comes out.
        """
        ...


class PdfiumRenderer(PageRenderer):
    """pdfium, in this process."""

    @override
    def draw(self, page: pypdfium2.PdfPage, drawing: Drawing) -> Image.Image:
        scale = drawing.dpi / _POINTS_PER_INCH
        bitmap = page.render(scale=scale, grayscale=drawing.grey, limit_image_cache=True, rev_byteorder=True)
        image: Image.Image = bitmap.to_pil()
        return image


def render_pages(content: bytes, request: Request) -> Iterator[Answer]:
    """Draw the pages asked for, each let go before the next is loaded.

    Raises:
        Corrupt: when a page cannot be loaded or drawn.
        PageTooLarge, PageTooSmall: when a page has no size that paper has.
    """
    document, content_of_view = choose_view(content, request.page_count)
    renderer = _make_renderer(request.renderer, content_of_view)
    for number in request.numbers:
        try:
            page = document[number - 1]
            yield _page_answer(page, number, renderer, request.limits)
            yield _own_text(page, request.limits)
            page.close()
        except pypdfium2.PdfiumError as error:
            raise Corrupt from error


def choose_view(content: bytes, pages: int) -> tuple[pypdfium2.PdfDocument, bytes]:
    """Return what shows all the pages: the original, else the copy that qpdf repairs.

    Raises:
        Corrupt: when neither does.
    """
    document = open_pdfium(content)
    if document is not None and len(document) == pages:
        return document, content
    pdf = open_qpdf(content)
    if pdf is None:
        raise Corrupt
    repaired = io.BytesIO()
    pdf.save(repaired, encryption=False)
    copy = open_pdfium(repaired.getvalue())
    if copy is None or len(copy) != pages:
        raise Corrupt
    return copy, repaired.getvalue()


def _make_renderer(name: str, content: bytes) -> PageRenderer:
    if name == "pdf2image":
        from intake.receiving.inside.renderer_pdf2image import Pdf2ImageRenderer

        return Pdf2ImageRenderer(content)
    return PdfiumRenderer()


def _page_answer(page: pypdfium2.PdfPage, number: int, renderer: PageRenderer, limits: Limits) -> Answer:
    drawing = plan(page, number, limits)
    image = renderer.draw(page, drawing)
    flags = set(drawing.flags)
    if is_uniform(image) and _has_lost_picture(page):
        flags.add("damaged_content")
    dpi = plausible_dpi(drawing.dpi, image.width, image.height)
    return page_answer(number, without_needless_colour(image), dpi, flags, has_text=True)


def plan(page: pypdfium2.PdfPage, number: int, limits: Limits) -> Drawing:
    """Decide how to draw a page: a scan at its picture's own resolution, anything else at ``limits.dpi``.

    Raises:
        PageTooLarge, PageTooSmall: when the page has no size that paper has.
    """
    width, height = page.get_size()
    _check_paper(width, height, limits)
    picture = _only_picture(page)
    own_dpi = _picture_dpi(picture, width * height) if picture else None
    grey = picture is not None and own_dpi is not None and _is_grey(picture)
    wanted = own_dpi or limits.dpi
    factor = _factor(width, height, wanted, limits)
    oversized = factor < 1 or _factor(width, height, limits.dpi, limits) < 1
    dpi = wanted * factor * (_MARGIN if factor < 1 else 1)
    return Drawing(number, (width, height), dpi, grey, frozenset({"downscaled"} if oversized else ()))


def _check_paper(width: float, height: float, limits: Limits) -> None:
    longest = max(width, height)
    if not math.isfinite(width + height) or longest > limits.page_side_points:
        raise PageTooLarge
    if min(width, height) * limits.dpi / _POINTS_PER_INCH < limits.least_side:
        raise PageTooLarge if longest > limits.page_side else PageTooSmall


def _factor(width: float, height: float, dpi: float, limits: Limits) -> float:
    return scale_within(width * dpi / _POINTS_PER_INCH, height * dpi / _POINTS_PER_INCH, limits)


def _only_picture(page: pypdfium2.PdfPage) -> pypdfium2.PdfImage | None:
    """Return the picture that is the whole page, apart from text laid invisibly over it; None when it is no scan."""
    found: pypdfium2.PdfImage | None = None
    for part in page.get_objects(max_depth=1):
        if isinstance(part, pypdfium2.PdfImage) and found is None:
            found = part
        elif part.type != pdfium.FPDF_PAGEOBJ_TEXT or pdfium.FPDFTextObj_GetTextRenderMode(part) != _INVISIBLE:
            return None
    return found


def _picture_dpi(picture: pypdfium2.PdfImage, page_area: float) -> float | None:
    """Return the picture's resolution as it lies on the page, None when it covers too little of it."""
    matrix = picture.get_matrix()
    across, down = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    width, height = picture.get_px_size()
    if across * down < _LEAST_COVER * page_area or not width * height:
        return None
    return float(min(_MOST_SCAN_DPI, max(width / across, height / down) * _POINTS_PER_INCH))


def _is_grey(picture: pypdfium2.PdfImage) -> bool:
    return bool(picture.get_metadata().colorspace in _GREY_SPACES)


def _has_lost_picture(page: pypdfium2.PdfPage) -> bool:
    """Say whether a page that came out blank should not have: its picture has data, or cannot be decoded."""
    return any(_is_lost(picture) for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))


def _is_lost(picture: pypdfium2.PdfImage) -> bool:
    if pdfium.FPDFImageObj_GetImageDataRaw(picture, None, 0) > _BLANK_BYTES:
        return True
    try:
        picture.get_bitmap().close()
    except pypdfium2.PdfiumError:
        return True
    return False


def _own_text(page: pypdfium2.PdfPage, limits: Limits) -> Answer:
    """Read what the file says stands on the page, and nothing that lies beside it."""
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_bounded()
    finally:
        textpage.close()
    return text_answer(text, limits)
