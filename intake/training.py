"""Training a model from the training text, at set-up and when an administrator asks for it."""

import logging
from collections.abc import Callable
from pathlib import Path

from classifier.model import ModelDamaged
from classifier.samples import load_letters
from classifier.shelf import ModelUnknown, Shelf
from classifier.training import TrainingResult, train

log = logging.getLogger(__name__)

#: The text that comes along, beside the packages.
TRAINING_DATA = Path(__file__).parent.parent / "training_data"


def train_candidate(source: Path, shelf: Path, report: Callable[[str], None]) -> tuple[str, TrainingResult]:
    """Train on all letters of a folder and put the candidate on the shelf; what is in use stays in use.

    Args:
        source: folder of training data; its letters lie in ``letters/*.jsonl``.
        shelf: folder of the shelf.
        report: is told of each step.

    Returns:
        The candidate's id and how good it is.

    Raises:
        SampleError: when a training letter is out of form, with file and line.
        ValueError: when there are too few letters.
    """
    model, result = train(load_letters(source / "letters"), report=report)
    return Shelf(shelf).add(model), result


def usable_model(shelf: Path) -> bool:
    """Whether a model is in use that this version can load."""
    try:
        Shelf(shelf).open()
    except (ModelUnknown, ModelDamaged):
        return False
    return True


def ensure_model(shelf: Path) -> None:
    """Train from the text that comes along, and put into use, when no usable model is in use."""
    if not usable_model(shelf):
        log.info("training the first model; this takes some minutes, once")
        model_id, _ = train_candidate(TRAINING_DATA, shelf, log.info)
        Shelf(shelf).promote(model_id)
