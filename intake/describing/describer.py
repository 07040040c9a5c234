"""Says what a letter is, all pages read: its documents, what it asks for, what it says of itself, what it lacks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace

from classifier.values import Classification, Label, Quote, TextClassifier
from intake.describing.completeness import check_completeness
from intake.describing.cues import find_cues
from intake.describing.documents import find_documents
from intake.describing.metadata import extract_metadata
from intake.describing.text import LetterText
from intake.values import Description, Document, Metadata, PageReading

#: How much a character of a script says beside a letter of an alphabet.
DENSE_SCRIPTS = {"Hans": 2.5, "Hant": 2.5, "Hani": 2.5, "Jpan": 2.0, "Kore": 1.8, "Hang": 1.8}

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
        documents = find_documents(readings)
        own = _pages_of(readings, documents, "request") or list(readings)
        languages = _languages(own) or _languages(readings)
        classification = self._classify(own, languages[0] if languages else None)
        text = LetterText.of(own, languages)
        cues = find_cues(text.folded, languages)
        metadata = extract_metadata(text, cues)
        notes = _pages_of(readings, documents, "cover_note")
        if notes:
            metadata = _completed(metadata, notes)
        documents = documents if classification.is_request else _not_a_request(documents)
        kinds = frozenset(document.kind for document in documents)
        return Description(
            languages[0] if languages else None,
            documents,
            classification,
            metadata,
            check_completeness(text, cues, metadata, classification, kinds),
            tuple(reading.number for reading in readings if _is_illegible(reading)),
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


def _is_illegible(reading: PageReading) -> bool:
    return reading.legibility < ILLEGIBLE or any(flag.startswith(RESCAN) for flag in reading.flags)


def _renumbered(labels: Sequence[Label], numbers: dict[int, int]) -> tuple[Label, ...]:
    return tuple(
        replace(
            label, evidence=tuple(Quote(numbers.get(quote.page, quote.page), quote.quote) for quote in label.evidence)
        )
        for label in labels
    )


def _languages(readings: Sequence[PageReading]) -> tuple[str, ...]:
    """Languages by amount of text, the operative one first."""
    amount: Counter[str] = Counter()
    for reading in readings:
        if reading.language:
            letters = sum(character.isalpha() for character in reading.text)
            amount[reading.language] += int(letters * DENSE_SCRIPTS.get(reading.script or "", 1.0)) + 1
    return tuple(language for language, _ in amount.most_common())


def _pages_of(readings: Sequence[PageReading], documents: Sequence[Document], kind: str) -> list[PageReading]:
    spans = [(document.first_page, document.last_page) for document in documents if document.kind == kind]
    return [r for r in readings if any(first <= r.number <= last for first, last in spans)]


def _completed(metadata: Metadata, notes: Sequence[PageReading]) -> Metadata:
    """Take from the cover note what the request itself leaves unsaid; its date and number stay its own."""
    languages = _languages(notes)
    text = LetterText.of(notes, languages)
    note = extract_metadata(text, find_cues(text.folded, languages))
    taken = {
        name: getattr(note, name)
        for name in ("requesting_state", "requested_state", "addressee", "urgent", "confidential", "own_reference")
        if getattr(metadata, name).value is None
    }
    if metadata.deadline.value is None:
        taken["deadline"] = note.deadline
    known = {field.name for field in fields(Metadata)}
    return replace(metadata, **{name: value for name, value in taken.items() if name in known})


def _not_a_request(documents: Sequence[Document]) -> tuple[Document, ...]:
    return tuple(replace(d, kind="other") if d.kind == "request" else d for d in documents)
