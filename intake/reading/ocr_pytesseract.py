"""Tesseract as a program of its own, through pytesseract: slower to start, but a crash in it hurts nobody."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, cast

import pytesseract  # type: ignore[import-untyped]
from PIL import Image
from pytesseract.pytesseract import run_tesseract  # type: ignore[import-untyped]
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

_SEGMENTATION: Final[Mapping[Layout, int]] = {"page": 3, "block": 6, "line": 7}


class PytesseractEngine(OcrEngine):
    """Starts ``tesseract`` once per recognition."""

    def __init__(self, seconds: int = RECOGNITION_SECONDS) -> None:
        """Start nothing yet.

        Args:
            seconds: longest time for one recognition; after it the program is ended and nothing is kept.
        """
        self._seconds = seconds
        # Threads of one page fight the other worker's: five times the CPU for the same text.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")

    @property
    @override
    def version(self) -> str:
        try:
            engine = str(pytesseract.get_tesseract_version())
        except (pytesseract.TesseractNotFoundError, SystemExit) as failure:
            raise Unavailable("The program tesseract is not installed.") from failure
        return (
            f"pytesseract {pytesseract.__version__} (Tesseract {engine}, models {fingerprint_models(find_tessdata())})"
        )

    @override
    def recognise(self, pixels: Grey, model: str, layout: Layout = "page") -> Recognition:
        if not can_be_recognised(pixels):
            return Recognition(())
        folder = find_tessdata()
        if not all(has_model(folder, part) for part in model.split("+")):
            raise Unavailable(f"Tesseract's model {model} is not installed: install tesseract-ocr-all.")
        arguments = f"--psm {_SEGMENTATION[layout]} --oem 1 --dpi 200 --tessdata-dir {folder}"
        with tempfile.TemporaryDirectory(prefix="rogatory-") as place:
            try:
                table, text = self._run(Path(place), pixels, model, arguments)
            except pytesseract.TesseractNotFoundError as failure:
                raise Unavailable("The program tesseract is not installed.") from failure
            except pytesseract.TesseractError as failure:
                raise Unavailable(f"Tesseract failed on a page (status {failure.status}).") from failure
            except RuntimeError:
                # The binding's only way to say that the time ran out.
                return Recognition((), complete=False)
        return Recognition(parse_words(table, text))

    def _run(self, place: Path, pixels: Grey, model: str, arguments: str) -> tuple[str, str]:
        """Return table and text of one pass; the binding's own calls give only one of the two."""
        page, result = place / "page.pgm", place / "result"
        # Uncompressed: packing a page as PNG takes as long as reading it.
        Image.fromarray(pixels).save(page)
        run_tesseract(
            str(page),
            str(result),
            extension="tsv",
            lang=model,
            config=f"{arguments} -c tessedit_create_tsv=1 -c tessedit_create_txt=1",
            timeout=self._seconds,
        )
        return result.with_suffix(".tsv").read_text("utf-8"), result.with_suffix(".txt").read_text("utf-8")

    @override
    def orient(self, pixels: Grey) -> Orientation | None:
        arguments = f"--dpi 200 --tessdata-dir {find_tessdata()} -c min_characters_to_try={ORIENTATION_LETTERS}"
        try:
            found = pytesseract.image_to_osd(
                _uncompressed(pixels), config=arguments, output_type=pytesseract.Output.DICT, timeout=self._seconds
            )
        except pytesseract.TesseractNotFoundError as failure:
            raise Unavailable("The program tesseract is not installed.") from failure
        except (pytesseract.TesseractError, RuntimeError):
            # Too few letters is an error of the program, not of the page.
            return None
        return Orientation(
            rotation=cast(Literal[0, 90, 180, 270], int(found["rotate"])),
            confidence=float(found["orientation_conf"]),
            script=script_from_osd(str(found["script"])),
            script_confidence=float(found["script_conf"]),
        )


def _uncompressed(pixels: Grey) -> Image.Image:
    image = Image.fromarray(pixels)
    # Without a format the binding compresses each page as PNG, for as long as the recognition takes.
    image.format = "PPM"
    return image
