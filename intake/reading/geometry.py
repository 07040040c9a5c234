"""Which way the lines of a page run, and the way back from the straightened page to the page as received."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from intake.reading.ocr import Grey

Rotation = Literal[0, 90, 180, 270]
Matrix = npt.NDArray[np.float64]
Points = npt.NDArray[np.float32]

#: the search for the skew goes this far to either side, degrees
MOST_SKEW = 6.0
#: below this the turn costs sharpness and gains nothing, degrees
_LEAST_SKEW = 0.25
#: ink is looked at in this size, longest side in px
_COARSE_SIDE = 600
_FINE_SIDE = 1400
#: steps of the search in the small and, ten to one, in the large size, degrees
_COARSE_STEP = 0.75
#: Points of ink looked at, evenly chosen: more show the same lines.
_MOST_POINTS = 40_000


@dataclass(frozen=True, slots=True)
class Slant:
    """How the lines of a page lie."""

    vertical: bool  #: the lines run up or down: the page has been turned by a quarter
    skew: float  #: degrees, counter-clockwise positive, of the page turned so that its lines run across
    clearness: float  #: how much stronger the lines are along than across; near 1 there is no telling


def find_slant(ink: npt.NDArray[np.bool_]) -> Slant:
    """Find direction and skew of text lines by projection profiles.

    Args:
        ink: True where there is ink, any size.
    """
    coarse = _ink_points(ink, _COARSE_SIDE)
    angles = np.arange(-MOST_SKEW, MOST_SKEW + 0.01, _COARSE_STEP)
    across = [_line_strength(coarse, angle) for angle in angles]
    turned = _quarter_turn(coarse)
    along = [_line_strength(turned, angle) for angle in angles]
    vertical = max(along) > max(across)
    strengths = along if vertical else across
    middle = float(angles[int(np.argmax(strengths))])
    fine = _ink_points(ink, _FINE_SIDE)
    fine = _quarter_turn(fine) if vertical else fine
    near = np.arange(middle - _COARSE_STEP, middle + _COARSE_STEP + 0.01, 0.1)
    skew = float(near[int(np.argmax([_line_strength(fine, angle) for angle in near]))])
    weaker = max(1e-9, min(max(along), max(across)))
    return Slant(vertical, round(skew, 2), max(*along, *across) / weaker)


def _ink_points(ink: npt.NDArray[np.bool_], side: int) -> Points:
    """Return the places of ink as (x, y) rows, on a copy whose longer side has ``side`` px."""
    scale = min(1.0, side / max(ink.shape))
    size = (max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale)))
    small = cv2.resize(ink.view(np.uint8) * np.uint8(255), size, interpolation=cv2.INTER_AREA)
    rows, columns = np.nonzero(small > 64)
    every = max(1, len(rows) // _MOST_POINTS)
    return np.stack([columns[::every], rows[::every]], axis=1).astype(np.float32)


def _quarter_turn(points: Points) -> Points:
    """Turn points clockwise by a quarter."""
    return np.stack([-points[:, 1], points[:, 0]], axis=1)


def _line_strength(points: Points, angle: float) -> float:
    """Return how sharply ink gathers in lines that rise by ``angle`` degrees; grows with lines, not with ink."""
    if len(points) < 2:
        return 0.0
    radians = np.deg2rad(angle)
    heights = points @ np.array([np.sin(radians), np.cos(radians)], np.float32)
    profile = np.bincount((heights - heights.min()).astype(np.int32)).astype(np.float64)
    return float(np.square(np.diff(profile, prepend=0, append=0)).sum() / len(points))


@dataclass(frozen=True, slots=True)
class Straightened:
    """A page whose lines run across, with the way back to the page as received."""

    pixels: Grey
    back: Matrix  #: shape (2, 3): from px here to px of the page as received

    def box_on_page(self, box: tuple[int, int, int, int], page_size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Return the smallest upright box on the page as received that holds a box found here.

        Args:
            box: left, top, width, height, px here.
            page_size: width, height of the page as received, px.
        """
        left, top, width, height = box
        corners = np.array(
            [[left, top, 1], [left + width, top, 1], [left, top + height, 1], [left + width, top + height, 1]], float
        )
        places = corners @ self.back.T
        limits = np.array(page_size, float)
        low = np.clip(np.floor(places.min(axis=0) + 1e-6), 0, limits - 1)
        high = np.clip(np.ceil(places.max(axis=0) - 1e-6), low + 1, limits)
        return int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1])


def straighten(pixels: Grey, scale: float, rotation: Rotation, skew: float) -> Straightened:
    """Turn a page by quarters and then by its skew.

    Args:
        pixels: the page, already scaled.
        scale: px here for one px of the page as received.
        rotation: degrees clockwise.
        skew: degrees counter-clockwise that the page lies askew after the quarter turns.
    """
    turned = np.ascontiguousarray(np.rot90(pixels, -(rotation // 90)))
    back = _undo_quarters(pixels.shape, rotation)
    if abs(skew) >= _LEAST_SKEW:
        height, width = turned.shape
        forth = cv2.getRotationMatrix2D((width / 2, height / 2), -skew, 1.0)
        turned = cv2.warpAffine(turned, forth, (width, height), flags=cv2.INTER_LINEAR, borderValue=255).astype(
            np.uint8
        )
        back = _chain(back, cv2.invertAffineTransform(forth).astype(np.float64))
    shrink: Matrix = np.array([[1 / scale, 0, 0], [0, 1 / scale, 0]], dtype=np.float64)
    return Straightened(turned, _chain(shrink, back))


def _undo_quarters(shape: tuple[int, ...], rotation: Rotation) -> Matrix:
    """Return the matrix from px after the quarter turns to px before them, for an image of (height, width)."""
    height, width = shape
    undo = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, 1, 0], [-1, 0, height]],
        180: [[-1, 0, width], [0, -1, height]],
        270: [[0, -1, width], [1, 0, 0]],
    }
    return np.array(undo[rotation], dtype=np.float64)


def _chain(second: Matrix, first: Matrix) -> Matrix:
    """Return the matrix that does ``first`` and then ``second``."""
    whole: Matrix = np.vstack([second, [0, 0, 1]]) @ np.vstack([first, [0, 0, 1]])
    return whole[:2]
