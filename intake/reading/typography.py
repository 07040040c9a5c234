"""Characters that the models confuse with a look-alike, put right by what the language writes."""

import re
from collections.abc import Callable, Mapping
from typing import Final

_INVISIBLE: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
#: the vowel am in two halves
_THAI_AM: Final = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_ARABIC: Final = "\u0620-\u064a\u0660-\u0669\u0671-\u06d3\u06f0-\u06f9"
_ARABIC_COMMA: Final = re.compile(f"(?<=[{_ARABIC}]),")
_ARABIC_SEMICOLON: Final = re.compile(f"(?<=[{_ARABIC}]);")
_ARMENIAN_STOP: Final = re.compile("(?<=[\u0561-\u0587]):")
_UZBEK_TURNED: Final = re.compile("(?<=[oOgG])[`'’‘“\"\u02bc](?=\\w)")
_UZBEK_STOP: Final = re.compile("(?<=[a-z])['’`](?=[a-z])")
_HAN_SPACE: Final = re.compile(
    "(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]) (?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])"
)


def set_right(text: str, language: str | None) -> str:
    """Return a word or text with look-alikes replaced by the characters that the language (BCP 47) uses.

    >>> set_right("\u00b5ε", "el"), set_right("o`zbek", "uz")
    ('με', 'oʻzbek')
    """
    text = _INVISIBLE.sub("", text)
    correct = _CORRECTIONS.get(language or "")
    return correct(text) if correct else text


def _greek(text: str) -> str:
    return text.replace("\u00b5", "\u03bc")


def _thai(text: str) -> str:
    return _THAI_AM.sub("\\1\u0e33", text)


def _arabic(text: str) -> str:
    return _ARABIC_SEMICOLON.sub("\u061b", _ARABIC_COMMA.sub("\u060c", text))


def _armenian(text: str) -> str:
    return _ARMENIAN_STOP.sub("\u0589", text)


def _uzbek(text: str) -> str:
    return _UZBEK_STOP.sub("\u02bc", _UZBEK_TURNED.sub("\u02bb", text))


def _east_asian(text: str) -> str:
    return _HAN_SPACE.sub("", text)


_CORRECTIONS: Final[Mapping[str, Callable[[str], str]]] = {
    "el": _greek,
    "th": _thai,
    "ar": _arabic,
    "fa": _arabic,
    "ur": _arabic,
    "hy": _armenian,
    "uz": _uzbek,
    "zh": _east_asian,
    "zh-Hant": _east_asian,
    "ja": _east_asian,
}
