"""The web application: API and pages over one office."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fastapi import FastAPI, Request
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intake.access import Access
from intake.api import correspondence, directory, letters, operations, problems, queues
from intake.api import models as model_calls
from intake.errors import TooLarge
from intake.explaining import Explainer
from intake.models import Models
from intake.office import Office

_SECURITY_HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        b"base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]
#: Form fields and part headers around the scan itself.
_FORM_ALLOWANCE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Front:
    """How the application faces outward."""

    allowed_hosts: tuple[str, ...]
    secure_cookies: bool


def create_app(
    office: Office, access: Access, models: Models, front: Front, *installs: Callable[[FastAPI], None]
) -> FastAPI:
    """Build the application.

    Args:
        office: the use cases.
        access: who may come in.
        models: what the classifier answers with.
        front: how it faces outward.
        *installs: further routes, such as the pages for people.
    """
    app = FastAPI(title="Rogatory", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.state.office, app.state.access, app.state.models, app.state.front = office, access, models, front
    app.state.explainer = Explainer(models.open)
    for router in (
        letters.router,
        correspondence.router,
        queues.router,
        operations.router,
        model_calls.router,
        directory.router,
    ):
        app.include_router(router, prefix="/api/v1")
    for install in installs:
        install(app)
    problems.install(app)
    app.add_middleware(BodyLimit, longest=office.door.max_bytes + _FORM_ALLOWANCE)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(front.allowed_hosts))
    return app


class SecurityHeaders:
    """Puts the same headers on every answer, unless the route set a stricter one itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present: Iterable[bytes] = {name.lower() for name, _ in message["headers"]}
                added = [(name, value) for name, value in _SECURITY_HEADERS if name not in present]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Refuses a body that is longer than any scan may be, before it is read to its end."""

    def __init__(self, app: ASGIApp, longest: int) -> None:
        self._app, self._longest = app, longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self._longest:
            await problems.answer(Request(scope), TooLarge())(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._longest:
                raise TooLarge
            return message

        await self._app(scope, counted, send)
