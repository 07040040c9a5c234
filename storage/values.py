"""What the office keeps, as frozen values: letters, pages, entries, events, accounts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from storage.postings import EntryKind

LetterStatus = Literal["received", "reading", "review", "queued", "filed", "acknowledged", "unreadable"]
Channel = Literal["upload", "post", "diplomatic", "email", "fax", "hand", "api", "command_line", "other"]
Role = Literal["registry", "admin"]
#: What a later letter is to an earlier one; ``follow_up`` where nothing says more.
LinkKind = Literal["copy", "supplement", "reminder", "withdrawal", "follow_up"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person, a case system, or the program itself."""

    kind: Literal["person", "case_system", "system"]
    id: str  #: account id, API key id, or ``rogatory``
    authority: str | None = None  #: the queue a case system may see
    role: Role | None = None  #: of a person


SYSTEM = Actor("system", "rogatory")


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter at the door: its bytes are already safe in the object store."""

    sha256: str  #: lower-case hex of the original bytes
    byte_size: int
    media_type: str | None  #: by content; None while undecided
    name: str  #: as the sender gave it; shown, never used in a path
    channel: Channel
    received_at: datetime
    urgent: bool = False
    note: str = ""
    idempotency_key: str | None = None
    error_code: str | None = None  #: set when the door already knows that it cannot be read


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter rogatory as the register knows it."""

    id: UUID
    number: str  #: register number ``YYYY-NNNNNN``; never re-used, never changed
    status: LetterStatus
    sha256: str
    byte_size: int
    media_type: str | None
    name: str
    channel: str
    received_at: datetime
    registered_at: datetime
    urgent: bool
    note: str
    page_count: int | None
    pages_read: int
    flags: tuple[str, ...]
    error_code: str | None
    language: str | None
    requesting_state: str | None
    authority: str | None
    description: dict[str, Any] | None  #: the JSON of ``inspect`` as proposed by the program
    confirmation: dict[str, Any] | None  #: what a person made of it
    version: int


@dataclass(frozen=True, slots=True)
class Link:
    """Another letter that a letter belongs to."""

    id: UUID  #: of the other letter
    number: str
    received_at: datetime
    status: LetterStatus
    kind: LinkKind  #: what the later of both is to the earlier
    is_earlier: bool  #: whether the other letter is the earlier one


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page that has been read; its full reading lies in the object store."""

    number: int  #: 1-based
    reading_key: str  #: object key of the reading
    image_key: str  #: object key of the page image (PNG)


@dataclass(frozen=True, slots=True)
class KeptReading:
    """One of the readings of a page."""

    number: int  #: 1-based
    reading_key: str  #: object key of the reading
    language: str | None  #: BCP 47 code that a person chose; None when the program found out
    actor: str  #: who asked for it, as in the trail
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter, or its part, waiting for one competent authority."""

    id: int
    letter_id: UUID
    number: str  #: of the letter
    authority: str
    urgent: bool
    posted_at: datetime
    kind: EntryKind = "act"
    part: int | None = None  #: 1-based, under the letter's number; None for copies and notices
    request_types: tuple[str, ...] = ()  #: measures that this authority must take
    then: tuple[str, ...] = ()  #: queues that get the part afterwards, in order
    leased_until: datetime | None = None
    acknowledged_at: datetime | None = None

    @property
    def part_number(self) -> str | None:
        """The register number with the part, ``YYYY-NNNNNN/N``."""
        return None if self.part is None else f"{self.number}/{self.part}"


@dataclass(frozen=True, slots=True)
class LeasedEntry:
    """An entry claimed by a case system until ``expires_at``."""

    entry: Entry
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the trail."""

    id: int
    at: datetime
    actor: str
    action: str
    letter_id: UUID | None
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in."""

    id: UUID
    name: str
    role: Role
    password_hash: str
    must_change: bool
    disabled: bool


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A case system's key; the secret itself is never kept."""

    id: str
    authority: str
    label: str
    created_at: datetime
    expires_at: datetime
    revoked: bool


Facet = Literal["request", "request_type", "offence"]
Judgement = Literal["accepted", "removed", "added"]


@dataclass(frozen=True, slots=True)
class GivenLabel:
    """A label of a letter, with who gave it and what the person made of it."""

    given_by: str  #: id of the model, or ``person``
    facet: Facet
    code: str
    confidence: float | None  #: 0..1; None where a person gave it
    judgement: Judgement | None  #: None until a person has confirmed the letter


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A label on which the model in use and its shadow differ for one letter."""

    letter_id: UUID
    number: str
    facet: Facet
    code: str
    by_shadow: bool  #: whether the shadow gave it; else the model in use did
    shadow_right: bool | None  #: by what the person said; None until then


@dataclass(frozen=True, slots=True)
class DisagreementCount:
    """How often the model in use and its shadow differ on one label."""

    facet: Facet
    code: str
    by_in_use: int  #: letters to which the model in use alone gave it
    by_shadow: int  #: letters to which the shadow alone gave it
    shadow_right: int  #: of both, where a person sided with the shadow
    in_use_right: int  #: of both, where a person sided with the model in use


@dataclass(frozen=True, slots=True)
class Training:
    """One training that was ordered."""

    id: int
    ordered_by: str  #: as in the trail
    ordered_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    candidate: str | None  #: id of the model it gave
    fault: str | None  #: why it gave none
