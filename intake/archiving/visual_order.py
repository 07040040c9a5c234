"""From the order in which text is read to the order in which it stands on paper, left to right.

Every program that takes text out of a PDF expects characters as they stand on the page and turns right-to-left ones
round by itself; text kept in reading order would come out reversed.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_LEFT_TO_RIGHT: Final = frozenset({"L", "EN", "AN"})
_BETWEEN_FIGURES: Final = frozenset({"ES", "CS", "ET"})


def is_right_to_left(texts: Iterable[str]) -> bool:
    """Say whether most letters are of a script that runs from right to left."""
    kinds = [unicodedata.bidirectional(character) for text in texts for character in text]
    right = sum(kind in _RIGHT_TO_LEFT for kind in kinds)
    return right > sum(kind == "L" for kind in kinds)


def order_word(word: str, *, right_to_left: bool) -> str:
    """Return the characters of a word from left to right.

    Args:
        word: in reading order.
        right_to_left: how the line runs in which the word stands.

    >>> order_word("אבג", right_to_left=True)
    'גבא'
    >>> order_word("14/80-1969", right_to_left=True)
    '14/80-1969'
    """
    kinds = [unicodedata.bidirectional(character) for character in word]
    if not _RIGHT_TO_LEFT.intersection(kinds):
        return word if not right_to_left or _LEFT_TO_RIGHT.intersection(kinds) else word[::-1]
    runs = _runs(list(_clusters(word)))
    pieces = ["".join(run if forward else reversed(run)) for forward, run in runs]
    return "".join(reversed(pieces))
