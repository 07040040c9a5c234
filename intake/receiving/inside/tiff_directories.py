"""The pages of a TIFF as its directories say, read by ourselves: a second count beside libtiff's and Pillow's."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from intake.errors import Corrupt, TooManyPages
from intake.receiving.limits import Limits

_NEW_SUBFILE_TYPE, _WIDTH, _HEIGHT, _BITS, _COMPRESSION = 254, 256, 257, 258, 259
_STRIP_OFFSETS, _STRIP_COUNTS, _TILE_OFFSETS, _TILE_COUNTS = 273, 279, 324, 325
_DATA_TAGS = frozenset({_STRIP_OFFSETS, _STRIP_COUNTS, _TILE_OFFSETS, _TILE_COUNTS})
_READ_TAGS = _DATA_TAGS | {_NEW_SUBFILE_TYPE, _WIDTH, _HEIGHT, _BITS, _COMPRESSION}
_NO_PAGE = 0b101  # NewSubfileType: reduced-resolution copy, transparency mask (TIFF 6.0, p. 36)
_TYPES = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_MOST_ENTRIES, _MOST_VALUES = 4096, 1_000_000


@dataclass(frozen=True, slots=True)
class Directory:
    """One image of a TIFF."""

    index: int  #: 0-based place among all directories, as Pillow's ``seek`` counts
    width: int  #: px
    height: int  #: px
    bits: int  #: most bits of any one sample
    compression: int  #: TIFF tag 259
    is_page: bool  #: neither a thumbnail nor a mask
    is_whole: bool  #: all its data lies inside the file
    data_bytes: int  #: compressed size of its strips or tiles


@dataclass(frozen=True, slots=True)
class _Format:
    """Byte order and the two layouts: classic and BigTIFF."""

    order: str
    big: bool

    @property
    def offset(self) -> struct.Struct:
        return struct.Struct(self.order + ("Q" if self.big else "I"))

    @property
    def count(self) -> struct.Struct:
        return struct.Struct(self.order + ("Q" if self.big else "H"))

    @property
    def entry(self) -> struct.Struct:
        return struct.Struct(self.order + ("HHQ8s" if self.big else "HHI4s"))


def read_directories(content: bytes, limits: Limits) -> tuple[Directory, ...]:
    """Follow the chain of directories from the header to its end.

    Raises:
        Corrupt: when the chain turns back on itself or leaves the file.
        TooManyPages: above ``limits.pages``.
    """
    layout = _Format("<" if content.startswith(b"II") else ">", content[2:4] in {b"+\x00", b"\x00+"})
    try:
        at = layout.offset.unpack_from(content, 8 if layout.big else 4)[0]
        seen: set[int] = set()
        directories: list[Directory] = []
        while at:
            if at in seen:
                raise Corrupt
            if len(directories) > limits.pages:
                raise TooManyPages
            seen.add(at)
            tags, at = _read_one(content, at, layout)
            directories.append(_directory(len(directories), tags, len(content)))
    except struct.error as error:
        raise Corrupt from error
    return tuple(directories)


def pages_among(directories: tuple[Directory, ...]) -> tuple[Directory, ...]:
    """Return the directories that are pages; a file that calls all of them thumbnails means its first."""
    return tuple(directory for directory in directories if directory.is_page) or directories[:1]


def _read_one(content: bytes, at: int, layout: _Format) -> tuple[Mapping[int, tuple[int, ...]], int]:
    number = layout.count.unpack_from(content, at)[0]
    if number > _MOST_ENTRIES:
        raise Corrupt
    at += layout.count.size
    tags: dict[int, tuple[int, ...]] = {}
    for _ in range(number):
        tag, kind, count, value = layout.entry.unpack_from(content, at)
        at += layout.entry.size
        if tag in _READ_TAGS and kind in _TYPES:
            tags[tag] = _values(content, layout, kind, count, value)
    return tags, layout.offset.unpack_from(content, at)[0]


def _values(content: bytes, layout: _Format, kind: int, count: int, value: bytes) -> tuple[int, ...]:
    if count > _MOST_VALUES:
        raise Corrupt
    form = struct.Struct(f"{layout.order}{count}{_TYPES[kind]}")
    if form.size <= len(value):
        return form.unpack_from(value)
    return form.unpack_from(content, layout.offset.unpack(value)[0])


def _directory(index: int, tags: Mapping[int, tuple[int, ...]], size: int) -> Directory:
    offsets = tags.get(_STRIP_OFFSETS, ()) or tags.get(_TILE_OFFSETS, ())
    counts = tags.get(_STRIP_COUNTS, ()) or tags.get(_TILE_COUNTS, ())
    inside = all(offset + count <= size for offset, count in zip(offsets, counts, strict=False))
    return Directory(
        index=index,
        width=_first(tags.get(_WIDTH), 0),
        height=_first(tags.get(_HEIGHT), 0),
        bits=max(tags.get(_BITS, (1,)), default=1),
        compression=_first(tags.get(_COMPRESSION), 1),
        is_page=not _first(tags.get(_NEW_SUBFILE_TYPE), 0) & _NO_PAGE,
        is_whole=bool(offsets) and inside and all(offset < size for offset in offsets),
        data_bytes=sum(counts),
    )


def _first(values: tuple[int, ...] | None, default: int) -> int:
    return values[0] if values else default
