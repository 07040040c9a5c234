"""Ink that no word accounts for: what confidence does not show when lines are lost."""

from collections.abc import Iterable
from itertools import groupby

from intake.reading.ocr import OcrWord
from intake.reading.pieces import Ink, enlarge, find_pieces, halve

#: a box is taken this much larger on each side, px, for accents and blurred edges
_MARGIN = 4
#: Between words of a line no further apart than this many letters the ink is theirs: the boxes of Chinese and Thai
#: characters are guesses, and only those of the line as a whole are right.
_BRIDGE = 2.5


def text_ink(ink: Ink, letter_height: float) -> Ink:
    """Return the ink that has the size of letters or joined words: no specks, rules, frames or pictures."""
    # Half the size tells letters from rules and takes a quarter of the time.
    pieces, letter = find_pieces(halve(ink) > 1), letter_height / 2
    kept = (pieces.heights >= 0.4 * letter) & (pieces.heights <= 4 * letter) & (pieces.widths <= 30 * letter)
    kept &= (pieces.areas >= 2) & (pieces.widths <= 15 * pieces.heights)
    kept[0] = False
    return ink & enlarge(kept[pieces.labels], ink.shape)


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
