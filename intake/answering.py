"""Which model answers for a letter: the one in use, looked up for each letter and loaded once."""

import logging

from classifier.model import Model, ModelDamaged
from classifier.shelf import ModelUnknown, Shelf
from intake.errors import ModelRefused

log = logging.getLogger(__name__)


def open_sound(shelf: Shelf) -> Model:
    """The model in use, or, where that may not answer, the newest that answered before it and may.

    Raises:
        ModelRefused: when none may, or none was ever put into use.
    """
    fault = "no model is in use: run `rogatory train`"
    try:
        wanted = shelf.history()
    except ModelDamaged as error:
        raise ModelRefused(str(error)) from error
    for identity in reversed(wanted):
        try:
            model = shelf.open(identity)
        except (ModelDamaged, ModelUnknown) as error:
            log.error("model %s may not answer: %s", identity, error)
            fault = f"{identity}: {error}" if identity == wanted[-1] else fault
        else:
            return model
    raise ModelRefused(fault)


class ModelInUse:
    """The model that answers; while another cannot be loaded, the one that answered goes on."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._model: Model | None = None
        self._refused: str | None = None

    def __call__(self) -> Model:
        """Return the model in use.

        Raises:
            ModelRefused: when none may answer.
        """
        if self._model is None:
            self._model = open_sound(self._shelf)
            return self._model
        try:
            wanted = self._shelf.in_use()
            if wanted not in (None, self._model.card.id):
                self._model, self._refused = self._shelf.open(wanted), None
        except (ModelDamaged, ModelUnknown) as error:
            if self._refused != str(error):  # said once, not for each letter
                self._refused = str(error)
                log.error("a model may not answer, %s goes on: %s", self._model.card.id, error)
        return self._model
