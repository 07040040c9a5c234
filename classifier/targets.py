"""What training letters teach, passage by passage, and how they are split so that no pattern stands on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from classifier.features import LetterFeatures
from classifier.heads import LETTER_HEADS, ROLE_HEADS
from classifier.pairs import facet_columns
from classifier.samples import Span, TrainingLetter
from classifier.taxonomy import load_taxonomy

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

#: Varieties of one language: none may be in training while another is left out of it.
_VARIETIES = {"zh-Hant": "zh", "sr-Latn": "sr", "sr-Cyrl": "sr", "uz-Cyrl": "uz"}


@dataclass(frozen=True, slots=True)
class Targets:
    """What is right for one letter; P passages, C categories."""

    topics: Flags  #: (P, C) the passage is about the code, in whatever part
    pairs: Flags  #: (P, C) the passage asks for it now, or names it as the case's offence
    roles: Flags  #: (P, ROLE_HEADS)
    letter: Flags  #: (LETTER_HEADS,)
    codes: Flags  #: (C,) the letter's labels
    primary: Flags  #: (C,) the primary request type and offence


def find_targets(letter: TrainingLetter, features: LetterFeatures) -> Targets:
    """Return what a letter teaches."""
    categories = load_taxonomy().categories
    columns = {(str(c.facet), c.code): i for i, c in enumerate(categories)}
    shape = (len(features.passages), len(categories))
    topics, pairs = np.zeros(shape, bool), np.zeros(shape, bool)
    roles = np.zeros((shape[0], len(ROLE_HEADS)), bool)
    for span in letter.spans:
        rows = _covered(features, span)
        roles[rows, ROLE_HEADS.index(span.role)] = True
        facets = {"ask": ("request_type",), "offence": ("offence",)}.get(span.role, ("request_type", "offence"))
        for facet in facets:
            column = columns.get((facet, span.code or ""))
            if column is not None:
                topics[rows, column] = True
                pairs[rows, column] |= span.role in ("ask", "offence")
    roles[:, -1] = ~roles.any(axis=1)
    codes, primary = np.zeros(shape[1], bool), np.zeros(shape[1], bool)
    for facet, given in (("request_type", letter.request_types), ("offence", letter.offences)):
        for code in given:
            codes[columns[facet, code]] = True
        if given:
            primary[columns[facet, given[0]]] = True
    kinds = {"is_request": letter.is_request, "civil": letter.civil}
    kinds["spontaneous_information"] = letter.kind == "spontaneous_information"
    return Targets(topics, pairs, roles, np.array([kinds[k] for k in LETTER_HEADS]), codes, primary)


def language_group(language: str) -> str:
    """Return what the varieties of a language have in common."""
    return _VARIETIES.get(language, language)


def split_by_template(letters: Sequence[TrainingLetter], count: int, seed: int) -> NDArray[np.intp]:
    """Return the fold (0..count-1) of each letter; letters of one template share theirs."""
    names = sorted({letter.template for letter in letters}, key=lambda t: sha256(f"{seed} {t}".encode()).digest())
    folds = {name: i % count for i, name in enumerate(names)}
    return np.array([folds[letter.template] for letter in letters], np.intp)


def split_by_language(letters: Sequence[TrainingLetter], count: int | None) -> NDArray[np.intp]:
    """Return the fold of each letter so that a language is never split; ``count`` None gives each language its own."""
    groups = [language_group(letter.language) for letter in letters]
    names = sorted(set(groups), key=lambda g: (-groups.count(g), g))
    folds = {name: i if count is None else i % count for i, name in enumerate(names)}
    return np.array([folds[group] for group in groups], np.intp)


def columns_of(targets: Targets) -> tuple[Flags, Flags]:
    """Return the pairs of request types and of offences."""
    return targets.pairs[:, facet_columns("request_type")], targets.pairs[:, facet_columns("offence")]


def _covered(features: LetterFeatures, span: Span) -> list[int]:
    """Return the passages that a span covers by half, or that hold half of the span."""
    rows = []
    for row, passage in enumerate(features.passages):
        shared = min(passage.end, span.end) - max(passage.start, span.start)
        if shared > 0 and 2 * shared >= min(span.end - span.start, passage.end - passage.start):
            rows.append(row)
    return rows
