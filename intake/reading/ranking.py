"""The seam to a statistical model of languages."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class LanguageRanker(Protocol):
    """Says how likely a text is in each language, by its letter sequences."""

    @property
    def version(self) -> str:
        """Name and version of the library and of its profiles."""
        ...

    def rank(self, text: str, candidates: Sequence[str]) -> Mapping[str, float]:
        """Return the probability of each candidate (BCP 47 codes of the taxonomy), summing to 1.

        A candidate the model does not know is left out; the mapping is empty when it knows none of them or the text
        has nothing that it knows.
        """
        ...
