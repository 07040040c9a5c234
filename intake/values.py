"""The values handed from room to room on the way of one letter: scan, pages, readings, description, route."""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from classifier.values import Classification

T = TypeVar("T")

MediaType = Literal["application/pdf", "image/tiff", "image/png", "image/jpeg"]
DocumentKind = Literal["cover_note", "request", "translation", "annex", "other"]
DeadlineKind = Literal["hearing", "custody", "limitation", "preservation", "other"]


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
class Evidence:
    """Where the letter says so."""

    page: int  #: 1-based
    quote: str  #: verbatim, at most 300 characters


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """Something the letter says of itself, or silence (``value`` None)."""

    value: T | None = None
    confidence: float = 0.0  #: 0..1
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The date by which an answer is needed."""

    value: str | None = None  #: ISO 8601 date
    kind: DeadlineKind | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An instrument the letter rests on."""

    value: str  #: id in legal_bases.yaml
    article: str | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the letter with a part in it."""

    name: str
    role: str | None = None
    birth_date: str | None = None  #: ISO 8601
    nationality: str | None = None  #: ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the letter says of itself."""

    requesting_state: Stated[str] = Stated()  #: ISO 3166-1 alpha-2
    requested_state: Stated[str] = Stated()  #: ISO 3166-1 alpha-2
    requesting_authority: Stated[str] = Stated()
    addressee: Stated[str] = Stated()
    reference: Stated[str] = Stated()  #: the sender's
    own_reference: Stated[str] = Stated()  #: an earlier number of ours
    date: Stated[str] = Stated()  #: ISO 8601, calendars converted
    deadline: Deadline = Deadline()
    legal_bases: tuple[LegalBasis, ...] = ()
    persons: tuple[Person, ...] = ()
    urgent: Stated[bool] = Stated()
    confidential: Stated[bool] = Stated()


@dataclass(frozen=True, slots=True)
class Document:
    """One part of a letter."""

    kind: DocumentKind
    first_page: int  #: 1-based
    last_page: int  #: 1-based, inclusive
    language: str | None


@dataclass(frozen=True, slots=True)
class CompletenessItem:
    """An element a complete request has, and whether this one has it."""

    element: str  #: id in completeness.yaml
    state: Literal["found", "missing", "unsure"]
    severity: Literal["blocking", "curable", "obtainable"] | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """What a letter is, all pages read."""

    language: str | None
    documents: tuple[Document, ...]
    classification: Classification
    metadata: Metadata
    completeness: tuple[CompletenessItem, ...] = ()
    illegible_pages: tuple[int, ...] = ()  #: 1-based numbers of pages read too badly to rely on


@dataclass(frozen=True, slots=True)
class Route:
    """Who must act, and why we think so."""

    authority: str | None  #: code of the competent authority's queue; None when undetermined
    copies: tuple[str, ...] = ()
    review: bool = True  #: a person must confirm
    reasons: tuple[str, ...] = ()
