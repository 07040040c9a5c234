"""Pages that come as text instead of as a scan."""

from intake.reading.languages import LANGUAGES
from intake.reading.scripts import find_script
from intake.seams import LanguageIdentifier
from intake.values import PageReading


def read_text(number: int, text: str, identifier: LanguageIdentifier) -> PageReading:
    """Return the reading of a page given as text.

    Args:
        number: 1-based.
        text: of the page, unaltered in the reading.
        identifier: names its language.
    """
    language, confidence = identifier.identify(text, None)
    script = LANGUAGES[language].script if language else find_script(text)[0]
    blank = not text.strip()
    return PageReading(
        number=number,
        text=text,
        language=language,
        language_confidence=confidence,
        script=script,
        rotation=0,
        skew=0.0,
        legibility=0.0 if blank else 1.0,
        source="text",
        engine="text as given",
        flags=("blank",) if blank else (),
    )
