"""A page's pixels as they are kept in the archive copy: encoded anew, as small as they look the same."""

import io
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from intake.values import PageImage

MOST_DPI: Final = 300  #: of a page in grey or colour; black and white keeps its own, for it costs little
_QUALITY: Final = 80  #: of JPEG
#: Black and white that was drawn with smooth edges has grey there, on at most this share of the page. Grey further from
#: an edge is a tone that would be lost, or else noise: this share of it is (a dot of 1.5 mm on A4).
_MOST_BETWEEN, _MOST_STRAY = 0.08, 0.00003
_EDGE: Final = 5  #: px across an edge, at 300 dpi
_DARK, _LIGHT = 8, 247  #: between these lies grey
_MIDDLE: Final = 128
_SURELY_LESS: Final = 0.02  #: bytes a pixel; no JPEG of a page of text is as small
_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_BYTES = 278, 273, 279  #: TIFF 6.0, section 8


@dataclass(frozen=True, slots=True)
class Picture:
    """A page encoded."""

    content: bytes
    encoding: str  #: ``jpeg`` or ``group4``
    width: int  #: px
    height: int  #: px
    channels: int  #: 1 or 3


def encode(image: PageImage) -> Picture:
    """Encode a page: JPEG, or one bit a pixel where that shows the same in fewer bytes."""
    if image.channels == 3 or not is_black_on_white(_rows(image)):
        return _as_jpeg(image)
    bits = _as_group4(image)
    if len(bits.content) < _SURELY_LESS * image.width * image.height:
        return bits
    return min(bits, _as_jpeg(image), key=lambda picture: len(picture.content))


def add_picture(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Object:
    """Add an encoded page to a document."""
    stream = pikepdf.Stream(pdf, picture.content)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = picture.width, picture.height
    stream.ColorSpace = Name.DeviceGray if picture.channels == 1 else Name.DeviceRGB
    stream.BitsPerComponent = 1 if picture.encoding == "group4" else 8
    if picture.encoding == "group4":
        stream.Filter = Name.CCITTFaxDecode
        stream.DecodeParms = Dictionary(K=-1, Columns=picture.width, Rows=picture.height)
    else:
        stream.Filter = Name.DCTDecode
    return pdf.make_indirect(stream)


def is_black_on_white(grey: npt.NDArray[np.uint8]) -> bool:
    """Say whether nothing but the smoothness of edges is lost when each pixel of a page becomes black or white.

    Args:
        grey: 8 bit, shape (height, width).
    """
    # One row in sixteen tells most photographs and photocopies at a sixteenth of the cost.
    for rows in (grey[::16], grey):
        between = cv2.inRange(rows, np.array(_DARK), np.array(_LIGHT))
        if cv2.countNonZero(between) > _MOST_BETWEEN * rows.size:
            return False
    _, bits = cv2.threshold(grey, _MIDDLE - 1, 255, cv2.THRESH_BINARY)
    edges = cv2.morphologyEx(bits, cv2.MORPH_GRADIENT, np.ones((_EDGE, _EDGE), np.uint8))
    return cv2.countNonZero(cv2.subtract(between, edges)) <= _MOST_STRAY * grey.size


def _rows(image: PageImage) -> npt.NDArray[np.uint8]:
    return np.frombuffer(image.pixels, np.uint8).reshape(image.height, image.width)


def _as_jpeg(image: PageImage) -> Picture:
    mode = "L" if image.channels == 1 else "RGB"
    picture = Image.frombuffer(mode, (image.width, image.height), image.pixels, "raw", mode, 0, 1)
    if image.dpi > MOST_DPI:
        scale = MOST_DPI / image.dpi
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        picture = picture.resize(size, Image.Resampling.BOX)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY)
    return Picture(buffer.getvalue(), "jpeg", picture.width, picture.height, image.channels)


def _as_group4(image: PageImage) -> Picture:
    picture = Image.frombuffer("L", (image.width, image.height), image.pixels, "raw", "L", 0, 1)
    # Ink becomes the set bit: what Group 4 calls black, and writes shortest beside long stretches of paper.
    bits = picture.point([255] * _MIDDLE + [0] * (256 - _MIDDLE), "1")
    buffer = io.BytesIO()
    bits.save(buffer, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: image.height})
    with Image.open(buffer, formats=["TIFF"]) as written:
        tags = written.getexif()
        start, size = tags[_STRIP_OFFSETS], tags[_STRIP_BYTES]
    return Picture(buffer.getvalue()[start : start + size], "group4", image.width, image.height, 1)
