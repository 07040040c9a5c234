"""Round stamps on the text: found by their ring, taken off without the letters under them."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from intake.reading.ocr import Grey
from intake.reading.pieces import Ink, Pieces

#: A stamp's ring is at least this many letters wide and at most this share of the page.
_LEAST_LETTERS_WIDE = 4
_LARGEST_SHARE = 0.4
#: share of the circle that must carry ink; text under the ring fills gaps, folds make some
_LEAST_CLOSED = 0.6
_TRIES = 300
#: a stamp whose grey is this much lighter than the text's is taken off by its grey, others by their shape
_LIGHTER = 25
#: a ring as light as this has been taken off with the one around it
_GONE = 200


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle drawn on the page."""

    x: float  #: px
    y: float  #: px
    radius: float  #: px


def remove_stamps(pixels: Grey, ink: Ink, pieces: Pieces, letter_height: float) -> Grey:
    """Return the page without its round stamps; the same array when there is none.

    Args:
        pixels: paper near 255.
        ink: where ``pixels`` are dark.
        pieces: of the ink.
        letter_height: px.
    """
    rings = find_rings(pieces, letter_height)
    if not rings:
        return pixels
    cleaned = pixels.copy()
    core = float(np.percentile(pixels[ink], 25))
    for ring in rings:
        _remove_ring(cleaned, ink, ring, core)
    return cleaned


def find_rings(pieces: Pieces, letter_height: float) -> tuple[Ring, ...]:
    """Return the rings on a page, largest first."""
    least, most = _LEAST_LETTERS_WIDE * letter_height, _LARGEST_SHARE * min(pieces.labels.shape)
    widths, heights, areas = pieces.widths, pieces.heights, pieces.areas
    # Text that touches the ring makes its box wider, never its ink denser than a ring's.
    fits = (heights >= least) & (heights <= most) & (widths <= 4 * most) & (widths >= 0.7 * heights)
    fits &= areas <= 0.35 * widths * heights
    rings = []
    for label in np.flatnonzero(fits[1:]) + 1:
        left, top, width, height = (int(value) for value in pieces.stats[label, :4])
        rows, columns = np.nonzero(pieces.labels[top : top + height, left : left + width] == label)
        ring = _fit_ring(columns + left, rows + top, least / 2, most / 2)
        if ring is not None:
            rings.append(ring)
    return tuple(sorted(rings, key=lambda ring: -ring.radius))


def _fit_ring(
    columns: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], least_radius: float, most_radius: float
) -> Ring | None:
    """Return the circle that most of the points lie on, by trying circles through three of them."""
    points = np.stack([columns, rows], axis=1).astype(np.float64)
    chooser = np.random.default_rng(20)
    sample = points if len(points) <= 1500 else points[chooser.choice(len(points), 1500, replace=False)]
    best: tuple[int, float, float, float] = (0, 0.0, 0.0, 0.0)
    for a, b, c in points[chooser.integers(0, len(points), (_TRIES, 3))]:
        circle = _circle_through(a, b, c)
        if circle is None or not least_radius <= circle[2] <= most_radius:
            continue
        distance = np.abs(np.hypot(sample[:, 0] - circle[0], sample[:, 1] - circle[1]) - circle[2])
        near = int((distance < 2.5).sum())
        if near > best[0]:
            best = (near, *circle)
    _, x, y, radius = best
    if radius == 0:
        return None
    off = np.hypot(points[:, 0] - x, points[:, 1] - y) - radius
    on = np.abs(off) < 6
    angles = np.degrees(np.arctan2(points[on, 1] - y, points[on, 0] - x))
    closed = len(np.unique((angles // 4).astype(int))) / 90
    return Ring(x, y, radius) if closed >= _LEAST_CLOSED else None


def _circle_through(
    a: npt.NDArray[np.float64], b: npt.NDArray[np.float64], c: npt.NDArray[np.float64]
) -> tuple[float, float, float] | None:
    """Return centre and radius of the circle through three points, None when they lie on a line."""
    (ax, ay), (bx, by), (cx, cy) = a, b, c
    twice = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    if abs(twice) < 1:
        return None
    x = ((ax * ax + ay * ay) * (by - cy) + (bx * bx + by * by) * (cy - ay) + (cx * cx + cy * cy) * (ay - by)) / twice
    y = ((ax * ax + ay * ay) * (cx - bx) + (bx * bx + by * by) * (ax - cx) + (cx * cx + cy * cy) * (bx - ax)) / twice
    return float(x), float(y), float(np.hypot(ax - x, ay - y))


def _remove_ring(pixels: Grey, ink: Ink, ring: Ring, core: float) -> None:
    """Whiten the ring and those inside it, and what is lighter there than the text's own ink ``core``."""
    reach = ring.radius + 14
    rows = slice(max(0, int(ring.y - reach)), int(ring.y + reach) + 2)
    columns = slice(max(0, int(ring.x - reach)), int(ring.x + reach) + 2)
    part, dark = pixels[rows, columns], ink[rows, columns]
    downs, acrosses = np.mgrid[0 : part.shape[0], 0 : part.shape[1]]
    downs, acrosses = downs + rows.start - ring.y, acrosses + columns.start - ring.x
    distance = np.hypot(acrosses, downs)
    for inner, outer in _drawn_radii(dark, distance):
        on_ring = (distance >= inner) & (distance <= outer)
        stamp = float(np.median(part[on_ring]))
        if stamp > _GONE:
            continue
        if stamp - core > _LIGHTER:
            _stretch(part, distance < reach, core, stamp)
            continue
        crossed = _ink_beside(dark, distance, inner - 2, on_ring) & _ink_beside(dark, distance, outer + 2, on_ring)
        part[on_ring & ~crossed] = 250


def _drawn_radii(dark: Ink, distance: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
    """Return the bands of radii, px, at which ink goes all the way round."""
    radii = distance.astype(np.int64)
    circles = np.bincount(radii.ravel(), minlength=8)
    closed = np.bincount(radii.ravel(), weights=dark.ravel(), minlength=8) / np.maximum(circles, 1) >= _LEAST_CLOSED
    # The smallest circles are closed by any letter in the middle.
    closed[:20] = False
    edges = np.flatnonzero(np.diff(np.concatenate([[0], closed.astype(np.int8), [0]])))
    return [(start - 1.5, end + 1.5) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _stretch(part: Grey, inside: Ink, core: float, stamp: float) -> None:
    """Move the grey of the stamp to paper and keep the text's, so that letters under it lose no stroke."""
    stretched = core + (part.astype(np.float64) - core) * (250 - core) / max(1.0, stamp - 10 - core)
    part[inside] = np.clip(np.maximum(stretched, part), 0, 250).astype(np.uint8)[inside]


def _ink_beside(dark: Ink, distance: npt.NDArray[np.float64], radius: float, where: Ink) -> Ink:
    """Return where a point of the ring has ink next to it, on the same ray, at another radius."""
    thick = cv2.dilate(dark.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    rows, columns = np.nonzero(where)
    middle = np.unravel_index(int(np.argmin(distance)), distance.shape)
    ratio = radius / np.maximum(distance[rows, columns], 1)
    beside_rows = np.clip(np.rint(middle[0] + (rows - middle[0]) * ratio), 0, dark.shape[0] - 1).astype(np.int64)
    beside_columns = np.clip(np.rint(middle[1] + (columns - middle[1]) * ratio), 0, dark.shape[1] - 1).astype(np.int64)
    found = np.zeros(dark.shape, bool)
    found[rows, columns] = thick[beside_rows, beside_columns]
    return found
