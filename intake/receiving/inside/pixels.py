"""From a decoded image to the pixels that leave the sandbox: upright, on white, grey or RGB, within the budget."""

import math

from PIL import Image, ImageChops, ImageOps

from intake.errors import ImageTooLarge, PageTooSmall, UnsupportedCodec
from intake.receiving.limits import Limits

_A4_LONG_SIDE = 11.69  # in
_LEAST_DPI, _MOST_DPI = 50, 1200
#: Difference between two channels above which a pixel is coloured (JPEG noise on grey paper stays below), and the share
#: of such pixels above which a page is: a thumbnail-sized stamp on A4 is ten times that.
_COLOURED, _COLOUR_SHARE = 28, 0.0004


def check_pixels(width: int, height: int, limits: Limits) -> None:
    """Refuse what a header declares before anything is decoded.

    Raises:
        ImageTooLarge: above ``limits.image_pixels``.
    """
    if width * height > limits.image_pixels:
        raise ImageTooLarge


def check_side(width: int, height: int, limits: Limits) -> None:
    """Refuse what is too narrow for a letter's text.

    Raises:
        PageTooSmall: below ``limits.least_side``.
    """
    if min(width, height) < limits.least_side:
        raise PageTooSmall


def scale_within(width: float, height: float, limits: Limits) -> float:
    """Return the factor 0..1 that brings a size (px) within the budget of a page."""
    area = math.sqrt(limits.page_pixels / (width * height))
    return min(1.0, area, limits.page_side / max(width, height))


def plausible_dpi(declared: float, width: int, height: int) -> int:
    """Return the declared resolution, or one that makes the page A4 when no scanner would declare it.

    >>> plausible_dpi(300, 2480, 3508), plausible_dpi(1, 2480, 3508), plausible_dpi(0, 600, 800)
    (300, 300, 68)
    """
    if _LEAST_DPI <= declared <= _MOST_DPI:
        return round(declared)
    return max(1, round(max(width, height) / _A4_LONG_SIDE))


def shrink(image: Image.Image, limits: Limits) -> tuple[Image.Image, float]:
    """Bring an image within the budget; return it with the factor used, 1.0 when it fitted."""
    factor = scale_within(image.width, image.height, limits)
    if factor == 1.0:
        return image, factor
    size = max(1, math.floor(image.width * factor)), max(1, math.floor(image.height * factor))
    source = image.convert("L") if image.mode == "1" else image
    return source.resize(size, Image.Resampling.BOX), factor


def flatten(image: Image.Image) -> Image.Image:
    """Return the image in mode ``L`` or ``RGB``: transparency on white, 16 bits brought to 8.

    Raises:
        UnsupportedCodec: for kinds of pixels that no scanner makes.
    """
    if image.mode in {"1", "L"}:
        return image.convert("L")
    if image.mode.startswith("I"):
        return _eight_bits(image)
    if image.mode in {"LA", "PA", "RGBA", "RGBa", "La"} or (image.mode == "P" and "transparency" in image.info):
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("RGB")
    if image.mode in {"P", "RGB", "RGBX", "CMYK", "YCbCr", "LAB", "HSV"}:
        return image.convert("RGB")
    raise UnsupportedCodec


def _eight_bits(image: Image.Image) -> Image.Image:
    wide = image.convert("I")
    extrema = wide.getextrema()
    highest = extrema[1]
    # Scanners store 10 or 12 bits in 16 without saying so.
    bits = next((bits for bits in (8, 10, 12, 16) if isinstance(highest, int | float) and highest < 1 << bits), 16)
    return wide.point(lambda value: value * (1 / (1 << (bits - 8)))).convert("L")


def without_needless_colour(image: Image.Image) -> Image.Image:
    """Return an RGB image as grey when nothing on it is coloured."""
    if image.mode != "RGB":
        return image
    small = image.reduce(max(1, math.isqrt(image.width * image.height // 1_000_000)))
    red, green, blue = small.split()
    spread = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    coloured = sum(spread.histogram()[_COLOURED:])
    return image if coloured > _COLOUR_SHARE * small.width * small.height else image.convert("L")


def is_uniform(image: Image.Image) -> bool:
    """Say whether every pixel is the same: nothing at all is on the page."""
    extrema = image.getextrema()
    pairs = extrema if isinstance(extrema[0], tuple) else (extrema,)
    return all(low == high for low, high in pairs)


def upright(image: Image.Image) -> Image.Image:
    """Apply the orientation that a camera or scanner noted in EXIF."""
    return ImageOps.exif_transpose(image)
