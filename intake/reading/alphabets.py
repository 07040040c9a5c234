"""What single letters say of a language: those its alphabet lacks speak against it, its own speak for it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

_CYRILLIC = "абвгдежзиклмнопрстуфхцчш"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقلمنو"

#: lower-case letters beyond the script's common ones
_OWN: Final[Mapping[str, str]] = {
    "ru": "йщъыьэюяё",
    "uk": "йщьюяґєії",
    "be": "йыьэюяёіў",
    "bg": "йщъьюя",
    "mk": "јѓѕљњќџ",
    "sr-Cyrl": "јђљњћџ",
    "kk": "йщъыьэюяёәғқңөұүһі",
    "uz-Cyrl": "йщъыьэюяёўқғҳ",
    "tg": "йщъыьэюяёғӣқӯҳҷ",
    "mn": "йщъыьэюяёөү",
    "ar": "ءآأؤإئةهىيك",
    "fa": "ءآأؤئهیکپچژگىيك",
    "ur": "ءآأؤئیکپچژگٹڈڑںےہھۂۃۓه",
    "en": "",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "es": "áéíñóúü",
    "pt": "áâãàçéêíóôõúü",
    "it": "àèéìíòóùú",
    "de": "äöüß",
    "nl": "éëïóöèüáíĳ",
    "pl": "ąćęłńóśźż",
    "ro": "ăâîșțşţ",
    "hu": "áéíóöőúüű",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hr": "čćđšž",
    "sr-Latn": "čćđšž",
    "sl": "čšž",
    "sq": "çë",
    "tr": "çğıöşüâîû",
    "uz": "ʻʼ",
    "az": "çəğıöşü",
    "vi": "",
    "id": "é",
    "ms": "é",
    "sw": "",
    "sv": "åäöéü",
    "da": "æøåé",
    "no": "æøåéòóô",
    "fi": "äöåšž",
    "et": "äõöüšž",
    "lv": "āčēģīķļņšūž",
    "lt": "ąčęėįšųūž",
}
#: letters that a text of some length in the language cannot do without
_NEEDED: Final[Mapping[str, str]] = {
    "uk": "іїє",
    "be": "іў",
    "ru": "ыэё",
    "mk": "ј",
    "sr-Cyrl": "ј",
    "kk": "әғқңөұүі",
    "uz-Cyrl": "ўқғҳ",
    "tg": "ӣӯҳҷқғ",
    "mn": "өү",
    "bg": "ъ",
    "fa": "یکپچگ",
    "ur": "ےہںھ",
    "ar": "ةأإىيك",
    "az": "ə",
    "vi": "ạảấầậđơưộếệ",
    "tr": "ışğü",
    "pl": "ąęłżś",
    "ro": "ăîțșţş",
    "hu": "őéá",
    "lv": "āēī",
    "lt": "ėųį",
    "cs": "ěřůí",
    "sk": "áíčž",
    "hr": "čćšž",
    "sr-Latn": "čćšž",
    "sl": "čšž",
    "sq": "ë",
    "et": "äõü",
    "fi": "äö",
    "sv": "åäö",
    "da": "æøå",
    "no": "øå",
}
#: log weight of a text all of whose special letters are foreign to the language
_FOREIGN_WEIGHT = 60.0
_MISSING_WEIGHT = 3.0
#: from this many letters on, needed ones should have shown
_LONG_ENOUGH = 120


def letter_evidence(text: str, script: str, candidates: Sequence[str]) -> dict[str, float]:
    """Return a log weight for each candidate: 0 where its letters fit, below where they do not.

    Args:
        text: any.
        script: ISO 15924 code that all candidates are written in.
        candidates: BCP 47 codes.
    """
    letters = Counter(text.lower())
    common = {"Cyrl": _CYRILLIC, "Arab": _ARABIC}.get(script, "abcdefghijklmnopqrstuvwxyz")
    counted = {letter: count for letter, count in letters.items() if letter.isalpha() and _of_script(letter, script)}
    total = sum(counted.values())
    if not total or script not in ("Cyrl", "Arab", "Latn"):
        return dict.fromkeys(candidates, 0.0)
    weights = {}
    for code in candidates:
        foreign = 0 if code == "vi" else sum(c for x, c in counted.items() if x not in common and x not in _OWN[code])
        needed = _NEEDED.get(code, "")
        missing = total >= _LONG_ENOUGH and needed and not any(letter in counted for letter in needed)
        weights[code] = -_FOREIGN_WEIGHT * foreign / total - (_MISSING_WEIGHT if missing else 0.0)
    return weights


def _of_script(letter: str, script: str) -> bool:
    point = ord(letter)
    if script == "Cyrl":
        return 0x400 <= point <= 0x52F
    if script == "Arab":
        return 0x600 <= point <= 0x6FF
    return point < 0x250 or 0x1E00 <= point <= 0x1EFF
