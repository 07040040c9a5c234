"""Dates written with the name of the month, in some eighty languages and five calendars, figures or words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from intake.describing.calendars import Calendar, read_hebrew_numeral
from intake.describing.dates import FoundDate, make_date
from intake.describing.matcher import Match, Matcher, Wanted
from intake.describing.names import in_languages, load_names

REACH = 36  #: characters either side of the month in which its day and year stand
LONGEST_ENDING = 5  #: letters that grammar may add to a month
READABLE = 75  #: similarity, 0..100, at which a misread month name is still believed between a day and a year

#: Months of the solar year as Afghan offices name them.
_AFGHAN = ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "ميزان", "عقرب", "قوس", "جدي", "دلو", "حوت")
#: What may stand between the figures and the month: a few short words, ordinals, full stops. Era names may be longer.
_ERA = r"(?:พ\s?\.\s?ศ\s?\.?|พุทธศักราช|ค\s?\.\s?ศ\s?\.?|b\.?e\.?|เดือน)"
_GAP = rf"(?:\s*{_ERA}\s*|[^\w\n;:]{{0,4}}\n?[^\w\n;:]{{0,2}}(?:[^\W\d]{{1,5}}[^\w\n;:]{{1,3}}){{0,3}})"
_DAY = r"(?<![\d/.,-])(\d{1,2})(?:st|nd|rd|th|er|eme|º|°|ª|o|-?го|-?е|-?ші|-?ci|-?i|e|a|ste|de)?"
_LEFT_YEAR_DAY = re.compile(rf"(?<!\d)(\d{{4}})(?!\s*,)(?:-?[^\W\d]{{1,6}}\.?)?{_GAP}{_DAY}{_GAP}$")
_LEFT_DAY = re.compile(rf"{_DAY}{_GAP}$")
_LEFT_YEAR = re.compile(rf"(?<!\d)(\d{{4}})(?:-?[^\W\d]{{1,6}}\.?)?{_GAP}$")
_RIGHT_YEAR = re.compile(rf"^[^\W\d]{{0,3}}\.?{_GAP}(\d{{4}})(?!\d)")
_RIGHT_DAY = re.compile(rf"^[^\W\d]{{0,3}}\.?{_GAP}(\d{{1,2}})(?![\d:/]|[.,]\d)(?:-?[^\W\d]{{1,3}}(?!\w))?")
_RIGHT_DAY_YEAR = re.compile(rf"^[^\W\d]{{0,3}}\.?{_GAP}(\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(\d{{4}})(?!\d)")
_MISREAD = re.compile(r"(?<![\d/.])(\d{1,2})[^\w\n]{1,3}([^\W\d]{3,12})[^\w\n]{1,3}(\d{4})(?!\d)")
_PREFIX = re.compile(r"[^\W\d]{1,2}$")  # written onto the month in Hebrew and Arabic
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class _Month:
    number: int
    calendar: Calendar


def find_named(folded: str, languages: tuple[str, ...]) -> Iterator[FoundDate]:
    """Yield the dates whose month is a name.

    Args:
        folded: the text.
        languages: BCP 47 codes of the letter's languages, the most used first.
    """
    months = list(_matcher(languages).find(folded))
    for match in _longest(months):
        dated = _in_figures(folded, match) or _in_words(folded, match, languages)
        if dated is None and match.meaning.calendar == "hebrew":
            dated = _in_hebrew_letters(folded, match)
        if dated:
            yield dated
    yield from _misread(folded, languages)


def _longest(matches: list[Match[_Month]]) -> list[Match[_Month]]:
    kept: list[Match[_Month]] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


@lru_cache(maxsize=64)
def _matcher(languages: tuple[str, ...]) -> Matcher[_Month]:
    names = load_names()
    wanted: dict[str, _Month] = {}
    for name, number in in_languages(names.months, languages, ("en", "fr")).items():
        wanted.setdefault(name, _Month(number, "gregorian"))
    for name, month in list(wanted.items()):
        if len(name) > LONGEST_ENDING:
            wanted.setdefault(name[:-2], month)  # novembris, novembrī
    for others in names.months.values():
        for name, number in others.items():
            if len(name) > 4:
                wanted.setdefault(name, _Month(number, "gregorian"))
    for calendar in ("hijri", "jalali", "hebrew"):
        for name, number in names.calendars[calendar].items():
            wanted.setdefault(name, _Month(number, calendar))
    for number, name in enumerate(_AFGHAN, 1):
        wanted.setdefault(name, _Month(number, "jalali"))
    return Matcher(Wanted(name, month, open_end=len(name) >= 3) for name, month in wanted.items())


def _in_figures(folded: str, match: Match[_Month]) -> FoundDate | None:
    base = max(0, match.start - REACH)
    # A number on another paragraph's last line is no part of a date.
    if gap := [found.end() for found in _BLANK_LINE.finditer(folded, base, match.start)]:
        base = gap[-1]
    left, right = _PREFIX.sub("", folded[base : match.start]), folded[match.end : match.end + REACH]
    tail = re.match(r"[^\W\d]*", right)
    if tail and tail.end() > (LONGEST_ENDING if match.end - match.start > 3 else 2):
        return None
    right = right[tail.end() :] if tail else right
    shift = match.end + (tail.end() if tail else 0)
    for year, day, start, end in _readings(left, right):
        dated = make_date(
            base + start,
            shift + end,
            (_full_year(year, match.meaning.calendar), match.meaning.number, day),
            _calendar_of(year, match.meaning.calendar),
        )
        if dated:
            return dated
    return None


def _readings(left: str, right: str) -> Iterator[tuple[int | None, int, int, int]]:
    """Yield (year, day, where it starts in ``left``, where it ends in ``right``), the fullest first."""
    none = len(left)
    left_day, left_year = _LEFT_DAY.search(left), _LEFT_YEAR.search(left)
    right_day, right_year = _RIGHT_DAY.search(right), _RIGHT_YEAR.search(right)
    if left_day and right_year:
        yield int(right_year.group(1)), int(left_day.group(1)), left_day.start(), right_year.end()
    if both := _LEFT_YEAR_DAY.search(left):
        yield int(both.group(1)), int(both.group(2)), both.start(), 0
    if both := _RIGHT_DAY_YEAR.search(right):
        yield int(both.group(2)), int(both.group(1)), none, both.end()
    if left_year and right_day:
        yield int(left_year.group(1)), int(right_day.group(1)), left_year.start(), right_day.end()
    if left_day and not right_year:
        yield None, int(left_day.group(1)), left_day.start(), 0
    elif right_day and not right_year:
        yield None, int(right_day.group(1)), none, right_day.end()


def _calendar_of(year: int | None, calendar: Calendar) -> Calendar:
    return "buddhist" if calendar == "gregorian" and year and 2400 <= year <= 2700 else calendar


def _full_year(year: int | None, calendar: Calendar) -> int | None:
    return year + 5000 if year and calendar == "hebrew" and year < 1000 else year


def _in_words(folded: str, match: Match[_Month], languages: tuple[str, ...]) -> FoundDate | None:
    numbers = _numbers(languages)
    left = list(_WORD.finditer(folded, max(0, match.start - 60), match.start))[-6:]
    right = list(_WORD.finditer(folded, match.end, match.end + 90))[:10]
    day = _number_before(left, numbers)
    figures = _LEFT_DAY.search(folded[max(0, match.start - REACH) : match.start])
    if day is None and figures:
        day = (int(figures.group(1)), max(0, match.start - REACH) + figures.start())
    year = _number_after(right, numbers)
    written = _RIGHT_YEAR.search(folded[match.end : match.end + REACH])
    if year is None and written:
        year = (int(written.group(1)), match.end + written.end())
    if day is None or year is None:
        return None
    parts = (year[0], match.meaning.number, day[0])
    return make_date(day[1], year[1], parts, match.meaning.calendar)


def _number_before(words: list[re.Match[str]], numbers: Mapping[str, int]) -> tuple[int, int] | None:
    """The day that ends at most two words before the month, and where it starts."""
    for skipped in range(3):
        usable = words[: len(words) - skipped]
        for first in range(len(usable)):
            phrase = " ".join(word.group() for word in usable[first:])
            number = numbers.get(phrase, numbers.get(phrase.removeprefix("ال")))
            if number is not None and number <= 31:
                return number, usable[first].start()
    return None


def _number_after(words: list[re.Match[str]], numbers: Mapping[str, int]) -> tuple[int, int] | None:
    """The year that starts at most three words after the month, and where it ends."""
    for first in range(min(4, len(words))):
        for last in range(len(words), first, -1):
            number = numbers.get(" ".join(word.group() for word in words[first:last] if word.group() != "and"))
            if number is not None and number > 31:
                return number, words[last - 1].end()
    return None


@lru_cache(maxsize=64)
def _numbers(languages: tuple[str, ...]) -> Mapping[str, int]:
    spelled = in_languages(load_names().numbers, languages)
    return {**{" ".join(w for w in words.split() if w != "and"): n for words, n in spelled.items()}, **spelled}


def _in_hebrew_letters(folded: str, match: Match[_Month]) -> FoundDate | None:
    """A Hebrew date in letters: the day before the month, the year after it."""
    left = re.search(r"([א-ת]['\"]?[א-ת]?'?)\s+ב?$", folded[max(0, match.start - 12) : match.start])
    right = re.match(r"\s*(?:[אב]'\s)?,?\s*(?:ה')?([א-ת]{1,4}\"[א-ת])", folded[match.end : match.end + 14])
    if not left or not right:
        return None
    day, year = read_hebrew_numeral(left.group(1)), read_hebrew_numeral(right.group(1))
    if not day or not year:
        return None
    start = match.start - (min(12, match.start) - left.start())
    return make_date(start, match.end + right.end(), (year + 5000, match.meaning.number, day), "hebrew")


def _misread(folded: str, languages: tuple[str, ...]) -> Iterator[FoundDate]:
    """Yield dates whose month the OCR or the grammar has bent."""
    names = in_languages(load_names().months, languages[:1])
    long_names = [name for name in names if len(name) > 3]
    for found in _MISREAD.finditer(folded):
        near = process.extractOne(found.group(2), long_names, scorer=fuzz.ratio, score_cutoff=READABLE)
        if near:
            parts = (int(found.group(3)), names[near[0]], int(found.group(1)))
            dated = make_date(found.start(), found.end(), parts, _calendar_of(parts[0], "gregorian"))
            if dated:
                yield dated
