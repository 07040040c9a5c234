"""Pages nobody can read well, drawn for tests: handwriting, drawings, faint print, cut sheets."""

import io
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tests.reading.drawing import SIZE, TEXTS, draw_text, font, scanned


def png(picture: Image.Image, dpi: int = 200) -> bytes:
    """The picture as a scanner stores it."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", dpi=(dpi, dpi))
    return buffer.getvalue()


def full_page(language: str = "en") -> Image.Image:
    """A page full of print."""
    return draw_text(" ".join([TEXTS[language]] * 5), language, top=120)


def write_by_hand(seed: int, height: int, pen: int, slant: float, ink: int = 60) -> Image.Image:
    """A page of joined-up loops and arches, each word drawn in one stroke.

    Args:
        seed: of the words.
        height: of small letters, px.
        pen: width of the stroke, px.
        slant: 0 upright, 0.6 leaning far to the right.
        ink: grey.
    """
    chance = np.random.default_rng(seed)
    page = np.full((SIZE[1], SIZE[0]), 255, np.uint8)
    for line in range(220, SIZE[1] - 250, round(3.2 * height)):
        base, across = line + float(chance.normal(0, 4)), 170.0 + float(chance.integers(0, 50))
        while across < SIZE[0] - 260:
            strokes = []
            for _ in range(int(chance.integers(2, 10))):
                stroke, width = _draw_letter(chance, height)
                strokes.append(stroke * [1, 1] + [across, base] - stroke[:, 1:] * [slant, 0])
                across += width
            word = np.rint(np.vstack(strokes) * 8).astype(np.int32)
            cv2.polylines(page, [word], False, ink, pen, cv2.LINE_AA, 3)
            across += height * float(chance.uniform(0.7, 1.3))
    return scanned(Image.fromarray(page), skew=float(chance.normal(0, 1)))


def _draw_letter(chance: np.random.Generator, height: int) -> tuple[Any, float]:
    """Return the points of one letter, x and y from where it begins, and how far the next one begins from it."""
    along, tall, wide = np.linspace(0, 1, 14), height * chance.uniform(0.8, 1.2), height * chance.uniform(0.7, 1.1)
    loop, arch = np.sin(2 * np.pi * along), np.sin(np.pi * along)
    x, y, factor = [
        (along, -arch, 1.0),  # n
        (along + 0.35 * loop, -2.1 * arch, 1.0),  # l
        (along - 0.35 * loop, 1.6 * arch, 1.0),  # g
        (1.4 * along, -np.abs(loop), 1.4),  # m
        (along + 0.3 * loop, -(1 - np.cos(2 * np.pi * along)) / 2, 1.0),  # e
    ][int(chance.integers(0, 5))]
    return np.stack([wide * x, tall * y], axis=1) + chance.normal(0, 0.6, (14, 2)), wide * factor


def draw_plan(size: tuple[int, int], seed: int = 0) -> Image.Image:
    """A technical drawing without lettering."""
    chance = np.random.default_rng(seed)
    picture = Image.new("L", size, 255)
    draw = ImageDraw.Draw(picture)
    unit = min(size) // 40
    for _ in range(120):
        x, y, length = (int(chance.integers(0, limit)) for limit in (*size, 12 * unit))
        if length % 3 == 0:
            draw.line((x, y, x + length, y), 0, 5)
        elif length % 3 == 1:
            draw.ellipse((x, y, x + unit + length, y + unit + length), outline=0, width=5)
        else:
            draw.rectangle((x, y, x + unit + length, y + unit + length // 2), outline=0, width=4)
    return picture


def print_faintly(depth: float, noise: float) -> Image.Image:
    """A full page whose ink is ``depth`` of 255 greys darker than its paper, with the grain of a scanner."""
    printed = (255 - np.asarray(full_page(), np.float64)) / 230
    grain = np.random.default_rng(5).normal(0, noise, printed.shape)
    return Image.fromarray(np.clip(245 - printed * depth + grain, 0, 255).astype(np.uint8))


def empty_paper(texture: float, streaks: int = 0, noise: float = 4.0) -> Image.Image:
    """A sheet with nothing on it but its fibres, dust, punched holes, and streaks of a dirty scanner."""
    chance = np.random.default_rng(6)
    fibres = cv2.GaussianBlur(chance.normal(0, 1, (SIZE[1], SIZE[0])).astype(np.float32), (0, 0), 4)
    paper = 240 + 14 * texture * fibres
    for x in chance.integers(0, SIZE[0] - 2, streaks):
        paper[:, x : x + 2] -= 8
    for x, y in zip(chance.integers(0, SIZE[0] - 4, 60), chance.integers(0, SIZE[1] - 4, 60), strict=True):
        paper[y : y + 3, x : x + 3] -= 9
    return Image.fromarray(np.clip(paper + chance.normal(0, noise, paper.shape), 0, 255).astype(np.uint8))


def add_fax_line(page: Image.Image) -> Image.Image:
    """The page with a fax machine's line at its top, upside down."""
    line = Image.new("L", (SIZE[0], 60), 255)
    ImageDraw.Draw(line).text((150, 10), "24/11/2026 09:14  FROM: +41 31 555 0142  P. 02/05", 20, font("en", 26))
    page = page.copy()
    page.paste(line.rotate(180), (0, 20))
    return page


def dense_sheet() -> Image.Image:
    """Six pages of small print on one sheet: more text than a minute is enough for."""
    page = draw_text(" ".join([TEXTS["en"]] * 40), size=16, top=20)
    return Image.fromarray(np.tile(np.asarray(page), (2, 3)))


def dust(pieces: int = 60_000) -> Image.Image:
    """An A4 sheet at 300 dpi covered with specks of the size of letters' parts."""
    chance = np.random.default_rng(7)
    page = np.full((3508, 2480), 255, np.uint8)
    for x, y in zip(chance.integers(0, 2470, pieces), chance.integers(0, 3500, pieces), strict=True):
        page[y : y + 5, x : x + 5] = 0
    return Image.fromarray(page)
