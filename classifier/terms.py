"""Finds the taxonomy's terms in passages of any language, whatever their inflection, order and small words between."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from classifier.folding import fold, spellings, split_words
from classifier.taxonomy import Taxonomy, Terms

Floats = NDArray[np.float32]
_Words = tuple[tuple[int, ...], int]  #: numbers of words, and the topic they speak for

_STEM = 3  #: characters that a word and a term's word share at least
_REMEMBERED = 200_000  #: words whose matches are kept


@dataclass(frozen=True, slots=True)
class TermSignals:
    """What the terms say of passages; arrays are (passages, topics)."""

    coverage: Floats  #: the best term's share of words found, by weight, 0..1
    full: Floats  #: 1 where a whole term stands that no longer one contains
    hint: Floats  #: how much single words of terms speak for the topic, 0..


@dataclass(frozen=True, slots=True)
class _LanguageTerms:
    word_ids: NDArray[np.intp]  #: (words,) numbers in the lexicon
    weights: Floats  #: (words,) how telling a word is, 0..1
    shares: Floats  #: (words, topics) weight times share of the word's terms that belong to the topic
    terms: Floats  #: (words, terms) each term's words, by weight, summing to 1
    topics: NDArray[np.intp]  #: (terms,) topic of each term
    contains: Floats  #: (terms, terms) 1 where the row's term holds the column's, of another topic


class Lexicon:
    """The terms of all languages, made ready for matching.

    Topics are the taxonomy's categories in order, then its markers.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._entries = [c.terms for c in taxonomy.categories] + list(taxonomy.markers.values())
        self._hints = [c.hints for c in taxonomy.categories]
        self.topic_count = len(self._entries)
        self.languages = taxonomy.languages
        self._numbers: dict[str, int] = {}
        self._word_lists: dict[str, list[_Words]] = {}
        self._hint_lists: dict[str, list[_Words]] = {}
        for language in taxonomy.languages:
            self._word_lists[language] = self._number_terms(language, self._entries)
            self._hint_lists[language] = self._number_terms(language, self._hints)
        self._by_stem: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word, number in self._numbers.items():
            self._by_stem[word[:_STEM]].append((word, number))
        self._tables: dict[str, _LanguageTerms] = {}
        self._remembered: dict[str, tuple[int, ...]] = {}

    def find(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the terms' words that a folded word of a letter may be a form of."""
        known = self._remembered.get(word)
        if known is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            known = self._remembered[word] = self._find(word)
        return known

    def speakers(self, words: Sequence[Sequence[int]], preferred: Sequence[str]) -> tuple[str, ...]:
        """Return the languages whose terms apply: the preferred, and the one whose words the text holds most of."""
        counts = self._presence(words).sum(axis=0)
        scores = self._language_weights @ np.minimum(counts, 3.0)
        order = [int(i) for i in np.argsort(-scores, kind="stable")[:2]]
        best = [self.languages[i] for i in order if scores[i] > max(0.0, 0.7 * scores[order[0]])]
        return tuple(dict.fromkeys([*preferred, *(best[:1] if preferred else best)]))

    def signals(self, words: Sequence[Sequence[int]], languages: Sequence[str]) -> TermSignals:
        """Return what the terms of ``languages`` say of passages, each given as the words found in it."""
        shape = (len(words), self.topic_count)
        coverage, full, hint = (np.zeros(shape, np.float32) for _ in range(3))
        present = self._presence(words)
        for language in languages:
            table = self._table(language)
            here = present[:, table.word_ids]
            covered = here @ table.terms
            whole = (covered > 0.995).astype(np.float32)
            whole *= (whole @ table.contains) < 0.5
            for topic in range(self.topic_count):
                of_topic = self._columns(table, topic)
                if of_topic.size:
                    coverage[:, topic] = np.maximum(coverage[:, topic], covered[:, of_topic].max(axis=1, initial=0))
                    full[:, topic] = np.maximum(full[:, topic], whole[:, of_topic].max(axis=1, initial=0))
            hint = np.maximum(hint, here @ table.shares)
        return TermSignals(coverage, full, hint)

    def _columns(self, table: _LanguageTerms, topic: int) -> NDArray[np.intp]:
        left, right = np.searchsorted(table.topics, [topic, topic + 1])
        return np.arange(left, right)

    def _presence(self, words: Sequence[Sequence[int]]) -> Floats:
        present = np.zeros((len(words), len(self._numbers)), np.float32)
        for row, found in enumerate(words):
            present[row, list(found)] = 1.0
        return present

    @cached_property
    def _language_weights(self) -> Floats:
        weights = np.zeros((len(self.languages), len(self._numbers)), np.float32)
        for row, language in enumerate(self.languages):
            numbers = {n for term, _ in self._word_lists[language] for n in term}
            weights[row, list(numbers)] = 1.0
        shared = np.maximum(weights.sum(axis=0), 1.0)
        weights /= np.sqrt(shared)
        return weights

    def _number_terms(self, language: str, entries: Sequence[Terms]) -> list[_Words]:
        numbered = []
        for topic, entry in enumerate(entries):
            for term in entry.get(language, ()):
                words = split_words(fold(term))
                telling = [w for w in words if len(w) > 2 or not w.isascii()] or words
                ids = tuple(
                    dict.fromkeys(self._numbers.setdefault(spellings(w)[-1], len(self._numbers)) for w in telling)
                )
                if ids:
                    numbered.append((ids, topic))
        return numbered

    def _find(self, word: str) -> tuple[int, ...]:
        found = {
            number
            for spelling in spellings(word)
            for candidate, number in self._by_stem.get(spelling[:_STEM], ())
            if is_form_of(spelling, candidate)
        }
        return tuple(sorted(found))

    def _table(self, language: str) -> _LanguageTerms:
        if language not in self._tables:
            self._tables[language] = self._build_table(self._word_lists[language], self._hint_lists[language])
        return self._tables[language]

    def _build_table(self, terms: list[_Words], hints: list[_Words]) -> _LanguageTerms:
        ids = sorted({n for words, _ in terms + hints for n in words})
        column = {n: i for i, n in enumerate(ids)}
        shares = np.zeros((len(ids), self.topic_count), np.float32)
        for words, topic in terms + hints:
            shares[[column[n] for n in words], topic] += 1.0
        topics_of_word = (shares > 0).sum(axis=1)
        weights = (np.log((self.topic_count + 1) / topics_of_word) / np.log(self.topic_count + 1)).astype(np.float32)
        shares = shares / shares.sum(axis=1, keepdims=True) * weights[:, None] ** 2
        matrix = np.zeros((len(ids), len(terms)), np.float32)
        for t, (words, _) in enumerate(terms):
            rows = [column[n] for n in words]
            matrix[rows, t] = weights[rows] / weights[rows].sum()
        topics = np.array([topic for _, topic in terms], np.intp)
        held = (matrix > 0).astype(np.float32)
        sizes = held.sum(axis=0)
        within = (held.T @ held >= sizes[None, :]) & (sizes[None, :] < sizes[:, None])
        contains = (within & (topics[:, None] != topics[None, :])).astype(np.float32)
        return _LanguageTerms(np.array(ids, np.intp), weights, shares.astype(np.float32), matrix, topics, contains)


def is_form_of(word: str, term_word: str) -> bool:
    """Whether a word of a letter may be an inflected form of a term's word; both folded.

    >>> is_form_of("zeugen", "zeuge"), is_form_of("арестован", "арест"), is_form_of("ran", "rane")
    (True, True, False)
    """
    if word == term_word:
        return True
    size, term_size = len(word), len(term_word)
    if term_size <= 3 or size < 4:
        return False
    shared = 0
    for a, b in zip(word, term_word, strict=False):
        if a != b:
            break
        shared += 1
    needed = term_size if term_size == 4 else term_size - 1 if term_size <= 6 else -(-term_size * 7 // 10)
    return shared >= needed and size - shared <= max(3, min(7, term_size))
