"""Days on which an office works: its State's holidays and its own days of rest."""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from functools import lru_cache

import holidays as calendars

from intake.counter.rules import CounterRules

_SATURDAY_SUNDAY = frozenset({6, 7})


def working_days_between(start: date, end: date, rules: CounterRules) -> int:
    """Count the working days after one day, up to and with another; none when that day is over.

    >>> working_days_between(date(2026, 11, 20), date(2026, 11, 24), CounterRules())
    2
    """
    calendar = _calendar(rules.state, start.year, end.year) if end > start else frozenset()
    rest = rules.weekend or _weekend(rules.state)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(1 for day in days if day.isoweekday() not in rest and day not in calendar and day not in rules.holidays)


@lru_cache(maxsize=64)
def _calendar(state: str | None, first: int, last: int) -> AbstractSet[date]:
    """Public holidays of a State; none where no calendar is known."""
    if state is None:
        return frozenset()
    try:
        return frozenset(calendars.country_holidays(state, years=range(first, last + 1)))
    except NotImplementedError:
        return frozenset()


@lru_cache(maxsize=64)
def _weekend(state: str | None) -> frozenset[int]:
    if state is None:
        return _SATURDAY_SUNDAY
    try:
        return frozenset(day + 1 for day in calendars.country_holidays(state).weekend)
    except NotImplementedError:
        return _SATURDAY_SUNDAY
