"""The connected pieces of ink on a page: letters, joined words, rules, rings, specks."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Ink = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of ink; the first is the paper."""

    labels: npt.NDArray[np.int32]  #: shape of the page: the piece that each px belongs to
    stats: npt.NDArray[np.int32]  #: (pieces, 5): left, top, width, height, area, px

    @property
    def widths(self) -> npt.NDArray[np.int32]:
        """Widths of the pieces' boxes, px."""
        return self.stats[:, cv2.CC_STAT_WIDTH]

    @property
    def heights(self) -> npt.NDArray[np.int32]:
        """Heights of the pieces' boxes, px."""
        return self.stats[:, cv2.CC_STAT_HEIGHT]

    @property
    def areas(self) -> npt.NDArray[np.int32]:
        """Ink of the pieces, px."""
        return self.stats[:, cv2.CC_STAT_AREA]

    def __len__(self) -> int:
        return len(self.stats) - 1


def find_pieces(ink: Ink) -> Pieces:
    """Return the pieces of ink that touch, corners included."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.view(np.uint8), connectivity=8)
    return Pieces(np.asarray(labels, np.int32), np.asarray(stats, np.int32))


def halve(ink: Ink) -> npt.NDArray[np.uint8]:
    """Return the ink in half the size: 0..4 px of ink in each square of four."""
    size = ((ink.shape[1] + 1) // 2, (ink.shape[0] + 1) // 2)
    return cv2.resize(ink.view(np.uint8) * np.uint8(4), size, interpolation=cv2.INTER_AREA).astype(np.uint8)


def enlarge(half: npt.NDArray[np.bool_], shape: tuple[int, ...]) -> Ink:
    """Return what was marked in half the size in the full size.

    Args:
        half: marks.
        shape: height, width wanted, px.
    """
    size = (2 * half.shape[1], 2 * half.shape[0])
    whole = cv2.resize(half.view(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    return whole[: shape[0], : shape[1]].view(np.bool_)
