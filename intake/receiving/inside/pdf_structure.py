"""What a PDF is made of, object by object, before any of it is drawn: limits, and what a clerk should know."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, StreamDecodeLevel

from intake.errors import DecompressionLimit, ImageTooLarge, TooCostly
from intake.receiving.inside.codecs import declared_size
from intake.receiving.limits import Limits

#: Filters that give the picture itself; pdfium decodes them line by line, so the image's declared size bounds them.
_PICTURE_FILTERS = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"})
_PLAIN_FILTERS = frozenset(
    {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
    | {"/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx", "/Crypt"}
)
#: More filters on one stream than any program writes serve only to multiply what it unpacks to.
_MOST_FILTERS = 4
_ACTIONS = {
    "/JavaScript": "active_content:javascript",
    "/Launch": "active_content:launch",
    "/GoToR": "active_content:remote",
    "/GoToE": "active_content:remote",
    "/SubmitForm": "active_content:submit",
    "/ImportData": "active_content:remote",
}
_HEAD_BYTES = 64 * 1024
_TAIL_BYTES = 64


def examine(pdf: pikepdf.Pdf, limits: Limits) -> frozenset[str]:
    """Walk every object once and return the flags of what was met.

    Raises:
        TooCostly: for more objects than a letter can need.
        DecompressionLimit, ImageTooLarge: when a stream or image is beyond its limit.
    """
    if len(pdf.objects) > limits.objects:
        raise TooCostly
    flags: set[str] = set()
    for entry in pdf.objects:
        for part in _direct_parts(entry):
            if isinstance(part, (Dictionary, Stream)):
                flags |= _active_content(part)
        if isinstance(entry, Stream):
            flags |= _examine_stream(entry, limits)
    return frozenset(flags | ({"portfolio"} if "/Collection" in pdf.Root else set()))


def _direct_parts(entry: Any) -> Iterator[Object]:
    """Yield an object and what is written inside it; what it refers to has its own turn."""
    pending = [entry]
    while pending:
        part = pending.pop()
        if not isinstance(part, Object):
            continue
        yield part
        if isinstance(part, (Dictionary, Stream)):
            pending += [value for _, value in part.items() if _is_inside(value)]
        elif isinstance(part, Array):
            pending += [value for value in part.as_list() if _is_inside(value)]


def _is_inside(value: Any) -> bool:
    return isinstance(value, (Dictionary, Array)) and not value.is_indirect


def _active_content(part: Any) -> set[str]:
    flags = set()
    action = part.get("/S")
    if isinstance(action, Name) and str(action) in _ACTIONS:
        flags.add(_ACTIONS[str(action)])
    if "/XFA" in part:
        flags.add("active_content:xfa")
    if "/EmbeddedFiles" in part or "/EF" in part:
        flags.add("embedded_files")
    for key in ("/OpenAction", "/AA"):
        if key in part and _leads_to_address(part.get(key)):
            flags.add("active_content:uri")
    return flags


def _leads_to_address(action: Any) -> bool:
    """Say whether something that happens by itself calls an address on the net."""
    parts = [part for part in _direct_parts(action) if isinstance(part, Dictionary)]
    inner = [value for part in parts for _, value in part.items() if isinstance(value, Dictionary)]
    return any(str(part.get("/S", "")) == "/URI" for part in (*parts, *inner))


def _examine_stream(stream: Any, limits: Limits) -> set[str]:
    flags = {"active_content:external_stream"} if "/F" in stream else set()
    filters = [str(name) for name in _as_list(stream.get("/Filter"))]
    if len(filters) > _MOST_FILTERS:
        raise DecompressionLimit
    if stream.get("/Subtype") == Name.Image:
        return flags | _examine_image(stream, filters, limits)
    if stream.get("/Type") == Name.EmbeddedFile or any(name in _PICTURE_FILTERS for name in filters):
        return flags
    if any(name not in _PLAIN_FILTERS for name in filters):
        return flags | {"damaged_content"}
    return flags | _unpack(stream)


def _unpack(stream: Any) -> set[str]:
    """Unpack once within qpdf's memory limits, which ``pdfs`` has set."""
    try:
        stream.get_stream_buffer(decode_level=StreamDecodeLevel.generalized)
    except MemoryError as error:
        raise DecompressionLimit from error
    except (pikepdf.DataDecodingError, pikepdf.PdfError) as error:
        if "memory limit" in str(error):
            raise DecompressionLimit from error
        return {"damaged_content"}
    return set()


def _examine_image(stream: Any, filters: list[str], limits: Limits) -> set[str]:
    width, height = _whole(stream.get("/Width", stream.get("/W"))), _whole(stream.get("/Height", stream.get("/H")))
    if width * height > limits.image_pixels:
        raise ImageTooLarge
    if len(filters) > 1 and not any(name in _PICTURE_FILTERS for name in filters):
        return _unpack(stream)
    if len(filters) != 1 or filters[0] not in _PICTURE_FILTERS:
        return set()
    raw = stream.read_raw_bytes()
    own_width, own_height = declared_size(raw[:_HEAD_BYTES], filters[0])
    if own_width * own_height > limits.image_pixels:
        raise ImageTooLarge
    cut_off = filters[0].startswith("/DCT") and b"\xff\xd9" not in raw[-_TAIL_BYTES:]
    return {"damaged_content"} if cut_off else set()


def _whole(value: Any) -> int:
    return max(0, value) if isinstance(value, int) else 0


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value.as_list()) if isinstance(value, Array) else [value]
