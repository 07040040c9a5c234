"""A passage taken apart, so that what the model saw in it can be named in the words that stand there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from classifier.cues import locate_cue
from classifier.folding import fold, locate_words, spellings, split_words
from classifier.ngrams import locate_ngrams, part_words
from classifier.taxonomy import Category
from classifier.terms import is_form_of

Floats = NDArray[np.float32]

_TELLING = 0.35  #: share of the strongest word's part from which a word is named beside it
_MOST_WORDS = 6
_MOST_PHRASES = 3
_STEM = 3  #: characters that a word and a term's word share at least
#: Thai, Lao, Burmese, Khmer, Japanese, Chinese: scripts that run on without spaces.
_UNSPACED = r"\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u1049\u1780-\u17d3\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_RUNS_ON = re.compile(f"[{_UNSPACED}]")
#: Words; in scripts that run on, characters.
_UNIT = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


class SpelledPassage:
    """The words of one passage, with what each adds to a linear score."""

    def __init__(self, text: str, rarity: Floats) -> None:
        self.text = text
        self._parted, self._owners = _part(text)
        columns, self._starts, self._ends = locate_ngrams(self._parted)
        distinct, inverse, counts = np.unique(columns, return_inverse=True, return_counts=True)
        weighted = (1.0 + np.log(counts)) * rarity[distinct]
        length = max(1e-6, float(np.sqrt((weighted**2).sum())))
        self._columns = columns
        self._values = (weighted / counts / length)[inverse].astype(np.float32)
        self._units = [match.span() for match in _UNIT.finditer(text)]

    def telling_words(self, weights: Floats) -> tuple[str, ...]:
        """Return the words that add most to a score, as they stand in the passage, the strongest first.

        Args:
            weights: of the score, (features,), n-grams first.
        """
        # What an n-gram adds is shared out among its characters, and theirs among the words they belong to.
        shares = self._values * weights[self._columns] / (self._ends - self._starts)
        steps = np.zeros(len(self._parted) + 1)
        np.add.at(steps, self._starts, shares)
        np.subtract.at(steps, self._ends, shares)
        parts = np.zeros(len(self.text))
        np.add.at(parts, self._owners, np.cumsum(steps)[:-1])
        sums = np.concatenate([[0.0], np.cumsum(parts)])
        added = [float(sums[end] - sums[start]) for start, end in self._units]
        least = _TELLING * max(added, default=0.0)
        order = sorted(range(len(added)), key=lambda i: -added[i])[:_MOST_WORDS]
        chosen = [i for i in order if added[i] >= max(least, 1e-4) and self._is_word(i)]
        runs = self._join(sorted(chosen))
        runs.sort(key=lambda run: -sum(added[i] for i in run))
        return tuple(self.text[self._units[r[0]][0] : self._units[r[-1]][1]] for r in runs[:_MOST_PHRASES])

    def cue_words(self, name: str, languages: Sequence[str]) -> tuple[str, ...]:
        """Return the words by which the passage shows a part (a group of cues), empty when it holds none."""
        span = locate_cue(self._parted, name, languages)
        return () if span is None else (self._as_written(*span),)

    def term_words(self, category: Category, languages: Sequence[str]) -> tuple[str, ...]:
        """Return the words of the passage that are those of a term of the category, or single words that hint at it."""
        for terms, needed in ((category.terms, 0.6), (category.hints, 1.0)):
            found = [self._match(term) for lang in languages for term in _prepare(terms.get(lang, ()))]
            share, places = max(found, key=lambda f: (f[0], len(f[1])), default=(0.0, []))
            if share >= needed:
                return self._phrase(places)
        return ()

    def _match(self, term: tuple[str, ...]) -> tuple[float, list[tuple[int, int]]]:
        """Return the share of a term's words that stand in the passage, and where."""
        candidates = (self._by_stem.get(wanted[:_STEM], ()) for wanted in term)
        found = (
            next((place for spelling, place in known if is_form_of(spelling, wanted)), None)
            for wanted, known in zip(term, candidates, strict=True)
        )
        places = [place for place in found if place is not None]
        return len(places) / max(1, len(term)), places

    @cached_property
    def _by_stem(self) -> dict[str, list[tuple[str, tuple[int, int]]]]:
        words: dict[str, list[tuple[str, tuple[int, int]]]] = defaultdict(list)
        for word, at in locate_words(self._parted):
            for spelling in spellings(word):
                words[spelling[:_STEM]].append((spelling, (at, at + len(word))))
        return words

    def _phrase(self, places: list[tuple[int, int]]) -> tuple[str, ...]:
        first, last = min(p[0] for p in places), max(p[1] for p in places)
        whole = self._as_written(first, last)
        if len(whole) <= 80:
            return (whole,)
        return tuple(dict.fromkeys(self._as_written(*place) for place in sorted(places)))[:_MOST_PHRASES]

    def _as_written(self, start: int, end: int) -> str:
        """Return a stretch of the parted text as the passage spells it, its last word whole."""
        owners = self._owners[start:end]
        first, last = int(owners.min()), int(owners.max()) + 1
        whole = next((stop for begin, stop in self._units if begin < last <= stop), last)
        return self.text[first:whole].strip()

    def _is_word(self, unit: int) -> bool:
        word = self.text[slice(*self._units[unit])]
        return (len(word) > 1 or bool(_RUNS_ON.match(word))) and any(c.isalpha() for c in word)

    def _join(self, chosen: Iterable[int]) -> list[list[int]]:
        """Join words that stand side by side, or with one short word between them."""
        runs: list[list[int]] = []
        for unit in chosen:
            if runs and unit - runs[-1][-1] <= 2 and self._units[unit][0] - self._units[runs[-1][-1]][1] <= 5:
                runs[-1].append(unit)
            else:
                runs.append([unit])
        return runs


def _part(text: str) -> tuple[str, NDArray[np.int64]]:
    """Return a text as it is counted, with the character of the text that each of its characters comes from."""
    pieces = [fold(character) for character in text]
    owners = np.repeat(np.arange(len(text), dtype=np.int64), [len(piece) for piece in pieces])
    folded = "".join(pieces)
    parted, places, at = [" "], [0], 0
    for word in re.finditer(r"\S+", part_words(folded)):
        at = folded.find(word.group(), at)
        parted.append(word.group() + " ")
        places += [*range(at, at + len(word.group())), at + len(word.group()) - 1]
        at += len(word.group())
    own = owners[np.array(places, np.int64)] if len(owners) else np.zeros(len(places), np.int64)
    return "".join(parted), own


@lru_cache(maxsize=4096)
def _prepare(terms: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the telling words of each term, folded, without grown-on articles."""
    prepared = []
    for term in terms:
        words = split_words(fold(term))
        telling = [w for w in words if len(w) > 2 or not w.isascii()] or words
        prepared.append(tuple(dict.fromkeys(spellings(w)[-1] for w in telling)))
    return tuple(p for p in prepared if p)
