"""Says what a letter is, all pages read: its documents, what it asks for, what it says of itself, what it lacks."""

from collections.abc import Sequence
from dataclasses import fields, replace

from classifier.values import Classification, Label, Quote, TextClassifier
from intake.describing.annexes import check_off
from intake.describing.completeness import check_completeness
from intake.describing.cues import find_cues
from intake.describing.documents import find_documents, used_languages
from intake.describing.metadata import extract_metadata
from intake.describing.pairing import find_differences, pair_translations
from intake.describing.text import LetterText
from intake.values import Description, Document, Metadata, PageReading

ILLEGIBLE = 0.5  #: legibility, 0..1, under which a page's text is not relied on
RESCAN = "rescan"  #: flags of a reading that ask for another scan begin so


class LetterDescriber:
    """Describes letters with a classifier and the rules of this room (a ``Describer``)."""

    def __init__(self, classifier: TextClassifier) -> None:
        self._classifier = classifier

    def describe(self, readings: Sequence[PageReading]) -> Description:
        """Describe one letter.

        Args:
            readings: its pages, in order; no page at all gives a description in which everything is silent.
        """
        documents = pair_translations(find_documents(readings), readings)
        own, languages = choose_own_text(readings, documents)
        classification = self._classify(own, languages[0] if languages else None)
        text = LetterText.of(own, languages)
        cues = find_cues(text.folded, languages)
        metadata = extract_metadata(text, cues)
        notes = _pages_of(readings, documents, "cover_note")
        if notes:
            metadata = _completed(metadata, notes)
        metadata = replace(metadata, annexes=check_off(metadata.annexes, documents, readings))
        documents = documents if classification.is_request else _not_a_request(documents)
        kinds = frozenset(document.kind for document in documents)
        return Description(
            languages[0] if languages else None,
            documents,
            classification,
            metadata,
            check_completeness(text, cues, metadata, classification, kinds, legible=not any(map(_is_illegible, own))),
            tuple(reading.number for reading in readings if _is_illegible(reading)),
            find_differences(documents, readings),
        )

    def _classify(self, pages: Sequence[PageReading], language: str | None) -> Classification:
        """Classify these pages and give the evidence the numbers the pages have in the scan."""
        found = self._classifier.classify([page.text for page in pages], language)
        numbers = {index: page.number for index, page in enumerate(pages, 1)}
        return replace(
            found,
            request_types=_renumbered(found.request_types, numbers),
            offences=_renumbered(found.offences, numbers),
            suspected=_renumbered(found.suspected, numbers),
        )


def choose_own_text(
    readings: Sequence[PageReading], documents: Sequence[Document]
) -> tuple[list[PageReading], tuple[str, ...]]:
    """Return the pages that a letter is classified by, and their languages, the operative one first."""
    own = _pages_of(readings, documents, "request") or list(readings)
    return own, used_languages(own) or used_languages(readings)


def _is_illegible(reading: PageReading) -> bool:
    return reading.legibility < ILLEGIBLE or any(flag.startswith(RESCAN) for flag in reading.flags)


def _renumbered(labels: Sequence[Label], numbers: dict[int, int]) -> tuple[Label, ...]:
    return tuple(
        replace(
            label, evidence=tuple(Quote(numbers.get(quote.page, quote.page), quote.quote) for quote in label.evidence)
        )
        for label in labels
    )


def _pages_of(readings: Sequence[PageReading], documents: Sequence[Document], kind: str) -> list[PageReading]:
    spans = [(document.first_page, document.last_page) for document in documents if document.kind == kind]
    return [r for r in readings if any(first <= r.number <= last for first, last in spans)]


def _completed(metadata: Metadata, notes: Sequence[PageReading]) -> Metadata:
    """Take from the cover note what the request itself leaves unsaid; its date and number stay its own."""
    languages = used_languages(notes)
    text = LetterText.of(notes, languages)
    note = extract_metadata(text, find_cues(text.folded, languages))
    taken = {
        name: getattr(note, name)
        for name in ("requesting_state", "requested_state", "addressee", "urgent", "confidential", "own_reference")
        if getattr(metadata, name).value is None
    }
    if metadata.deadline.value is None:
        taken["deadline"] = note.deadline
    if note.channel.value is not None:
        taken["channel"] = note.channel
    if not metadata.annexes:
        taken["annexes"] = note.annexes
    known = {field.name for field in fields(Metadata)}
    return replace(metadata, **{name: value for name, value in taken.items() if name in known})


def _not_a_request(documents: Sequence[Document]) -> tuple[Document, ...]:
    return tuple(replace(d, kind="other") if d.kind == "request" else d for d in documents)
