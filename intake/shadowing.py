"""A candidate that answers beside the model in use: for new letters, after them, and never shown as the answer."""

import logging
from collections.abc import Callable
from typing import Any

from classifier.model import Model, ModelDamaged
from classifier.shelf import ModelUnknown, Shelf
from classifier.values import Classification
from intake.seams import Describer
from storage.database import Job
from storage.values import Letter

log = logging.getLogger(__name__)

TASK = "shadow"


class Shadows:
    """Which model answers beside the one in use, loaded once."""

    def __init__(self, shelf: Shelf, make: Callable[[Model], Describer]) -> None:
        self._shelf, self._make = shelf, make
        self._last: tuple[str, Describer] | None = None

    def jobs(self, letter: Letter) -> tuple[Job, ...]:
        """The job that lets the shadow answer for a letter that is being described, or none without a shadow."""
        try:
            beside = self._shelf.shadow()
        except ModelDamaged:
            return ()
        return (Job(TASK, {"letter_id": str(letter.id), "model": beside}),) if beside else ()

    def describer(self, model_id: str) -> Describer | None:
        """What describes letters with a shadow; None when it is no longer one or may not answer."""
        try:
            if self._shelf.shadow() != model_id:
                return None
            if self._last is None or self._last[0] != model_id:
                self._last = (model_id, self._make(self._shelf.open(model_id)))
        except (ModelDamaged, ModelUnknown) as error:
            log.error("model %s may not answer beside the one in use: %s", model_id, error)
            return None
        return self._last[1]


def answer_report(answer: Classification) -> dict[str, Any]:
    """What is kept of a shadow's answer: codes and confidences, no words of the letter."""
    given = {"request_types": answer.request_types, "offences": answer.offences}
    return {
        "model": answer.model,
        "is_request": {"value": answer.is_request},
        **{
            name: [{"code": label.code, "confidence": round(label.confidence, 3)} for label in labels]
            for name, labels in given.items()
        },
    }
