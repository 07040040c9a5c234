"""The day by which an answer is needed, and why that day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import get_args

from intake.describing.cues import Cues
from intake.describing.dates import FoundDate
from intake.describing.text import LetterText, Span
from intake.values import Deadline, DeadlineKind

BESIDE = 35  #: characters from a date within which *by* and *before* are about it
SAME_BREATH = 15  #: characters between two dates that share a year
FARTHEST = timedelta(days=3 * 365)  #: a day later than this binds nobody here
#: A time of day beside a date to come: somebody is to appear.
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])\s?[:.h]\s?[0-5]\d\b|\b\d{1,2}\s?(?:uhr|h\b|giờ|a\.?m|p\.?m|時|时|시|น\.)|ساعة|ساعت|שעה|ora\s\d|kl\.?\s\d"
)
_KINDS: tuple[DeadlineKind, ...] = get_args(DeadlineKind)


@dataclass(frozen=True, slots=True)
class _Candidate:
    day: date
    kind: DeadlineKind
    weight: float
    found: FoundDate


def find_deadline(text: LetterText, cues: Cues, dates: Sequence[FoundDate], letter_date: str | None) -> Deadline:
    """Return the earliest day still to come when the letter was written that an answer has to meet.

    Args:
        text: the letter.
        cues: its cues.
        dates: every date it names.
        letter_date: its own date, ISO 8601; without one nothing tells what is still to come.
    """
    if letter_date is None:
        return Deadline()
    written = date.fromisoformat(letter_date)
    candidates = [c for found in _with_years(dates) if (c := _weigh(text, cues, found, written)) is not None]
    if not candidates:
        return Deadline()
    heaviest = max(candidate.weight for candidate in candidates)
    best = min((c for c in candidates if c.weight >= min(heaviest, 2.0)), key=lambda c: c.day)
    sentence = text.sentence_at(best.found.start, best.found.end)
    confidence = round(min(0.95, 0.4 + 0.18 * best.weight), 2)
    return Deadline(best.day.isoformat(), best.kind, confidence, (text.evidence(sentence.start, sentence.end),))


def _with_years(dates: Sequence[FoundDate]) -> list[FoundDate]:
    """Give a day without a year the year of a full date just before it: *17 and 24 November 2020* in any order."""
    completed: list[FoundDate] = []
    for found in dates:
        before = completed[-1] if completed else None
        near = before is not None and before.year is not None and found.start - before.end < SAME_BREATH
        completed.append(replace(found, year=before.year) if near and before and found.year is None else found)
    return completed


def _weigh(text: LetterText, cues: Cues, found: FoundDate, written: date) -> _Candidate | None:
    day = found.after(written)
    if day is None or not written < day <= written + FARTHEST:
        return None
    sentence = text.sentence_at(found.start, found.end)
    near = Span(max(sentence.start, found.start - 70), min(sentence.end, found.end + 50))
    if cues.has("not_due", near.start, near.end):
        return None
    kind: DeadlineKind = "other"
    for concept in _KINDS:
        if concept != "other" and _is_named(cues, concept, sentence):
            kind = concept
            break
    clock = bool(_CLOCK.search(text.folded[max(0, found.start - 25) : found.end + 40]))
    if kind == "other" and clock:
        kind = "hearing"
    due = cues.has("due", max(near.start, found.start - BESIDE), min(near.end, found.end + BESIDE))
    weight = (2.0 if kind != "other" else 0.0) + (1.5 if due else 0.0) + (1.0 if clock else 0.0)
    return _Candidate(day, kind, weight, found) if weight else None


def _is_named(cues: Cues, concept: DeadlineKind, sentence: Span) -> bool:
    """Whether words of one kind stand in a sentence, not only within longer ones of another: *pre-trial detention*."""
    others = [
        cue for kind in _KINDS if kind not in (concept, "other") for cue in cues.of(kind, sentence.start, sentence.end)
    ]
    return any(
        not any(o.start <= cue.start and cue.end <= o.end and o.end - o.start > cue.end - cue.start for o in others)
        for cue in cues.of(concept, sentence.start, sentence.end)
    )
