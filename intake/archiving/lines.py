"""Lines of text with their place on the upright page: found again from the words that were read."""

import math
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.archiving.visual_order import order_from_left, visible_text
from intake.values import PageImage, PageReading, Word

#: a word belongs to the line of the one before when this share of the lower of both lies beside it
_LEAST_BESIDE: Final = 0.5
#: Programs take a narrower gap for none, in heights of the line; a word gives up at most this share of itself for it.
_LEAST_GAP, _MOST_GIVEN = 0.2, 0.2
#: how many characters a word may stand further on or back in the text than expected
_SHIFTS: Final = (0, 1, -1, 2, -2)
_MARKS: Final = frozenset({"Mn", "Me"})
#: characters on a sloping line are set level together as long as their ends leave it by no more, in heights of the line
_MOST_DRIFT: Final = 0.3


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are set side by side, level."""

    text: str  #: from left to right, as on paper
    left: float  #: px
    right: float  #: px
    bottom: float  #: px from the upper edge of the upright page


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, upright."""

    height: float  #: px
    runs: tuple[Run, ...]  #: in reading order


@dataclass(frozen=True, slots=True)
class Placed:
    """A word on a line that has been brought level; px of the upright page."""

    text: str  #: in reading order
    left: float
    right: float
    top: float
    bottom: float
    spaced: bool = True  #: white space stands before it

    @property
    def height(self) -> float:
        """From top to bottom, px."""
        return self.bottom - self.top


def find_lines(reading: PageReading, image: PageImage) -> list[Line]:
    """Return the lines that the words of a page stand on, in reading order."""
    slope = math.tan(math.radians(reading.skew))
    texts = [visible_text(word.text).strip() for word in reading.words]
    spaced = find_spaces(texts, reading.text)
    placed = [
        _place(text, upright_box(word, reading.rotation, image), reading.skew, spaced=is_spaced)
        for word, text, is_spaced in zip(reading.words, texts, spaced, strict=True)
        if text
    ]
    return [set_line(line, slope) for line in _gather(placed)]


def find_spaces(words: Sequence[str], text: str) -> list[bool]:
    """Say of each word whether white space stands before it in the text that was put together from them.

    Letters may have been put right there, so that a word is longer or shorter by a character.

    >>> find_spaces(["第", "12", "条", "of", "it"], "第12条 of\\nit")
    [True, False, False, True, True]
    """
    spaced, at = [], 0
    for word in words:
        start = at
        while start < len(text) and text[start].isspace():
            start += 1
        spaced.append(start > at or at == 0 or at >= len(text))
        shifts = (shift for shift in _SHIFTS if start + shift >= 0 and text.startswith(word, start + shift))
        at = start + next(shifts, 0) + len(word)
    return spaced


def upright_box(word: Word, rotation: int, image: PageImage) -> tuple[int, int, int, int]:
    """Return left, top, width, height of a word once the page is turned clockwise by ``rotation``, px."""
    left, top, width, height = word.left, word.top, word.width, word.height
    if rotation == 90:
        return image.height - top - height, left, height, width
    if rotation == 180:
        return image.width - left - width, image.height - top - height, width, height
    if rotation == 270:
        return top, image.width - left - width, height, width
    return left, top, width, height


def _place(text: str, box: tuple[int, int, int, int], skew: float, *, spaced: bool) -> Placed:
    """Bring a word level, and take off what its box gained by lying askew."""
    left, top, width, height = box
    angle = math.radians(abs(skew))
    own = (width * math.cos(angle) - height * math.sin(angle)) / math.cos(2 * angle)
    high = (height * math.cos(angle) - width * math.sin(angle)) / math.cos(2 * angle)
    # A box cut off at the edge of the page may not fit the skew.
    along, across = max(own, width / 3) / 2, max(high, height / 3) / 2
    middle = left + width / 2
    level = top + height / 2 + middle * math.tan(math.radians(skew))
    return Placed(text, middle - along, middle + along, level - across, level + across, spaced)


def _gather(words: Iterable[Placed]) -> list[list[Placed]]:
    """Put words in reading order into lines."""
    lines: list[list[Placed]] = []
    for word in words:
        if lines and not word.spaced and unicodedata.category(word.text[0]) in _MARKS:
            # A vowel sign or accent that the engine took for a word stands above or below the letter before it.
            lines[-1][-1] = _together(lines[-1][-1], replace(word, top=lines[-1][-1].top, bottom=lines[-1][-1].bottom))
        elif lines and _is_beside(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _is_beside(one: Placed, other: Placed) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _LEAST_BESIDE * min(one.height, other.height)


def set_line(words: Sequence[Placed], slope: float) -> Line:
    """Return a line of words in reading order, spaces between them.

    Args:
        words: at least one, brought level.
        slope: by how much the line rises on the page, px for each px to the right.
    """
    # The middle edges: neither a blot nor a comma says how high a line is, and lines close together stay apart.
    bottom = statistics.median(word.bottom for word in words)
    height = max(bottom - statistics.median(word.top for word in words), 1.0)
    pieces = [words[0]]
    for word in words[1:]:
        pieces[-1:] = _follow(pieces[-1], word, height, _MOST_DRIFT * height / max(abs(slope), 1e-9))
    runs = (
        Run(order_from_left(one.text), one.left, one.right, bottom - slope * (one.left + one.right) / 2)
        for one in pieces
    )
    return Line(height, tuple(runs))


def _follow(before: Placed, word: Placed, height: float, longest: float) -> Sequence[Placed]:
    """Return what becomes of two neighbours: a space between them, or one piece where the text has none."""
    forward = word.left >= before.left
    first, second = (before, word) if forward else (word, before)
    if word.spaced:
        lack = max(0.0, _LEAST_GAP * height - (second.left - first.right)) / 2
        first = replace(first, right=first.right - min(lack, _MOST_GIVEN * (first.right - first.left)))
        second = replace(second, left=second.left + min(lack, _MOST_GIVEN * (second.right - second.left)))
        space = Placed(" ", first.right, max(second.left, first.right + 1), before.top, before.bottom)
        return (first, space, second) if forward else (second, space, first)
    whole = _together(before, word)
    if whole.right - whole.left <= longest:
        return (whole,)
    first = replace(first, right=max(second.left, first.left + 1))
    return (first, second) if forward else (second, first)


def _together(before: Placed, word: Placed) -> Placed:
    return Placed(
        before.text + word.text,
        min(before.left, word.left),
        max(before.right, word.right),
        min(before.top, word.top),
        max(before.bottom, word.bottom),
        before.spaced,
    )
