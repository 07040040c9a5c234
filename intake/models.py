"""The models as administrators meet them: look, compare, try out, promote, roll back; each change is in the trail."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from classifier.card import Card
from classifier.comparison import Comparison, comparison_from_json
from classifier.model import Model, ModelDamaged, ModelForeign, ModelUnsigned
from classifier.shelf import ModelUnknown, Shelf
from classifier.signing import KeyUnusable
from intake.errors import BadRequest, Conflict, IntakeError, ModelKeyFault, NotFound, PromotionRefused
from storage import labels, trail
from storage.database import Database
from storage.errors import Stale
from storage.trainings import Trainings, keep_comparison, kept_comparison
from storage.values import Actor, Disagreement, DisagreementCount, Training

T = TypeVar("T")

LONGEST_REASON = 500  #: characters
_MOST_SHOWN = 200  #: disagreements, trainings


class Models:
    """The shelf of models with a line in the trail for every change."""

    def __init__(
        self,
        shelf: Shelf,
        database: Database,
        clock: Callable[[], datetime],
        compare: Callable[[str, str], Comparison],
    ) -> None:
        """Take the shelf and what it is recorded with.

        Args:
            shelf: where the models stand.
            database: of the trail.
            clock: gives the time, UTC.
            compare: compares a candidate with another model on the frozen test part; takes a while.
        """
        self._shelf, self._database, self._clock, self._compare = shelf, database, clock, compare

    def cards(self) -> list[Card]:
        """Cards of all sound models, the newest first."""
        return self._shelf.models()

    def card(self, model_id: str) -> Card:
        """The card of one model.

        Raises:
            NotFound: when there is no such model.
            Conflict: when it may not answer.
        """
        return _said(lambda: self._shelf.card(model_id))

    def faults(self) -> dict[str, str]:
        """What is wrong with the models that may not answer, by id."""
        return self._shelf.faults()

    def in_use(self) -> str | None:
        """Id of the model that answers, or None."""
        return self._shelf.in_use()

    def shadow(self) -> str | None:
        """Id of the model that answers beside it, or None."""
        return self._shelf.shadow()

    def open(self, model_id: str) -> Model:
        """Load a model, whether in use or not.

        Raises:
            ModelUnknown: when there is no such model.
            ModelDamaged: when it may not answer.
        """
        return self._shelf.open(model_id)

    def kept_comparison(self, candidate: str, in_use: str | None = None) -> Comparison | None:
        """The comparison of a model with another, by default the one in use, if one was made."""
        against = in_use or self._shelf.in_use()
        kept = kept_comparison(self._database, candidate, against) if against else None
        return comparison_from_json(kept) if kept else None

    def compare(self, candidate: str, in_use: str | None = None) -> Comparison:
        """Compare a model with another, by default the one in use, and keep the comparison.

        Raises:
            NotFound: when there is no such model.
            Conflict: when one of them may not answer, or none is in use.
        """
        against = in_use or self._shelf.in_use()
        if against is None:
            raise Conflict("No model is in use, so there is none to compare with.")
        return self.keep_comparison(_said(lambda: self._compare(candidate, against)))

    def keep_comparison(self, comparison: Comparison) -> Comparison:
        """Keep a comparison that a training made."""
        now = self._clock()
        keep_comparison(self._database, comparison.candidate, comparison.in_use, comparison.to_json(), now)
        return comparison

    def promote(self, model_id: str, actor: Actor, reason: str = "") -> None:
        """Let a model answer from now on.

        Args:
            model_id: the candidate.
            actor: who puts it into use.
            reason: why it may answer although it is worse somewhere; goes to the trail.

        Raises:
            NotFound: when there is no such model.
            PromotionRefused: when it is worse than the model in use by too much, or nobody can tell, without a reason.
            Conflict: when it may not answer; the one in use stays.
        """
        before, why = self._shelf.in_use(), _reason(reason)
        self.card(model_id)
        worse = self._weigh(model_id, before) if before not in (None, model_id) else ""
        if worse and not why:
            raise PromotionRefused(f"Without a reason this candidate stays a candidate: {worse}.")
        _said(lambda: self._shelf.promote(model_id))
        with self._database.transaction() as connection:
            details = {"from": before, "to": self._shelf.in_use(), **({"reason": why, "worse": worse} if worse else {})}
            trail.record(connection, actor, "promoted", None, self._clock(), details)

    def _weigh(self, candidate: str, in_use: str | None) -> str:
        """Where the candidate is worse than it may be, in figures; empty when it may answer."""
        try:
            comparison = self.kept_comparison(candidate) or self.compare(candidate, in_use)
        except Conflict:
            return "the model in use cannot be compared with"
        if not comparison.letters:
            return "there is no letter to compare on"
        rows = (f"{r.name or r.part} {r.figure} {r.in_use:.3f} to {r.candidate:.3f}" for r in comparison.worse)
        return ", ".join(rows)

    def rollback(self, actor: Actor) -> None:
        """Let the model answer again that answered before.

        Raises:
            Conflict: when there is none, or it may not answer; the one in use stays.
        """
        before = self._shelf.in_use()
        _said(self._shelf.rollback, Conflict("No model was in use before this one."))
        with self._database.transaction() as connection:
            details = {"from": before, "to": self._shelf.in_use()}
            trail.record(connection, actor, "rolled_back", None, self._clock(), details)

    def set_shadow(self, model_id: str | None, actor: Actor) -> None:
        """Let a model answer beside the one in use for letters that come from now on; None ends that.

        Raises:
            NotFound: when there is no such model.
            Conflict: when it may not answer, or is the one in use.
        """
        before = self._shelf.shadow()
        if model_id is not None and model_id == self._shelf.in_use():
            raise Conflict("This model is in use: it cannot answer beside itself.")
        _said(lambda: self._shelf.set_shadow(model_id))
        with self._database.transaction() as connection:
            details = {"from": before, "to": model_id}
            trail.record(connection, actor, "shadow_changed", None, self._clock(), details)

    def disagreements(self, shadow: str) -> list[Disagreement]:
        """Labels on which a shadow differed from the model in use, newest letters first."""
        return labels.disagreements(self._database, shadow, _MOST_SHOWN)

    def count_disagreements(self, shadow: str) -> list[DisagreementCount]:
        """How often a shadow differed from the model in use, by label."""
        return labels.count_disagreements(self._database, shadow)

    def shadow_letters(self, shadow: str) -> int:
        """How many letters a model answered as a shadow."""
        return labels.shadow_letters(self._database, shadow)

    def unsigned_card(self, model_id: str) -> Card:
        """What the card of a model says, signed or not, for a person who is asked to vouch for it.

        Raises:
            NotFound: when there is no such model.
            Conflict: when it has no card.
        """
        return _said(lambda: self._shelf.unsigned_card(model_id))

    def sign(self, model_id: str, actor: Actor) -> None:
        """Sign a model that a person vouches for.

        Raises:
            NotFound: when there is no such model.
            Conflict: when it is damaged or of another version.
            ModelKeyFault: when this machine has only the public half of the key.
        """
        _said(lambda: self._shelf.sign(model_id))
        with self._database.transaction() as connection:
            trail.record(connection, actor, "signed", None, self._clock(), {"model": model_id})

    def order_training(self, actor: Actor) -> int:
        """Let a candidate be trained in the background; gives the number of the order.

        Raises:
            Conflict: when another training is ordered or under way.
        """
        try:
            return Trainings(self._database).order(actor, self._clock())
        except Stale:
            raise Conflict("A training is under way: wait until it has ended.") from None

    def trainings(self) -> list[Training]:
        """Trainings that were ordered, newest first."""
        return Trainings(self._database).latest(_MOST_SHOWN)


def _reason(text: str) -> str:
    """A reason that PostgreSQL and a log line can hold.

    Raises:
        BadRequest: when it is too long.
    """
    reason = " ".join(text.replace("\0", "").encode("utf-8", "replace").decode().split())
    if len(reason) > LONGEST_REASON:
        raise BadRequest("A reason has at most 500 characters.")
    return reason


def _said(change: Callable[[], T], unknown: IntakeError | None = None) -> T:
    """Do something with the shelf and say its refusals in the office's words."""
    try:
        return change()
    except ModelUnknown:
        raise (unknown or NotFound()) from None
    except ModelUnsigned as error:
        raise Conflict(
            "This installation has not signed this model: the one in use stays. Whoever knows where it comes from can "
            "sign it on the server."
        ) from error
    except ModelForeign as error:
        raise Conflict("Another version of Rogatory made this model: the one in use stays, train a new one.") from error
    except ModelDamaged as error:
        raise Conflict("This model is not as it was written: the one in use stays, train a new one.") from error
    except KeyUnusable as error:
        raise ModelKeyFault(str(error)) from error
