"""Calls for operators and administrators: health, readiness, metrics, keys."""

from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from pydantic import BaseModel, ConfigDict, Field

from intake.api.identity import Administrator, access_of
from intake.api.letters import TheOffice
from intake.errors import BadRequest, Unavailable
from storage.errors import StorageError

router = APIRouter(tags=["operations"])


class KeyOrder(BaseModel):
    """A key to make for an authority's case system."""

    model_config = ConfigDict(extra="forbid")
    authority: str
    label: str = Field("", max_length=100)
    days: int = 365


@router.get("/health")
def health() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/ready")
def ready(office: TheOffice) -> dict[str, str]:
    """Database and object store answer too."""
    try:
        office.counts()
        office.keeping.objects.exists("ready")
    except StorageError as error:
        raise Unavailable from error
    return {"status": "ready"}


@router.get("/metrics")
def metrics(office: TheOffice) -> Response:
    """Counts for Prometheus; no word, name or number of a letter."""
    collector = CollectorRegistry()
    by_status = Gauge("rogatory_letters", "Letters by status", ["status"], registry=collector)
    for status, count in office.counts().items():
        by_status.labels(status).set(count)
    waiting = Gauge("rogatory_entries_waiting", "Entries not yet acknowledged, by queue", ["queue"], registry=collector)
    for authority, count in office.keeping.queues.waiting().items():
        waiting.labels(authority).set(count)
    return Response(generate_latest(collector), media_type=CONTENT_TYPE_LATEST)


@router.get("/authorities")
def authorities(actor: Administrator, office: TheOffice) -> list[dict[str, str]]:
    """Competent authorities that have a queue here."""
    return [{"code": code, "name": name} for code, name in office.door.authorities.items()]


@router.get("/keys")
def keys(request: Request, actor: Administrator) -> list[dict[str, Any]]:
    """Keys of case systems, without their secrets."""
    return [
        {"id": key.id, "authority": key.authority, "label": key.label, "expires_at": key.expires_at.isoformat(),
         "revoked": key.revoked}
        for key in access_of(request).api_keys()
    ]  # fmt: skip


@router.post("/keys", status_code=201)
def make_key(order: KeyOrder, request: Request, actor: Administrator, office: TheOffice) -> dict[str, str]:
    """Make a key for an authority's case system; the secret is shown this once."""
    if order.authority not in office.door.authorities:
        raise BadRequest("This authority has no queue here: see /api/v1/authorities.")
    key, secret = access_of(request).add_key(order.authority, order.label, order.days, actor)
    return {"id": key.id, "authority": key.authority, "key": secret, "expires_at": key.expires_at.isoformat()}


@router.delete("/keys/{key_id}", status_code=204)
def revoke_key(key_id: str, request: Request, actor: Administrator) -> None:
    """End a key at once."""
    access_of(request).revoke_key(key_id, actor)
