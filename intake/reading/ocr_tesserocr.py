"""Tesseract in this process, through tesserocr: no process start, models stay loaded."""

import contextlib
import ctypes
import importlib.metadata
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, cast

import numpy as np
import tesserocr  # type: ignore[import-untyped]
from typing_extensions import override

from intake.errors import Unavailable
from intake.reading.languages import script_from_osd
from intake.reading.ocr import (
    ORIENTATION_LETTERS,
    RECOGNITION_SECONDS,
    Grey,
    Layout,
    OcrEngine,
    Orientation,
    Recognition,
    can_be_recognised,
)
from intake.reading.tessdata import find_tessdata, fingerprint_models, has_model
from intake.reading.tsv import parse_words

_SEGMENTATION: Final[Mapping[Layout, int]] = {
    "page": tesserocr.PSM.AUTO,
    "block": tesserocr.PSM.SINGLE_BLOCK,
    "line": tesserocr.PSM.SINGLE_LINE,
}
#: Models kept loaded beside the resident ones: a bundle rarely holds more languages.
_MODELS_KEPT = 4
#: Nearly every page needs these, and loading the Latin one takes a third of a second and twice its 90 MB.
_RESIDENT = frozenset({"osd", "Latin"})


class TesserocrEngine(OcrEngine):
    """Keeps one Tesseract handle per model. Not for several threads at once; made anew after a fork."""

    def __init__(self, seconds: int = RECOGNITION_SECONDS) -> None:
        """Load nothing yet.

        Args:
            seconds: longest time for one recognition; after it nothing is kept.
        """
        self._seconds = seconds
        self._handles: OrderedDict[str, tesserocr.PyTessBaseAPI] = OrderedDict()

    @property
    @override
    def version(self) -> str:
        binding = importlib.metadata.version("tesserocr")
        engine = tesserocr.tesseract_version().split()[1]
        return f"tesserocr {binding} (Tesseract {engine}, models {fingerprint_models(find_tessdata())})"

    @override
    def recognise(self, pixels: Grey, model: str, layout: Layout = "page") -> Recognition:
        if not can_be_recognised(pixels):
            return Recognition(())
        handle = self._handle(model)
        handle.SetPageSegMode(_SEGMENTATION[layout])
        self._show(handle, pixels)
        if not handle.Recognize(self._seconds * 1000):
            # The time ran out. Asking for text would start again without a limit, and a handle stopped half-way
            # crashes the process when it is used again.
            _unload(self._handles.pop(model))
            return Recognition((), complete=False)
        words = parse_words(handle.GetTSVText(0), handle.GetUTF8Text())
        handle.Clear()
        return Recognition(words)

    @override
    def orient(self, pixels: Grey) -> Orientation | None:
        handle = self._handle("osd")
        self._show(handle, pixels)
        found = handle.DetectOrientationScript()
        handle.Clear()
        if found is None:
            return None
        return Orientation(
            # The binding says how far the page has been turned clockwise, not how to put it right.
            rotation=cast(Literal[0, 90, 180, 270], (360 - int(found["orient_deg"])) % 360),
            confidence=float(found["orient_conf"]),
            script=script_from_osd(str(found["script_name"])),
            script_confidence=float(found["script_conf"]),
        )

    def __getstate__(self) -> dict[str, object]:
        """A reader sent to a worker process takes its settings along and loads its own models."""
        return {"_seconds": self._seconds, "_handles": OrderedDict()}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)

    def _show(self, handle: tesserocr.PyTessBaseAPI, pixels: Grey) -> None:
        pixels = np.ascontiguousarray(pixels)
        height, width = pixels.shape
        handle.SetImageBytes(pixels.tobytes(), width, height, 1, width)
        handle.SetSourceResolution(200)

    def _handle(self, model: str) -> tesserocr.PyTessBaseAPI:
        if model in self._handles:
            self._handles.move_to_end(model)
            return self._handles[model]
        # Room is made before: while it loads, a model takes twice its size.
        spare = [name for name in self._handles if name not in _RESIDENT]
        for name in spare[: max(0, len(spare) + 1 - _MODELS_KEPT)]:
            _unload(self._handles.pop(name))
        handle = _load(find_tessdata(), model)
        self._handles[model] = handle
        return handle


def _load(folder: Path, model: str) -> tesserocr.PyTessBaseAPI:
    if not all(has_model(folder, part) for part in model.split("+")):
        raise Unavailable(f"Tesseract's model {model} is not installed: install tesseract-ocr-all.")
    segmentation = tesserocr.PSM.OSD_ONLY if model == "osd" else tesserocr.PSM.AUTO
    engine = tesserocr.OEM.TESSERACT_ONLY if model == "osd" else tesserocr.OEM.LSTM_ONLY
    try:
        handle = tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=model, psm=segmentation, oem=engine)
        if model == "osd":
            handle.SetVariable("min_characters_to_try", str(ORIENTATION_LETTERS))
        return handle
    except RuntimeError as failure:
        raise Unavailable(f"Tesseract cannot load its model {model}.") from failure


def _unload(handle: tesserocr.PyTessBaseAPI) -> None:
    """Free a model wholly: the engine keeps its word lists, the C library its memory; 300 MB after some languages."""
    handle.ClearPersistentCache()
    handle.End()
    with contextlib.suppress(OSError, AttributeError):  # only glibc has the call
        ctypes.CDLL("libc.so.6").malloc_trim(0)
