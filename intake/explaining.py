"""Why the program described a letter as it did, asked for by people and case systems after the fact."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import TypeAdapter

from classifier.explaining import Explanation
from classifier.model import Model, ModelDamaged
from classifier.shelf import ModelUnknown
from intake.describing.explainer import explain_letter
from intake.errors import Conflict
from intake.office import Office
from intake.values import PageReading
from storage.values import Letter

_readings = TypeAdapter(tuple[PageReading, ...])


@dataclass(frozen=True, slots=True)
class Explained:
    """The reasons behind what the register says of a letter."""

    explanation: Explanation
    is_as_kept: bool  #: the same model gives today the labels that the register keeps


class Explainer:
    """Explains letters with the model that described them; the model used last stays loaded."""

    def __init__(self, open_model: Callable[[str], Model]) -> None:
        self._open = open_model
        self._model: Model | None = None

    def explain(self, letter: Letter, office: Office) -> Explained:
        """Return why a letter is described as it is; whoever calls has checked who may read it.

        Raises:
            Conflict: when it is not described, holds no text, or its model cannot be opened.
        """
        kept = letter.description
        if kept is None:
            raise Conflict("This letter has not been described, so there is nothing to explain yet.")
        readings = _readings.validate_python(office.readings(letter))
        explanation = explain_letter(self._opened(str(kept["model"])), readings)
        if explanation is None:
            raise Conflict("No text was read in this letter, so there is nothing to explain.")
        answer = explanation.answer
        given = [[label.code for label in labels] for labels in (answer.request_types, answer.offences)]
        stated = [[label["code"] for label in kept[name]] for name in ("request_types", "offences")]
        return Explained(explanation, given == stated)

    def _opened(self, model_id: str) -> Model:
        model = self._model
        if model is None or model.card.id != model_id:
            try:
                model = self._model = self._open(model_id)
            except (ModelUnknown, ModelDamaged) as error:
                raise Conflict(
                    "The model that described this letter is gone or damaged: no reasons can be shown."
                ) from error
        return model
