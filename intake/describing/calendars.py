"""Days of the calendars in which States date their letters, turned into Gregorian ones."""

import unicodedata
from datetime import date, timedelta
from typing import Literal

from convertdate import islamic  # type: ignore[import-untyped]
from hijridate import Hijri
from pyluach.dates import HebrewDate  # type: ignore[import-untyped]

from intake.describing.names import load_names

Calendar = Literal["gregorian", "hijri", "jalali", "buddhist", "hebrew", "minguo", "japanese"]

BUDDHIST_OFFSET = 543  #: Thailand, Laos, Cambodia: year of the Buddha less year of Christ
MINGUO_OFFSET = 1911
JALALI_OFFSET = 621  #: Gregorian year of a Jalali year's first day less that year
#: Year before the first of each era, in both spellings met in letters.
JAPANESE_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
MINGUO_ERAS = ("中華民國", "中华民国", "民國", "民国")
EARLIEST, LATEST = 1850, 2100  #: Gregorian years a letter can name

_HEBREW_VALUES = {
    **{letter: value for value, letter in enumerate("אבגדהוזחט", 1)},
    **{letter: 10 * value for value, letter in enumerate("יכלמנסעפצ", 1)},
    **{letter: 100 * value for value, letter in enumerate("קרשת", 1)},
    **dict(zip("ךםןףץ", (20, 40, 50, 80, 90), strict=True)),
}


def to_gregorian(year: int, month: int, day: int, calendar: Calendar) -> date | None:
    """Convert a day.

    Args:
        year: in the calendar's own count; Japanese eras are counted on from their first year beforehand.
        month: 1-based; Hebrew months from Nisan.
        day: 1-based.
        calendar: the calendar.

    Returns:
        The Gregorian day, or None when there is no such day or it lies outside 1850 to 2100.

    >>> to_gregorian(2562, 3, 5, "buddhist")
    datetime.date(2019, 3, 5)
    """
    try:
        found = _convert(year, month, day, calendar)
    except (ValueError, OverflowError, IndexError):
        return None
    return found if EARLIEST <= found.year <= LATEST else None


def _convert(year: int, month: int, day: int, calendar: Calendar) -> date:
    if calendar == "hijri":
        return _from_hijri(year, month, day)
    if calendar == "jalali":
        return _from_jalali(year, month, day)
    if calendar == "hebrew":
        found: date = HebrewDate(year, month, day).to_pydate()
        return found
    offset = {"buddhist": -BUDDHIST_OFFSET, "minguo": MINGUO_OFFSET}.get(calendar, 0)
    return date(year + offset, month, day)


def _from_jalali(year: int, month: int, day: int) -> date:
    """Six months of 31 days, five of 30, the last up to the next equinox."""
    first, next_first = (date(y + JALALI_OFFSET, 3, load_names().nowruz.get(str(y), 21)) for y in (year, year + 1))
    found = first + timedelta(days=31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)
    _require(1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30) and found < next_first)
    return found


def _from_hijri(year: int, month: int, day: int) -> date:
    """By the Umm al-Qura table where it reaches (1343 to 1500), by arithmetic before it."""
    _require(1 <= month <= 12 and 1 <= day <= 30)
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return date(*islamic.to_gregorian(year, month, day))
    return date(found.year, found.month, found.day)


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError("no such day in this calendar")


def guess_calendar(year: int, languages: tuple[str, ...], after: str) -> Calendar:
    """Tell the calendar of a year written in figures.

    Args:
        year: as written.
        languages: BCP 47 codes of the letter's languages.
        after: the folded text that follows the date, where the sign of the calendar stands.
    """
    if 1300 <= year <= 1500:
        sign = "".join(character for character in after[:8] if character.isalpha())
        if sign.startswith(("ق", "هق", "ام")) or (sign.startswith("ه") and not sign.startswith("هش")):
            return "hijri"
        solar = sign.startswith(("ش", "هش")) or any(language in ("fa", "ps", "tg") for language in languages[:1])
        return "jalali" if solar else "hijri"
    if 2400 <= year <= 2700:
        return "buddhist"
    return "gregorian"


def read_numeral(written: str) -> int | None:
    """Read a number in figures or in Chinese characters.

    >>> read_numeral("二〇二〇"), read_numeral("二十一"), read_numeral("元")
    (2020, 21, 1)
    """
    if written.isdecimal():
        return int(written)
    if written == "元":
        return 1
    values = [int(unicodedata.numeric(character, -1)) for character in written.replace("○", "〇")]
    if not values or min(values) < 0:
        return None
    if max(values) < 10:
        return int("".join(map(str, values)))
    return _add_up(values)


def _add_up(values: list[int]) -> int:
    total, pending = 0, 0
    for value in values:
        if value >= 10:
            total += max(pending, 1) * value
            pending = 0
        else:
            pending = value
    return total + pending


def read_hebrew_numeral(written: str) -> int | None:
    """Read a number in Hebrew letters; years of the sixth millennium usually leave out the thousands.

    >>> read_hebrew_numeral('תשפ"ד')
    784
    """
    values = [_HEBREW_VALUES.get(letter) for letter in written if letter not in "\"'"]
    return None if not values or None in values else sum(value for value in values if value)
