"""Numbers, names and addresses by which persons and things of the letter can be found, sorted by what they are of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from intake.describing.accounts import find_accounts
from intake.describing.addresses import find_addresses
from intake.describing.companies import find_companies
from intake.describing.contact import Placed, find_contact, part_own
from intake.describing.cues import Cues
from intake.describing.dates import FoundDate
from intake.describing.heading import Heading
from intake.describing.identifiers import find_identifiers
from intake.describing.phones import find_phones
from intake.describing.text import LetterText, Span
from intake.describing.vehicles import find_vehicles
from intake.metadata import Contact, Particular

MOST = 50  #: particulars of one sort; a longer list is an annex
MOST_PLACES = 3  #: places shown of one particular


@dataclass(frozen=True, slots=True)
class Particulars:
    """All that was found, each sort in the order of the letter."""

    accounts: tuple[Particular, ...]
    companies: tuple[Particular, ...]
    vehicles: tuple[Particular, ...]
    phones: tuple[Particular, ...]
    servers: tuple[Particular, ...]
    contact: Contact
    identifiers: tuple[Placed, ...]  #: not yet given to persons
    company_spans: tuple[Span, ...]


def find_particulars(
    text: LetterText, cues: Cues, dates: Sequence[FoundDate], heading: Heading, states: Sequence[str]
) -> Particulars:
    """Find particulars of every sort; where two sorts claim the same figures, the better checked has them.

    Args:
        text: the letter.
        cues: its cues.
        dates: its dates.
        heading: its head; companies there are the sender or the addressee.
        states: ISO 3166-1 alpha-2 codes of the requesting and the requested State, as far as they are known.
    """
    taken: list[Span] = []
    accounts = list(find_accounts(text, cues, dates))
    _claim(taken, [one for one in accounts if one[1].valid])
    addresses = _free(taken, find_addresses(text, cues))
    phones = _free(taken, find_phones(text, cues, states))
    identifiers = _free(taken, find_identifiers(text, cues))
    vehicles = _free(taken, find_vehicles(text, cues))
    accounts = [*(one for one in accounts if one[1].valid), *_free(taken, (a for a in accounts if not a[1].valid))]
    own, others = part_own(text, cues, [*phones, *addresses])
    companies = [one for one in find_companies(text, cues) if not _is_in_head(heading, one[0])]
    return Particulars(
        accounts=_listed(accounts),
        companies=_listed(companies),
        vehicles=_listed(vehicles),
        phones=_listed(one for one in others if one[1].kind in ("phone", "imei")),
        servers=_listed(one for one in others if one[1].kind not in ("phone", "imei")),
        contact=find_contact(text, cues, own),
        identifiers=tuple(sorted(identifiers, key=lambda one: one[0].start)),
        company_spans=tuple(span for span, _ in companies),
    )


def _claim(taken: list[Span], found: Iterable[Placed]) -> None:
    taken.extend(span for span, _ in found)


def _free(taken: list[Span], found: Iterable[Placed]) -> list[Placed]:
    """Those whose figures nobody has claimed before; they claim them now."""
    kept = [one for one in found if all(one[0].end <= other.start or other.end <= one[0].start for other in taken)]
    _claim(taken, kept)
    return kept


def _is_in_head(heading: Heading, span: Span) -> bool:
    return any(line.start <= span.start < line.end for line in heading.addressee)


def _listed(found: Iterable[Placed]) -> tuple[Particular, ...]:
    """Each once, with the first places where it stands."""
    merged: dict[tuple[str, str], Particular] = {}
    for _, one in sorted(found, key=lambda placed: placed[0].start):
        known = merged.get((one.kind, one.value))
        if known is None:
            merged[one.kind, one.value] = one
        elif len(known.evidence) < MOST_PLACES:
            merged[one.kind, one.value] = replace(known, evidence=(*known.evidence, *one.evidence))
    return tuple(merged.values())[:MOST]
