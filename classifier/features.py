"""What a letter shows before anything is learnt: its passages with counts, terms, cues, citations and places."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from classifier.cues import CUE_NAMES, find_citations, find_cues, find_shape
from classifier.folding import fold, split_words
from classifier.ngrams import count_ngrams
from classifier.passages import Passage, split_passages
from classifier.provisions import offence_signals
from classifier.screening import Aside, set_aside
from classifier.taxonomy import known_languages, load_taxonomy
from classifier.terms import Lexicon, TermSignals

Floats = NDArray[np.float32]

PLACE_NAMES = ("position", "in_opening", "in_closing", "is_item", "is_heading", "length", "list_length")


@dataclass(frozen=True, slots=True)
class LetterFeatures:
    """A letter as the model sees it; P is its number of passages, C the number of categories."""

    passages: tuple[Passage, ...]
    languages: tuple[str, ...]  #: of the taxonomy, whose terms and cues were applied
    ngrams: csr_matrix  #: (P, WIDTH) damped counts
    terms: TermSignals  #: each (P, C)
    markers: Floats  #: (P, markers) coverage
    cited: Floats  #: (P, C) how surely an article of a treaty or of a State's law stands for the code, 0..1
    cues: Floats  #: (P, CUE_NAMES)
    shapes: Floats  #: (P, SHAPE_NAMES)
    places: Floats  #: (P, PLACE_NAMES)
    intro: NDArray[np.intp]  #: (P,) the passage that introduces the list a passage stands in, else itself
    aside: tuple[tuple[Passage, Aside], ...] = ()  #: what is not the letter's own words, and why; not among passages
    #: (P, MEANING_SIZE) what each passage means; without columns until ``add_meaning`` has looked
    meaning: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))


@cache
def shared_lexicon() -> Lexicon:
    """Return the lexicon of the package's taxonomy; it is built once."""
    return Lexicon(load_taxonomy())


def read_features(pages: Sequence[str], language: str | None) -> LetterFeatures | None:
    """Return the features of a letter but for what it means, or None when it holds no text of its own."""
    found = split_passages(pages)
    if not found:
        return None
    folded = [fold(p.text) for p in found]
    seen = _look(folded, language)
    count = len(load_taxonomy().categories)
    aside = set_aside(pages, found, folded, seen.signals.full[:, :count], seen.cues)
    left_out = tuple((found[row], why) for row, why in aside.items())
    kept = [row for row in range(len(found)) if row not in aside]
    if not kept:
        return None
    if left_out:
        # What was set aside has no say in which languages the letter speaks either.
        found, folded = [found[row] for row in kept], [folded[row] for row in kept]
        seen = _look(folded, language)
    signals = seen.signals
    return LetterFeatures(
        passages=tuple(found),
        languages=seen.languages,
        ngrams=count_ngrams(folded),
        terms=TermSignals(*(part[:, :count] for part in (signals.coverage, signals.full, signals.hint))),
        markers=signals.coverage[:, count:],
        cited=_mark_citations(found, folded, language),
        cues=seen.cues,
        shapes=np.array([find_shape(p.text) for p in found], np.float32),
        places=_place(found),
        intro=_find_introductions(found),
        aside=left_out,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the words of passages show, in the languages that apply to them."""

    languages: tuple[str, ...]
    signals: TermSignals
    cues: Floats


def _look(folded: Sequence[str], language: str | None) -> _Seen:
    lexicon = shared_lexicon()
    words = [sorted({n for w in split_words(f) for n in lexicon.find(w)}) for f in folded]
    languages = lexicon.speakers(words, known_languages(language))
    cues = np.array([find_cues(f, languages) for f in folded], np.float32)
    return _Seen(languages, lexicon.signals(words, languages), cues)


def _mark_citations(passages: Sequence[Passage], folded: Sequence[str], language: str | None) -> Floats:
    taxonomy = load_taxonomy()
    codes = [c.code for c in taxonomy.categories]
    cited = np.zeros((len(folded), len(codes)), np.float32)
    for row, text in enumerate(folded):
        found = find_citations(text)
        for column, code in enumerate(codes):
            cited[row, column] = code in found
    of_laws = offence_signals([p.text for p in passages], language)
    columns = [at for at, category in enumerate(taxonomy.categories) if category.facet == "offence"]
    cited[:, columns] = np.maximum(cited[:, columns], of_laws)
    return cited


def _place(passages: Sequence[Passage]) -> Floats:
    count = len(passages)
    items = np.cumsum([p.is_item for p in passages])
    rows = [
        (
            i / max(1, count - 1),
            float(i < 6),
            float(i >= count - 4),
            float(p.is_item),
            float(p.is_heading),
            min(1.0, len(p.text) / 400),
            min(1.0, float(items[min(count - 1, i + 4)] - items[max(0, i - 5)]) / 6),
        )
        for i, p in enumerate(passages)
    ]
    return np.array(rows, np.float32)


def _find_introductions(passages: Sequence[Passage]) -> NDArray[np.intp]:
    """Point every item to the passage that opens its list: the last before it that ends with a colon, or its like."""
    intro = np.arange(len(passages), dtype=np.intp)
    opener: int | None = None
    for i, passage in enumerate(passages):
        if passage.text.endswith((":", "：", "—", ": -")):
            opener = i
        elif opener is not None and (passage.is_item or i - opener <= 2):
            intro[i] = opener
        elif opener is not None and i - opener > 25:
            opener = None
        elif opener is not None and i and passages[i - 1].is_item and not passage.is_heading:
            intro[i] = opener
    return intro


#: Which cue says that a passage asks: used where lists inherit the purpose of their opening.
ASK_CUE = CUE_NAMES.index("ask")
