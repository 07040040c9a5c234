"""Where Tesseract's models are, and which they are."""

import hashlib
import os
from functools import cache
from pathlib import Path

from intake.errors import Unavailable

_USUAL_PLACES = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


@cache
def find_tessdata() -> Path:
    """Return the folder of Tesseract's models: that of ``TESSDATA_PREFIX`` or the system's newest.

    Raises:
        Unavailable: when no folder with models is found.
    """
    named = os.environ.get("TESSDATA_PREFIX")
    places = [Path(named), Path(named) / "tessdata"] if named else []
    for pattern in _USUAL_PLACES:
        places.extend(sorted(Path("/").glob(pattern.lstrip("/")), reverse=True))
    for place in places:
        if any(place.glob("*.traineddata")):
            return place
    raise Unavailable("Tesseract's models are not installed: install tesseract-ocr-all.")


@cache
def fingerprint_models(folder: Path) -> str:
    """Return eight hex digits that change when a model is added, removed or replaced by one of another size."""
    listing = "\n".join(f"{file.name} {file.stat().st_size}" for file in sorted(folder.glob("*.traineddata")))
    return hashlib.sha256(listing.encode()).hexdigest()[:8]


def has_model(folder: Path, model: str) -> bool:
    """Whether a model is installed."""
    return (folder / f"{model}.traineddata").is_file()
