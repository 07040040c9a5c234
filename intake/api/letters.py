"""Calls about letters: receive, look up, take parts, confirm."""

from datetime import datetime
from typing import Annotated, Any, get_args
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.datastructures import FormData, UploadFile

from intake.api.entries import entry_report, notice_report
from intake.api.identity import Anyone, Registry
from intake.api.problems import problem
from intake.confirmation import Confirmation, confirmed_report
from intake.directory import match_report
from intake.errors import BadRequest, IntakeError
from intake.explaining import Explainer
from intake.office import Office, Received, Reception
from intake.report import error_report
from intake.web.reasons import explanation_report
from intake.web.translation import texts_in
from storage.letters import LetterFilter
from storage.values import Actor, Channel, Event, Letter

router = APIRouter(tags=["letters"])
_moment = TypeAdapter(AwareDatetime)
_NO_SNIFF = {"Cache-Control": "no-store", "Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}


def office_of(request: Request) -> Office:
    """The application's ``Office``."""
    office: Office = request.app.state.office
    return office


def explainer_of(request: Request) -> Explainer:
    """The application's ``Explainer``."""
    explainer: Explainer = request.app.state.explainer
    return explainer


TheOffice = Annotated[Office, Depends(office_of)]


def summary(letter: Letter) -> dict[str, Any]:
    """A letter in a list."""
    return {
        "id": str(letter.id),
        "number": letter.number,
        "status": letter.status,
        "file": letter.name,
        "channel": letter.channel,
        "received_at": letter.received_at.isoformat(),
        "registered_at": letter.registered_at.isoformat(),
        "urgent": letter.urgent,
        "page_count": letter.page_count,
        "pages_read": letter.pages_read,
        "language": letter.language,
        "requesting_state": letter.requesting_state,
        "authority": letter.authority,
        "error": error_of(letter),
        "version": letter.version,
    }


def error_of(letter: Letter) -> dict[str, str] | None:
    """Code and remedy of a letter that could not be read or rests."""
    if letter.error_code is None:
        return None
    return error_report(_error_kinds().get(letter.error_code, IntakeError)()) | {"code": letter.error_code}


def _error_kinds() -> dict[str, type[IntakeError]]:
    kinds, open_kinds = {}, [IntakeError]
    while open_kinds:
        kind = open_kinds.pop()
        kinds[kind.code] = kind
        open_kinds += kind.__subclasses__()
    return kinds


@router.post("/letters", status_code=202)
async def receive(
    request: Request,
    actor: Registry,
    office: TheOffice,
    idempotency_key: Annotated[str | None, Header(max_length=128)] = None,
) -> Response:
    """Receive a scan (multipart field ``scan``; optional ``channel``, ``received_at``, ``urgent``, ``note``)."""
    async with request.form(max_files=1, max_fields=20) as form:
        scan = form.get("scan")
        if not isinstance(scan, UploadFile):
            raise BadRequest("Send the scan as the multipart field `scan`.")
        reception = _reception(scan.filename or "unnamed", form, idempotency_key)
        content = await scan.read(office.door.max_bytes + 1)
    received = await run_in_threadpool(office.receive, content, reception, actor)
    return _received_response(received)


def _reception(name: str, form: FormData, idempotency_key: str | None) -> Reception:
    channel = str(form.get("channel") or "upload")
    if channel not in get_args(Channel):
        raise BadRequest(f"channel is one of {', '.join(get_args(Channel))}.")
    try:
        received_at: datetime | None = (
            _moment.validate_python(form.get("received_at") or None) if form.get("received_at") else None
        )
    except ValidationError:
        raise BadRequest("received_at is an ISO 8601 time with its zone, such as 2026-11-24T09:00:00Z.") from None
    urgent = str(form.get("urgent") or "").lower() in {"true", "1", "on", "yes"}
    return Reception(name, channel, received_at, urgent, str(form.get("note") or ""), idempotency_key)  # type: ignore[arg-type]


def _received_response(received: Received) -> Response:
    letter = received.letter
    where = {"Location": f"/api/v1/letters/{letter.id}"}
    body = {"id": str(letter.id), "number": letter.number, "status": letter.status}
    if received.error:
        response = problem(received.error, id=str(letter.id), number=letter.number)
        response.headers.update(where)
        return response
    return JSONResponse(body, 202 if received.is_new else 200, where)


@router.get("/letters")
def letters(
    response: Response,
    request: Request,
    actor: Registry,
    office: TheOffice,
    status: str | None = None,
    authority: str | None = None,
    state: str | None = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
    after: UUID | None = None,
    rescan: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[dict[str, Any]]:
    """List letters, newest first, or those with pages to scan again; the next page is in the ``Link`` header."""
    found = office.letters(LetterFilter(status, authority, state, q, after, rescan), limit)
    if len(found) == limit:
        following = request.url.include_query_params(after=str(found[-1].id))
        response.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    return [summary(letter) for letter in found]


@router.get("/letters/{letter_id}")
def letter(letter_id: UUID, actor: Anyone, office: TheOffice) -> dict[str, Any]:
    """Everything known of a letter; a case system that leases it gets the text too, one that is told of it little."""
    known = office.letter(letter_id, actor)
    if actor.kind == "case_system" and office.keeping.queues.kind(letter_id, actor.authority or "") == "notice":
        return notice_report(known)
    readings = [] if actor.kind == "case_system" and not _holds(office, letter_id, actor) else office.readings(known)
    pages = [{name: value for name, value in reading.items() if name != "words"} for reading in readings]
    history = [_line(event) for event in office.history(letter_id)] if actor.kind == "person" else []
    report = confirmed_report(known)
    entries = [entry_report(entry) for entry in office.keeping.queues.entries(letter_id)]
    if pages:
        office.viewed(known, "text", actor)
    return {**summary(known), "note": known.note, "flags": list(known.flags), "pages": pages,
            **report, "directory": match_report(office.directories.current(), report.get("metadata", {})),
            "confirmation": known.confirmation,
            "entries": [one for one in entries if actor.kind == "person" or one["authority"] == actor.authority],
            "history": history}  # fmt: skip


def _holds(office: Office, letter_id: UUID, actor: Actor) -> bool:
    try:
        office.letter_to_read(letter_id, actor)
    except IntakeError:
        return False
    return True


def _line(event: Event) -> dict[str, Any]:
    letter_id = str(event.letter_id) if event.letter_id else None
    return {"cursor": event.id, "at": event.at.isoformat(), "actor": event.actor, "action": event.action,
            "letter": letter_id, "details": event.details}  # fmt: skip


@router.get("/letters/{letter_id}/explanation")
def explanation(letter_id: UUID, request: Request, actor: Anyone, office: TheOffice) -> dict[str, Any]:
    """Why the letter is described as it is: for each label the passages and reasons, or what is missing."""
    known = office.letter_to_read(letter_id, actor)
    explained = explainer_of(request).explain(known, office)
    office.viewed(known, "explanation", actor)
    return {"is_as_kept": explained.is_as_kept, **explanation_report(explained.explanation, texts_in("en"))}


@router.get("/letters/{letter_id}/scan")
def scan(letter_id: UUID, actor: Anyone, office: TheOffice) -> Response:
    """The original bytes, unaltered."""
    known = office.letter_to_read(letter_id, actor)
    content = office.scan(known)
    office.viewed(known, "scan", actor)
    disposition = f"attachment; filename*=UTF-8''{quote(known.name, safe='')}"
    headers = {**_NO_SNIFF, "Content-Disposition": disposition, "Digest": f"sha-256={known.sha256}"}
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.get("/letters/{letter_id}/archive")
def archive(letter_id: UUID, actor: Anyone, office: TheOffice) -> Response:
    """The archive copy: a searchable PDF with the pages as received and the text that was read."""
    known = office.letter_to_read(letter_id, actor)
    content = office.archive(known)
    office.viewed(known, "archive", actor)
    headers = {**_NO_SNIFF, "Content-Disposition": f'attachment; filename="{known.number}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


@router.get("/letters/{letter_id}/pages/{number}")
def page(letter_id: UUID, number: int, actor: Anyone, office: TheOffice) -> Response:
    """One page as a PNG made from our own pixels."""
    known = office.letter_to_read(letter_id, actor)
    content = office.page_image(office.page(known, number))
    office.viewed(known, f"page {number}", actor)
    return Response(content, media_type="image/png", headers=_NO_SNIFF)


@router.get("/letters/{letter_id}/pages/{number}/words")
def words(letter_id: UUID, number: int, actor: Anyone, office: TheOffice) -> dict[str, Any]:
    """Words of one page with their boxes on the page as received, in px."""
    known = office.letter_to_read(letter_id, actor)
    reading = office.reading_of(office.page(known, number))
    office.viewed(known, f"words {number}", actor)
    return {"number": number, "words": reading["words"]}


class ReadingOrder(BaseModel):
    """In which language to read a page again; None lets the program find out."""

    model_config = ConfigDict(extra="forbid")
    language: str | None = Field(None, description="BCP 47 code")


@router.post("/letters/{letter_id}/pages/{number}/readings", status_code=202)
def read_again(letter_id: UUID, number: int, order: ReadingOrder, actor: Registry, office: TheOffice) -> dict[str, Any]:
    """Read a page again in a chosen language; both readings are kept, and the letter is described anew."""
    office.read_page_again(letter_id, number, order.language, actor)
    return summary(office.letter(letter_id, actor))


@router.get("/letters/{letter_id}/pages/{number}/readings")
def readings(letter_id: UUID, number: int, actor: Registry, office: TheOffice) -> list[dict[str, Any]]:
    """All readings of a page, oldest first: who asked for each, when, in which language, and its text."""
    known = office.letter(letter_id, actor)
    standing = office.page(known, number).reading_key
    office.viewed(known, f"readings {number}", actor)
    return [
        {"at": kept.read_at.isoformat(), "by": kept.actor, "chosen_language": kept.language,
         "stands": kept.reading_key == standing, "text": text}
        for kept, text in office.readings_of(known, number)
    ]  # fmt: skip


@router.post("/letters/{letter_id}/confirmation")
def confirm(letter_id: UUID, said: Confirmation, actor: Registry, office: TheOffice) -> dict[str, Any]:
    """Confirm or correct classification, metadata and route; posts the letter to its queue."""
    body = said.model_dump(mode="json", exclude={"version"})
    return summary(office.confirm(letter_id, said.version, body, actor))


@router.post("/letters/{letter_id}/retry", status_code=202)
def try_again(letter_id: UUID, actor: Registry, office: TheOffice) -> dict[str, Any]:
    """Read a letter again that rests or could not be read."""
    office.try_again(letter_id, actor)
    return summary(office.letter(letter_id, actor))


@router.get("/changes")
def changes(actor: Anyone, office: TheOffice, after: Annotated[int, Query(ge=0)] = 0,
            limit: Annotated[int, Query(ge=1, le=1000)] = 200) -> dict[str, Any]:  # fmt: skip
    """Every change once, in order; ask again with the cursor that came last."""
    found = office.changes(after, limit, actor)
    return {"changes": [_line(event) for event in found], "cursor": found[-1].id if found else after}
