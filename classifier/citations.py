"""Finds the articles that a text cites, in whatever script and manner their numbers are written."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Literal
from unicodedata import digit

from classifier.folding import fold

_CJK = re.compile(r"[\u4e00-\u9fff]")
_CJK_NUMBERS = (
    re.compile(r"第\s?([零〇一二三四五六七八九十百千两兩]{1,9})\s?(?=[条條])"),
    re.compile(r"(?<=[条條])\s?之([一二三四五六七八九十])"),
)
_CJK_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_CJK_TENS = {"十": 10, "百": 100, "千": 1000}
#: Spaces that OCR puts between the characters of a Chinese or Japanese line.
_SPREAD = re.compile(r"(?<=[\d\u3001-\u9fff（，l])[ \t]{1,2}(?=[\dl\u3001-\u9fff），])")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
_MISREAD = re.compile(r"(?<=\d)[lo](?=\d)|(?<=第)l(?=\d)")
_SUPERSCRIPTS = {c: f"^{i}" for i, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_PLAIN = {"º": "°", "°": "°", "№": "№", "–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "ʼ": "'", "\u200c": " "}
_PLAIN |= {c: "-" for c in "―~～〜"} | _SUPERSCRIPTS
#: Letters that number an article between two others, as the Latin ones they answer to.
_LETTERS = str.maketrans(dict(zip("аαбβвγгאבגדकखगघ", "aabbccdabcdabcd", strict=True)) | {"ङ": "e"})

_BIS = "bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies|مكرر|ทวิ|ตรี|จัตวา"
_NUMBER = (
    r"(?:\d{1,2}(?::|\s?(?:kap|luku|luvun)\b\.?\s?)\d{1,3}(?:\s?[a-z](?=\s?§|\W|$))?"
    r"|(?:[lr]\.?\s?)?\d{1,4}(?:\^\d)*(?:[-./]\d{1,3}(?!\d)(?:\^\d)*|[条條조]?(?:の|之|의)\d{1,2})*"
    rf"(?:[-./\s]{{0,2}}(?:{_BIS})(?![^\W\d])(?:[.\-]\d{{1,2}})?"
    r"|[-/]?[a-zаαбβвγгאבגדकखगघ](?![\w'\u0900-\u097f])|[-/]\d{1,2}-?[a-z](?!\w)"
    r"|\s[a-dfghj](?![\w'.])(?!\s*\d))?)"
)
_ORDINAL = re.compile(
    r"(?:[-.\s']{0,2}(?:ე|րդ|c[iu]|[iu]?nc[iu]|нчи|дугаар|дугээр|th|st|nd|rd)(?!\w)|\.?°|\.(?=\s?[^\W\d]))?"
)
_LEADS = (" nos", " no", " n", " num", " nr")  #: words for "number" between an article and its number
_LEFT = 26  #: characters looked at before a number
_PARAGRAPH = re.compile(r"(?:\s?\([\w\u0900-\u097f]{1,4}\)){1,3}")
_SEPARATORS = re.compile(r"\)?\s?\(|\)|\s?(?:kap|luku|luvun)\b\.?\s?|[./:^]|[条條조]?(?:の|之|의)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in the spelling that names of laws are compared in, with the way back."""

    original: str
    folded: str
    ends: Sequence[int] | None  #: folded characters up to and with each original one; None where both run alike

    def place(self, at: int) -> int:
        """Return where a character of the folded text stands in the original."""
        return at if self.ends is None else min(bisect_right(self.ends, at), len(self.original))


@dataclass(frozen=True, slots=True)
class Article:
    """One article, or the first and last of a range, as cited."""

    first: str
    last: str | None  #: of a range
    start: int  #: in the folded text
    end: int  #: exclusive
    paragraph: str = ""  #: what stands in brackets right behind it


@dataclass(frozen=True, slots=True)
class ArticleList:
    """Articles cited in one breath."""

    articles: tuple[Article, ...]
    start: int  #: in the folded text, with the word that announces the articles
    end: int  #: exclusive
    announced: Literal["before", "after", ""]  #: where the word for "article" stands


@dataclass(frozen=True, slots=True)
class CitationWords:
    """The words that articles are cited with, in all languages, folded, the longest first."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    parts: tuple[str, ...]
    joins: tuple[str, ...]
    ranges: tuple[str, ...]


def read(text: str) -> Reading:
    """Fold a text and make its numbers plain: digits of every script, numerals of Chinese articles, broken words.

    >>> read("刑法第三百八十二条").folded, read("ст. 228¹ УК").folded
    ('刑法第382条', 'ст. 228^1 ук')
    """
    if text.isascii() and "-\n" not in text:
        return Reading(text, _mend(text.lower()), None)
    pieces = [_fold_character(c) for c in text]
    for match in _HYPHENATED.finditer(text):
        pieces[match.start()] = pieces[match.start() + 1] = ""
    if _CJK.search(text):
        for match in _SPREAD.finditer(text):
            pieces[match.start() : match.end()] = [""] * (match.end() - match.start())
        for match in (m for pattern in _CJK_NUMBERS for m in pattern.finditer(text)):
            start, end = match.span(1)
            pieces[start:end] = [str(_count(match[1]))] + [""] * (end - start - 1)
    return Reading(text, _mend("".join(pieces)), list(accumulate(map(len, pieces))))


def normalise(number: str) -> str:
    """Return an article's number in one spelling: parts joined by hyphens, letters grown on.

    >>> [normalise(n) for n in ("648-bis.1", "228^1", "263 a", "158/1-f", "9 kap. 6 a", "191条の2")]
    ['648bis-1', '228-1', '263a', '158-1f', '9-6a', '191-2']
    """
    plain = _SEPARATORS.sub("-", number.translate(_LETTERS)).replace(" ", "")
    return re.sub(r"-+(?=[^\W\d])", "", re.sub(r"^[lr]-?", "", plain)).strip("-")


def make_finder(words: CitationWords) -> Callable[[str], Iterator[ArticleList]]:
    """Return the function that finds lists of articles in a folded text, in order."""
    part = _any_of(words.parts)
    detail = (
        rf"(?:\s?\([^()\n]{{1,14}}\)|[,\s]{{0,2}}(?<!\w)(?:{part})(?![^\W\d])[\s.°]{{0,3}}"
        r"[\"«„(]?(?:\d{1,3}(?:\^\d|[.\-]\d)?|[ivx]{1,4}|[^\W\d])(?!\w)[\"»“).°]{0,2}|\s?\([^()\d]{0,90}\))"
    )
    join = (
        rf"(?:[\s,;/&、]{{0,3}}(?<!\w)(?:{_any_of(words.joins)})(?!\w)|\s?[,;/&、+])"
        rf"[\s.]{{0,2}}(?:(?:{part})[\s.]{{0,2}}[\"«„(]?(?:\d{{1,3}}|[ivx]{{1,4}}|[^\W\d])[\"»“)]?[,\s]{{1,2}}){{0,3}}"
    )
    announced = rf"(?:(?:{_any_of(words.before)})[\s.:]{{0,3}})?"
    span = rf"(?:\s?-\s?|\s(?:{_any_of(words.ranges)})\s){announced}"
    tail = r"(?:\.?°|\.(?=\s[^\W\d_]))?"
    follow = re.compile(rf"{tail}(?:{detail}){{0,6}}(?:({span})|{join})\s?{announced}(?={_NUMBER})")
    details = re.compile(rf"{tail}(?:{detail}){{0,6}}")
    return lambda folded: _find_lists(folded, words, follow, details)


#: Where a number may begin: not within a word or a number, but right behind an abbreviation, "第", "제" or "มาตรา".
_FIRST = re.compile(
    rf"(?<![\w§^.,/:№$€£-])(?={_NUMBER})(?=[\dlr])|(?<=[§第제])(?=\d)|(?<=[^\W\d]\.)(?=\d)|(?<=มาตรา)(?=\d)"
)
_ONE = re.compile(_NUMBER)


def _find_lists(
    folded: str, words: CitationWords, follow: re.Pattern[str], details: re.Pattern[str]
) -> Iterator[ArticleList]:
    at = 0
    while (found := _FIRST.search(folded, at)) is not None:
        start = found.start()
        articles: list[Article] = []
        at, is_last = start, False
        while (one := _ONE.match(folded, at)) is not None:
            number = one.group()
            if is_last and articles:
                articles[-1] = Article(articles[-1].first, number, articles[-1].start, one.end())
            else:
                paragraph = _PARAGRAPH.match(folded, one.end())
                bracketed = paragraph.group() if paragraph else ""
                articles.append(Article(number, None, one.start(), one.end(), bracketed))
            at = one.end()
            if len(articles) > 60 or (more := follow.match(folded, at)) is None:
                break
            at, is_last = more.end(), more.group(1) is not None
        if not articles:
            at = start + 1
            continue
        at = max(at, articles[-1].end)
        announcing = _announced_before(folded, start, words)
        if announcing is not None:
            yield ArticleList(tuple(articles), announcing, _after(details, folded, articles[-1].end), "before")
        elif (end := _announced_after(folded, articles[-1].end, details, words)) is not None:
            yield ArticleList(tuple(articles), start, end, "after")
        elif not folded[max(0, start - _LEFT) : start].rstrip(" .(\n").endswith(words.parts):
            yield ArticleList(tuple(articles), start, _after(details, folded, articles[-1].end), "")


def _after(details: re.Pattern[str], folded: str, end: int) -> int:
    match = details.match(folded, end)
    return match.end() if match else end


def _announced_before(folded: str, start: int, words: CitationWords) -> int | None:
    """Return where the word for "article" before a number begins, if there is one."""
    left = folded[max(0, start - _LEFT) : start].rstrip(" .:\n(°№")
    if left.endswith(_LEADS):
        left = left.rpartition(" ")[0].rstrip(" .\n")
    if not left.endswith(words.before):
        return None
    word = next(w for w in words.before if left.endswith(w))
    outside = left[: -len(word)]
    joined = outside[-1:].isalpha() and outside[-1:] < "\u0590"
    return None if joined else max(0, start - _LEFT) + len(outside)


def _announced_after(folded: str, end: int, details: re.Pattern[str], words: CitationWords) -> int | None:
    ordinal = _ORDINAL.match(folded, end)
    at = ordinal.end() if ordinal else end
    for place in dict.fromkeys((at, _after(details, folded, at))):
        right = folded[place : place + _LEFT]
        bare = right.lstrip(" -'.\n°)")
        if bare.startswith(words.after):
            word = next(w for w in words.after if bare.startswith(w))
            return _after(details, folded, place + len(right) - len(bare) + len(word))
    return None


@cache
def _fold_character(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    value = digit(character, None)
    return fold(character) if value is None or not character.isdecimal() else str(value)


def _mend(folded: str) -> str:
    return _MISREAD.sub(lambda m: "1" if m.group() == "l" else "0", folded)


def _count(numeral: str) -> int:
    if not any(c in _CJK_TENS for c in numeral):
        return int("".join(str(_CJK_DIGITS[c]) for c in numeral))
    total, pending = 0, 0
    for character in numeral:
        if character in _CJK_TENS:
            total += (pending or 1) * _CJK_TENS[character]
            pending = 0
        else:
            pending = _CJK_DIGITS[character]
    return total + pending


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
