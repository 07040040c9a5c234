"""Pages drawn for tests: text in many scripts, turned, askew, stamped."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from intake.values import PageImage, RenderedPage

DPI = 200
SIZE = (1654, 2339)  #: A4, px
_FONTS = Path("/usr/share/fonts")
#: file names by language, first one found; any font at all for the rest
_NAMES = {
    "ar": ("NotoNaskhArabic-Regular.ttf", "NotoSansArabic-Regular.ttf"),
    "ka": ("NotoSansGeorgian-Regular.ttf",),
    "hy": ("NotoSansArmenian-Regular.ttf",),
    "hi": ("NotoSansDevanagari-Regular.ttf",),
    "he": ("NotoSansHebrew-Regular.ttf",),
    "th": ("NotoSansThai-Regular.ttf",),
    "zh": ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc"),
}
_COMMON = ("NotoSerif-Regular.ttf", "NotoSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSerif-Regular.ttf")

#: a paragraph of a letter in each of some languages, written for these tests
TEXTS = {path.stem: path.read_text("utf-8").strip() for path in sorted(Path(__file__).parent.glob("texts/*.txt"))}


@cache
def font(language: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font for a language; the test is skipped when the machine has none."""
    for name in _NAMES.get(language, _COMMON):
        found = sorted(_FONTS.rglob(name))
        if found:
            index = 2 if name == "NotoSansCJK-Regular.ttc" else 0
            return ImageFont.truetype(str(found[0]), size, index=index)
    pytest.skip(f"no font for {language} on this machine")


def draw_text(text: str, language: str = "en", size: int = 34, top: int = 220) -> Image.Image:
    """Return an A4 page in grey with a text set in lines."""
    page = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(page)
    letters, right_to_left = font(language, size), language in ("ar", "he")
    for line in wrap(text, letters, SIZE[0] - 360, spaced=language != "zh"):
        across = SIZE[0] - 180 if right_to_left else 180
        draw.text((across, top), line, 25, letters, anchor="ra" if right_to_left else "la")
        top += round(size * 1.6)
    return page


def wrap(text: str, letters: ImageFont.FreeTypeFont, width: int, *, spaced: bool) -> list[str]:
    """Return the lines of a text no wider than ``width`` px."""
    lines, current = [], ""
    for part in text.split(" ") if spaced else text:
        longer = f"{current} {part}" if spaced and current else current + part
        if letters.getlength(longer) > width:
            lines.append(current)
            longer = part
        current = longer
    return [*lines, current]


def stamp(page: Image.Image, x: int, y: int, radius: int = 130) -> Image.Image:
    """Return the page with a grey double ring and words in it, printed over the text."""
    layer = Image.new("L", page.size, 255)
    draw = ImageDraw.Draw(layer)
    for size, width in ((radius, 8), (radius - 38, 4)):
        draw.ellipse((x - size, y - size, x + size, y + size), outline=130, width=width)
    draw.text((x, y), "No. 17", 130, font("en", 40), anchor="mm")
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(layer)))


def as_page(picture: Image.Image, number: int = 1, text_layer: str | None = None, dpi: int = DPI) -> RenderedPage:
    """Return a picture as a page that was received."""
    channels = 3 if picture.mode == "RGB" else 1
    image = PageImage(number, picture.tobytes(), picture.width, picture.height, channels, dpi)
    return RenderedPage(image, text_layer)


def scanned(picture: Image.Image, skew: float = 0.0, rotation: int = 0, noise: float = 6.0) -> Image.Image:
    """Return a picture as a scanner gives it.

    Args:
        picture: in grey.
        skew: degrees counter-clockwise.
        rotation: quarter turns, degrees counter-clockwise, after the skew.
        noise: standard deviation of grey.
    """
    askew = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    turned = np.rot90(np.asarray(askew, np.float64), rotation // 90)
    grain = np.random.default_rng(4).normal(0, noise, turned.shape)
    return Image.fromarray(np.clip(turned * 0.93 + grain, 0, 255).astype(np.uint8))
