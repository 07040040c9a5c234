"""What the classifier says of a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the text that support a label."""

    page: int  #: 1-based
    quote: str  #: verbatim, at most 300 characters


@dataclass(frozen=True, slots=True)
class Label:
    """One code of the taxonomy with how sure the model is of it."""

    code: str
    confidence: float  #: calibrated probability, 0..1
    evidence: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Classification:
    """Labels of one letter; lists are most likely first, the primary label in front."""

    is_request: bool
    is_request_confidence: float  #: that ``is_request`` is right, 0..1
    request_types: tuple[Label, ...]
    offences: tuple[Label, ...]
    suspected: tuple[Label, ...]  #: below the threshold: for the reasons of a review, never for a list
    certain: bool  #: whether the model would let the letter pass without review
    model: str  #: id of the model that answered


class TextClassifier(Protocol):
    """Says what a letter asks for and which offences it concerns."""

    def classify(self, pages: Sequence[str], language: str | None) -> Classification:
        """Classify one letter.

        Args:
            pages: text of each page, in order.
            language: BCP 47 code of the letter, or None when undetermined.
        """
        ...
