"""Calls of case systems: lease, acknowledge, renew, return."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from intake.api.entries import entry_report
from intake.api.identity import CaseSystem
from intake.api.letters import TheOffice
from intake.errors import LeaseLost, NotFound
from storage.errors import Stale
from storage.values import LeasedEntry

router = APIRouter(tags=["queues"])


class LeaseOrder(BaseModel):
    """How much to lease, and for how long."""

    model_config = ConfigDict(extra="forbid")
    max: int = 10
    seconds: int = 900


class Renewal(BaseModel):
    """How much longer to hold."""

    model_config = ConfigDict(extra="forbid")
    seconds: int = 900


class Return(BaseModel):
    """Why an entry comes back."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(min_length=1, max_length=500)


def _leased(leased: LeasedEntry) -> dict[str, Any]:
    entry = leased.entry
    return {
        "token": leased.token,
        "expires_at": leased.expires_at.isoformat(),
        **entry_report(entry),
        "urgent": entry.urgent,
        "posted_at": entry.posted_at.isoformat(),
        "letter": {"id": str(entry.letter_id), "number": entry.number, "url": f"/api/v1/letters/{entry.letter_id}"},
    }


@router.post("/queues/{authority}/leases")
def lease(authority: str, order: LeaseOrder, actor: CaseSystem, office: TheOffice) -> dict[str, Any]:
    """Lease waiting entries, urgent first, oldest first; another authority's queue does not exist for this key."""
    if authority != actor.authority:
        raise NotFound
    return {"leases": [_leased(one) for one in office.lease(actor, order.max, order.seconds)]}


@router.post("/leases/{token}/acknowledge")
def acknowledge(token: str, actor: CaseSystem, office: TheOffice) -> dict[str, str]:
    """Settle a leased entry for good."""
    try:
        office.acknowledge(token, actor)
    except Stale:
        raise LeaseLost from None
    return {"status": "acknowledged"}


@router.post("/leases/{token}/renew")
def renew(token: str, renewal: Renewal, actor: CaseSystem, office: TheOffice) -> dict[str, str]:
    """Hold a leased entry longer."""
    try:
        return {"expires_at": office.renew(token, actor, renewal.seconds).isoformat()}
    except Stale:
        raise LeaseLost from None


@router.post("/leases/{token}/return")
def give_back(token: str, back: Return, actor: CaseSystem, office: TheOffice) -> dict[str, str]:
    """Return a leased entry to its queue before the lease runs out."""
    try:
        office.give_back(token, actor, back.reason)
    except Stale:
        raise LeaseLost from None
    return {"status": "returned"}
