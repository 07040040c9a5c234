"""How well a page could be read, and why not better."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.reading.cleaning import CleanPage
from intake.reading.cutting import is_cut_off
from intake.reading.geometry import Rotation
from intake.reading.ocr import OcrWord, Recognition
from intake.reading.rescan import reason_to_rescan
from intake.values import PageImage

#: Below this the character error is above 10 % in four of five pages (docs/decisions/0021-bad-pages.md).
RESCAN_BELOW = 0.5
#: (confidence of the words times the share of ink they account for, legibility); straight lines between
_SCALE = ((0.30, 0.0), (0.75, 0.5), (0.90, 0.9), (0.97, 1.0))
#: Fewer letters and digits than this on a page with ink are no text.
_LEAST_WRITTEN = 3


@dataclass(frozen=True, slots=True)
class Legibility:
    """How well a page could be read."""

    value: float  #: 0..1
    flags: tuple[str, ...]  #: ``rescan:`` with the reason, when another copy is needed


def judge_legibility(
    words: Sequence[OcrWord], lost: float, page: CleanPage, image: PageImage, rotation: Rotation
) -> Legibility:
    """Judge a page by how sure the engine was and by the ink it found no words for.

    Args:
        words: what was read.
        lost: share of ink without words, 0..1.
        page: what was read from.
        image: as received.
        rotation: degrees clockwise by which the page was turned upright.
    """
    written = sum(letter.isalnum() for word in words for letter in word.text)
    value = _interpolate(Recognition(tuple(words)).confidence * (1 - lost)) if written >= _LEAST_WRITTEN else 0.0
    value, vertical = round(value, 3), rotation in (90, 270)
    if value < RESCAN_BELOW:
        return Legibility(value, (f"rescan:{reason_to_rescan(words, page, image, vertical=vertical)}",))
    # What is there may be read well where half of each line is not.
    cut = is_cut_off(page.ink, page.letter_height, vertical=vertical)
    return Legibility(value, ("rescan:cut_off",) if cut else ())


def _interpolate(value: float) -> float:
    below = [point for point in _SCALE if point[0] <= value]
    above = [point for point in _SCALE if point[0] > value]
    if not below:
        return 0.0
    if not above:
        return 1.0
    (x0, y0), (x1, y1) = below[-1], above[0]
    return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
