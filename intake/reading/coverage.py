"""Ink that no word accounts for: what confidence does not show when lines are lost."""

from collections.abc import Iterable
from itertools import groupby

import cv2
import numpy as np

from intake.reading.cleaning import Ink
from intake.reading.ocr import OcrWord

#: a box is taken this much larger on each side, px, for accents and blurred edges
_MARGIN = 4
#: Between words of a line no further apart than this many letters the ink is theirs: the boxes of Chinese and Thai
#: characters are guesses, and only those of the line as a whole are right.
_BRIDGE = 2.5


def text_ink(ink: Ink, letter_height: float) -> Ink:
    """Return the ink that has the size of letters or joined words: no specks, rules, frames or pictures."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    heights, widths = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    kept = (heights >= 0.4 * letter_height) & (heights <= 4 * letter_height) & (widths <= 30 * letter_height)
    kept &= (stats[:, cv2.CC_STAT_AREA] >= 8) & (widths <= 15 * heights)
    kept[0] = False
    return np.asarray(kept[labels], bool)


def uncovered_ink(ink: Ink, words: Iterable[OcrWord], letter_height: float) -> Ink:
    """Return the ink outside all words."""
    lost = ink.copy()
    for _, line in groupby(words, key=lambda word: word.line):
        across = sorted(line, key=lambda word: word.left)
        rows = slice(max(0, min(w.top for w in across) - _MARGIN), max(w.bottom for w in across) + _MARGIN)
        reached = across[0].left
        for word in across:
            start = reached if word.left - reached < _BRIDGE * letter_height else word.left
            lost[rows, max(0, start - _MARGIN) : word.right + _MARGIN] = False
            reached = max(reached, word.right)
    return lost


def uncovered_share(ink: Ink, words: Iterable[OcrWord], letter_height: float) -> float:
    """Return the share of ink outside all words, 0..1; 0 when there is no ink."""
    total = int(ink.sum())
    return int(uncovered_ink(ink, words, letter_height).sum()) / total if total else 0.0
