"""Finds every date a letter names, in any calendar, with its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from intake.describing.calendars import Calendar, to_gregorian

NEXT = timedelta(days=200)  #: a day without a year that lies farther ahead is one gone by


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date somewhere in the text."""

    start: int  #: place in the folded text
    end: int
    day: int  #: of the month, Gregorian
    month: int  #: Gregorian
    year: int | None  #: Gregorian; None when the letter leaves it out
    calendar: Calendar = "gregorian"

    @property
    def value(self) -> date | None:
        """The day, or None when the year is left out."""
        return date(self.year, self.month, self.day) if self.year is not None else None

    def after(self, earlier: date) -> date | None:
        """Return the day meant; a year left out is the one that puts it next after ``earlier``."""
        if self.year is not None:
            return date(self.year, self.month, self.day)
        for year in (earlier.year, earlier.year + 1):
            try:
                found = date(year, self.month, self.day)
            except ValueError:
                continue
            if earlier < found <= earlier + NEXT:
                return found
        return None


def make_date(start: int, end: int, parts: tuple[int | None, int, int], calendar: Calendar) -> FoundDate | None:
    """Return the date if there is such a day.

    Args:
        start: place in the folded text.
        end: place after it.
        parts: year (None when left out), month and day as the calendar counts them.
        calendar: the calendar.
    """
    year, month, day = parts
    if year is None:
        valid = calendar == "gregorian" and to_gregorian(2000, month, day, calendar)
        return FoundDate(start, end, day, month, None) if valid else None
    found = to_gregorian(year, month, day, calendar)
    return FoundDate(start, end, found.day, found.month, found.year, calendar) if found else None


def without_overlaps(found: Iterable[FoundDate]) -> Sequence[FoundDate]:
    """Keep, of dates that share words, the complete one, then the longer one; in the order of the text."""
    kept: list[FoundDate] = []
    for candidate in sorted(found, key=lambda d: (d.year is None, d.start - d.end, d.start)):
        if all(candidate.end <= other.start or candidate.start >= other.end for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda d: d.start)
