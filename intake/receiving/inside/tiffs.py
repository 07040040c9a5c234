"""TIFF: screening and pages."""

import io
from collections.abc import Iterator

from PIL import Image, TiffImagePlugin, UnidentifiedImageError

from intake.errors import Corrupt, UnsupportedCodec
from intake.receiving.inside.answers import Answer, page_answer, scan_answer
from intake.receiving.inside.complaints import errors_printed
from intake.receiving.inside.pixels import (
    check_pixels,
    check_side,
    flatten,
    is_uniform,
    plausible_dpi,
    shrink,
    upright,
    without_needless_colour,
)
from intake.receiving.inside.request import Request
from intake.receiving.inside.tiff_directories import Directory, pages_among, read_directories
from intake.receiving.limits import Limits

#: TIFF tag 259: plain, CCITT (2, 3, 4), LZW, JPEG, Deflate (two numbers), PackBits, LZMA, Zstandard, WebP.
_COMPRESSIONS = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 32771, 32773, 32946, 34925, 50000, 50001})
_MOST_BITS = 32
_CENTIMETRES = 3
_CM_PER_INCH = 2.54
#: Data of a page above which something is on it.
_BLANK_BYTES = 1000


def open_scan(content: bytes, request: Request) -> Iterator[Answer]:
    """Screen a TIFF: count its pages ourselves and with Pillow, hold every image to the limits.

    Raises:
        Unreadable: with the code that says why.
    """
    directories = read_directories(content, request.limits)
    pages = pages_among(directories)
    if not pages:
        raise Corrupt
    for page in pages:
        _check(page, request.limits)
    frames = getattr(_open(content), "n_frames", 1)
    flags = set() if frames == len(directories) else {"page_counts_differ"}
    if frames < len(directories):
        raise Corrupt
    yield scan_answer(len(pages), flags)


def render_pages(content: bytes, request: Request) -> Iterator[Answer]:
    """Decode the pages asked for, one at a time.

    Raises:
        Corrupt: when a page cannot be decoded.
    """
    pages = pages_among(read_directories(content, request.limits))
    with _open(content) as opened:
        for number in request.numbers:
            page = pages[number - 1]
            _check(page, request.limits)
            yield _page_answer(opened, page, number, request.limits)


def _check(page: Directory, limits: Limits) -> None:
    if page.bits > _MOST_BITS or page.width == 0 or page.height == 0:
        raise Corrupt
    check_pixels(page.width, page.height, limits)
    check_side(page.width, page.height, limits)
    if page.compression not in _COMPRESSIONS:
        raise UnsupportedCodec
    if not page.is_whole:
        raise Corrupt


def _open(content: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # every directory is held to our own limit instead
    try:
        return Image.open(io.BytesIO(content), formats=("TIFF",))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, TypeError) as error:
        raise Corrupt from error


def _page_answer(opened: Image.Image, page: Directory, number: int, limits: Limits) -> Answer:
    complaints = errors_printed()
    try:
        opened.seek(page.index)
        check_pixels(*opened.size, limits)
        declared = _declared_dpi(opened)
        opened.load()
    except (OSError, EOFError, SyntaxError, ValueError, KeyError, TypeError) as error:
        raise Corrupt from error
    small, factor = shrink(opened, limits)
    image = upright(flatten(small))
    flags = {"downscaled"} if factor < 1 else set()
    if errors_printed() > complaints or (is_uniform(image) and page.data_bytes > _BLANK_BYTES):
        flags.add("damaged_content")
    dpi = plausible_dpi(declared * factor, image.width, image.height)
    return page_answer(number, without_needless_colour(image), dpi, flags)


def _declared_dpi(image: Image.Image) -> float:
    """Return the finer of both axes, 0 when the file does not say; fax has 204 by 98."""
    tags = getattr(image, "tag_v2", {})
    try:
        finest = max(float(tags.get(TiffImagePlugin.X_RESOLUTION, 0)), float(tags.get(TiffImagePlugin.Y_RESOLUTION, 0)))
        in_centimetres = tags.get(TiffImagePlugin.RESOLUTION_UNIT) == _CENTIMETRES
    except (ZeroDivisionError, TypeError, ValueError, OverflowError):
        return 0.0
    return finest * (_CM_PER_INCH if in_centimetres else 1)
