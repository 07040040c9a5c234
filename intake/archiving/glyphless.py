"""A font that shows nothing: every character has the same width and no outline, and says which character it is.

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
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name(NAME), Flags=4, FontBBox=[0, DESCENT, WIDTH, ASCENT],
            ItalicAngle=0, Ascent=ASCENT, Descent=DESCENT, CapHeight=ASCENT, StemV=80, FontFile2=file,
        )  # fmt: skip
    )
    system = Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
    # Whatever the code, the font's second glyph: the first one means that a character is missing.
    glyphs = pdf.make_stream(b"\0\1" * 0x10000)
    descendant = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(NAME), CIDSystemInfo=system,
            FontDescriptor=descriptor, DW=WIDTH, CIDToGIDMap=glyphs,
        )  # fmt: skip
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(NAME), Encoding=Name("/Identity-H"),
            DescendantFonts=Array([descendant]), ToUnicode=pdf.make_stream(_meanings(codes)),
        )  # fmt: skip
    )


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
    """Return the font file: two glyphs without outline, as OpenType's tables want it."""
    head = struct.pack(
        ">HHHHIIHHqqhhhhHHhhh", 1, 0, 1, 0, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0, 0, DESCENT, WIDTH, ASCENT, 0, 8, 2, 0, 0
    )
    hhea = struct.pack(">HHhhhHhhhhhhhhhhhH", 1, 0, ASCENT, DESCENT, 0, WIDTH, 0, 0, WIDTH, 1, 0, 0, 0, 0, 0, 0, 0, 1)
    maxp = struct.pack(">HHHHHHHHHHHHHHHH", 1, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    hmtx = struct.pack(">Hhh", WIDTH, 0, 0)
    tables = {"glyf": bytes(4), "head": head, "hhea": hhea, "hmtx": hmtx, "loca": bytes(6), "maxp": maxp}
    # The offset table's search fields for six tables: the largest power of two below is four.
    place = 12 + 16 * len(tables)
    directory, body = struct.pack(">IHHHH", 0x00010000, len(tables), 64, 2, 16 * len(tables) - 64), b""
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        directory += tag.encode() + struct.pack(">III", _checksum(padded), place + len(body), len(table))
        body += padded
    font = directory + body
    adjusted = (0xB1B0AFBA - _checksum(font)) & 0xFFFFFFFF
    at = font.index(struct.pack(">I", 0x5F0F3CF5)) - 4
    return font[:at] + struct.pack(">I", adjusted) + font[at + 4 :]


def _checksum(table: bytes) -> int:
    return sum(struct.unpack(f">{len(table) // 4}I", table)) & 0xFFFFFFFF
