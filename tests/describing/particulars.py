"""What a describer finds in the body of a letter."""

from intake.describing.describer import LetterDescriber
from intake.metadata import Metadata, Particular
from tests.describing.letters import ToldClassifier, page

#: A letter's head and first line, so that what follows stands in its body.
HEAD = (
    "Ministry of Justice of Utopia\n\nDate: 4 May 2021\n\nWe have the honour to ask for assistance in a criminal "
    "matter that is before the courts of this country and of which the particulars are given below.\n\n"
)


def metadata(text: str, language: str = "en") -> Metadata:
    return LetterDescriber(ToldClassifier()).describe([page(HEAD + text, language)]).metadata


def found(particulars: tuple[Particular, ...]) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in particulars]
