"""Why a page needs another look or another scan, in the words of somebody who has the paper in hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from intake.reading.cleaning import CleanPage
from intake.reading.cutting import is_cut_off
from intake.reading.ocr import OcrWord
from intake.reading.pieces import find_pieces
from intake.reading.scripts import share_in_script
from intake.values import PageImage

Reason = Literal["faint", "small", "cut_off", "handwriting", "scrap", "no_text", "blurred", "illegible"]

#: ink less dark than this against the paper is faint
_FAINT = 0.3
#: letters of fewer px than this, as received, are too small
_SMALL = 7.0
#: A sheet with a side below this holds a stamp or a corner, not a page, mm.
_SCRAP = 20.0
#: Resolutions that a scanner may have, px per inch; another one is not believed and this taken instead.
_SCANNERS, _USUAL_DPI = range(70, 1301), 200
#: A page with less of its ink in pieces of the size of letters and words is a drawing or a picture.
_LEAST_WRITTEN = 0.5
#: Print as scanners give it and pen strokes are sharper than the first; below the second edges are four px wide.
_SHARP, _BLURRED = 0.55, 0.3
#: a word read with this confidence is most likely a word, 0..1
_SENSE = 0.6


@dataclass(frozen=True, slots=True)
class Strokes:
    """What the ink of a page looks like, whatever it says; each figure by the ink it stands for."""

    written: float  #: share of the ink in pieces of the size of letters, words and joined-up words, 0..1
    filled: float  #: share of its box that a piece fills, 0..1: pens draw thin lines, blurred print fills its box
    uneven: float  #: spread of the pieces' heights over their median: print has two or three heights
    joined: float  #: width of a piece over its height
    sharp: float  #: slope of grey at the edges of the ink, 1 from ink to paper within a px


def reason_to_rescan(words: Sequence[OcrWord], page: CleanPage, image: PageImage, *, vertical: bool) -> Reason:
    """Return what is wrong with a page that could not be read well.

    Args:
        words: what was read.
        page: what was read from.
        image: as received.
        vertical: the lines run up or down on the page as received.
    """
    if _shorter_side(image) < _SCRAP:
        return "scrap"
    if page.contrast < _FAINT:
        return "faint"
    if page.letter_height / page.scale < _SMALL:
        return "small"
    ways = (vertical, not vertical)
    if any(is_cut_off(page.ink, page.letter_height, vertical=way) for way in ways):
        return "cut_off"
    strokes = look_at_strokes(page)
    return "no_text" if strokes is None else _reason_in_strokes(strokes, words)


def _reason_in_strokes(strokes: Strokes, words: Sequence[OcrWord]) -> Reason:
    if strokes.written < _LEAST_WRITTEN:
        return "no_text"
    if looks_handwritten(strokes) and not _is_nastaliq(words):
        return "handwriting"
    if len(words) <= 1:
        return "no_text"
    return "blurred" if strokes.sharp < _BLURRED else "illegible"


def looks_handwritten(strokes: Strokes) -> bool:
    """Whether ink that gave no text was drawn by hand: thin sharp strokes in pieces of all sizes, or joined up."""
    if strokes.sharp < _SHARP or strokes.filled > 0.42:
        return False
    uneven = strokes.uneven >= 0.6
    joined = strokes.uneven >= 0.3 and strokes.joined >= 1.4 and strokes.filled < 0.29
    return uneven or joined


def _is_nastaliq(words: Sequence[OcrWord]) -> bool:
    """Whether most of a page makes sense in Arabic letters, whose printed hanging style looks like a pen's."""
    text = "".join(word.text for word in words if word.confidence >= _SENSE)
    return share_in_script(text, "Arab") > 0.5 and len(text) > 0.5 * sum(len(word.text) for word in words)


def look_at_strokes(page: CleanPage) -> Strokes | None:
    """Measure the ink of a page; None when hardly any of it has the size of letters."""
    pieces, letter = find_pieces(page.ink), page.letter_height
    widths, heights, areas = (sizes[1:].astype(np.float64) for sizes in (pieces.widths, pieces.heights, pieces.areas))
    kept = (areas >= 8) & (heights >= 0.35 * letter) & (heights <= 6 * letter)
    kept &= (widths <= 40 * letter) & (widths <= 20 * heights)
    if kept.sum() < 5:
        return None
    at = _by_ink(areas[kept])
    low, middle, high = (at(heights[kept], share) for share in (0.15, 0.5, 0.85))
    return Strokes(
        written=float(areas[kept].sum() / areas.sum()),
        filled=float(np.median(areas[kept] / (widths[kept] * heights[kept]))),
        uneven=(high - low) / middle,
        joined=at(widths[kept] / heights[kept], 0.5),
        sharp=_sharpness(page),
    )


def _by_ink(areas: npt.NDArray[np.float64]) -> Callable[[npt.NDArray[np.float64], float], float]:
    """Return a function that gives the value below which a share of the ink lies."""

    def at(values: npt.NDArray[np.float64], share: float) -> float:
        order = np.argsort(values)
        weight = np.cumsum(areas[order])
        return float(values[order][int(np.searchsorted(weight, weight[-1] * share))])

    return at


def _sharpness(page: CleanPage) -> float:
    across = cv2.Sobel(page.pixels, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(page.pixels, cv2.CV_32F, 0, 1)
    edge = page.ink & (cv2.erode(page.ink.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0)
    core = float(np.percentile(page.pixels[page.ink], 20))
    # A Sobel sum of 4 times the step is an edge within one px.
    return float(np.median(np.hypot(across, down)[edge])) / max(1.0, 4 * (250 - core))


def _shorter_side(image: PageImage) -> float:
    """Return the shorter side of the sheet, mm."""
    dpi = image.dpi if image.dpi in _SCANNERS else _USUAL_DPI
    return min(image.width, image.height) / dpi * 25.4
