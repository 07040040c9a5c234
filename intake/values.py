"""The values handed from room to room on the way of one letter: scan, pages, readings, description, route."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from classifier.values import Classification
from intake.metadata import (
    Annex,
    ChannelStated,
    CitedProvision,
    Contact,
    Deadline,
    DeadlineKind,
    Evidence,
    LegalBasis,
    Metadata,
    Particular,
    ParticularKind,
    Person,
    Stated,
)

#: The metadata of a letter go the same way, so they can be had from here too.
__all__ = [
    "Annex",
    "ChannelStated",
    "CitedProvision",
    "Contact",
    "Deadline",
    "DeadlineKind",
    "Evidence",
    "LegalBasis",
    "Metadata",
    "Particular",
    "ParticularKind",
    "Person",
    "Stated",
]

MediaType = Literal["application/pdf", "image/tiff", "image/png", "image/jpeg"]
DocumentKind = Literal["cover_note", "request", "translation", "annex", "other"]
DifferenceKind = Literal["number", "date", "name", "account"]

#: Flag of a reading whose page took more time or memory than one page may.
TOO_COSTLY = "rescan:too_costly"


@dataclass(frozen=True, slots=True)
class Scan:
    """A letter's bytes as they came, after screening found that they can be read."""

    content: bytes  #: unaltered
    sha256: str  #: lower-case hex of ``content``
    media_type: MediaType  #: by content, never by name
    page_count: int  #: agreed by two engines, or the larger of both with flag ``page_counts_differ``
    flags: tuple[str, ...] = ()  #: what a clerk should know: ``repaired``, ``incomplete``, ``damaged_content`` …


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as it was received, decoded."""

    number: int  #: 1-based
    pixels: bytes  #: 8-bit, row-major, ``height * width * channels`` long
    width: int  #: px
    height: int  #: px
    channels: Literal[1, 3]  #: grey or RGB
    dpi: int  #: px per inch, both axes


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page's image and, for born-digital pages, the text that the file itself carries."""

    image: PageImage
    text_layer: str | None = None  #: None when the page has no text layer
    flags: tuple[str, ...] = ()  #: ``downscaled``, ``damaged_content`` …


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place on the page image as received."""

    text: str
    left: int  #: px
    top: int  #: px
    width: int  #: px
    height: int  #: px
    confidence: float  #: 0..1


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read on one page."""

    number: int  #: 1-based
    text: str
    language: str | None  #: BCP 47; None when undetermined
    language_confidence: float  #: 0..1
    script: str | None  #: ISO 15924; None when undetermined
    rotation: Literal[0, 90, 180, 270]  #: degrees clockwise by which to turn the page upright
    skew: float  #: degrees, counter-clockwise positive
    legibility: float  #: 0..1
    source: Literal["ocr", "text_layer", "text"]
    engine: str  #: engine, version and models that made the text
    words: tuple[Word, ...] = ()
    flags: tuple[str, ...] = ()  #: ``blank``, ``rescan:faint``, ``hidden_text`` …


@dataclass(frozen=True, slots=True)
class Document:
    """One part of a letter."""

    kind: DocumentKind
    first_page: int  #: 1-based
    last_page: int  #: 1-based, inclusive
    language: str | None  #: BCP 47, the most used
    number: int = 1  #: 1-based, in the order of the pages
    languages: tuple[str, ...] = ()  #: BCP 47, the most used first
    label: str | None = None  #: of an annex, the number or letter that it bears
    translates: int | None = None  #: number of the document that it translates


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that stands in an original or in its translation, but not in both."""

    kind: DifferenceKind
    value: str  #: in its standard form
    stands_in: int  #: number of the document
    lacks_in: int  #: number of the other document
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CompletenessItem:
    """An element a complete request has, and whether this one has it."""

    element: str  #: id in completeness.yaml
    state: Literal["found", "missing", "unsure"]
    severity: Literal["blocking", "curable", "obtainable"] | None = None
    evidence: tuple[Evidence, ...] = ()
    source: str = ""  #: instrument and article, or paragraph, that ask for it


@dataclass(frozen=True, slots=True)
class Description:
    """What a letter is, all pages read."""

    language: str | None
    documents: tuple[Document, ...]
    classification: Classification
    metadata: Metadata
    completeness: tuple[CompletenessItem, ...] = ()
    illegible_pages: tuple[int, ...] = ()  #: 1-based numbers of pages read too badly to rely on
    differences: tuple[Difference, ...] = ()  #: between originals and their translations


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a letter: the measures that one authority must take."""

    authority: str  #: code of its queue
    request_types: tuple[str, ...] = ()  #: codes of the taxonomy
    then: tuple[str, ...] = ()  #: codes of the queues that get the part afterwards, in order


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a letter goes where it goes, for programs and for every language: ``routing/wording.py`` has the sentence."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)  #: codes, names and numbers, and reasons within the reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """An authority that may be competent."""

    authority: str  #: code of its queue
    fit: float  #: 0..1, how much of its best rule the letter meets
    reason: str  #: in English
    ground: Reason | None = None  #: the same for programs


@dataclass(frozen=True, slots=True)
class Route:
    """Who must act, and why we think so."""

    authority: str | None  #: code of the competent authority's queue; None when undetermined
    copies: tuple[str, ...] = ()
    review: bool = True  #: a person must confirm
    reasons: tuple[str, ...] = ()  #: in English
    parts: tuple[Part, ...] = ()  #: who must act on what, ``authority`` first; empty when undetermined
    notices: tuple[str, ...] = ()  #: codes of authorities that are told of the letter without getting it
    steps: tuple[str, ...] = ()  #: what a person must have done before the letter may go
    candidates: tuple[Candidate, ...] = ()  #: most likely first, where competence is open
    grounds: tuple[Reason, ...] = ()  #: ``reasons`` for programs and other languages, in the same order
