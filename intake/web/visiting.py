"""Who visits a page, in which language, and where a visitor must go first."""

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import FormData

from intake.access import person_actor
from intake.api.identity import COOKIE, account_of, check_csrf, csrf_token
from intake.errors import Forbidden
from intake.web.assets import address
from intake.web.translation import LANGUAGES, Texts, choose_language, texts_in
from storage.values import Account, Actor

LANGUAGE_COOKIE = "rogatory_language"
_YEAR = 365 * 24 * 3600  #: s
_WATCH = 600  #: s for which a page renews itself without anybody doing something on it


def moment() -> int:
    """Now, s since 1970."""
    return int(time.time())


def is_watched(since: int) -> bool:
    """Whether a page on which nothing was done since may still ask for news: asking keeps its session alive."""
    return moment() - since < _WATCH


class GoElsewhere(Exception):
    """The visitor must go to another page first."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True, slots=True)
class Visit:
    """One call of a signed-in person."""

    request: Request
    account: Account
    texts: Texts

    @property
    def actor(self) -> Actor:
        """The person as it stands in the trail."""
        return person_actor(self.account)


def texts_for(request: Request) -> Texts:
    """Texts in the language that the visitor chose, or that the browser prefers."""
    chosen = (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE))
    return texts_in(choose_language(*chosen, accepted=request.headers.get("accept-language", "")))


def visit(request: Request) -> Visit:
    """Let signed-in people with a password of their own pass; send others where they must go first."""
    account = account_of(request)
    if account is None:
        raise GoElsewhere(f"/sign-in?next={quote(_wanted(request), safe='/')}")
    if account.must_change:
        raise GoElsewhere("/password")
    return Visit(request, account, texts_for(request))


def _wanted(request: Request) -> str:
    """The page that the visitor is on or asks for, to come back to it after the sign-in."""
    current = urlsplit(request.headers.get("hx-current-url", "")).path
    return current or (request.scope["path"] if request.method == "GET" else "/")


Visiting = Annotated[Visit, Depends(visit)]


def administrator_visit(visiting: Visiting) -> Visit:
    """Let administrators pass.

    Raises:
        Forbidden: for everyone else.
    """
    if visiting.account.role != "admin":
        raise Forbidden
    return visiting


Administering = Annotated[Visit, Depends(administrator_visit)]


async def sent_form(request: Request, visiting: Visiting) -> FormData:
    """Fields of a form that one of our own pages of this session sent.

    Raises:
        Forbidden: when the form carries no token, or another session's.
    """
    form = await request.form(max_files=0, max_fields=500)
    check_csrf(request, str(form.get("csrf") or ""))
    return form


SentForm = Annotated[FormData, Depends(sent_form)]


def local_path(wanted: str | None) -> str:
    """A path on this server to go on to, or the register when ``wanted`` leads elsewhere.

    >>> local_path("/letters/1"), local_path("//evil.example/"), local_path("https://evil.example")
    ('/letters/1', '/', '/')
    """
    path = wanted or "/"
    parts = urlsplit(path) if path.isprintable() and "\\" not in path else urlsplit("//elsewhere")
    is_local = not parts.scheme and not parts.netloc and path.startswith("/") and not path.startswith("//")
    return path if is_local and not path.startswith("/sign-in") else "/"


@cache
def _templates() -> Environment:
    """All templates; what a template names and nobody gave is an error, and every value is escaped."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page or a fragment of one as the visitor shall see it."""
    texts = texts_for(request)
    common = {
        "_": texts.say,
        "ngettext": texts.count,
        "texts": texts,
        "asset": address,
        "csrf": csrf_token(request.cookies.get(COOKIE, "")),
        "here": request.scope["path"] if request.method == "GET" else "/",
        "languages": [(code, texts_in(code).locale.get_language_name(code)) for code in LANGUAGES],
        "account": None,
    }
    response = HTMLResponse(_templates().get_template(template).render(common | values), status)
    if request.query_params.get("lang") in LANGUAGES:
        flags = {"httponly": True, "secure": request.app.state.front.secure_cookies}
        response.set_cookie(LANGUAGE_COOKIE, texts.language, max_age=_YEAR, samesite="lax", **flags)
    return response


def show(visiting: Visit, template: str, status: int = 200, **values: Any) -> Response:
    """A page for somebody who is signed in."""
    return render(visiting.request, template, status, account=visiting.account, **values)


def go_elsewhere(request: Request, elsewhere: Exception) -> Response:
    """Answer ``GoElsewhere``: a fragment cannot be redirected, its whole page must go."""
    where = elsewhere.address if isinstance(elsewhere, GoElsewhere) else "/"
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": where})
    return RedirectResponse(where, 303)
