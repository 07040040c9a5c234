"""Makes spellings of one word alike, whatever script, accents or marks of reading it comes with."""

import re
import unicodedata
from collections.abc import Iterator

#: Combining marks (Latin, Greek, Cyrillic, Hebrew, Arabic), the Arabic stretch, joiners, soft hyphen, direction marks.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]"
)
_ALIKE = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ہ": "ه",
        "ھ": "ه",
        "ة": "ه",
        "ک": "ك",
        "ґ": "г",
        "ς": "σ",
        "爲": "為",
        "臺": "台",
    }
)
#: Letters and the vowel signs that Python does not count among them (Indic, Thai, Lao, Burmese, Khmer).
_WORD = re.compile(
    r"(?:[^\W\d_]|[\u0900-\u0963\u0970-\u0dff\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u1049\u1780-\u17d3\u00a7])+"
)
#: Scripts written without spaces between words, and Hangul, whose words are chains.
_UNSPACED = re.compile(
    "([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005]+)|([\uac00-\ud7af]+)|([\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u1049\u1780-\u17d3]+)"
)
_ARABIC_ARTICLE = re.compile("^(?:[وف]?[بك]?ال|[وف]?لل)(?=...)")
_HEBREW_PREFIX = re.compile("^[והבלמשכ]{1,2}(?=...)")


def fold(text: str) -> str:
    """Return the text in the spelling that terms and letters are compared in.

    >>> fold("Évasion FISCALE – İstanbul, ёлка, الإنابة")
    'evasion fiscale – istanbul, елка, الانابه'
    """
    if text.isascii():
        return text.lower()
    loose = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _DROPPED.sub("", loose).translate(_ALIKE))


def split_words(folded: str) -> list[str]:
    """Return the words of a folded text; scripts without spaces give overlapping pairs (Thai and its kin: triples).

    >>> split_words(fold("送达文书"))
    ['送达', '达文', '文书']
    """
    words: list[str] = []
    for run in _WORD.findall(folded):
        if run.isascii() or not _UNSPACED.search(run):
            words.append(run)
        else:
            words.extend(_split_unspaced(run))
    return words


def locate_words(folded: str) -> Iterator[tuple[str, int]]:
    """Yield the words of ``split_words`` with the place where each begins."""
    for run in _WORD.finditer(folded):
        at = run.start()
        for word in split_words(run.group()):
            at = folded.index(word, at)
            yield word, at
            at += 1


def spellings(word: str) -> tuple[str, ...]:
    """Return the word and what is left of it without a grown-on article or preposition (Arabic, Hebrew)."""
    first = word[0]
    if "\u0600" <= first <= "\u06ff":
        bare = _ARABIC_ARTICLE.sub("", word)
        loose = bare[1:] if bare == word and first in "وبلف" and len(word) > 4 else bare
        return (word,) if loose == word else (word, loose)
    if "\u0590" <= first <= "\u05ff" and len(word) > 4:
        bare = _HEBREW_PREFIX.sub("", word)
        return tuple(dict.fromkeys((word, word[1:], bare))) if bare != word else (word,)
    return (word,)


def _split_unspaced(run: str) -> list[str]:
    pieces: list[str] = []
    at = 0
    for match in _UNSPACED.finditer(run):
        if match.start() > at:
            pieces.append(run[at : match.start()])
        size = 3 if match.group(3) else 2
        part = match.group()
        pieces.extend(part[i : i + size] for i in range(max(1, len(part) - size + 1)))
        at = match.end()
    if at < len(run):
        pieces.append(run[at:])
    return pieces
