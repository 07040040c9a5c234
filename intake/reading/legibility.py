"""How well a page could be read, and why not better."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.reading.cleaning import CleanPage
from intake.reading.ocr import OcrWord, Recognition

#: Below this the character error is above 10 % in four of five pages (docs/decisions/0012-reading-pages.md).
RESCAN_BELOW = 0.5
#: (confidence of the words times the share of ink they account for, legibility); straight lines between
_SCALE = ((0.30, 0.0), (0.75, 0.5), (0.90, 0.9), (0.97, 1.0))
#: Fewer letters and digits than this on a page with ink are no text.
_LEAST_WRITTEN = 3
#: ink less dark than this against the paper is faint
_FAINT = 0.3
#: letters of fewer px than this, as received, are too small
_SMALL = 7.0


@dataclass(frozen=True, slots=True)
class Legibility:
    """How well a page could be read."""

    value: float  #: 0..1
    flags: tuple[str, ...]  #: ``rescan:`` with the reason, when another copy is needed


def judge_legibility(words: Sequence[OcrWord], lost: float, page: CleanPage) -> Legibility:
    """Judge a page by how sure the engine was and by the ink it found no words for.

    Args:
        words: what was read.
        lost: share of ink without words, 0..1.
        page: what was read from.
    """
    written = sum(letter.isalnum() for word in words for letter in word.text)
    value = _interpolate(Recognition(tuple(words)).confidence * (1 - lost)) if written >= _LEAST_WRITTEN else 0.0
    return Legibility(round(value, 3), () if value >= RESCAN_BELOW else (_reason(words, page),))


def _reason(words: Sequence[OcrWord], page: CleanPage) -> str:
    if page.contrast < _FAINT:
        return "rescan:faint"
    if page.letter_height / page.scale < _SMALL:
        return "rescan:small"
    return "rescan:illegible" if len(words) > 1 else "rescan:no_text"


def _interpolate(value: float) -> float:
    below = [point for point in _SCALE if point[0] <= value]
    above = [point for point in _SCALE if point[0] > value]
    if not below:
        return 0.0
    if not above:
        return 1.0
    (x0, y0), (x1, y1) = below[-1], above[0]
    return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
