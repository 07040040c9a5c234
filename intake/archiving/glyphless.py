"""A font that shows nothing: every character has the same extent and no ink, and says which character it is.

Written for invisible text: a viewer finds, selects and copies the characters, the eye sees the scan beneath.
"""

import struct
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

NAME: Final = "/Glyphless"
#: width of each character, and what stands above and below the baseline, in thousandths of the font size
WIDTH: Final = 500
ASCENT, DESCENT = 1000, 0

_UNITS: Final = 1000  #: of the font's own grid to the em
_MAGIC: Final = 0x5F0F3CF5  #: stands in every TrueType file behind its checksum
#: Codes are UTF-16 units. A pair of these two halves makes one character, which the font knows by one code of its own.
_SURROGATES: Final = range(0xD800, 0xE000)
_UNKNOWN: Final = 0xFFFD
_MOST_IN_BLOCK: Final = 100  #: entries, ISO 32000-1, 9.7.5.4 after Adobe Technical Note 5014


def own_codes(text: str) -> dict[str, int]:
    """Return codes for those characters of a text that do not fit into one UTF-16 unit."""
    rare = sorted({character for character in text if ord(character) > 0xFFFF})
    return dict(zip(rare, _SURROGATES, strict=False))


def encode(text: str, codes: Mapping[str, int]) -> bytes:
    """Return a text as the codes under which the font knows its characters, two bytes each."""
    return b"".join(_code(character, codes).to_bytes(2, "big") for character in text)


def _code(character: str, codes: Mapping[str, int]) -> int:
    code = codes.get(character, ord(character))
    return code if code <= 0xFFFF else _UNKNOWN


def add_font(pdf: pikepdf.Pdf, codes: Mapping[str, int]) -> pikepdf.Object:
    """Add the font to a document, with the meaning of ``codes`` beside the characters that need none."""
    file = pdf.make_stream(_true_type(), Length1=len(_true_type()))
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(NAME), Flags=4, FontBBox=[0, DESCENT, WIDTH, ASCENT],
        ItalicAngle=0, Ascent=ASCENT, Descent=DESCENT, CapHeight=ASCENT, StemV=80, FontFile2=file,
    )  # fmt: skip
    system = Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
    # Whatever the code, the font's second glyph: the first one means that a character is missing.
    glyphs = pdf.make_stream(b"\0\1" * 0x10000)
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(NAME), CIDSystemInfo=system,
        FontDescriptor=pdf.make_indirect(descriptor), DW=WIDTH, CIDToGIDMap=glyphs,
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(NAME), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=pdf.make_stream(_meanings(codes)),
    )  # fmt: skip
    return pdf.make_indirect(font)


def _meanings(codes: Mapping[str, int]) -> bytes:
    """Return the CMap that says which character a code is."""
    # A range may not leave the block of 256 codes in which it begins.
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256) if high << 8 not in _SURROGATES]
    single = [f"<{code:04X}> <{character.encode('utf-16-be').hex()}>" for character, code in codes.items()]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *_blocks(ranges, "bfrange"),
            *_blocks(single, "bfchar"),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode("ascii")


def _blocks(entries: list[str], kind: str) -> Iterable[str]:
    for first in range(0, len(entries), _MOST_IN_BLOCK):
        block = entries[first : first + _MOST_IN_BLOCK]
        yield "\n".join([f"{len(block)} begin{kind}", *block, f"end{kind}"])


@cache
def _true_type() -> bytes:
    """Return the font file, as OpenType's tables want it: an empty glyph, and one whose outline encloses nothing.

    The outline goes from the lower left to the upper right corner of the character and back. It fills no dot even where
    a viewer does draw it, and gives the character the extent without which pdfium takes neighbours for one.
    """
    corners = struct.pack(">hhhh", 0, WIDTH, 0, ASCENT)  # steps of x, then of y
    glyph = struct.pack(">hhhhhHH", 1, 0, 0, WIDTH, ASCENT, 1, 0) + b"\1\1" + corners
    head = struct.pack(
        ">4HIIHHqq4hHH3h", 1, 0, 1, 0, 0, _MAGIC, 0, _UNITS, 0, 0, 0, DESCENT, WIDTH, ASCENT, 0, 8, 2, 0, 0
    )
    hhea = struct.pack(">HH3hH11hH", 1, 0, ASCENT, DESCENT, 0, WIDTH, 0, 0, WIDTH, 1, *[0] * 7, 1)
    maxp = struct.pack(">16H", 1, 0, 2, 2, 1, 0, 0, 1, *[0] * 8)
    hmtx = struct.pack(">Hhh", WIDTH, 0, 0)
    loca = struct.pack(">3H", 0, 0, len(glyph) // 2)
    font = _table_file({"glyf": glyph, "head": head, "hhea": hhea, "hmtx": hmtx, "loca": loca, "maxp": maxp})
    adjustment = (0xB1B0AFBA - _checksum(font)) & 0xFFFFFFFF
    at = font.index(_MAGIC.to_bytes(4, "big")) - 4
    return font[:at] + adjustment.to_bytes(4, "big") + font[at + 4 :]


def _table_file(tables: Mapping[str, bytes]) -> bytes:
    power = 1 << (len(tables).bit_length() - 1)
    search = (16 * power, power.bit_length() - 1, 16 * (len(tables) - power))
    directory, body = struct.pack(">I4H", 0x00010000, len(tables), *search), b""
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        place = 12 + 16 * len(tables) + len(body)
        directory += tag.encode() + struct.pack(">III", _checksum(padded), place, len(table))
        body += padded
    return directory + body


def _checksum(table: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(table) // 4}I", table)
    return sum(words) & 0xFFFFFFFF
