"""From the order in which a word is read to the order in which it stands on paper, left to right.

Every program that takes text out of a PDF expects characters as they stand on the page, and turns those of
right-to-left scripts round by itself: kept in reading order, they would come out reversed.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
#: figures run from left to right in every script
_LEFT_TO_RIGHT: Final = frozenset({"L", "EN", "AN"})
#: what steers a text engine or means nothing on paper
_UNSEEN: Final = re.compile(
    "[\0-\x1f\x7f-\x9f\xad\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
#: brackets are kept by their look, as every PDF has them
_TURNED: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def visible_text(word: str) -> str:
    """Return a word without characters that no one sees.

    >>> visible_text("\u200f14\u202c")
    '14'
    """
    return _UNSEEN.sub("", word)


def runs_right_to_left(text: str) -> bool:
    """Say whether most letters of a text are of a script that runs from right to left."""
    kinds = [unicodedata.bidirectional(character) for character in text]
    return sum(kind in _RIGHT_TO_LEFT for kind in kinds) > kinds.count("L")


def has_right_to_left(text: str) -> bool:
    """Say whether any letter of a text is of a script that runs from right to left."""
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def order_from_left(word: str) -> str:
    """Return the characters of one word as they stand on paper.

    >>> order_from_left("אבג")
    'גבא'
    >>> order_from_left("(14/80)"), order_from_left("ב-14/80,")
    ('(14/80)', ',14/80-ב')
    """
    if not has_right_to_left(word):
        return word
    pieces = []
    for forward, places in groupby(range(len(word)), key=_forward(word).__getitem__):
        run = "".join(word[place] for place in places)
        pieces.append(run if forward else run[::-1].translate(_TURNED))
    return "".join(reversed(pieces))


def _forward(word: str) -> Sequence[bool]:
    """Say of each character whether it runs from left to right, as figures, foreign letters and what is between do."""
    kinds = [unicodedata.bidirectional(character) for character in word]
    strong = [place for place, kind in enumerate(kinds) if kind in _RIGHT_TO_LEFT or kind in _LEFT_TO_RIGHT]
    forward = [kind in _LEFT_TO_RIGHT for kind in kinds]
    for before, behind in pairwise(strong):
        if forward[before] and forward[behind]:
            forward[before:behind] = [True] * (behind - before)
    return forward
