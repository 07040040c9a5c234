"""A page's own time for recognition: when it is up, the reader keeps what it has instead of losing the page."""

import contextlib
import os
from collections.abc import Iterator
from contextvars import ContextVar

from typing_extensions import override

from intake.reading.ocr import Grey, Layout, OcrEngine, Orientation, Recognition

#: CPU time of this process, s, after which nothing more is recognised
_until: ContextVar[float] = ContextVar("until", default=float("inf"))


@contextlib.contextmanager
def time_for_a_page(seconds: float) -> Iterator[None]:
    """Let recognitions begin for so much CPU time: on a busy machine a page gets no less of them."""
    token = _until.set(_cpu_seconds() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


class PatientEngine(OcrEngine):
    """Another engine, while the page has time; after that every recognition is one whose time ran out."""

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine

    @property
    @override
    def version(self) -> str:
        return self._engine.version

    @override
    def recognise(self, pixels: Grey, model: str, layout: Layout = "page") -> Recognition:
        if _cpu_seconds() > _until.get():
            return Recognition((), complete=False)
        return self._engine.recognise(pixels, model, layout)

    @override
    def orient(self, pixels: Grey) -> Orientation | None:
        return self._engine.orient(pixels) if _cpu_seconds() <= _until.get() else None


def _cpu_seconds() -> float:
    """CPU of this process and of the programs that it ran."""
    return sum(os.times()[:4])
