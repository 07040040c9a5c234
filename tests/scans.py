"""Scans made by the tests: invented letters drawn on paper-white pages."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

LETTER = """Office of the Prosecutor General
Republic of Mongolia
No. 14/80-1969
Ulaanbaatar, 2 December 2019

To the competent authorities of the Republic of Kenya

Request for mutual legal assistance in criminal matters

The Office of the Prosecutor General of Mongolia is conducting an
investigation into the embezzlement of public funds, an offence under
article 17.4 of the Criminal Code. In accordance with article 46 of the
United Nations Convention against Corruption we request you to obtain and
send us certified copies of the bank statements of account 0112-5567-90 at
the Unity Bank, Nairobi, from 1 January 2017 to 31 March 2019, together
with the account opening documents.

The hearing of the case is set for 14 April 2020. We kindly ask for your
answer before that date. Please keep this request confidential.

Accept, Sirs, the assurances of our highest consideration.

B. Enkhbold, Senior Prosecutor"""

_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
)


def page(text: str = LETTER, *, mark: str = "") -> Image.Image:
    """An A4 page at 150 dpi with the text, and a mark that makes it differ from other pages."""
    font_path = next(path for path in _FONTS if Path(path).exists())
    picture = Image.new("L", (1240, 1754), 255)
    drawing = ImageDraw.Draw(picture)
    drawing.multiline_text((120, 120), text, 20, ImageFont.truetype(font_path, 26), spacing=10)
    drawing.text((560, 1680), mark, 20, ImageFont.truetype(font_path, 24))
    return picture


def pdf(pages: int = 1, text: str = LETTER) -> bytes:
    """A scanned PDF: one picture a page."""
    pictures = [page(text, mark=f"page {number}") for number in range(1, pages + 1)]
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", resolution=150, save_all=True, append_images=pictures[1:])
    return buffer.getvalue()


def png(text: str = LETTER) -> bytes:
    """A scanned PNG."""
    buffer = io.BytesIO()
    page(text).save(buffer, "PNG", dpi=(150, 150))
    return buffer.getvalue()
