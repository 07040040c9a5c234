from datetime import date

import pytest
from convertdate import persian
from hijridate import Gregorian
from hypothesis import given, settings
from hypothesis import strategies as st
from pyluach.dates import HebrewDate

from intake.describing.calendars import read_numeral
from intake.describing.date_figures import find_figures
from intake.describing.date_names import find_named
from intake.describing.dates import without_overlaps
from intake.describing.folding import fold
from intake.describing.names import load_names

DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
FIGURES = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN_FIGURES = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
THAI_FIGURES = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
HEBREW_TENS, HEBREW_ONES = " יכל", " אבגדהוזחט"


def dates_in(text: str, *languages: str) -> list[date | None]:
    folded = fold(text)
    return [d.value for d in without_overlaps([*find_figures(folded, languages), *find_named(folded, languages)])]


@settings(deadline=None, max_examples=60)
@given(
    DAYS, st.sampled_from(["{d}.{m}.{y}", "{d:02d}/{m:02d}/{y}", "{y}-{m:02d}-{d:02d}", "{y}/{m}/{d}", "{d}. {m}. {y}"])
)
def test_gregorian_dates_in_figures_come_back(day: date, form: str) -> None:
    assert dates_in(f"x {form.format(d=day.day, m=day.month, y=day.year)} x", "de") == [day]


@settings(deadline=None, max_examples=60)
@given(
    DAYS,
    st.sampled_from(sorted(set(load_names().months) & {"en", "fr", "de", "ru", "pl", "cs", "hr", "el", "tr", "fi"})),
)
def test_gregorian_dates_with_the_name_of_the_month_come_back(day: date, language: str) -> None:
    names = [name for name, month in load_names().months[language].items() if month == day.month]
    assert dates_in(f"x {day.day} {max(names, key=len)} {day.year} x", language) == [day]


@settings(deadline=None, max_examples=60)
@given(DAYS)
def test_hijri_dates_come_back(day: date) -> None:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    text = f"{hijri.year}/{hijri.month:02d}/{hijri.day:02d} هـ".translate(FIGURES)
    assert dates_in(text, "ar") == [day]
    assert dates_in(f"{hijri.day} {hijri.month_name('ar')} {hijri.year} هـ", "ar") == [day]


@settings(deadline=None, max_examples=60)
@given(DAYS)
def test_jalali_dates_come_back(day: date) -> None:
    year, month, of_month = persian.from_gregorian(day.year, day.month, day.day)
    text = f"{year}/{month:02d}/{of_month:02d}".translate(PERSIAN_FIGURES)
    assert dates_in(text, "fa") == [day]


@settings(deadline=None, max_examples=60)
@given(DAYS)
def test_buddhist_dates_come_back(day: date) -> None:
    names = [name for name, month in load_names().months["th"].items() if month == day.month]
    text = f"วันที่ {day.day} {max(names, key=len)} พ.ศ. {day.year + 543}".translate(THAI_FIGURES)
    assert dates_in(text, "th") == [day]


@settings(deadline=None, max_examples=60)
@given(DAYS)
def test_minguo_and_east_asian_dates_come_back(day: date) -> None:
    assert dates_in(f"中華民國{day.year - 1911}年{day.month}月{day.day}日", "zh-Hant") == [day]
    assert dates_in(f"{day.year}年{day.month}月{day.day}日", "zh") == [day]
    assert dates_in(f"{day.year}년 {day.month}월 {day.day}일", "ko") == [day]


@settings(deadline=None, max_examples=60)
@given(st.dates(date(2019, 5, 1), date(2049, 12, 31)))
def test_reiwa_dates_come_back(day: date) -> None:
    year = day.year - 2018
    assert dates_in(f"令和{'元' if year == 1 else year}年{day.month}月{day.day}日", "ja") == [day]


@settings(deadline=None, max_examples=60)
@given(DAYS)
def test_hebrew_dates_in_letters_come_back(day: date) -> None:
    of_hebrew = HebrewDate.from_pydate(day)
    year, month, of_month = of_hebrew.year, of_hebrew.month, of_hebrew.day
    names = {number: name for name, number in load_names().calendars["hebrew"].items() if "א" <= name[0] <= "ת"}
    text = f"{_hebrew_day(of_month)} ב{names[month]} {_hebrew_year(year)}"
    assert dates_in(text, "he") == [day]


def _hebrew_day(number: int) -> str:
    if number in (15, 16):
        return {15: 'ט"ו', 16: 'ט"ז'}[number]
    letters = (HEBREW_TENS[number // 10] + HEBREW_ONES[number % 10]).replace(" ", "")
    return letters + "'" if len(letters) == 1 else f'{letters[0]}"{letters[1]}'


def _hebrew_year(year: int) -> str:
    hundreds = {7: "תש", 8: "תת"}[year % 1000 // 100]
    rest = year % 100
    tens = " יכלמנסעפצ"[rest // 10] if rest not in (15, 16) else " "
    ones = " אבגדהוזחט"[rest % 10] if rest not in (15, 16) else {15: "טו", 16: "טז"}[rest]
    letters = (hundreds + tens + ones).replace(" ", "")
    return f'{letters[:-1]}"{letters[-1]}'


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("the fifth day of March two thousand and nineteen", "en", date(2019, 3, 5)),
        ("le premier octobre deux mille vingt", "fr", date(2020, 10, 1)),
        ("a dieciséis de enero de dos mil quince", "es", date(2015, 1, 16)),
        ("aos doze de junho de dois mil e catorze", "pt", date(2014, 6, 12)),
        ("二〇一九年十一月三十日", "zh", date(2019, 11, 30)),
        ("2019. gada 8. novembrī", "lv", date(2019, 11, 8)),
        ("2018 m. liepos 2 d.", "lt", date(2018, 7, 2)),
        ("2021 оны 4 дүгээр сарын 9", "mn", date(2021, 4, 9)),
        ("ngày 3 tháng 10 năm 2016", "vi", date(2016, 10, 3)),
        ("١٥ آذار ٢٠١٧", "ar", date(2017, 3, 15)),
        ("۹ سنبله ۱۳۹۷", "fa", date(2018, 8, 31)),
    ],
)
def test_dates_are_read_as_their_language_writes_them(text: str, language: str, expected: date) -> None:
    assert dates_in(text, language) == [expected]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("5 Septernber 2020", "en"),
        ("5 setternbre 2020", "it"),
        ("5 września 2O20 5 wrzesma 2020", "pl"),
        ("5 сентабря 2020", "ru"),
    ],
)
def test_a_month_misread_by_the_ocr_is_still_a_month(text: str, language: str) -> None:
    assert date(2020, 9, 5) in dates_in(text, language)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 99))
def test_chinese_numerals_count(number: int) -> None:
    ones, tens = "〇一二三四五六七八九", number // 10
    written = ("" if tens < 2 else ones[tens]) + ("十" if tens else "") + (ones[number % 10] if number % 10 else "")
    assert read_numeral(written) == number


def test_a_case_number_is_not_a_date() -> None:
    assert dates_in("ref 12/03/2018/44, no. 3301-2023-MP, tel. 22 000 676", "en") == []
