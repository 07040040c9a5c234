"""Dates written in figures: 5.3.2019, 2019-03-05, 二〇一九年三月五日, ngày 5 tháng 3 năm 2019."""

import re
from collections.abc import Iterator

from intake.describing.calendars import (
    JAPANESE_ERAS,
    MINGUO_ERAS,
    Calendar,
    guess_calendar,
    read_numeral,
    to_gregorian,
)
from intake.describing.dates import FoundDate, make_date

_FIGURES = re.compile(r"(?<![\w./-])(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{1,2})(?!\d|[./-]\d|/\w)")
_NUMERAL = r"[\d〇○零一二三四五六七八九十百元]{1,5}"
_ERAS = "|".join((*JAPANESE_ERAS, *MINGUO_ERAS, "公元", "西元", "西曆"))
#: Year, month, day in the order and with the unit words of Chinese, Japanese and Korean.
_EAST_ASIAN = re.compile(rf"({_ERAS})?\s*({_NUMERAL})\s*[年년]\s*({_NUMERAL})\s*[月월]\s*({_NUMERAL})\s*[日號号일]")
_VIETNAMESE = re.compile(
    r"ngay\s+(\d{1,2})\s*(?:thang|/|-)\s*(\d{1,2})\s*(?:nam|/|-)\s*(\d{4})|"
    r"ngày\s+(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})"
)
#: "2022 оны 11 дүгээр сарын 28": Mongolian, and Kazakh or Kyrgyz registers that count months.
_MONGOLIAN = re.compile(r"(\d{4})\s*(?:он|оны|ony)\s+(\d{1,2})(?:\s*-?\s*(?:р|дугаар|дүгээр))?\s*сар\w*\s+(\d{1,2})")
_EAST_ASIAN_DAY = re.compile(rf"(?<![年년\d])\s*({_NUMERAL})\s*[月월]\s*({_NUMERAL})\s*[日號号일]")


def find_figures(folded: str, languages: tuple[str, ...]) -> Iterator[FoundDate]:
    """Yield the dates written in figures.

    Args:
        folded: the text.
        languages: BCP 47 codes of the letter's languages; they tell Hijri from Jalali years.
    """
    for found in _FIGURES.finditer(folded):
        if dated := _read_figures(found, folded, languages):
            yield dated
    yield from _read_counted(folded)
    for found in _EAST_ASIAN.finditer(folded):
        if dated := _read_east_asian(found):
            yield dated
    for found in _EAST_ASIAN_DAY.finditer(folded):
        month, day = read_numeral(found.group(1)), read_numeral(found.group(2))
        if month and day and (dated := make_date(found.start(1), found.end(), (None, month, day), "gregorian")):
            yield dated


def _read_figures(found: re.Match[str], folded: str, languages: tuple[str, ...]) -> FoundDate | None:
    first, middle, last = (int(found.group(index)) for index in (1, 3, 4))
    after = folded[found.end() : found.end() + 8]
    if first >= 1000:
        year, month, day = first, middle, last
    elif last >= 1000:
        year, month, day = last, middle, first
    else:
        return _read_short(found, (first, middle, last), languages)
    if month > 12 >= day:
        month, day = day, month
    calendar = guess_calendar(year, languages, after)
    return make_date(found.start(), found.end(), (year, month, day), calendar)


def _read_short(found: re.Match[str], parts: tuple[int, int, int], languages: tuple[str, ...]) -> FoundDate | None:
    """A year of three figures is a Minguo year, one of two figures is of our century or the last."""
    first, middle, last = parts
    minguo = any(language in ("zh-Hant", "zh") for language in languages[:1])
    if minguo and 60 < first < 200 and to_gregorian(first, middle, last, "minguo"):
        return make_date(found.start(), found.end(), (first, middle, last), "minguo")
    if len(found.group(4)) != 2 or len(found.group(1)) > 2:
        return None
    year = last + (2000 if last <= 40 else 1900)
    return make_date(found.start(), found.end(), (year, middle, first), "gregorian")


def _read_counted(folded: str) -> Iterator[FoundDate]:
    for found in _VIETNAMESE.finditer(folded):
        day, month, year = (int(group) for group in found.groups() if group)
        if dated := make_date(found.start(), found.end(), (year, month, day), "gregorian"):
            yield dated
    for found in _MONGOLIAN.finditer(folded):
        year, month, day = map(int, found.groups())
        if dated := make_date(found.start(), found.end(), (year, month, day), "gregorian"):
            yield dated


def _read_east_asian(found: re.Match[str]) -> FoundDate | None:
    era = found.group(1) or ""
    numerals = [read_numeral(found.group(index)) for index in (2, 3, 4)]
    if None in numerals:
        return None
    year, month, day = (numeral or 0 for numeral in numerals)
    calendar: Calendar = "gregorian"
    if era in JAPANESE_ERAS:
        year, calendar = year + JAPANESE_ERAS[era], "japanese"
    elif era in MINGUO_ERAS or 60 < year < 200:
        calendar = "minguo"
    return make_date(found.start(), found.end(), (year, month, day), calendar)
