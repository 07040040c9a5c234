"""The languages that letters come in: BCP 47 code, script and the Tesseract models that read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Language:
    """One language in one script."""

    code: str  #: BCP 47, as in the taxonomy
    script: str  #: ISO 15924
    model: str  #: Tesseract model of the language


@dataclass(frozen=True, slots=True)
class Script:
    """One script with the Tesseract model that reads any language written in it."""

    code: str  #: ISO 15924
    model: str  #: Debian's name of the script model
    osd_names: tuple[str, ...]  #: what Tesseract's orientation and script detection calls it


_LANGUAGES = """
en Latn eng|fr Latn fra|es Latn spa|pt Latn por|it Latn ita|de Latn deu|nl Latn nld|pl Latn pol|ro Latn ron|hu Latn hun
cs Latn ces|sk Latn slk|bg Cyrl bul|hr Latn hrv|sr-Cyrl Cyrl srp|sr-Latn Latn srp_latn|sl Latn slv|mk Cyrl mkd
sq Latn sqi|el Grek ell|tr Latn tur|ru Cyrl rus|uk Cyrl ukr|be Cyrl bel|kk Cyrl kaz|uz Latn uzb|uz-Cyrl Cyrl uzb_cyrl
tg Cyrl tgk|mn Cyrl mon|ka Geor kat|hy Armn hye|az Latn aze|ar Arab ara|fa Arab fas|he Hebr heb|ur Arab urd|hi Deva hin
zh Hans chi_sim|zh-Hant Hant chi_tra|ja Jpan jpn|ko Kore kor|th Thai tha|vi Latn vie|id Latn ind|ms Latn msa|sw Latn swa
sv Latn swe|da Latn dan|no Latn nor|fi Latn fin|et Latn est|lv Latn lav|lt Latn lit
"""

#: every variant of the taxonomy, by code
LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        entry.split()[0]: Language(*entry.split())
        for line in _LANGUAGES.strip().splitlines()
        for entry in line.split("|")
    }
)

#: every script of a language above; Vietnamese is written in Latin letters but needs a model of its own
SCRIPTS: Mapping[str, Script] = MappingProxyType(
    {
        script.code: script
        for script in (
            Script("Latn", "Latin", ("Latin", "Fraktur", "Vietnamese")),
            Script("Cyrl", "Cyrillic", ("Cyrillic",)),
            Script("Arab", "Arabic", ("Arabic",)),
            Script("Grek", "Greek", ("Greek",)),
            Script("Hans", "HanS", ("Han", "HanS")),
            Script("Hant", "HanT", ("HanT",)),
            Script("Jpan", "Japanese", ("Japanese", "Hiragana", "Katakana")),
            Script("Kore", "Hangul", ("Korean", "Hangul")),
            Script("Hebr", "Hebrew", ("Hebrew",)),
            Script("Thai", "Thai", ("Thai",)),
            Script("Deva", "Devanagari", ("Devanagari",)),
            Script("Geor", "Georgian", ("Georgian",)),
            Script("Armn", "Armenian", ("Armenian",)),
        )
    }
)

_BY_OSD_NAME = {name: script.code for script in SCRIPTS.values() for name in script.osd_names}


def script_from_osd(name: str) -> str | None:
    """Return the ISO 15924 code for a script name of Tesseract, None for a script no letter is expected in."""
    return _BY_OSD_NAME.get(name)


def find_language(code: str) -> Language | None:
    """Return the language a BCP 47 code means, forgiving case and the ways a script is left out or spelt out.

    >>> [find_language(code).code for code in ("uz-Latn", "zh-Hans", "sr", "en-GB")]
    ['uz', 'zh', 'sr-Cyrl', 'en']
    """
    parts = [part.title() if len(part) == 4 else part.lower() for part in code.replace("_", "-").split("-")]
    language, script = parts[0], next((part for part in parts[1:] if len(part) == 4), None)
    language = {"nb": "no", "nn": "no"}.get(language, language)
    if language == "zh" and script is None and {"tw", "hk", "mo"} & set(parts[1:]):
        script = "Hant"
    if language == "sr" and script is None:
        script = "Cyrl"
    found = LANGUAGES.get(f"{language}-{script}") or LANGUAGES.get(language)
    return found if found and (script is None or script == found.script) else None


def languages_of(script: str) -> tuple[str, ...]:
    """Return the codes of the languages written in a script (ISO 15924)."""
    return tuple(language.code for language in LANGUAGES.values() if language.script == script)
