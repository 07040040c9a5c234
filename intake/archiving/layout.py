"""Text whose place on the page is not known, set down the page in order so that it can be found and copied."""

from collections.abc import Sequence
from itertools import groupby

from intake.archiving.lines import Line, Placed, set_line
from intake.archiving.visual_order import has_right_to_left, runs_right_to_left, visible_text

#: the text stands within this margin, in shorter sides of the page, with room for at least this many lines
_MARGIN, _LEAST_LINES = 0.06, 50
#: height of a line in its pitch, and the widest space between words in heights: more divides columns
_FILLED, _WIDEST_SPACE = 0.8, 0.4


def lay_out(text: str, width: float, height: float) -> list[Line]:
    """Set text line by line.

    Args:
        text: in reading order, lines divided.
        width: of the upright page, px.
        height: of the upright page, px.
    """
    margin = _MARGIN * min(width, height)
    lines = [words for line in text.splitlines() if (words := visible_text(line).split())]
    pitch = (height - 2 * margin) / max(len(lines), _LEAST_LINES)
    tops = (margin + number * pitch for number in range(len(lines)))
    areas = (Placed("", margin, width - margin, top, top + _FILLED * pitch) for top in tops)
    # The longest line goes from margin to margin: pdfium takes a page with much white beside its lines for one whose
    # lines run downwards.
    glyph = (width - 2 * margin) / max(map(_length, lines), default=1)
    return [set_line(_place(words, area, glyph), 0.0) for words, area in zip(lines, areas, strict=True)]


def _length(words: Sequence[str]) -> int:
    """Return how many characters a line has, spaces between its words counted."""
    return sum(len(word) + 1 for word in words) - 1


def _place(words: Sequence[str], area: Placed, glyph: float) -> Sequence[Placed]:
    """Place the words of one line from the side where its script begins; ``glyph`` is a character's width, px."""
    space = min(glyph, _WIDEST_SPACE * area.height)
    backward = runs_right_to_left("".join(words))
    whole = sum(map(len, words)) * glyph + (len(words) - 1) * space
    at = area.right - whole if backward else area.left
    placed: dict[int, Placed] = {}
    for number in _numbers_from_left(words) if backward else range(len(words)):
        right = at + glyph * len(words[number])
        placed[number] = Placed(words[number], at, right, area.top, area.bottom)
        at = right + space
    return [placed[number] for number in range(len(words))]


def _numbers_from_left(words: Sequence[str]) -> list[int]:
    """Return the places of words as a right-to-left line shows them; foreign words side by side keep their order."""
    order: list[int] = []
    for own, group in groupby(range(len(words)), key=lambda place: has_right_to_left(words[place])):
        places = list(group)
        order += places if own else places[::-1]
    return order[::-1]
