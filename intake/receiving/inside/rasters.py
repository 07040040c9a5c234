"""PNG and JPEG: screening and their one page."""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, PngImagePlugin, UnidentifiedImageError

from intake.errors import Corrupt, DecompressionLimit
from intake.receiving.inside.answers import Answer, page_answer, scan_answer
from intake.receiving.inside.codecs import jpeg_size
from intake.receiving.inside.pixels import (
    check_pixels,
    check_side,
    flatten,
    plausible_dpi,
    shrink,
    upright,
    without_needless_colour,
)
from intake.receiving.inside.request import Request
from intake.receiving.limits import Limits

_PNG_HEADER_BYTES = 33


def open_scan(content: bytes, request: Request) -> Iterator[Answer]:
    """Screen a PNG or JPEG by decoding it once: only so is a file that was cut off told from a whole one.

    Raises:
        Unreadable: with the code that says why.
    """
    with _decode(content, request.limits):
        yield scan_answer(1, ())


def render_pages(content: bytes, request: Request) -> Iterator[Answer]:
    """Decode the one page.

    Raises:
        Corrupt: when it cannot be decoded.
    """
    for number in request.numbers:
        yield _page_answer(content, number, request.limits)


def _page_answer(content: bytes, number: int, limits: Limits) -> Answer:
    with _decode(content, limits) as decoded:
        declared = _declared_dpi(decoded)
        small, factor = shrink(decoded, limits)
        small.info, small.format = decoded.info, decoded.format
        image = flatten(upright(small))
    flags = {"downscaled"} if factor < 1 else set()
    dpi = plausible_dpi(declared * factor, image.width, image.height)
    return page_answer(number, without_needless_colour(image), dpi, flags)


def _decode(content: bytes, limits: Limits) -> Image.Image:
    check_declared(content, limits)
    Image.MAX_IMAGE_PIXELS = None  # held to our own limit, above
    PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = 1024 * 1024
    try:
        image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        check_pixels(*image.size, limits)
        image.load()
    except ValueError as error:
        raise (DecompressionLimit if "ecompressed" in str(error) or "MAX_TEXT" in str(error) else Corrupt) from error
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError, KeyError, TypeError, struct.error) as error:
        raise Corrupt from error
    check_side(*image.size, limits)
    return image


def check_declared(content: bytes, limits: Limits) -> None:
    """Hold the size in the header to the limits before a decoder sees it.

    Raises:
        Corrupt: without a size.
        ImageTooLarge: beyond the limit.
    """
    if content.startswith(b"\xff\xd8"):
        width, height = jpeg_size(content)
    else:
        width, height = _png_size(content)
    if width == 0 or height == 0:
        raise Corrupt
    check_pixels(width, height, limits)


def _png_size(content: bytes) -> tuple[int, int]:
    """Return width and height in px from the header chunk of a PNG, (0, 0) when its checksum is wrong."""
    if len(content) < _PNG_HEADER_BYTES:
        return 0, 0
    width, height, checksum = struct.unpack_from(">II5xI", content, 16)
    return (width, height) if zlib.crc32(content[12:29]) == checksum else (0, 0)


def _declared_dpi(image: Image.Image) -> float:
    dpi = image.info.get("dpi", (0, 0))
    try:
        return max(float(dpi[0]), float(dpi[1]))
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        return 0.0
