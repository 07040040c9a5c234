"""What a letter says of itself: each value with its confidence, page and words; nothing where it is silent."""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

DeadlineKind = Literal["hearing", "custody", "limitation", "preservation", "other"]
ParticularKind = Literal[
    "iban", "account", "card",
    "company",
    "plate", "vin",
    "phone", "imei",
    "ip", "domain", "url", "email",
    "passport", "identity_card", "personal_number", "tax_number",
]  # fmt: skip
#: By which way a letter says that it comes.
ChannelStated = Literal["diplomatic", "interpol", "eurojust", "direct", "post", "electronic"]
AnnexState = Literal["came", "missing", "unannounced"]


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
    states: tuple[str, ...] = ()  #: parties of a bilateral treaty, ISO 3166-1 alpha-2, as far as the letter names them
    signed: str | None = None  #: ISO 8601 date by which the letter calls a bilateral treaty


@dataclass(frozen=True, slots=True)
class CitedProvision:
    """An article of a law that the letter cites; treaties are legal bases, not provisions."""

    value: str  #: the article, or the list of articles, as written
    law: str  #: the law's name as written
    state: str | None = None  #: whose law it is, ISO 3166-1 alpha-2
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Particular:
    """A number, name or address by which a person or a thing can be found: an account, a company, a plate …"""

    value: str  #: in its standard form; of a card only the last four figures
    kind: ParticularKind
    state: str | None = None  #: ISO 3166-1 alpha-2, where number, form or calling code tell
    valid: bool | None = None  #: whether its check digits agree; None where it has none
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the letter with a part in it."""

    name: str
    role: str | None = None
    birth_date: str | None = None  #: ISO 8601
    nationality: str | None = None  #: ISO 3166-1 alpha-2
    identifiers: tuple[Particular, ...] = ()  #: passport, identity card, personal and tax numbers
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask at the requesting authority."""

    person: str | None = None
    phone: str | None = None  #: E.164 where it is a valid number, else as written
    email: str | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex that the letter announces, or one that came without being announced."""

    value: str  #: what the letter calls it; of one not announced, its heading
    label: str | None = None  #: its number or letter: ``1``, ``A``
    state: AnnexState = "missing"
    document: int | None = None  #: number of the document that it is, when it came
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


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
    channel: Stated[ChannelStated] = Stated()
    contact: Contact = Contact()
    provisions: tuple[CitedProvision, ...] = ()
    accounts: tuple[Particular, ...] = ()  #: ``iban``, ``account``, ``card``
    companies: tuple[Particular, ...] = ()
    identifiers: tuple[Particular, ...] = ()  #: numbers of persons or companies that no person's name stands before
    vehicles: tuple[Particular, ...] = ()  #: ``plate``, ``vin``
    phones: tuple[Particular, ...] = ()  #: ``phone``, ``imei``; the requesting authority's own are the contact's
    servers: tuple[Particular, ...] = ()  #: ``ip``, ``domain``, ``url``, ``email``; likewise
    annexes: tuple[Annex, ...] = ()
