"""The competence rules of one installation, as a lawyer writes them (``profiles/*.yaml``)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from intake.errors import IntakeError

Stage = Literal["investigation", "trial", "enforcement", "unknown"]
Matter = Literal["criminal", "civil", "unknown"]
STAGES: tuple[Stage, ...] = ("investigation", "trial", "enforcement", "unknown")
MATTERS: tuple[Matter, ...] = ("criminal", "civil", "unknown")


class ProfileError(IntakeError):
    """A profile that cannot be used; the message names file, line and what to do."""

    code: ClassVar[str] = "profile_error"
    status: ClassVar[int] = 500
    remedy: ClassVar[str] = "Correct the profile at the file and line named, then run `rogatory check`."


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority that can be competent; its code is the name of its queue."""

    code: str
    name: str
    line: int = 1  #: 1-based, in the profile's file
    passes_to: str | None = None  #: code of the authority to which it always hands on what it gets


@dataclass(frozen=True, slots=True)
class Condition:
    """What a rule asks of a letter: every list that is not empty must hold one of the letter's values."""

    request_types: frozenset[str] = frozenset()  #: codes of the taxonomy
    offences: frozenset[str] = frozenset()  #: codes of the taxonomy
    stage: frozenset[str] = frozenset()
    matter: frozenset[str] = frozenset()
    legal_basis: frozenset[str] = frozenset()  #: ids of instruments
    requesting_state: frozenset[str] = frozenset()  #: ISO 3166-1 alpha-2
    origin: frozenset[str] = frozenset()  #: words of the requesting authority's name, lower case
    place: frozenset[str] = frozenset()  #: names of places as the request may write them, lower case

    def names(self) -> tuple[str, ...]:
        """Return the kinds of value this condition looks at."""
        return tuple(name for name in CONDITION_NAMES if getattr(self, name))


CONDITION_NAMES = ("request_types", "offences", "stage", "matter", "legal_basis", "requesting_state", "origin", "place")


@dataclass(frozen=True, slots=True)
class Rule:
    """Letters like this go there."""

    line: int  #: 1-based, in the profile's file
    to: str  #: code of the competent authority
    when: Condition = field(default_factory=Condition)  #: empty for the default
    then: tuple[str, ...] = ()  #: those who act after it, in order: codes of queues, or names for the reader
    copies: tuple[str, ...] = ()  #: codes of authorities that get a copy
    notify: tuple[str, ...] = ()  #: codes of authorities that are told of the letter without getting it
    review: tuple[str, ...] = ()  #: what a person must do or see each time before the letter goes
    group: int | None = None  #: rules of one group stand beside one another; None for one that stands alone
    source: str | None = None  #: where the rule comes from; ``knowledge`` is unverified
    note: str | None = None

    @property
    def unverified(self) -> bool:
        """Whether nobody has checked the rule against the law."""
        return bool(self.source and "knowledge" in self.source)


@dataclass(frozen=True, slots=True)
class Profile:
    """Who must act on what in one State."""

    code: str
    name: str
    path: str  #: of the file it was read from
    authorities: tuple[Authority, ...]
    rules: tuple[Rule, ...]
    default: Rule | None = None  #: None leaves letters that no rule fits undetermined
    not_a_request: str | None = None  #: code of the authority that gets reminders, replies and misdirected papers
    review_below: float = 0.7  #: confidence, 0..1, under which a person confirms a label the route rests on
    unverified: tuple[str, ...] = ()  #: what nobody has checked, in words

    def authority(self, code: str) -> Authority | None:
        """Return the authority with this code."""
        return next((authority for authority in self.authorities if authority.code == code), None)


def authorities(profile: Profile) -> Sequence[Authority]:
    """Return the queues of an installation: code and name of each authority."""
    return profile.authorities
