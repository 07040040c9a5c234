"""The door, with bubblewrap around everything that parses: untrusted bytes become a scan, a scan gives pages."""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from typing_extensions import override

from intake.errors import Corrupt, Unavailable, Unreadable
from intake.receiving import sandbox
from intake.receiving.frames import Frame
from intake.receiving.inside.request import Request
from intake.receiving.limits import Limits
from intake.receiving.sniffing import is_two_at_once, sniff
from intake.seams import ScanOpener
from intake.values import PageImage, RenderedPage, Scan

_log = logging.getLogger(__name__)
_FLAG = re.compile(r"[a-z_]{1,40}(:[a-z_]{1,40})?")
_MOST_FLAGS = 40
_PROBE_SECONDS = 10.0


class BubblewrapOpener(ScanOpener):
    """Opens and renders scans, each in a sandboxed process of its own.

    Args:
        sandboxed: False leaves bubblewrap out and keeps resource limits and the system call filter: only for containers
            that forbid user namespaces and are themselves the wall.
        renderer: ``pdfium`` or ``pdf2image``; the second starts poppler's pdftoppm inside the same sandbox.
        limits: bounds on one scan.
    """

    def __init__(
        self,
        *,
        sandboxed: bool = True,
        renderer: Literal["pdfium", "pdf2image"] = "pdfium",
        limits: Limits = Limits(),  # noqa: B008  (frozen)
    ) -> None:
        self._sandboxed = sandboxed
        self._renderer = renderer
        self._limits = limits

    @override
    def open_scan(self, untrusted_content: bytes, name: str | None) -> Scan:
        media_type = sniff(untrusted_content, name, self._limits)
        request = Request("open", media_type, self._limits, self._renderer)
        with sandbox.start(request, untrusted_content, sandboxed=self._sandboxed) as process:
            frame = process.next_frame(self._limits.open_seconds, 0)
        if frame is None:
            raise Corrupt
        _raise_if_refused(frame)
        flags = _flags(frame)
        if is_two_at_once(untrusted_content, media_type):
            flags = (*flags, "polyglot")
        digest = hashlib.sha256(untrusted_content).hexdigest()
        return Scan(untrusted_content, digest, media_type, _number(frame, "page_count", 1, self._limits.pages), flags)

    @override
    def render_pages(self, scan: Scan, numbers: Iterable[int]) -> Iterator[RenderedPage]:
        wanted = tuple(numbers)
        if any(not 1 <= number <= scan.page_count for number in wanted):
            raise ValueError("page number outside the scan")
        done = 0
        # A page's own text can bring the process down after its picture came out: the rest then get a new one.
        while done < len(wanted):
            for page in self._render(scan, wanted[done:]):
                done += 1
                yield page

    def _render(self, scan: Scan, wanted: tuple[int, ...]) -> Iterator[RenderedPage]:
        limits = self._limits
        request = Request("render", scan.media_type, limits, self._renderer, scan.page_count, wanted)
        with sandbox.start(request, scan.content, sandboxed=self._sandboxed) as process:
            for number in wanted:
                frame = process.next_frame(limits.page_seconds, 3 * limits.page_pixels)
                if frame is None:
                    raise Corrupt
                _raise_if_refused(frame)
                image, flags = _page_image(frame, number, limits), _flags(frame)
                if frame.header.get("has_text") is not True:
                    yield RenderedPage(image, None, flags)
                    continue
                try:
                    text = process.next_frame(limits.text_seconds, limits.text_bytes)
                except Unreadable:
                    text = None
                if text is None or text.header.get("kind") != "text":
                    yield RenderedPage(image, None, (*flags, "text_truncated"))
                    return
                yield RenderedPage(image, text.payload.decode("utf-8", "ignore") or None, (*flags, *_flags(text)))

    def self_test(self) -> None:
        """Start the sandbox once and try to get out of it.

        Raises:
            Unavailable: when it does not start, or anything it must forbid is possible.
        """
        request = Request("probe", "", self._limits, "pdfium")
        try:
            with sandbox.start(request, b"", sandboxed=self._sandboxed) as process:
                frame = process.next_frame(_PROBE_SECONDS, 0)
        except Unreadable as error:
            raise Unavailable("the sandbox did not finish its self-test") from error
        allowed = frame.header.get("allowed") if frame else None
        if not isinstance(allowed, list):
            raise Unavailable("the sandbox did not finish its self-test")
        if allowed and self._sandboxed:
            raise Unavailable(f"the sandbox leaks: {', '.join(sorted(str(name) for name in allowed))}")


def _raise_if_refused(frame: Frame) -> None:
    if frame.header.get("kind") != "refused":
        return
    if "defect" in frame.header:
        _log.warning("a parser failed in an unforeseen way: %s", str(frame.header["defect"])[:200])
    raise _unreadable(str(frame.header.get("code")))


def _unreadable(code: str) -> Unreadable:
    kinds = {kind.code: kind for kind in Unreadable.__subclasses__()}
    return kinds.get(code, Corrupt)()


def _flags(frame: Frame) -> tuple[str, ...]:
    """Return only what looks like a flag of ours: the sandbox is not trusted with free text."""
    flags = frame.header.get("flags")
    if not isinstance(flags, list):
        raise Corrupt
    return tuple(flag for flag in flags[:_MOST_FLAGS] if isinstance(flag, str) and _FLAG.fullmatch(flag))


def _number(frame: Frame, name: str, least: int, most: int) -> int:
    value = frame.header.get(name)
    if type(value) is not int or not least <= value <= most:
        raise Corrupt
    return value


def _page_image(frame: Frame, number: int, limits: Limits) -> PageImage:
    """Check every size again: the pixels come from a process that has parsed untrusted bytes."""
    width = _number(frame, "width", 1, limits.page_side)
    height = _number(frame, "height", 1, limits.page_side)
    channels = _number(frame, "channels", 1, 3)
    agreed = len(frame.payload) == width * height * channels and frame.header.get("number") == number
    if channels not in {1, 3} or width * height > limits.page_pixels or not agreed:
        raise Corrupt
    dpi = _number(frame, "dpi", 1, limits.page_side)
    return PageImage(number, frame.payload, width, height, 3 if channels == 3 else 1, dpi)
