"""The size in pixels that a compressed picture says of itself, read from its first bytes without decoding."""

import struct

_FRAME_STARTS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_JPX_SIZE_MARK = b"\xff\x4f\xff\x51"
_JBIG2_PAGE_INFORMATION = 48


def declared_size(head: bytes, picture_filter: str) -> tuple[int, int]:
    """Return width and height in px of a PDF image stream, (0, 0) where they cannot be told.

    Args:
        head: the stream's first bytes.
        picture_filter: name of its PDF filter, such as ``/DCTDecode``.
    """
    if picture_filter.startswith("/DCT"):
        return jpeg_size(head)
    if picture_filter == "/JPXDecode":
        return _jpx_size(head)
    return _jbig2_size(head) if picture_filter == "/JBIG2Decode" else (0, 0)


def jpeg_size(head: bytes) -> tuple[int, int]:
    """Return width and height in px from the frame header of a JPEG, (0, 0) without one."""
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _STANDALONE:
            at += 2
        elif marker in _FRAME_STARTS:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        else:
            at += 2 + max(2, struct.unpack_from(">H", head, at + 2)[0])
    return 0, 0


def _jpx_size(head: bytes) -> tuple[int, int]:
    """ISO/IEC 15444-1 A.5.1; a tile of a few pixels asks for as much work as an image too large."""
    at = head.find(_JPX_SIZE_MARK)
    if at < 0 or len(head) < at + 32:
        return 0, 0
    right, bottom, left, top, tile_width, tile_height = struct.unpack_from(">6I", head, at + 8)
    tiles = (right // max(1, tile_width)) * (bottom // max(1, tile_height))
    return (right - left, bottom - top) if tiles <= 65_535 else (right, bottom * 65_535)


def _jbig2_size(head: bytes) -> tuple[int, int]:
    """ITU-T T.88 7.4.8; only when page information comes first, as encoders write it. Height may be unknown."""
    if len(head) < 19 or head[4] & 0x3F != _JBIG2_PAGE_INFORMATION:
        return 0, 0
    width, height = struct.unpack_from(">II", head, 11)
    return (width, height) if height != 0xFFFFFFFF else (width, 0)
