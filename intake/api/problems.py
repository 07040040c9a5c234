"""Errors as RFC 9457 problem documents: the one place where an error becomes HTTP."""

import logging
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from intake.errors import BadRequest, IntakeError, NotFound
from intake.office import as_intake_error
from storage.errors import StorageError

log = logging.getLogger(__name__)


def problem(error: IntakeError, **more: Any) -> JSONResponse:
    """The problem document of an error.

    Args:
        error: what happened.
        **more: extension members, such as the number under which an unreadable scan is kept.
    """
    body = {
        "type": f"/docs/errors#{error.code}",
        "title": error.code.replace("_", " "),
        "status": error.status,
        "code": error.code,
        "detail": str(error),
        "remedy": error.remedy,
        **more,
    }
    headers = {"Retry-After": "30"} if error.status == 503 else {}
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, error.status, headers, media_type="application/problem+json")


def answer(request: Request, error: IntakeError, **more: Any) -> Response:
    """The problem document, or the page for people where a browser asks for one outside the API.

    Args:
        request: the call; ``app.state.error_page`` is set where pages are mounted.
        error: what happened.
        **more: extension members of the problem document.
    """
    page: Callable[[Request, IntakeError], Response] | None = getattr(request.app.state, "error_page", None)
    is_call = request.scope["path"].startswith("/api/")
    if page is None or is_call or "text/html" not in request.headers.get("accept", ""):
        return problem(error, **more)
    return page(request, error)


def install(app: FastAPI) -> None:
    """Answer every error of the trees, and every malformed call, with a problem document."""

    @app.exception_handler(IntakeError)
    def intake_error(request: Request, error: IntakeError) -> Response:
        return answer(request, error)

    @app.exception_handler(StorageError)
    def storage_error(request: Request, error: StorageError) -> Response:
        return answer(request, as_intake_error(error))

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> Response:
        # Where and what, never the value itself: it may be text of a letter.
        faults = [{"field": ".".join(map(str, fault["loc"])), "fault": fault["msg"]} for fault in error.errors()]
        return answer(request, BadRequest("Some fields are missing or of the wrong kind."), faults=faults)

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        known = {404: NotFound(), 400: BadRequest(str(error.detail))}
        return answer(request, known.get(error.status_code, _Other(error.status_code, str(error.detail))))


class _Other(IntakeError):
    """What the HTTP layer itself refuses, such as a wrong method."""

    code = "http"
    remedy = "See the reference for the calls that exist."

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status  # type: ignore[misc]
