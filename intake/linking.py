"""Finds the letters that a letter belongs to, and keeps the links: copies, supplements, reminders, withdrawals."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from intake.counter.likeness import bands, essence, is_copy
from intake.counter.values import CounterWarning
from intake.describing.signs import find_signs
from intake.describing.text import LetterText
from intake.office import Office
from intake.values import Description, PageReading
from storage import links
from storage.values import Letter, LinkKind

MOST_CANDIDATES = 20  #: letters that are compared
_OUR_NUMBER = re.compile(r"(?<!\d)(20\d\d-\d{6})(?!\d)")
#: What a letter says it is, strongest first.
_KINDS: tuple[LinkKind, ...] = ("withdrawal", "reminder", "supplement")


def link_letter(
    office: Office, letter: Letter, readings: Sequence[PageReading], description: Description, now: datetime
) -> tuple[CounterWarning, ...]:
    """Keep the links of a letter; safe to run again.

    Args:
        office: where the register and the texts are.
        letter: the letter.
        readings: its pages.
        description: what it is.
        now: UTC.

    Returns:
        What to tell at the counter: each letter before it, or that a number of ours is cited which nobody knows.
    """
    text = essence([reading.text for reading in readings])
    marks = bands(text)
    found = _belonging(office, letter, readings, description, _copies(office, letter, text, marks))
    pairs = [_in_order(letter, other, kind) for other, kind in found.values()]
    links.keep(office.keeping.database, letter.id, marks, pairs, now)
    told = [_warning(other, kind) for other, kind in found.values() if other.number < letter.number]
    own = description.metadata.own_reference
    if own.value and not found:
        told.append(CounterWarning("unknown_reference", {}, own.evidence))
    return tuple(told)


def _copies(office: Office, letter: Letter, text: str, marks: Sequence[int]) -> list[Letter]:
    """Letters that are this one, by their texts."""
    candidates = links.alike(office.keeping.database, letter.id, marks, MOST_CANDIDATES) if marks else []
    return [one for one in candidates if is_copy(text, essence([page["text"] for page in office.readings(one)]))]


def _belonging(
    office: Office, letter: Letter, readings: Sequence[PageReading], description: Description, copies: Sequence[Letter]
) -> dict[UUID, tuple[Letter, LinkKind]]:
    """Copies, the letters whose numbers are cited, and those of the same sender's reference, each once."""
    database, metadata = office.keeping.database, description.metadata
    found: dict[UUID, tuple[Letter, LinkKind]] = {one.id: (one, "copy") for one in copies}
    cited = {number for reading in readings for number in _OUR_NUMBER.findall(reading.text)}
    cited |= set(_OUR_NUMBER.findall(metadata.own_reference.value or ""))
    others = links.numbered(database, cited - {letter.number}) if cited - {letter.number} else []
    state, reference = metadata.requesting_state.value, metadata.reference.value
    if state and reference:
        others += links.with_reference(database, letter.id, state, reference, MOST_CANDIDATES)
    kind = _kind(readings, description)
    for other in others:
        found.setdefault(other.id, (other, kind))
    return found


def _kind(readings: Sequence[PageReading], description: Description) -> LinkKind:
    """What the letter says it is to the earlier one."""
    languages = (description.language,) if description.language else ()
    text = LetterText.of(readings, languages)
    signs = find_signs(text.folded, languages)
    return next((kind for kind in _KINDS if signs.of(kind)), "follow_up")


def _in_order(letter: Letter, other: Letter, kind: LinkKind) -> tuple[UUID, UUID, LinkKind]:
    """Later, earlier, kind: by the register number, whichever of both was described first."""
    return (letter.id, other.id, kind) if other.number < letter.number else (other.id, letter.id, kind)


def _warning(earlier: Letter, kind: LinkKind) -> CounterWarning:
    values: dict[str, str | int] = {"number": earlier.number, "date": earlier.received_at.date().isoformat()}
    return CounterWarning("copy_of_earlier" if kind == "copy" else kind, values)
