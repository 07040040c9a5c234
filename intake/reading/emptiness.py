"""Whether a page without visible ink is really empty, or only too faint for the eye of the machine."""

import cv2
import numpy as np
import numpy.typing as npt

from intake.values import PageImage

#: The page is looked at in this size, longer side in px: grain averages out, strokes of letters just remain.
_SIDE = 1200
#: Marks are this many times darker than the paper's own unrest, and by so much grey at least.
_TIMES_UNREST, _LEAST_GREY = 4.5, 1.0
#: grey steps of a page without any unrest
_LEAST_UNREST = 0.25
#: So much darker than around, in greys, is plain ink, where it is more than a few grains, px.
_PLAIN_GREY, _LEAST_PLAIN = 60.0, 12
#: so many stretches that look like words or lines are faint print; dust, folds and streaks give none or one
_LEAST_WORDS = 3


def is_bare(image: PageImage) -> bool:
    """Whether a page of little contrast shows nothing but paper: what seems ink on it is fibres, grain and dust."""
    grey = _small_grey(image)
    dark = cv2.GaussianBlur(grey, (0, 0), 12) - grey > _PLAIN_GREY
    return int(dark.sum()) < _LEAST_PLAIN and not is_faint_print(image)


def is_faint_print(image: PageImage) -> bool:
    """Whether a page that seems empty has rows of marks on it, lines of text that are hardly darker than the paper."""
    marks = _marks(_small_grey(image))
    return max(_count_words(marks), _count_words(np.ascontiguousarray(np.rot90(marks)))) >= _LEAST_WORDS


def _small_grey(image: PageImage) -> npt.NDArray[np.float32]:
    pixels = np.frombuffer(image.pixels, np.uint8).reshape(image.height, image.width, image.channels)
    scale = min(1.0, _SIDE / max(image.width, image.height))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], image.channels)
    return np.asarray(small.mean(axis=2), np.float32)


def _marks(grey: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Return 1 where the page is darker than around by more than its unrest."""
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.0)
    darker = cv2.GaussianBlur(smooth, (0, 0), 12) - smooth
    unrest = 1.48 * float(np.median(np.abs(darker - np.median(darker))))
    return (darker > max(_LEAST_GREY, _TIMES_UNREST * max(_LEAST_UNREST, unrest))).astype(np.uint8)


def _count_words(marks: npt.NDArray[np.uint8]) -> int:
    """Return how many stretches of marks are wider than high, as high as print, and neither full nor nearly empty."""
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((3, 13), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    widths, heights = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    inked = np.bincount(labels[marks > 0], minlength=len(stats))[1:]
    filled = inked / (widths * heights)
    words = (heights >= 6) & (heights <= 60) & (widths >= 24) & (widths >= 2 * heights)
    return int((words & (filled > 0.08) & (filled < 0.75)).sum())
