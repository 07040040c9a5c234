"""The pages' words in the reader's language: gettext catalogues, dates, per cents, names of States and languages."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

CATALOGUES = Path(__file__).parent / "translations"
SOURCE_LANGUAGE = "en"  #: of the message ids
LANGUAGES = ("en", "fr", "ar")
_LOCALES = {"en": "en_GB"}  #: day before month, 24 hours


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name
    """Mark a message for the catalogues where it is not yet said."""
    return message


@dataclass(frozen=True, slots=True)
class Texts:
    """Says everything in one language."""

    language: str  #: BCP 47, one of ``LANGUAGES``
    locale: Locale
    catalogue: NullTranslations

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self.locale.text_direction

    @property
    def comma(self) -> str:
        """What stands between the parts of a list."""
        return self.say(", ")

    def say(self, message: str, **values: Any) -> str:
        """A message, its ``%(name)s`` filled; in English where the catalogue is silent."""
        text = self.catalogue.gettext(message) if message else ""
        return text % values if values else text

    def apart(self, foreign: str) -> str:
        """Words of a letter for use in a sentence: in a page written from the right their direction is their own."""
        return f"\u2068{foreign}\u2069" if self.direction == "rtl" else foreign

    def count(self, one: str, many: str, number: int) -> str:
        """A message with a number in it, in the plural form that the language wants."""
        return self.catalogue.ngettext(one, many, number) % {"n": format_decimal(number, locale=self.locale)}

    def moment(self, at: datetime) -> str:
        """A time in the time zone of this machine."""
        here = at.astimezone()
        return f"{format_date(here, 'medium', locale=self.locale)} {format_time(here, 'short', locale=self.locale)}"

    def day(self, on: str | date) -> str:
        """A day; what is no ISO 8601 date stays as it is."""
        try:
            return format_date(date.fromisoformat(on) if isinstance(on, str) else on, "long", locale=self.locale)
        except ValueError:
            return str(on)

    def percent(self, share: float) -> str:
        """A share 0..1 as whole per cent."""
        return format_percent(share, locale=self.locale)

    def state(self, code: str) -> str:
        """Name of a State by its ISO 3166-1 alpha-2 code."""
        return str(self.locale.territories.get(code, code))

    def language_name(self, code: str) -> str:
        """Name of a language by its BCP 47 code."""
        try:
            name = Locale.parse(code, sep="-").get_display_name(self.locale)
        except (ValueError, UnknownLocaleError):
            name = self.locale.languages.get(code)
        return name or code


@cache
def texts_in(language: str) -> Texts:
    """Texts of one of ``LANGUAGES``; its catalogue is read and compiled once."""
    source = CATALOGUES / f"{language}.po"
    locale = Locale.parse(_LOCALES.get(language, language))
    if language == SOURCE_LANGUAGE:
        return Texts(language, locale, NullTranslations())
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Texts(language, locale, Translations(compiled))


def choose_language(*wishes: str | None, accepted: str = "") -> str:
    """The language to speak.

    Args:
        *wishes: languages asked for expressly, strongest first.
        accepted: the ``Accept-Language`` header.

    >>> choose_language(None, "ar", accepted="fr"), choose_language(None, accepted="de, fr-CA;q=0.8, en;q=0.5")
    ('ar', 'fr')
    """
    for wish in (*wishes, *_by_preference(accepted)):
        if wish in LANGUAGES:
            return wish
    return SOURCE_LANGUAGE


def _by_preference(accepted: str) -> Iterable[str]:
    """Base languages of an ``Accept-Language`` header, most wanted first; what is malformed is left out."""
    wanted = []
    for part in accepted[:500].split(","):
        name, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), name.split("-")[0].lower()))
        except ValueError:
            continue
    return [name for _, name in sorted(wanted, key=lambda one: one[0])]
