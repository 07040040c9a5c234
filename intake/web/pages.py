"""Mounts the pages for people on the application."""

from fastapi import FastAPI, Request, Response

from intake.api.identity import account_of
from intake.api.problems import problem
from intake.errors import BadRequest, Conflict, Forbidden, IntakeError, NotFound, SignInNeeded
from intake.web import administration, assets, directory, drafts, letter, models, register, signing_in
from intake.web.visiting import GoElsewhere, go_elsewhere, render
from storage.errors import StorageError

#: Errors whose own words say more than the general remedy.
_OUTSPOKEN = (BadRequest, Conflict, Forbidden)


def install(app: FastAPI) -> None:
    """Add static files, pages, and the page that tells people of errors."""
    for router in (
        assets.router,
        signing_in.router,
        register.router,
        letter.router,
        drafts.router,
        models.router,
        administration.router,
        directory.router,
    ):
        app.include_router(router)
    app.state.error_page = error_page
    app.add_exception_handler(GoElsewhere, go_elsewhere)
    app.add_exception_handler(Exception, defect)


def error_page(request: Request, error: IntakeError) -> Response:
    """One plain sentence and a way back."""
    if isinstance(error, SignInNeeded):
        return go_elsewhere(request, GoElsewhere("/sign-in"))
    if type(error).__module__ != IntakeError.__module__:  # what the HTTP layer refuses, such as a wrong method
        error = NotFound()
    sentence = str(error) if isinstance(error, _OUTSPOKEN) else error.remedy
    return render(request, "error.html", error.status, sentence=sentence, account=_visitor(request))


def defect(request: Request, error: Exception) -> Response:
    """The answer to a defect; the server's log has the rest."""
    if request.scope["path"].startswith("/api/"):
        return problem(IntakeError())
    return render(request, "error.html", 500, sentence=IntakeError.remedy, account=None)


def _visitor(request: Request) -> object:
    """Who is signed in, for the head of the page; nobody, while the database is away."""
    try:
        return account_of(request)
    except StorageError:
        return None
