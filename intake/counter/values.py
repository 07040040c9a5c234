"""What the counter says of a letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from intake.values import Evidence

WarningCode = Literal[
    "wrong_addressee", "civil_matter", "sender_not_designated",
    "no_translation", "hearing_too_near", "limitation_near", "custody_near", "preservation_near", "deadline_over",
    "illegible_pages", "unsigned",
    "copy_of_earlier", "supplement", "reminder", "withdrawal", "follow_up", "unknown_reference",
    "political", "military", "nationality", "immunity", "death_penalty", "no_domestic_offence",
]  # fmt: skip
#: Who has to look before the letter goes on: nobody, the clerk, a lawyer.
Eye = Literal["nobody", "clerk", "lawyer"]

#: A letter with a warning that is not here goes on by itself.
EYES: Mapping[WarningCode, Eye] = {
    "wrong_addressee": "clerk",
    "civil_matter": "clerk",
    "sender_not_designated": "clerk",
    "no_translation": "clerk",
    "hearing_too_near": "clerk",
    "limitation_near": "clerk",
    "deadline_over": "clerk",
    "copy_of_earlier": "clerk",
    "supplement": "clerk",
    "reminder": "clerk",
    "withdrawal": "clerk",
    "follow_up": "clerk",
    "unknown_reference": "clerk",
    "political": "lawyer",
    "military": "lawyer",
    "nationality": "lawyer",
    "immunity": "lawyer",
    "death_penalty": "lawyer",
    "no_domestic_offence": "lawyer",
}


@dataclass(frozen=True, slots=True)
class CounterWarning:
    """Something to be mended or decided before the letter goes on; what to do stands with its code."""

    code: WarningCode
    values: Mapping[str, str | int] = field(default_factory=dict)  #: days, dates, numbers and codes of this letter
    evidence: tuple[Evidence, ...] = ()

    @property
    def eye(self) -> Eye:
        """Who has to look at the letter because of it."""
        return EYES.get(self.code, "nobody")


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of this State's law."""

    provision: str  #: article and law, as the installation cites it
    title: str = ""


@dataclass(frozen=True, slots=True)
class DomesticOffence:
    """What of this State's law an offence of the letter may be; advice for a lawyer who judges dual criminality."""

    offence: str  #: code of the taxonomy
    provisions: tuple[Provision, ...]  #: none: nobody has named a candidate


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the counter says of one letter."""

    warnings: tuple[CounterWarning, ...] = ()
    domestic_offences: tuple[DomesticOffence, ...] = ()
