"""Training a model from the training text and from confirmed letters, and comparing it with the one in use."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from classifier.card import Card
from classifier.comparison import Comparison, compare, examine
from classifier.encoder_weights import EncoderMissing
from classifier.keeping_out import Group, Split, TestPart, group_by_template, hash_all
from classifier.model import Model, ModelDamaged, ModelForeign
from classifier.phrases import load_phrases
from classifier.samples import load_letters
from classifier.shelf import Shelf
from classifier.training import TrainingResult, train
from intake.answering import open_sound
from intake.errors import ModelRefused

log = logging.getLogger(__name__)

#: The text that comes along, beside the packages.
TRAINING_DATA = Path(__file__).parent.parent / "training_data"
_TEST_PART = "test_part"


@dataclass(frozen=True, slots=True)
class School:
    """What models learn from, and the shelf they stand on."""

    shelf: Shelf
    source: Path = TRAINING_DATA  #: folder of training data: ``letters/*.jsonl`` and ``passages/*.jsonl``
    #: Confirmed letters of the register; a model helps to find the sentences that the codes rest on.
    confirmed: Callable[[Model], list[Group]] = lambda _: []


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a training gave."""

    card: Card
    result: TrainingResult
    comparison: Comparison | None  #: with the model in use; None when none is

    def counts(self) -> dict[str, Any]:
        """Numbers and hashes for the trail."""
        card = self.card
        return {"letters": card.letters, "confirmed": card.confirmed_letters, **card.hashes}


def train_candidate(school: School, report: Callable[[str], None]) -> Candidate:
    """Train on everything but the frozen test part and put the candidate on the shelf; what is in use stays in use.

    Args:
        school: what to learn from.
        report: is told of each step.

    Raises:
        SampleError: when a training letter is out of form, with file and line.
        ValueError: when there are too few letters.
        EncoderMissing: when the sentence encoder is not installed.
        KeyUnusable: when the candidate cannot be signed here.
        ModelDamaged: when what the shelf remembers of the test part cannot be read.
    """
    text, confirmed = _groups(school)
    part = TestPart(school.shelf.root)
    part.remember([*text, *confirmed])
    split = part.split([*text, *confirmed])
    report(f"{len(split.learn)} letters to learn from, {len(split.test)} kept out to compare on")
    model, result = train(split.learn, load_phrases(school.source / "passages"), report=report)
    tested = examine(model, split.test)
    own = {letter.id for letter in split.learn if letter.origin == "confirmed"}
    card = replace(
        model.card,
        hashes={
            "training_text": hash_all(letter for letter in split.learn if letter.id not in own),
            "confirmed_letters": hash_all(letter for letter in split.learn if letter.id in own),
            _TEST_PART: split.test_sha256,
        },
        confirmed_letters=len(own),
        test_figures=tested.to_json() if tested else {},
    )
    card = replace(card, id=school.shelf.add(model, card))
    before = _usable(school.shelf)
    return Candidate(card, result, _compare(before, Model(model.parts, card), split) if before else None)


def compare_models(school: School, candidate: str, in_use: str) -> Comparison:
    """Compare two models on the frozen test part.

    Raises:
        ModelUnknown: when there is no such model.
        ModelDamaged: when one of them may not answer.
    """
    before, after = school.shelf.open(in_use), school.shelf.open(candidate)
    text, confirmed = _groups(school)
    return _compare(before, after, TestPart(school.shelf.root).split([*text, *confirmed]))


def _groups(school: School) -> tuple[list[Group], list[Group]]:
    helper = _usable(school.shelf)
    confirmed = school.confirmed(helper) if helper else []
    return group_by_template(load_letters(school.source / "letters")), confirmed


def _compare(in_use: Model, candidate: Model, split: Split) -> Comparison:
    before, after = examine(in_use, split.test), examine(candidate, split.test)
    return Comparison(
        candidate.card.id,
        in_use.card.id,
        split.test_sha256,
        len(split.test),
        is_fair=all(_TEST_PART in card.hashes for card in (in_use.card, candidate.card)),
        rows=compare(before, after) if before and after else (),
    )


def _usable(shelf: Shelf) -> Model | None:
    try:
        return open_sound(shelf)
    except ModelRefused:
        return None


def has_usable_model(shelf: Shelf) -> bool:
    """Whether a model that was put into use may answer."""
    return _usable(shelf) is not None


def ensure_model(school: School) -> None:
    """Train from the text that comes along, and put into use, when no model was ever in use or all are of before.

    Raises:
        ModelRefused: when models were in use and none may answer; which may is for a person to say. Also when none can
            be trained because the sentence encoder is missing.
    """
    shelf = school.shelf
    if has_usable_model(shelf):
        return
    if shelf.history() and not _is_of_another_version(shelf):
        open_sound(shelf)  # raises, with the reason
    log.info("training the first model; this takes some minutes, once")
    try:
        candidate = train_candidate(school, log.info)
    except EncoderMissing as error:
        raise ModelRefused(str(error)) from error
    shelf.promote(candidate.card.id)


def _is_of_another_version(shelf: Shelf) -> bool:
    try:
        shelf.open()
    except ModelForeign:
        return True
    except ModelDamaged:
        return False
    return False
