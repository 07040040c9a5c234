"""What kind of file the bytes are, told from the bytes."""

import struct
from pathlib import PurePath

from intake.errors import (
    Corrupt,
    EmptyFile,
    ImageTooLarge,
    Malware,
    TooLarge,
    TypeMismatch,
    Unreadable,
    UnsupportedType,
)
from intake.receiving.limits import Limits
from intake.values import MediaType

_ACCEPTED: tuple[tuple[bytes, MediaType], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
#: Kinds we know and do not read. Their mark at the start wins over a ``%PDF-`` further on: such a file is two at once.
_OTHER = (
    b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"GIF8", b"8BPS", b"BM",
    b"RIFF", b"\x00\x00\x00\x0cjP", b"\xff\x4f\xff\x51", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"AT&TFORM", b"\x7fELF", b"MZ",
    b"%!PS", b"\xc5\xd0\xd3\xc6", b"x\x9f\x3e\x22", b"\x00\x00\x01\x00",
)  # fmt: skip
_PROMISING = frozenset({".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg"})
_PDF_MARK = b"%PDF-"
#: Readers look this far for the mark; mail gateways and scanners put their own lines before it.
_JUNK_BYTES = 1024
_END_BYTES = 64 * 1024
#: EICAR Anti-Virus Test File (eicar.org), kept in two halves so that this module is not taken for one.
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def sniff(untrusted_content: bytes, name: str | None, limits: Limits) -> MediaType:
    """Tell the kind of file from its content; the name only decides how a refusal is worded.

    Raises:
        TooLarge, EmptyFile, Malware, Corrupt, ImageTooLarge: as they say.
        TypeMismatch: when the name promises a kind we read and the content is none.
        UnsupportedType: when neither name nor content is a kind we read.
    """
    if len(untrusted_content) > limits.file_bytes:
        raise TooLarge
    if not untrusted_content:
        raise EmptyFile
    if untrusted_content[:_JUNK_BYTES].lstrip().startswith(_EICAR):
        raise Malware
    for mark, media_type in _ACCEPTED:
        if untrusted_content.startswith(mark):
            return media_type
    if not untrusted_content.startswith(_OTHER) and _PDF_MARK in untrusted_content[: _JUNK_BYTES + len(_PDF_MARK)]:
        return "application/pdf"
    raise _refusal(untrusted_content, name, limits)


def is_two_at_once(untrusted_content: bytes, media_type: MediaType) -> bool:
    """Say whether other programs may take the same bytes for another kind of file."""
    head = untrusted_content[: _JUNK_BYTES * 4]
    if media_type != "application/pdf":
        return _PDF_MARK in head
    before = head[: head.find(_PDF_MARK)]
    marks = (b"<html", b"<?php", b"<script", b"mime-version:", b"content-type:")
    return any(mark in head.lower() for mark in marks) or head[257:262] == b"ustar" or before.startswith(_OTHER)


def _refusal(content: bytes, name: str | None, limits: Limits) -> Unreadable:
    if content.startswith(b"GIF8") and len(content) >= 10:
        width, height = struct.unpack_from("<HH", content, 6)
        if width * height > limits.image_pixels:
            return ImageTooLarge()
    if _has_remains_of_pdf(content):
        return Corrupt()
    promised = PurePath(name or "").suffix.lower() in _PROMISING
    return TypeMismatch() if promised or _PDF_MARK in content[:_JUNK_BYTES] else UnsupportedType()


def _has_remains_of_pdf(content: bytes) -> bool:
    """Say whether this was a PDF once: its mark is lost or far inside, its words are there."""
    if content.startswith(_OTHER):
        return False
    ends = content[:_END_BYTES] + content[-_END_BYTES:]
    return any(word in ends for word in (_PDF_MARK, b"endobj", b"startxref", b"trailer<<"))
