"""What a training learns from: the letters, letters composed of passages, and the ways to hold some of them back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from classifier.features import read_features
from classifier.fitting import Lesson
from classifier.meaning import add_meanings
from classifier.noise import scan_some
from classifier.phrases import Phrase, compose_letters
from classifier.samples import TrainingLetter
from classifier.targets import find_targets, language_group, split_by_language, split_by_template

Folds = NDArray[np.intp]

_FOLDS = 3
_LANGUAGE_GROUPS = 3
#: of the letters, as OCR gives them: in learning and in validation
_SCANNED = 0.4


@dataclass(frozen=True, slots=True)
class Way:
    """One way to leave letters out."""

    folds: Folds  #: of each letter, 0-based
    by_language: bool  #: no language is on both sides


@dataclass(frozen=True, slots=True)
class Material:
    """All that one training learns from."""

    letters: tuple[TrainingLetter, ...]
    lessons: tuple[Lesson, ...]  #: of the letters
    composed: tuple[Lesson, ...]  #: learnt from, never judged by
    composed_languages: tuple[str, ...]  #: the group of each

    def without(self, way: Way, fold: int) -> list[Lesson]:
        """Return what may be learnt when a fold is held back."""
        kept = [lesson for lesson, f in zip(self.lessons, way.folds, strict=True) if f != fold]
        held = {language_group(le.language) for le, f in zip(self.letters, way.folds, strict=True) if f == fold}
        away = held if way.by_language else frozenset()
        extra = zip(self.composed, self.composed_languages, strict=True)
        return kept + [lesson for lesson, group in extra if group not in away]


def gather(letters: Sequence[TrainingLetter], phrases: Sequence[Phrase], seed: int) -> Material:
    """Turn letters and passages into lessons, some of them as a scan would give them.

    Raises:
        ValueError: when a letter holds no text.
        EncoderMissing: when the sentence encoder is not installed.
    """
    composed = scan_some(compose_letters(phrases, seed), _SCANNED, seed)
    read = scan_some(letters, _SCANNED, seed)
    lessons = [_lesson(letter, composed=False) for letter in read]
    lessons += [_lesson(letter, composed=True) for letter in composed]
    meant = add_meanings([lesson.features for lesson in lessons])
    lessons = [replace(lesson, features=features) for lesson, features in zip(lessons, meant, strict=True)]
    return Material(
        tuple(letters),
        tuple(lessons[: len(read)]),
        tuple(lessons[len(read) :]),
        tuple(language_group(letter.language) for letter in composed),
    )


def ways_to_split(letters: Sequence[TrainingLetter], seed: int, *, each_language_alone: bool) -> list[Way]:
    """Return the ways of holding back: by template, and by language when there are several."""
    ways = [Way(split_by_template(letters, min(_FOLDS, len({le.template for le in letters})), seed), by_language=False)]
    by_language = split_by_language(letters, None if each_language_alone else _LANGUAGE_GROUPS)
    return [*ways, Way(by_language, by_language=True)] if by_language.max() > 0 else ways


def _lesson(letter: TrainingLetter, *, composed: bool) -> Lesson:
    features = read_features([letter.text], letter.language)
    if features is None:
        raise ValueError(f"letter {letter.id} holds no text")
    return Lesson(features, find_targets(letter, features), letter.weight, composed)
