"""What the letter says of itself, put together."""

from collections.abc import Sequence

from intake.describing.annexes import find_announced
from intake.describing.channel import find_channel
from intake.describing.cues import Cues
from intake.describing.date_figures import find_figures
from intake.describing.date_names import find_named
from intake.describing.dates import FoundDate, without_overlaps
from intake.describing.deadlines import find_deadline
from intake.describing.heading import read_heading
from intake.describing.legal_bases import find_legal_bases
from intake.describing.letter_date import find_letter_date
from intake.describing.marks import find_confidential, find_urgent
from intake.describing.particulars import find_particulars
from intake.describing.parties import find_addressee, find_parties, find_requesting_authority
from intake.describing.persons import Around, find_persons
from intake.describing.provisions import find_provisions_cited
from intake.describing.references import find_references
from intake.describing.states import find_states
from intake.describing.text import LetterText
from intake.describing.treaties import name_parties
from intake.metadata import Metadata


def find_dates(text: LetterText) -> Sequence[FoundDate]:
    """Return every date of the letter, in the order of its text."""
    return without_overlaps([*find_figures(text.folded, text.languages), *find_named(text.folded, text.languages)])


def extract_metadata(text: LetterText, cues: Cues) -> Metadata:
    """Return what the letter says of itself; silent where it is silent."""
    dates = find_dates(text)
    heading = read_heading(text, cues)
    requesting, requested = find_parties(text, cues, heading, dates)
    reference, own_reference = find_references(text, cues, dates)
    written = find_letter_date(text, cues, dates)
    deadline = find_deadline(text, cues, dates, written.value)
    known = [state for state in (requesting.value, requested.value) if state]
    found = find_particulars(text, cues, dates, heading, known)
    states = find_states(text)
    around = Around(dates, states, found.identifiers, found.company_spans)
    persons, identifiers = find_persons(text, cues, heading, around)
    return Metadata(
        requesting_state=requesting,
        requested_state=requested,
        requesting_authority=find_requesting_authority(text, cues, heading),
        addressee=find_addressee(text, heading),
        reference=reference,
        own_reference=own_reference,
        date=written,
        deadline=deadline,
        legal_bases=name_parties(text, cues, find_legal_bases(text, cues, dates), states, dates),
        persons=persons,
        urgent=find_urgent(text, cues, deadline, written.value),
        confidential=find_confidential(text, cues),
        channel=find_channel(text, cues),
        contact=found.contact,
        provisions=find_provisions_cited(text, requesting.value),
        accounts=found.accounts,
        companies=found.companies,
        identifiers=identifiers,
        vehicles=found.vehicles,
        phones=found.phones,
        servers=found.servers,
        annexes=find_announced(text, cues),
    )
