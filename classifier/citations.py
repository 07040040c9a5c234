"""Finds the articles that a text cites, as numbers with their places, whatever script and way of counting they stand in."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import Literal
from unicodedata import category, digit

from classifier.folding import fold

_CJK_NUMBER = re.compile(r"第\s?([零〇一二三四五六七八九十百千两兩]{1,9})\s?(?=[条條])")
_CJK_SUFFIX = re.compile(r"(?<=[条條])\s?之([一二三四五六七八九十])")
_CJK_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_CJK_TENS = {"十": 10, "百": 100, "千": 1000}
_SPREAD = re.compile(r"(?<=[\d\u3040-\u9fff（(、，l])[ \t]{1,2}(?=[\dl\u3040-\u9fff）)、，])")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[^\W\d_])")
_MISREAD = re.compile(r"(?<=\d)[lo](?=\d)|(?<=第)[l](?=\d)")
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_KEPT = {"§": "§", "º": "°", "°": "°", "№": "№", "–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "ʼ": "'", "\u200c": " "}
#: Letters that number an article between others, in the order of the Latin alphabet.
_LETTERS = str.maketrans("аαбβвгγक़कखगघאבגד", "aabbcdcaabcdabcd")

_BIS = "bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies|undecies|duodecies"
#: One article: chapter and section (Nordic), or a number with what may follow it.
_NUMBER = (
    r"(?:\d{1,2}(?::|\s?(?:kap|luku|luvun)\b\.?\s?)\d{1,3}(?:\s?[a-z](?=\s?§|\W))?"
    r"|(?:[lr]\.?\s?)?\d{1,4}(?:\^\d)*"
    r"(?:[-./]\d{1,3}(?!\d)(?:\^\d)*|[条條조](?:の|之|의)\d{1,2})*"
    rf"(?:[-./\s]{{0,2}}(?:{_BIS}|prim|prime|مكرر|ทวิ|ตรี|จัตวา)(?![^\W\d])(?:[.\-]\d{{1,2}})?"
    r"|[-/]?\s?[a-zаαбβвгγकखगघאבגד](?![\w'])(?!\))(?!\.\w)|[-/]\d{1,2}-?[a-z](?!\w))?)"
)
_ORDINAL = r"(?:[-.\s]{0,2}(?:ე|րդ|c[iıuü]|[iıuü]?nc[iıuü]|нчи|дугаар|дүгээр|дугаар|дүгээр|th|o|a)(?!\w)|°|\.°|\.(?=\s?[§\w]))?"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in the spelling that names of laws are compared in, with the way back."""

    original: str
    folded: str
    ends: Sequence[int] | None  #: folded characters up to and with each original one; None where they run alike

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


@dataclass(frozen=True, slots=True)
class ArticleList:
    """Articles cited in one breath."""

    articles: tuple[Article, ...]
    start: int  #: in the folded text, with the word that announces it
    end: int  #: exclusive
    announced: Literal["before", "after", ""]  #: where the word for "article" stands


@dataclass(frozen=True, slots=True)
class CitationWords:
    """Beginnings of the words that articles are cited with, in all languages; a final ``$`` ends the word."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    parts: tuple[str, ...]
    joins: tuple[str, ...]
    ranges: tuple[str, ...]

    @cached_property
    def _unused(self) -> None: ...


def read(text: str) -> Reading:
    """Fold a text and make its digits plain: Chinese numerals of articles, digits of every script, broken words."""
    if text.isascii() and "-\n" not in text:
        return Reading(text, _repair(text.lower()), None)
    pieces = [_fold_character(c) for c in text]
    for match in _HYPHENATED.finditer(text):
        pieces[match.start()] = pieces[match.start() + 1] = ""
    if _CJK.search(text):
        for match in _SPREAD.finditer(text):
            pieces[match.start() : match.end()] = [""] * (match.end() - match.start())
        for pattern in (_CJK_NUMBER, _CJK_SUFFIX):
            for match in pattern.finditer(text):
                start, end = match.span(1)
                pieces[start:end] = [str(_count(match[1]))] + [""] * (end - start - 1)
    return Reading(text, _repair("".join(pieces)), list(accumulate(map(len, pieces))))
