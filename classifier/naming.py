"""Names what a step of the model saw: the words of the letter behind a kind of input."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from classifier.cues import CUE_NAMES, quote_citations
from classifier.decision import LetterView
from classifier.folding import fold
from classifier.heads import Heads
from classifier.pairs import facet_columns
from classifier.provisions import ProvisionMatch, find_provisions
from classifier.spelled import SpelledPassage
from classifier.taxonomy import Facet, load_taxonomy

LONGEST = 100  #: characters of a heading or of the opening of a list
#: Which group of cues shows the part that a passage plays.
_CUES = {"asks": "ask", "charges": "charge", "done": "done", "announced": "later", "denied": "none"}


@dataclass(frozen=True, slots=True)
class Named:
    """The words behind a reason."""

    words: tuple[str, ...] = ()
    other: str | None = None  #: code that fits the passage better
    state: str | None = None  #: ISO 3166-1 alpha-2, whose law is cited


class Namer:
    """Names reasons in one letter; every passage is taken apart once."""

    def __init__(self, heads: Heads, view: LetterView, language: str | None) -> None:
        self._heads, self._view, self._language = heads, view, language
        self._spelled: dict[int, SpelledPassage] = {}

    def name(self, kind: str, facet: Facet, row: int, column: int, *, speaks_for: bool) -> Named:
        """Return the words of a passage behind a kind of ``pair_inputs``.

        Args:
            kind: of the input.
            facet: of the label.
            row: number of the passage.
            column: number of the code within its facet.
            speaks_for: whether it speaks for the label.
        """
        topic = facet_columns(facet).start + column
        if kind == "wording":
            return self._wording(facet, row, topic, speaks_for=speaks_for)
        if kind == "term":
            category = load_taxonomy().categories[topic]
            return Named(self._passage(row).term_words(category, self._view.features.languages) if speaks_for else ())
        if kind == "cited":
            return self._citation(row, topic)
        if kind == "list":
            intro = int(self._view.features.intro[row])
            return Named((self._short(intro),) if intro != row else ())
        cue = _CUES.get(kind)
        return Named(self._passage(row).cue_words(cue, self._view.features.languages) if cue else ())

    def heading(self, facet: Facet, column: int) -> tuple[str, ...]:
        """Return the heading, or line of the opening, whose wording is nearest to a code."""
        features = self._view.features
        eligible = (features.places[:, 4] > 0) | (np.arange(len(features.passages)) < 8)
        topics = self._view.scores.topics[:, facet_columns(facet).start + column]
        return (self._short(int(np.where(eligible, topics, -np.inf).argmax())),)

    def letter_words(self, kind: str) -> tuple[str, ...]:
        """Return the words of the letter behind a kind of ``request_inputs``."""
        features = self._view.features
        cue = kind.removeprefix("cue_") if kind.startswith("cue_") else _CUES.get(kind)
        if cue not in CUE_NAMES:
            return ()
        rows = np.flatnonzero(features.cues[:, CUE_NAMES.index(cue)])[:2]
        words = (self._passage(int(row)).cue_words(cue, features.languages) for row in rows)
        return tuple(dict.fromkeys(word for found in words for word in found))

    def _wording(self, facet: Facet, row: int, topic: int, *, speaks_for: bool) -> Named:
        if speaks_for:
            return Named(self._passage(row).telling_words(self._weights(topic)))
        columns = facet_columns(facet)
        best = int(self._view.scores.topics[row, columns].argmax()) + columns.start
        if best == topic or self._view.scores.topics[row, best] < 0.0:
            return Named()
        words = self._passage(row).telling_words(self._weights(best))
        return Named(words, load_taxonomy().categories[best].code)

    def _weights(self, topic: int) -> NDArray[np.float32]:
        return self._heads.passage_weights[:, topic].astype(np.float32)

    def _citation(self, row: int, topic: int) -> Named:
        category = load_taxonomy().categories[topic]
        text = self._view.features.passages[row].text
        for code, words in quote_citations(fold(text)):
            if code == category.code:
                return Named((words,))
        start = self._starts[row]
        for match in self._provisions:
            if match.code == category.code and start <= match.start < start + len(text):
                parts = (self._joined[match.start : match.end], match.law)
                return Named(tuple(" ".join(part.split()) for part in parts if part), state=match.state)
        return Named()

    def _passage(self, row: int) -> SpelledPassage:
        if row not in self._spelled:
            self._spelled[row] = SpelledPassage(self._view.features.passages[row].text, self._heads.rarity)
        return self._spelled[row]

    def _short(self, row: int) -> str:
        text = " ".join(self._view.features.passages[row].text.split())
        return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"

    @cached_property
    def _joined(self) -> str:
        return "\n".join(passage.text for passage in self._view.features.passages)

    @cached_property
    def _starts(self) -> list[int]:
        sizes = [len(passage.text) + 1 for passage in self._view.features.passages]
        return [0, *np.cumsum(sizes).tolist()]

    @cached_property
    def _provisions(self) -> list[ProvisionMatch]:
        return find_provisions(self._joined, self._language)
