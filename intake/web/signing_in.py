"""Sign in, choose a password of one's own, sign out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from intake.api.identity import COOKIE, access_of, account_of, check_csrf, check_same_site
from intake.errors import BadRequest, SignInNeeded
from intake.web.translation import N_
from intake.web.visiting import GoElsewhere, local_path, render

router = APIRouter(include_in_schema=False)
Field = Annotated[str, Form(max_length=1000)]


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:
    """The form to sign in."""
    return render(request, "sign-in.html", next=local_path(next), name="", error=None)


@router.post("/sign-in")
def sign_in(
    request: Request,
    name: Field = "",
    password: Field = "",
    next: Field = "/",
) -> Response:
    """Begin a session and go on to the page that was asked for."""
    check_same_site(request)
    access = access_of(request)
    try:
        token = access.sign_in(name, password)
    except SignInNeeded as error:
        return render(request, "sign-in.html", 401, next=local_path(next), name=name, error=str(error))
    access.sign_out(request.cookies.get(COOKIE, ""))
    return _with_session(request, token, local_path(next))


@router.get("/password")
def password_page(request: Request) -> Response:
    """The form to choose a password; open to those who still have a one-time password."""
    account = account_of(request)
    if account is None:
        raise GoElsewhere("/sign-in")
    return render(request, "password.html", account=account, error=None)


@router.post("/password")
def choose_password(
    request: Request, old: Field = "", new: Field = "", again: Field = "", csrf: Field = ""
) -> Response:
    """Change one's own password; every other session of the account ends."""
    check_csrf(request, csrf)
    account = account_of(request)
    if account is None:
        raise GoElsewhere("/sign-in")
    try:
        if new != again:
            raise BadRequest(N_("The two new passwords are not the same: type them again."))
        token = access_of(request).choose_password(account, old, new)
    except BadRequest as error:
        return render(request, "password.html", 400, account=account, error=str(error))
    return _with_session(request, token, "/")


@router.post("/sign-out")
def sign_out(request: Request, csrf: Field = "") -> Response:
    """End the session; the browser shall forget what it showed."""
    check_csrf(request, csrf)
    access_of(request).sign_out(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", 303, {"Clear-Site-Data": '"cache"'})
    response.delete_cookie(COOKIE)
    return response


def _with_session(request: Request, token: str, path: str) -> Response:
    response = RedirectResponse(path, 303)
    secure = request.app.state.front.secure_cookies
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure)
    return response
