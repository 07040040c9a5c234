"""Page images made ready for reading: grey, even paper, no stamps, and print of the size the models know."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from intake.reading.ocr import Grey
from intake.reading.pieces import Ink, Pieces, enlarge, find_pieces, halve
from intake.reading.stamps import remove_stamps
from intake.values import PageImage

#: Colour spread (largest minus smallest channel) from which ink counts as coloured; JPEG makes black text vary by less.
_COLOURED = 40
#: Coloured ink above this share of all ink is the text itself, not a stamp on it.
_MOST_COLOURED_SHARE = 0.5
#: Print of 10.5 pt at 200 dpi, the size at which the models lose nothing: letters are about this high, px.
_GOOD_LETTER = 15
_SMALL_LETTER = 10
_WORKING_DPI = 200
#: standard deviation of grey on even paper from which a page is smoothed; scanners stay below 10
_GRAIN = 12.0
#: A page of text has 2,000 to 8,000 pieces of ink; one with more than this is dust and grain.
_MOST_PIECES = 25_000
#: Grey of even paper, and how much darker ink may be to count as faint, is made, and must be at least.
_PAPER, _FAINT_DEPTH, _GOOD_DEPTH, _LEAST_DEPTH = 250, 90.0, 180.0, 12.0
_MOST_SIDE = 4_500  #: px, of the scaled page


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page in grey with even paper."""

    pixels: Grey  #: paper near 255
    ink: Ink  #: True where there is ink
    scale: float  #: px here for one px of the page as received
    letter_height: float  #: typical height of a letter or joined word, px here; 0 without ink
    contrast: float  #: 0..1, how much darker the ink is than the paper
    noisy: bool = False  #: so many specks that looking for columns and paragraphs would take minutes


def clean_page(image: PageImage) -> CleanPage:
    """Return the page in grey, scaled to what the models need, background evened, stamps and specks taken off."""
    scale = _first_scale(image)
    even, contrast = _even_paper(_grey(image, scale))
    ink = find_ink(even)
    pieces = find_pieces(ink)
    height, noisy = letter_height(pieces), len(pieces) >= _MOST_PIECES
    # Small print or few dots an inch: the models need letters of some size.
    small = 0 < height < _SMALL_LETTER and not noisy
    larger = min(2.5, _GOOD_LETTER / height, _MOST_SIDE / max(even.shape)) if small else 1.0
    if larger > 1.1:
        scale = scale * larger
        even, contrast = _even_paper(_grey(image, scale))
        ink = find_ink(even)
        pieces = find_pieces(ink)
        height = letter_height(pieces)
    if height:
        without = remove_stamps(even, ink, pieces, height)
        ink = ink if without is even else find_ink(without)
        even, ink = remove_specks(without, ink, height)
    return CleanPage(even, ink, scale, height, contrast, noisy=noisy)


def _grey(image: PageImage, scale: float) -> Grey:
    pixels = np.frombuffer(image.pixels, np.uint8).reshape(image.height, image.width, image.channels)
    page = _resize(pixels, scale)
    grey = _fade_coloured_ink(page) if image.channels == 3 else page.reshape(page.shape[0], page.shape[1])
    return _smooth(grey)


def _first_scale(image: PageImage) -> float:
    """Return the scale to the working resolution; a declared one that no scanner has is not believed."""
    dpi = image.dpi if 70 <= image.dpi <= 1300 else _WORKING_DPI
    return min(1.0, _WORKING_DPI / dpi, _MOST_SIDE / max(image.width, image.height))


def _resize(page: npt.NDArray[np.uint8], scale: float) -> npt.NDArray[np.uint8]:
    if scale == 1.0:
        return page
    size = (max(1, round(page.shape[1] * scale)), max(1, round(page.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(page, size, interpolation=method).astype(np.uint8)
    return scaled.reshape(size[1], size[0], -1)


def _smooth(grey: Grey) -> Grey:
    """Return a page blurred as much as its grain needs; pages of ordinary grain as they are."""
    height, width = grey.shape
    middle = grey[height // 2 - min(300, height // 2) :, width // 2 - min(300, width // 2) :][:600, :600]
    middle = np.ascontiguousarray(middle)
    rough = cv2.subtract(middle, cv2.GaussianBlur(middle, (0, 0), 1.5), dtype=cv2.CV_16S)
    grain = float(np.median(np.abs(rough))) * 1.48
    if grain < _GRAIN:
        return grey
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), min(2.0, grain / _GRAIN)), np.uint8)


def _fade_coloured_ink(page: npt.NDArray[np.uint8]) -> Grey:
    """Return grey in which coloured ink is nearly paper, unless the text itself is coloured."""
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)
    red, green, blue = cv2.split(page)
    brightest = cv2.max(cv2.max(red, green), blue)
    spread = cv2.subtract(brightest, cv2.min(cv2.min(red, green), blue))
    paper = int(np.median(grey[::4, ::4]))
    dark = grey < paper - 50
    coloured = dark & (spread > _COLOURED)
    if not coloured.any() or coloured.sum() > _MOST_COLOURED_SHARE * max(1, int(dark.sum())):
        return grey
    around = cv2.dilate(coloured.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    faded = np.where(around & (spread > _COLOURED // 2), np.maximum(brightest, grey), grey)
    # The brightest channel of a blue stamp is still darker than paper; what is lighter than the text goes.
    black = grey[dark & ~coloured]
    text = int(np.percentile(black, 20)) if len(black) else 0
    lighter = around & (faded > text + (paper - text) * 0.3)
    return np.where(lighter, paper, faded).astype(np.uint8)


def _even_paper(grey: Grey) -> tuple[Grey, float]:
    """Return grey divided by the paper's own brightness, and the contrast 0..1 between ink and paper."""
    height, width = grey.shape
    small = cv2.resize(grey, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), 6)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    even = np.asarray(cv2.divide(grey, np.maximum(paper, 1), scale=_PAPER), np.uint8)
    darkest = float(np.percentile(cv2.GaussianBlur(even, (0, 0), 0.7)[::3, ::3], 0.2))
    depth = max(0.0, _PAPER - darkest)
    if _LEAST_DEPTH < depth < _FAINT_DEPTH:
        # Grain grows with the ink: it is smoothed before.
        smooth = cv2.GaussianBlur(even, (0, 0), 1.0).astype(np.float32)
        deeper = _PAPER - (_PAPER - smooth) * (_GOOD_DEPTH / depth)
        even = np.clip(deeper, 0, 255).astype(np.uint8)
    return even, depth / _PAPER


def find_ink(even: Grey) -> Ink:
    """Return where the ink is, by Otsu's threshold kept between a faint and a strong grey."""
    threshold, _ = cv2.threshold(even, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return even < min(215.0, max(90.0, threshold))


def remove_specks(even: Grey, ink: Ink, letter: float) -> tuple[Grey, Ink]:
    """Return page and ink without dots that stand alone: dust splits lines, the dots of letters stand beside them.

    Args:
        even: paper near 250.
        ink: where ``even`` is dark.
        letter: height of a letter, px.
    """
    # Half the size is fine enough for what stands alone and takes a quarter of the time.
    half = halve(ink)
    reach = max(3, round(0.45 * letter)) | 1
    near = find_pieces(cv2.dilate(half, np.ones((reach, reach), np.uint8)) > 0)
    rows, columns = np.nonzero(half)
    ink_in = np.bincount(near.labels[rows, columns], weights=half[rows, columns], minlength=len(near.stats))
    most = reach + 0.25 * letter
    speck = (ink_in <= 0.08 * letter * letter) & (near.widths <= most) & (near.heights <= most)
    speck[0] = False
    if not speck.any():
        return even, ink
    specks = enlarge(speck[near.labels], ink.shape)
    paper = np.asarray(specks.view(np.uint8) * np.uint8(_PAPER), np.uint8)
    return np.asarray(cv2.max(even, paper), np.uint8), ink & ~specks


def letter_height(pieces: Pieces) -> float:
    """Return the typical height of a letter, px, by the pieces that hold most ink; 0 without ink."""
    heights, widths, areas = pieces.heights[1:], pieces.widths[1:], pieces.areas[1:]
    letters = (areas >= 6) & (heights >= 4) & (heights < 120) & (widths < 40 * heights)
    if not letters.any():
        return 0.0
    order = np.argsort(heights[letters])
    weight = np.cumsum(areas[letters][order])
    return float(heights[letters][order][int(np.searchsorted(weight, weight[-1] / 2))])
