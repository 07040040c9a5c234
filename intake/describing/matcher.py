"""Finds many words in a text at once, as words: not inside other words, whatever the script."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import ahocorasick  # type: ignore[import-not-found]

from intake.describing.text import UNSPACED

P = TypeVar("P")

_UNSPACED = re.compile(f"[{UNSPACED}]")
#: Letters that Arabic and Hebrew write onto the front of a word: and, in, like, for, the; and, the, in, to, from, that.
_PROCLITICS = {"Arab": frozenset("وفبكلا"), "Hebr": frozenset("והבלמשכ")}
_LONGEST_PROCLITIC = 4


@dataclass(frozen=True, slots=True)
class Wanted(Generic[P]):
    """A word to find and what it means."""

    word: str  #: folded
    meaning: P
    open_start: bool = False  #: may be the end of a longer word
    open_end: bool = False  #: may be the beginning of a longer word


@dataclass(frozen=True, slots=True)
class Match(Generic[P]):
    """A word found."""

    start: int  #: place in the folded text
    end: int
    meaning: P


class Matcher(Generic[P]):
    """Any number of words, found in one pass over a text."""

    def __init__(self, wanted: Iterable[Wanted[P]]) -> None:
        by_word: dict[str, list[Wanted[P]]] = defaultdict(list)
        for word in wanted:
            if word.word:
                by_word[word.word].append(word)
        self._automaton = ahocorasick.Automaton()
        for text, words in by_word.items():
            self._automaton.add_word(text, tuple(words))
        self._automaton.make_automaton()
        self._empty = not by_word

    def find(self, folded: str) -> Iterator[Match[P]]:
        """Yield every word found, overlapping ones too, in the order of their ends."""
        if self._empty:
            return
        for last, words in self._automaton.iter(folded):
            for word in words:
                start, end = last + 1 - len(word.word), last + 1
                if stands_alone(folded, start, end, open_start=word.open_start, open_end=word.open_end):
                    yield Match(start, end, word.meaning)


def stands_alone(folded: str, start: int, end: int, *, open_start: bool = False, open_end: bool = False) -> bool:
    """Whether a stretch of text is a word of its own, Arabic and Hebrew prefixes set aside."""
    if _UNSPACED.match(folded[start]):
        return True
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    if not open_end and after.isalnum() and folded[end - 1].isalnum():
        return False
    if open_start or not (before.isalnum() and folded[start].isalnum()):
        return True
    return _has_proclitic(folded, start)


def _has_proclitic(folded: str, start: int) -> bool:
    script = (
        "Arab" if "\u0600" <= folded[start] <= "\u06ff" else "Hebr" if "\u0590" <= folded[start] <= "\u05ff" else ""
    )
    first = start
    while first and folded[first - 1].isalnum() and start - first <= _LONGEST_PROCLITIC:
        first -= 1
    head = folded[first:start]
    return bool(script) and len(head) <= _LONGEST_PROCLITIC and set(head) <= _PROCLITICS[script]
