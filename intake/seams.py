"""The seams of the rooms: what each promises to the way of a letter, whoever implements it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from intake.values import Description, PageReading, RenderedPage, Route, Scan


class ScanOpener(Protocol):
    """The door: untrusted bytes become a ``Scan``, and a ``Scan`` gives its pages."""

    def open_scan(self, untrusted_content: bytes, name: str | None) -> Scan:
        """Screen bytes from outside.

        Args:
            untrusted_content: the file as it came.
            name: its name as the sender gave it, used only to say that content and name disagree.

        Raises:
            Unreadable: with the code that says why.
            Unavailable: when the sandbox cannot be started.
        """
        ...

    def render_pages(self, scan: Scan, numbers: Iterable[int]) -> Iterator[RenderedPage]:
        """Decode the pages asked for (1-based), in order, in a sandboxed child process.

        Raises:
            Unreadable: when a page cannot be decoded within the limits.
            Unavailable: when the sandbox cannot be started.
        """
        ...


class PageReader(Protocol):
    """Reads pages; knows nothing of files."""

    @property
    def version(self) -> str:
        """Engine, version and models: with the pixels, the key under which a reading is remembered."""
        ...

    def read_page(
        self, page: RenderedPage, language_hint: str | None, neighbour: PageReading | None = None
    ) -> PageReading:
        """Read one page.

        Args:
            page: the page as received.
            language_hint: BCP 47 code that a person chose; None lets the reader find out.
            neighbour: another page of the document, as read; its language is tried first and believed when it fits.

        Raises:
            Unavailable: when the OCR engine does not answer.
        """
        ...


class LanguageIdentifier(Protocol):
    """Names the language of a text."""

    def identify(self, text: str, script: str | None) -> tuple[str | None, float]:
        """Return a BCP 47 code (None when undetermined) and a confidence 0..1."""
        ...


class Describer(Protocol):
    """Says what a letter is, from its readings."""

    def describe(self, readings: Sequence[PageReading]) -> Description: ...


class Competence(Protocol):
    """The rules of one installation: who must act on what."""

    def assign(self, description: Description, request_text: str = "") -> Route:
        """Say who must act; doubt is a review, never an error.

        Args:
            description: what the letter is.
            request_text: the text of the request itself, in which rules look for places and the stage.
        """
        ...
