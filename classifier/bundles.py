"""Finds where a further letter begins in one text: scans hold bundles, and each letter of one is judged by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from classifier.cues import CUE_NAMES, find_cues
from classifier.features import LetterFeatures, shared_lexicon
from classifier.folding import fold, split_words
from classifier.passages import Passage
from classifier.taxonomy import known_languages, load_taxonomy

MOST_LETTERS = 6  #: of one text that are judged apart
_LEAST = 4  #: passages of a letter
_SHORT = 110  #: characters of a line of a letterhead, a title or a signature
_HEAD = 12  #: passages before a title that may belong to its letterhead
_LINES = 6  #: lines of a signature and a letterhead together
_AT_ONCE = 8  #: passages whose language is told together
_TITLE = 0.995  #: coverage of a term for "letter rogatory" in a title


@dataclass(frozen=True, slots=True)
class BundledLetter:
    """One letter of a text; its pages hold nothing of the others, so numbers stay."""

    pages: tuple[str, ...]
    language: str | None  #: BCP 47


def split_letters(pages: Sequence[str], features: LetterFeatures, language: str | None) -> list[BundledLetter]:
    """Return the letters in a text, most often one.

    Args:
        pages: text of each page, in order.
        features: of the whole text.
        language: of the whole text, BCP 47.
    """
    starts = [features.passages[row] for row in _find_starts(features)][: MOST_LETTERS - 1]
    bounds = [(1, 0), *((p.page, p.start) for p in starts), (len(pages) + 1, 0)]
    if not starts:
        return [BundledLetter(tuple(pages), language)]
    letters = []
    for first, last in pairwise(bounds):
        own = tuple(_cut(number, page, first, last) for number, page in enumerate(pages, start=1))
        letters.append(BundledLetter(own, _tell_language("\n".join(own), language)))
    return letters


def _tell_language(text: str, language: str | None) -> str | None:
    """Return the language of one letter of a bundle: that of the whole where its terms stand, else the likeliest."""
    lexicon = shared_lexicon()
    words = [sorted({n for word in split_words(fold(text)) for n in lexicon.find(word)})]
    spoken = lexicon.speakers(words, ())
    return language if not spoken or set(known_languages(language)) & set(spoken) else spoken[0]


def _cut(number: int, page: str, first: tuple[int, int], last: tuple[int, int]) -> str:
    """Return what of a page stands from ``first`` to before ``last``, each a page and a place on it."""
    begin = 0 if number > first[0] else first[1] if number == first[0] else len(page)
    end = len(page) if number < last[0] else last[1] if number == last[0] else 0
    return page[begin:end]


def _find_starts(features: LetterFeatures) -> Iterator[int]:
    """Yield the passages with which the second and further letters begin."""
    asks = _find_asking(features)
    count, before = len(features.passages), 0
    passages = features.passages
    for row in sorted({*_after_titles(features, asks), *_at_page_heads(passages), *_between_lines(passages)}):
        stands_alone = row - before >= _LEAST and count - row >= _LEAST
        if stands_alone and any(asks[before:row]) and any(asks[row:]):
            yield row
            before = row


def _after_titles(features: LetterFeatures, asks: Sequence[bool]) -> Iterator[int]:
    """Yield the first lines of the heads under which a title such as "letter rogatory" stands."""
    column = list(load_taxonomy().markers).index("letter_rogatory")
    passages = features.passages
    for row in np.flatnonzero(features.markers[:, column] >= _TITLE).tolist():
        if not _is_line(passages[row]):
            continue
        first = row
        while row - first < _HEAD and first > 0 and _is_line(passages[first - 1]) and not asks[first - 1]:
            first -= 1
            if passages[first].page != passages[row].page:
                first += 1
                break
        yield first


def _at_page_heads(passages: Sequence[Passage]) -> Iterator[int]:
    """Yield the first passages of pages that begin like a letter after a page that ends like one."""
    for row in range(1, len(passages) - _LEAST):
        if passages[row].page != passages[row - 1].page and _is_line(passages[row - 1]):
            head = [p for p in passages[row : row + 5] if p.page == passages[row].page]
            if len(head) == 5 and sum(_is_line(p) for p in head) >= 3 and _is_line(head[0]):
                yield row


def _between_lines(passages: Sequence[Passage]) -> Iterator[int]:
    """Yield where a signature and the letterhead after it stand one below the other."""
    run = 0
    for row, passage in enumerate(passages):
        is_next = row > 0 and passages[row - 1].page == passage.page
        run = (run if is_next else 0) + 1 if _is_line(passage) else 0
        if run == _LINES:
            yield row - _LINES + 2


def _find_asking(features: LetterFeatures) -> list[bool]:
    """Whether each passage asks, a few at a time in their own language: a bundle may hold letters of several."""
    column, lexicon = CUE_NAMES.index("ask"), shared_lexicon()
    asks: list[bool] = []
    for first in range(0, len(features.passages), _AT_ONCE):
        folded = [fold(p.text) for p in features.passages[first : first + _AT_ONCE]]
        words = [sorted({n for word in split_words(text) for n in lexicon.find(word)}) for text in folded]
        languages = tuple(dict.fromkeys([*features.languages, *lexicon.speakers(words, ())]))
        asks += [bool(find_cues(text, languages)[column]) for text in folded]
    return asks


def _is_line(passage: Passage) -> bool:
    """Whether a passage is a line of its own, such as those of letterheads, titles and signatures."""
    is_plain = not passage.is_item and passage.text[:1].isalnum()
    return is_plain and passage.is_heading and len(passage.text) < _SHORT
