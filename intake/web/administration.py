"""The administrator's page: accounts, keys of case systems, models."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from intake.api.identity import access_of
from intake.api.letters import TheOffice
from intake.errors import BadRequest
from intake.office import Office
from intake.web.models import shelf_values
from intake.web.translation import N_
from intake.web.visiting import Administering, SentForm, Visit, show

router = APIRouter(prefix="/admin", include_in_schema=False)


@router.get("")
def administration(visiting: Administering, office: TheOffice) -> Response:
    """Accounts, keys and models."""
    return _page(visiting, office)


@router.post("/accounts")
def make_account(visiting: Administering, form: SentForm, office: TheOffice) -> Response:
    """Make an account; its one-time password is shown this once."""
    name, role = str(form.get("name") or "").strip(), form.get("role")
    try:
        password = access_of(visiting.request).add_account(
            name, "admin" if role == "admin" else "registry", visiting.actor
        )
    except BadRequest as error:
        return _page(visiting, office, error=str(error), status=400)
    return _page(visiting, office, secret={"of": name, "is": password, "kind": "password"})


@router.post("/accounts/{name}/password")
def reset_password(name: str, visiting: Administering, form: SentForm, office: TheOffice) -> Response:
    """Give an account a new one-time password, shown this once."""
    password = access_of(visiting.request).reset_password(name)
    return _page(visiting, office, secret={"of": name, "is": password, "kind": "password"})


@router.post("/accounts/{account_id}/disable")
def disable_account(account_id: UUID, visiting: Administering, form: SentForm) -> Response:
    """Shut an account out at once."""
    access_of(visiting.request).disable(account_id, visiting.actor)
    return _back()


@router.post("/keys")
def make_key(visiting: Administering, form: SentForm, office: TheOffice) -> Response:
    """Make a key for an authority's case system; it is shown this once."""
    authority, label = str(form.get("authority") or ""), str(form.get("label") or "").strip()[:100]
    days = str(form.get("days") or "")
    try:
        if authority not in office.door.authorities:
            raise BadRequest(N_("This authority has no queue here: choose one of the list."))
        # What is no whole number of days is out of every range.
        life = int(days) if days.isdecimal() and len(days) < 5 else 0
        _, secret = access_of(visiting.request).add_key(authority, label, life, visiting.actor)
    except BadRequest as error:
        return _page(visiting, office, error=str(error), status=400)
    return _page(visiting, office, secret={"of": office.door.authorities[authority], "is": secret, "kind": "key"})


@router.post("/keys/{key_id}/revoke")
def revoke_key(key_id: str, visiting: Administering, form: SentForm) -> Response:
    """End a key at once."""
    access_of(visiting.request).revoke_key(key_id, visiting.actor)
    return _back()


def _back() -> Response:
    return RedirectResponse("/admin", 303)


def _page(
    visiting: Visit, office: Office, *, secret: dict[str, str] | None = None, error: str = "", status: int = 200
) -> Response:
    access = access_of(visiting.request)
    values: dict[str, Any] = {
        "accounts": access.accounts(),
        "keys": access.api_keys(),
        "authorities": office.door.authorities,
        **shelf_values(visiting.request),
    }
    return show(visiting, "admin.html", status, secret=secret, error=error, **values)
