"""Real engines and a real identifier, made once: loading models takes longer than reading a page."""

import pytest

from intake.reading.reader import TesseractReader, default_identifier, default_reader
from intake.seams import LanguageIdentifier


@pytest.fixture(scope="session")
def reader() -> TesseractReader:
    return default_reader()


@pytest.fixture(scope="session")
def identifier() -> LanguageIdentifier:
    return default_identifier()
