"""The administrator's pages about models: what a model is, how it compares, and where it differs as a shadow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.numbers import format_decimal
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from classifier.card import Card
from classifier.comparison import Comparison, Row
from intake.api.models import models_of
from intake.errors import Conflict
from intake.web import words
from intake.web.translation import N_, Texts
from intake.web.visiting import Administering, SentForm, Visit, show

router = APIRouter(prefix="/admin/models", include_in_schema=False)

FIGURE = {
    "types_f1": N_("Request types found (F1)"),
    "offences_f1": N_("Offences found (F1)"),
    "is_request": N_("Request or not, rightly told"),
    "primary_type": N_("Primary request type right"),
    "primary_offence": N_("Primary offence right"),
    "f1": N_("Found (F1)"),
}
#: Sentences that come from elsewhere and that the pages show, named here for the translators.
SENTENCES = (
    N_("No model was in use before this one."),
    N_(
        "Proposes request types and offences of letters rogatory and says whether a letter is a request at all, "
        "for a person to confirm and for routing inside a central authority."
    ),
    N_(
        "Not for deciding on admissibility, dual criminality or refusal; not for judging persons; not for letters in "
        "languages outside the taxonomy without review; not for papers other than correspondence of legal cooperation."
    ),
)
_PARTS = (
    ("overall", N_("All letters")),
    ("language", N_("By language")),
    ("request_type", N_("By request type")),
    ("offence", N_("By offence")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of both models, in words and per cent."""

    name: str
    examples: int
    in_use: str
    candidate: str
    change: str
    is_worse: bool


@router.get("/{model_id}")
def model(model_id: str, visiting: Administering) -> Response:
    """One model: its card, its comparison with the model in use, and where it differs as a shadow."""
    return _page(visiting, model_id)


@router.post("/train")
def train(visiting: Administering, form: SentForm) -> Response:
    """Let a candidate be trained in the background."""
    models_of(visiting.request).order_training(visiting.actor)
    return _to("/admin#models")


@router.post("/rollback")
def roll_back(visiting: Administering, form: SentForm) -> Response:
    """Put the model before this one back into use."""
    models_of(visiting.request).rollback(visiting.actor)
    return _to("/admin#models")


@router.post("/shadow/end")
def end_shadow(visiting: Administering, form: SentForm) -> Response:
    """Let no model answer beside the one in use."""
    models_of(visiting.request).set_shadow(None, visiting.actor)
    return _to("/admin#models")


@router.post("/{model_id}/shadow")
def begin_shadow(model_id: str, visiting: Administering, form: SentForm) -> Response:
    """Let a model answer beside the one in use."""
    models_of(visiting.request).set_shadow(model_id, visiting.actor)
    return _to(f"/admin/models/{model_id}")


@router.post("/{model_id}/compare")
def compare(model_id: str, visiting: Administering, form: SentForm) -> Response:
    """Compare a model with the one in use, anew."""
    models_of(visiting.request).compare(model_id)
    return _to(f"/admin/models/{model_id}")


@router.post("/{model_id}/promote")
def promote(model_id: str, visiting: Administering, form: SentForm) -> Response:
    """Put a model into use; where it is worse than it may be, its page asks for a reason."""
    reason = str(form.get("reason") or "")
    try:
        models_of(visiting.request).promote(model_id, visiting.actor, reason)
    except Conflict as error:
        if type(error) is Conflict:
            raise
        return _page(visiting, model_id, error=error.remedy, status=error.status)
    return _to("/admin#models")


def _to(address: str) -> Response:
    return RedirectResponse(address, 303)


def _page(visiting: Visit, model_id: str, *, error: str = "", status: int = 200) -> Response:
    known, texts = models_of(visiting.request), visiting.texts
    card, comparison = known.card(model_id), known.kept_comparison(model_id)
    differences = [
        {"letter": one.letter_id, "number": one.number, "label": _label(one.facet, one.code, texts), "one": one}
        for one in known.disagreements(model_id)
    ]
    counts = [{"label": _label(one.facet, one.code, texts), "one": one} for one in known.count_disagreements(model_id)]
    return show(
        visiting,
        "model.html",
        status,
        error=error,
        card=card,
        made=datetime.fromisoformat(card.made_at),
        figures=list(_own_figures(card, texts)),
        in_use=known.in_use(),
        shadow=known.shadow(),
        comparison=comparison,
        parts=_parts(comparison, texts) if comparison else [],
        shadow_letters=known.shadow_letters(model_id),
        counts=counts,
        differences=differences,
    )


def shelf_values(request: Request) -> Mapping[str, Any]:
    """What the administration page shows of the shelf."""
    known = models_of(request)
    cards = known.cards()
    trainings = known.trainings()
    return {
        "models": cards,
        "made": {card.id: datetime.fromisoformat(card.made_at) for card in cards},
        "refused": known.faults(),
        "in_use": known.in_use(),
        "shadow": known.shadow(),
        "training": trainings[0] if trainings else None,
    }


def _parts(comparison: Comparison, texts: Texts) -> list[tuple[str, str, list[Line]]]:
    return [
        (part, texts.say(heading), [_line(row, texts) for row in comparison.rows if row.part == part])
        for part, heading in _PARTS
    ]


def _line(row: Row, texts: Texts) -> Line:
    figure = words.named(FIGURE, row.figure, texts)
    if row.part == "overall":
        name = figure
    elif row.part == "language":
        name = texts.language_name(row.name) + texts.comma + figure
    else:
        name = words.label(row.name, row.part, texts)
    change = 100 * (row.candidate - row.in_use)
    return Line(
        name,
        row.examples,
        _points(row.in_use, texts),
        _points(row.candidate, texts),
        format_decimal(round(change, 1) + 0.0, "+0.0;-0.0", locale=texts.locale),
        row.is_worse,
    )


def _points(share: float, texts: Texts) -> str:
    return format_decimal(100 * share, "0.0", locale=texts.locale)


def _label(facet: str, code: str, texts: Texts) -> str:
    if facet == "request":
        return texts.say("It is a request")
    return words.label(code, "request_type" if facet == "request_type" else "offence", texts)


def _own_figures(card: Card, texts: Texts) -> Iterable[tuple[str, list[tuple[str, int, str]]]]:
    """Figures of the card, per language and per class: on the test part, or else by the model's own validation."""
    figures = card.test_figures or card.figures
    languages = [
        (texts.language_name(code), one["letters"], _points(one["types_f1"], texts))
        for code, one in figures.get("per_language", {}).items()
    ]
    yield texts.say("By language"), languages
    for part, heading, name in (("request_type", _PARTS[2][1], "per_type"), ("offence", _PARTS[3][1], "per_offence")):
        lines = [
            (_label(part, code, texts), one["examples"], _points(one["f1"], texts))
            for code, one in figures.get(name, {}).items()
        ]
        yield texts.say(heading), lines
