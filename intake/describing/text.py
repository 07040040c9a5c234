"""A letter's text as the room searches it: folded, with the way back to page and words."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from intake.describing.folding import fold_with_places
from intake.values import Evidence, PageReading

LONGEST_QUOTE = 300  #: characters; ``intake.values.Evidence``
LONGEST_TEXT = 60_000  #: characters; a request says who, when and by when long before, the rest is annexes
LONGEST_WORD = 24  #: characters
LONG_LINE, LONGEST_HEADLINE = 90, 130  #: characters; a line of prose, and one that no letterhead has
#: Scripts that write no spaces between words.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the folded text."""

    start: int
    end: int


@dataclass(frozen=True)
class LetterText:
    """The pages of one letter as one folded text."""

    original: str  #: the pages' texts, one after the other
    folded: str  #: what is searched
    places: Sequence[int]  #: for each folded character, its place in ``original``
    page_starts: tuple[int, ...]  #: where each page begins in ``original``
    page_numbers: tuple[int, ...]  #: 1-based numbers of those pages in the scan
    languages: tuple[str, ...]  #: BCP 47, the most used first

    @classmethod
    def of(cls, readings: Sequence[PageReading], languages: Sequence[str], longest: int = LONGEST_TEXT) -> "LetterText":
        """Join the pages.

        Args:
            readings: the pages, in order.
            languages: BCP 47 codes of the letter's languages, the most used first.
            longest: characters that are read; what comes after them is left out.
        """
        parts: list[str] = []
        starts: list[int] = []
        length = 0
        for reading in readings:
            starts.append(length)
            part = unicodedata.normalize("NFC", reading.text)[: max(0, longest - length)] + "\n"
            parts.append(part)
            length += len(part)
        original = "".join(parts)
        folded, places = fold_with_places(original)
        numbers = tuple(reading.number for reading in readings)
        return cls(original, folded, places, tuple(starts), numbers, tuple(languages))

    def words(self, start: int, end: int) -> str:
        """Return the words as written between two places of the folded text."""
        end = min(end, len(self.places))
        if start >= end:
            return ""
        return self.original[self.places[start] : self.places[end - 1] + 1]

    def place_of(self, original: int) -> int:
        """Return the place in the folded text of a character of ``original``."""
        return bisect_left(self.places, original)

    def evidence(self, start: int, end: int) -> Evidence:
        """Return page and words of a stretch of the folded text; words at its ends are whole."""
        start, end = self._whole_words(start, end)
        place = self.places[start] if start < len(self.places) else 0
        page = self.page_numbers[max(0, bisect_right(self.page_starts, place) - 1)] if self.page_numbers else 1
        return Evidence(page=page, quote=self.words(start, end).strip()[:LONGEST_QUOTE])

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        """Move the ends of a stretch outward to the ends of words, in scripts that part words by blanks."""
        folded = self.folded
        first = _WORD_BEFORE.search(folded, max(0, start - LONGEST_WORD), start)
        if first and start < len(folded) and _LETTER.match(folded[start]):
            start = first.start()
        last = _WORD_BEHIND.match(folded, end, min(len(folded), end + LONGEST_WORD))
        if last and 0 < end <= len(folded) and _LETTER.match(folded[end - 1]):
            end = last.end()
        return start, end

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The lines that hold something, columns of a letterhead (three blanks apart) as lines of their own."""
        return tuple(
            Span(found.start(), found.end()) for found in re.finditer(r"\S(?:[^\n]*?\S)?(?=\s{3}|\n|$)", self.folded)
        )

    @cached_property
    def body_start(self) -> int:
        """Where the letterhead and the addressee are over: the first long line, or a third of a short letter."""
        for index, line in enumerate(self.lines):
            length = (line.end - line.start) * (1.0 if self.folded[line.start] < "\u2e80" else 2.2)
            if length > LONGEST_HEADLINE or (index >= 3 and length > LONG_LINE):
                return max(line.start, 1)
        return max(len(self.folded) // 3, min(len(self.folded), 400))

    def line_at(self, place: int) -> Span:
        """Return the whole printed line around a place."""
        start = self.folded.rfind("\n", 0, place) + 1
        end = self.folded.find("\n", place)
        return Span(start, len(self.folded) if end < 0 else end)

    def sentence_at(self, start: int, end: int) -> Span:
        """Return the sentence around a stretch: to the nearest full stop, blank line, or 250 characters away."""
        before = self.folded[max(0, start - 250) : start]
        after = self.folded[end : end + 250]
        stops = [stop.end() for stop in _SENTENCE_END.finditer(before)]
        following = _SENTENCE_END.search(after)
        left = start - len(before) + (stops[-1] if stops else 0)
        return Span(left, end + (following.start() if following else len(after)))


_LETTER = re.compile(rf"[^\W{UNSPACED}]")
_WORD_BEFORE = re.compile(rf"[^\W{UNSPACED}]+$")
_WORD_BEHIND = re.compile(rf"[^\W{UNSPACED}]+")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[^\W\d])|(?<=\w{3})[.!?](?=\s)|[。!?;؟।]|\n\s*\n")
