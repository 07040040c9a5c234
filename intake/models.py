"""The models as administrators meet them: look, promote, roll back; each change stands in the trail."""

from collections.abc import Callable
from datetime import datetime

from classifier.card import Card
from classifier.model import ModelDamaged
from classifier.shelf import ModelUnknown, Shelf
from intake.errors import Conflict, IntakeError, NotFound
from storage import trail
from storage.database import Database
from storage.values import Actor


class Models:
    """The shelf of models with a line in the trail for every change."""

    def __init__(self, shelf: Shelf, database: Database, clock: Callable[[], datetime]) -> None:
        self._shelf, self._database, self._clock = shelf, database, clock

    def cards(self) -> list[Card]:
        """Cards of all sound models, the newest first."""
        return self._shelf.models()

    def in_use(self) -> str | None:
        """Id of the model that answers, or None."""
        return self._shelf.in_use()

    def promote(self, model_id: str, actor: Actor) -> None:
        """Let a model answer from now on.

        Raises:
            NotFound: when there is no such model.
            Conflict: when it is damaged; the one in use stays.
        """
        before = self._shelf.in_use()
        _try(lambda: self._shelf.promote(model_id), NotFound())
        with self._database.transaction() as connection:
            details = {"from": before, "to": self._shelf.in_use()}
            trail.record(connection, actor, "promoted", None, self._clock(), details)

    def rollback(self, actor: Actor) -> None:
        """Let the model answer again that answered before.

        Raises:
            Conflict: when there is none, or it is damaged; the one in use stays.
        """
        before = self._shelf.in_use()
        _try(self._shelf.rollback, Conflict("No model was in use before this one."))
        with self._database.transaction() as connection:
            details = {"from": before, "to": self._shelf.in_use()}
            trail.record(connection, actor, "rolled_back", None, self._clock(), details)


def _try(change: Callable[[], object], unknown: IntakeError) -> None:
    """Change the shelf and say its refusals in the office's words."""
    try:
        change()
    except ModelUnknown:
        raise unknown from None
    except ModelDamaged as error:
        raise Conflict("This model is not as it was written: the one in use stays, train a new one.") from error
