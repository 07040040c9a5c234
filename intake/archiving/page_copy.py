"""One page of the archive copy: its picture as received, and over it what was read, unseen but found."""

import io
from collections.abc import Iterable, Mapping
from typing import Final

import pikepdf
from pikepdf import Dictionary

from intake.archiving import glyphless
from intake.archiving.layout import lay_out
from intake.archiving.lines import Line, find_lines
from intake.archiving.picture import add_picture, encode
from intake.values import PageImage, PageReading

_POINTS_PER_INCH: Final = 72
#: ISO 32000-1, annex C: no page may be longer or shorter, pt
_LONGEST, _SHORTEST = 14400, 3.01
#: pt; by so much a page is smaller than its pixels are, so that viewers that round up draw no further column
_HAIR: Final = 0.001
_UNSEEN: Final = 3  #: text rendering mode, ISO 32000-1, table 106


#: matrices that bring the unit square with the picture in it onto the upright page, by the turn it takes clockwise
_TURNS: Final[Mapping[int, tuple[int, ...]]] = {
    0: (1, 0, 0, 1, 0, 0),
    90: (0, -1, 1, 0, 0, 1),
    180: (-1, 0, 0, -1, 1, 1),
    270: (0, 1, -1, 0, 1, 0),
}


def copy_page(image: PageImage, reading: PageReading) -> bytes:
    """Return a PDF of one page that shows the image upright and gives the words that were read.

    The same image and reading give the same bytes.
    """
    size = (image.width, image.height) if reading.rotation in {0, 180} else (image.height, image.width)
    lines = find_lines(reading, image) if reading.words else lay_out(reading.text, *size)
    codes = glyphless.own_codes("".join(run.text for line in lines for run in line.runs))
    scale = _scale(image)
    width, height = size[0] * scale - _HAIR, size[1] * scale - _HAIR
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(round(width, 4), round(height, 4)))
        resources = Dictionary(XObject=Dictionary({"/Page": add_picture(pdf, encode(image))}))
        turn = " ".join(map(str, _TURNS[reading.rotation]))
        content = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm {turn} cm /Page Do Q\n"
        if lines:
            resources.Font = Dictionary({glyphless.NAME: glyphless.add_font(pdf, codes)})
            # From here on the unit is the px of the page, measured upwards from its lower edge.
            content += f"q {scale:.8f} 0 0 {scale:.8f} 0 0 cm BT {_UNSEEN} Tr\n"
            content += "\n".join(_operators(lines, size[1], codes)) + "\nET Q\n"
        page.obj.Resources = resources
        page.obj.Contents = pdf.make_stream(content.encode("ascii"))
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def _scale(image: PageImage) -> float:
    """Return how many pt one px is, within what a page may measure."""
    sides = (image.width, image.height)
    return min(max(_POINTS_PER_INCH / image.dpi, _SHORTEST / min(sides)), _LONGEST / max(sides))


def _operators(lines: Iterable[Line], page_height: int, codes: Mapping[str, int]) -> Iterable[str]:
    """Write text: a line has one size, and every word is drawn out to the width it has on the page."""
    for line in lines:
        yield f"{glyphless.NAME} {line.height:.3f} Tf"
        for run in line.runs:
            shown = glyphless.encode(run.text, codes).hex()
            natural = len(run.text) * line.height * glyphless.WIDTH / 1000
            stretch = 100 * (run.right - run.left) / natural
            yield f"{stretch:.4f} Tz 1 0 0 1 {run.left:.2f} {page_height - run.bottom:.2f} Tm <{shown}> Tj"
