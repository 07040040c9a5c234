"""Looks at an archive copy as the programs do with which people read it."""

import re
import subprocess
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from intake.values import PageImage, PageReading, Word

#: steer the direction of text; pdftotext writes them round every line that runs from right to left
_STEERING = re.compile("[\u200e\u200f\u202a-\u202e]")
Box = tuple[float, float, float, float]


def poppler_text(pdf: bytes) -> str:
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return plain(found)


def pdfium_text(pdf: bytes) -> str:
    return plain("\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf)))


TEXT_OF = {"poppler": poppler_text, "pdfium": pdfium_text}


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", _STEERING.sub(" ", text))


def core(word: str) -> str:
    """A word without the punctuation at its ends, which programs put on either side in right-to-left lines."""
    return plain(word).strip(" ()[]«»\"'.,:;!?،؛-–")


def missing(words: Iterable[Word], text: str) -> list[str]:
    """Words that cannot be found in a text; words without a space between are found across line ends."""
    return [core(word.text) for word in words if core(word.text) not in text]


def pdfium_boxes(pdf: bytes, image_dpi: int) -> list[tuple[str, Box]]:
    """Every character with left, top, right, bottom on the shown page, px."""
    page = pdfium.PdfDocument(pdf)[0]
    height, scale = page.get_height(), image_dpi / 72
    text = page.get_textpage()
    found = []
    for place in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(place, loose=True)
        sides = (left * scale, (height - top) * scale, right * scale, (height - bottom) * scale)
        found.append((text.get_text_range(place, 1), sides))
    return found


def look(pdf: bytes, dpi: int) -> npt.NDArray[np.uint8]:
    """The first page as pdfium shows it, grey."""
    return np.asarray(pdfium.PdfDocument(pdf)[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L"))


def paper(width: int = 1000, height: int = 1400, dpi: int = 150) -> PageImage:
    return PageImage(1, b"\xff" * (width * height), width, height, 1, dpi)


def reading(words: Sequence[Word] = (), text: str = "", rotation: int = 0, skew: float = 0.0) -> PageReading:
    source = "ocr" if words else "text_layer"
    return PageReading(1, text, None, 0.0, None, rotation, skew, 1.0, source, "test", tuple(words))  # type: ignore[arg-type]
