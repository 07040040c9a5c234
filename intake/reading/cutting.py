"""Whether the edge of the page cuts through its text."""

import cv2
import numpy as np
import numpy.typing as npt

from intake.reading.pieces import Ink, find_pieces

#: Lines that must run into an edge: one or two are a note in the margin or a fax machine's own line.
_LEAST_CUT = 5
#: and must be spread over this share of the side
_LEAST_SPREAD = 0.15
#: Text goes on so far from the edge, letters: scanner shadows at an edge have nothing behind them.
_BEHIND = 6.0

Places = npt.NDArray[np.float64]


def is_cut_off(ink: Ink, letter: float, *, vertical: bool) -> bool:
    """Whether lines of text run into an edge at which they should end.

    Args:
        ink: of the page as received.
        letter: height of a letter, px.
        vertical: the lines run up or down; else across.
    """
    across = np.ascontiguousarray(ink.T) if vertical else ink
    edges = (across[:, :2], across[:, -2:])
    # Nearly every page ends here, after a look at two columns of it.
    if not any(_count_runs(np.asarray(edge.any(axis=1))) >= _LEAST_CUT for edge in edges):
        return False
    pieces = find_pieces(across)
    # As tall as letters, and no rule, frame or shadow along the edge.
    size = (pieces.areas >= 6) & (pieces.heights >= 0.3 * letter) & (pieces.heights <= 5 * letter)
    size &= (pieces.widths >= 0.2 * letter) & (pieces.widths <= 30 * letter)
    size[0] = False
    left = pieces.stats[size, cv2.CC_STAT_LEFT]
    right = across.shape[1] - left - pieces.widths[size]
    middles = pieces.stats[size, cv2.CC_STAT_TOP] + pieces.heights[size] / 2
    return any(_cuts(middles, gaps, across.shape[0], letter) for gaps in (left, right))


def _count_runs(marks: npt.NDArray[np.bool_]) -> int:
    return int(np.diff(marks.astype(np.int8), prepend=0).clip(0).sum())


def _cuts(places: Places, gaps: npt.NDArray[np.int32], side: int, letter: float) -> bool:
    """Whether an edge cuts the pieces at these places along it.

    Args:
        places: of the pieces along the edge, px.
        gaps: between the pieces and the edge, px.
        side: length of the edge, px.
        letter: height of a letter, px.
    """
    at_edge = np.sort(places[gaps <= 1])
    lines = int((np.diff(at_edge, prepend=-np.inf) > 0.8 * letter).sum())
    behind = int(((gaps > 1) & (gaps < _BEHIND * letter)).sum())
    if lines < _LEAST_CUT or behind < lines:
        return False
    return float(np.ptp(at_edge)) >= _LEAST_SPREAD * side
