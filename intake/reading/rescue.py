"""Lines that the engine's layout analysis lost, read again one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from intake.reading.coverage import uncovered_ink
from intake.reading.ocr import Grey, OcrEngine, OcrWord
from intake.reading.pieces import Ink, find_pieces, halve

#: A stretch of ink without words is read again when it is this many letters wide.
_LEAST_WIDTH = 2.0
#: and when its reading is this sure; what is left is stamps, signatures and pictures.
_LEAST_CONFIDENCE = 0.6
#: A page with more lost stretches than this is a picture or a form; reading all would take minutes.
_MOST_STRETCHES = 25


@dataclass(frozen=True, slots=True)
class _Box:
    left: int
    top: int
    right: int
    bottom: int


def read_lost_lines(
    pixels: Grey, ink: Ink, words: Sequence[OcrWord], letter: float, engine: OcrEngine, model: str
) -> tuple[OcrWord, ...]:
    """Return the words with those of lost stretches put where they belong in the reading order.

    Args:
        pixels: the page, upright.
        ink: ink of the size of letters.
        words: what was read so far.
        letter: height of a letter, px.
        engine: reads the stretches.
        model: name of its model.
    """
    whole = list(words)
    for box in _lost_stretches(ink, words, letter)[:_MOST_STRETCHES]:
        pad = round(0.4 * letter) + 2
        rows = slice(max(0, box.top - pad), box.bottom + pad)
        columns = slice(max(0, box.left - pad), box.right + pad)
        # Paper around the line: the engine reads a line badly that touches the edge.
        around = cv2.copyMakeBorder(pixels[rows, columns], 10, 10, 10, 10, cv2.BORDER_CONSTANT, value=250)
        read = engine.recognise(np.asarray(around, np.uint8), model, "line")
        if read.confidence < _LEAST_CONFIDENCE or not any(c.isalnum() for w in read.words for c in w.text):
            continue
        moved = [replace(w, left=w.left - 10 + columns.start, top=w.top - 10 + rows.start) for w in read.words]
        whole = _insert(whole, moved, box)
    return tuple(whole)


def _lost_stretches(ink: Ink, words: Sequence[OcrWord], letter: float) -> list[_Box]:
    """Return boxes around ink without words, as wide as a few letters at least, from top to bottom."""
    lost = halve(uncovered_ink(ink, words, letter))
    joined = cv2.dilate(lost, np.ones((1, max(3, round(1.25 * letter))), np.uint8)) > 0
    boxes = []
    reach = 2 * (round(1.25 * letter) // 2)
    for left, top, width, height, _ in find_pieces(joined).stats[1:] * 2:
        if width - 2 * reach < _LEAST_WIDTH * letter or not 0.5 * letter <= height <= 4 * letter:
            continue
        boxes.append(_Box(max(0, int(left) + reach), int(top), int(left + width) - reach, int(top + height)))
    return sorted(boxes, key=lambda box: box.top)


def _insert(words: list[OcrWord], new: Sequence[OcrWord], box: _Box) -> list[OcrWord]:
    """Put a line's words after the last line that lies above it, or into the line at its height."""
    middle = (box.top + box.bottom) / 2
    at, line, paragraph = 0, -1, -1
    for index, word in enumerate(words):
        same_column = word.left < box.right and word.right > box.left
        if word.bottom < middle and (same_column or word.line == line):
            at, line, paragraph = index + 1, word.line, word.paragraph
    while 0 < at < len(words) and words[at].line == line:
        at += 1
    fresh = max((word.line for word in words), default=-1) + 1
    placed = [replace(word, line=fresh, paragraph=paragraph) for word in new]
    return [*words[:at], *placed, *words[at:]]
