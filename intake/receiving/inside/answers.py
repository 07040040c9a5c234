"""Answers of the sandbox: what was found, and pages as pixels."""

import re
from collections.abc import Iterable, Mapping

from PIL import Image

from intake.receiving.limits import Limits

#: A header, and the bytes that follow it.
Answer = tuple[Mapping[str, object], tuple[bytes, ...]]

_UNSTORABLE = re.compile("[\x00\ufffe\uffff\ud800-\udfff]")


def scan_answer(page_count: int, flags: Iterable[str]) -> Answer:
    """Say that the scan can be read."""
    return {"kind": "scan", "page_count": page_count, "flags": sorted(set(flags))}, ()


def page_answer(number: int, image: Image.Image, dpi: int, flags: Iterable[str], *, has_text: bool = False) -> Answer:
    """Hand out one page.

    Args:
        number: 1-based.
        image: in mode ``L`` or ``RGB``, within the budget.
        dpi: px per inch.
        flags: of this page alone.
        has_text: a ``text_answer`` follows. It comes apart: a page whose text is a bomb still gives its picture.
    """
    header = {
        "kind": "page",
        "number": number,
        "width": image.width,
        "height": image.height,
        "channels": 3 if image.mode == "RGB" else 1,
        "dpi": dpi,
        "has_text": has_text,
        "flags": sorted(set(flags)),
    }
    return header, (image.tobytes(),)


def text_answer(text: str, limits: Limits) -> Answer:
    """Hand out what the file itself says a page reads; empty when there is nothing."""
    encoded, cut = clean_text(text, limits)
    return {"kind": "text", "flags": ["text_truncated"] if cut else []}, (encoded,)


def clean_text(text: str, limits: Limits) -> tuple[bytes, bool]:
    """Make a page's own text fit for storing: no NUL, no lone surrogate, no more than its limit.

    Returns:
        UTF-8, empty when nothing but space is left; and whether it was cut.
    """
    cleaned = _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not cleaned.strip():
        return b"", False
    encoded = cleaned.encode()
    if len(encoded) <= limits.text_bytes:
        return encoded, False
    return encoded[: limits.text_bytes].decode("utf-8", "ignore").encode(), True
