"""Who calls: a person by session cookie, or a case system by API key; and what each may do.

Every route declares one of ``Anyone``, ``Registry``, ``Administrator``, ``CaseSystem``; a test walks all routes and
fails on one that declares none and is not health, readiness or metrics.
"""

import hashlib
import hmac
from typing import Annotated

from fastapi import Depends, Request

from intake.access import Access, person_actor
from intake.errors import Forbidden, SignInNeeded
from storage.values import Account, Actor

COOKIE = "rogatory_session"
CSRF_HEADER = "x-csrf-token"
_SAFE = {"GET", "HEAD", "OPTIONS"}


def access_of(request: Request) -> Access:
    """The application's ``Access``."""
    access: Access = request.app.state.access
    return access


def csrf_token(session_token: str) -> str:
    """Token that a page of this session sends along with every change; useless without the cookie."""
    return hashlib.sha256(b"csrf\0" + session_token.encode()).hexdigest()


def check_same_site(request: Request) -> None:
    """Refuse a change that another site's page makes the browser send.

    Raises:
        Forbidden: when the browser says that the call comes from elsewhere.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    if site not in {"same-origin", "none"} or (origin not in {None, "null"} and not _is_own(origin or "", request)):
        raise Forbidden("The call comes from another site.")


def _is_own(origin: str, request: Request) -> bool:
    return origin.split("//", 1)[-1] == request.headers.get("host")


def check_csrf(request: Request, sent: str | None) -> None:
    """Refuse a change whose token is not that of the session.

    Raises:
        Forbidden: when the token is missing or another session's.
    """
    check_same_site(request)
    expected = csrf_token(request.cookies.get(COOKIE, ""))
    if not sent or not hmac.compare_digest(expected, sent):
        raise Forbidden("The page is out of date: load it again.")


def account_of(request: Request) -> Account | None:
    """The person whose session cookie came along, or None."""
    token = request.cookies.get(COOKIE)
    return access_of(request).person(token) if token else None


def identify(request: Request) -> Actor:
    """Who calls.

    Raises:
        SignInNeeded: when neither a valid key nor a live session came along.
        Forbidden: when a person must choose a password first, or a change lacks its token.
    """
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        actor = access_of(request).case_system(key.strip())
        if actor is None:
            raise SignInNeeded
        return actor
    account = account_of(request)
    if account is None:
        raise SignInNeeded
    if account.must_change:
        raise Forbidden("Choose a password of your own first.")
    if request.method not in _SAFE:
        check_csrf(request, request.headers.get(CSRF_HEADER))
    return person_actor(account)


Anyone = Annotated[Actor, Depends(identify)]


def registry(actor: Anyone) -> Actor:
    """Let registry staff and administrators pass."""
    if actor.kind != "person":
        raise Forbidden
    return actor


def administrator(actor: Anyone) -> Actor:
    """Let administrators pass."""
    if actor.role != "admin":
        raise Forbidden
    return actor


def case_system(actor: Anyone) -> Actor:
    """Let case systems pass."""
    if actor.kind != "case_system":
        raise Forbidden
    return actor


Registry = Annotated[Actor, Depends(registry)]
Administrator = Annotated[Actor, Depends(administrator)]
CaseSystem = Annotated[Actor, Depends(case_system)]
