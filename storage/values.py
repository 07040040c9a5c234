"""What the office keeps, as frozen values: letters, pages, entries, events, accounts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

LetterStatus = Literal["received", "reading", "review", "queued", "filed", "acknowledged", "unreadable"]
Channel = Literal["upload", "post", "diplomatic", "email", "fax", "hand", "api", "command_line", "other"]
Role = Literal["registry", "admin"]


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
    """A letter waiting for one competent authority."""

    id: int
    letter_id: UUID
    number: str
    authority: str
    urgent: bool
    posted_at: datetime


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
