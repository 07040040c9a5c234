"""Calls about models: train, look, compare, try out, put into use, go back; and what people made of their labels."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from intake.api.identity import Administrator, Registry
from intake.api.letters import TheOffice
from intake.models import LONGEST_REASON, Models
from storage.labels import labels_of

router = APIRouter(tags=["models"])


class Promotion(BaseModel):
    """Why a candidate may answer although it is worse somewhere."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field("", max_length=LONGEST_REASON)


class Shadow(BaseModel):
    """The model that is to answer beside the one in use; None lets none."""

    model_config = ConfigDict(extra="forbid")
    model: str | None


def models_of(request: Request) -> Models:
    """The application's ``Models``."""
    models: Models = request.app.state.models
    return models


@router.get("/models")
def models(request: Request, actor: Administrator) -> list[dict[str, Any]]:
    """Models on the shelf with their cards, and those that may not answer with the reason."""
    known = models_of(request)
    in_use, shadow = known.in_use(), known.shadow()
    sound = [
        {"in_use": card.id == in_use, "shadow": card.id == shadow, "fault": None, **asdict(card)}
        for card in known.cards()
    ]
    refused = [
        {"id": model_id, "in_use": False, "shadow": False, "fault": fault} for model_id, fault in known.faults().items()
    ]
    return [*sound, *refused]


@router.post("/models", status_code=202)
def train(request: Request, actor: Administrator) -> dict[str, int]:
    """Train a candidate in the background, from the training text and the letters that people confirmed."""
    return {"training": models_of(request).order_training(actor)}


@router.get("/models/trainings")
def trainings(request: Request, actor: Administrator) -> list[dict[str, Any]]:
    """Trainings that were ordered, newest first."""
    return [asdict(one) for one in models_of(request).trainings()]


@router.get("/models/shadow")
def shadow(request: Request, actor: Administrator) -> dict[str, Any]:
    """Where the model that answers beside the one in use differs from it."""
    known = models_of(request)
    beside = known.shadow()
    return {
        "model": beside,
        "in_use": known.in_use(),
        "letters": known.shadow_letters(beside) if beside else 0,
        "counts": [asdict(one) for one in known.count_disagreements(beside)] if beside else [],
        "disagreements": [asdict(one) for one in known.disagreements(beside)] if beside else [],
    }


@router.put("/models/shadow")
def set_shadow(order: Shadow, request: Request, actor: Administrator) -> dict[str, str | None]:
    """Let a model answer beside the one in use for letters that come from now on, or none."""
    models_of(request).set_shadow(order.model, actor)
    return {"model": models_of(request).shadow()}


@router.get("/models/{model_id}/comparison")
def comparison(
    model_id: str, request: Request, actor: Administrator, against: str | None = None, again: bool = False
) -> dict[str, Any]:
    """A model beside another, by default the one in use, on the frozen test part."""
    known = models_of(request)
    kept = None if again else known.kept_comparison(model_id, against)
    return (kept or known.compare(model_id, against)).to_json()


@router.post("/models/{model_id}/promotion")
def promote(
    model_id: str, request: Request, actor: Administrator, order: Promotion | None = None
) -> dict[str, str | None]:
    """Put a model into use."""
    models_of(request).promote(model_id, actor, order.reason if order else "")
    return {"in_use": models_of(request).in_use()}


@router.post("/models/rollback")
def rollback(request: Request, actor: Administrator) -> dict[str, str | None]:
    """Put the model before this one back into use."""
    models_of(request).rollback(actor)
    return {"in_use": models_of(request).in_use()}


@router.get("/letters/{letter_id}/labels")
def labels(letter_id: UUID, office: TheOffice, actor: Registry) -> list[dict[str, Any]]:
    """Every label of a letter: who gave it, and what a person made of it."""
    letter = office.letter(letter_id, actor)
    return [asdict(one) for one in labels_of(office.keeping.database, letter.id)]
