"""The register: receive scans, list letters, show how they come along."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from intake.api.identity import check_csrf
from intake.api.letters import TheOffice
from intake.errors import BadRequest, IntakeError, SignInNeeded, TooLarge, Unavailable, Unreadable
from intake.office import Office, Received, Reception
from intake.web import words
from intake.web.translation import N_, Texts
from intake.web.views import row
from intake.web.visiting import Visit, Visiting, is_watched, moment, show
from storage.letters import LetterFilter
from storage.values import Letter

router = APIRouter(include_in_schema=False)
_ROWS = 25  #: letters on one page of the register
_RESCAN = "rescan"  #: stands among the statuses to choose from
_MOST_SCANS = 20  #: in one form without JavaScript


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the register is shown."""

    status: str
    q: str
    after: UUID | None

    @property
    def as_query(self) -> dict[str, str]:
        """As fields of the address, the empty ones left out."""
        fields = {"status": self.status, "q": self.q, "after": str(self.after or "")}
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one scan that came by the plain form."""

    name: str
    letter: Letter | None
    sentence: str


@router.get("/")
def register(visiting: Visiting, office: TheOffice, status: str = "", q: str = "", after: str = "") -> Response:
    """Upload area and table of letters."""
    return _register(visiting, office, _wanted(status, q, after), [])


@router.get("/register/letters")
def letters(
    visiting: Visiting,
    office: TheOffice,
    status: str = "",
    q: str = "",
    after: str = "",
    seen: str = "",
    moving: Annotated[str, Query(max_length=1000)] = "",
    since: int = 0,
) -> Response:
    """The table alone, for a page that shows it already; 204 while nothing has changed.

    Args:
        visiting: who asks.
        office: the use cases.
        status, q, after: which part of the register.
        seen: digest of what the page shows now.
        moving: numbers of the letters that were on their way when the page last asked.
        since: when somebody last did something on the page, s since 1970; 0 for now.
    """
    values = _table(visiting, office, _wanted(status, q, after), since or moment())
    if values["seen"] == seen and is_watched(since):
        return Response(status_code=204)
    news = _news(values["rows"], set(moving.split()), visiting.texts)
    return show(visiting, "letters.html", **values, news=news)


@router.post("/")
async def receive(request: Request, visiting: Visiting, office: TheOffice) -> Response:
    """Take in scans that a browser without JavaScript sends; sending them again is harmless."""
    async with request.form(max_files=_MOST_SCANS, max_fields=20) as form:
        check_csrf(request, str(form.get("csrf") or ""))
        scans = [scan for scan in form.getlist("scan") if isinstance(scan, UploadFile) and scan.filename]
        if not scans:
            raise BadRequest(N_("Choose at least one scan."))
        outcomes = [await _receive_one(scan, form, office, visiting) for scan in scans]
    return await run_in_threadpool(_register, visiting, office, _wanted("", "", ""), outcomes)


async def _receive_one(scan: UploadFile, form: FormData, office: Office, visiting: Visit) -> Outcome:
    name, texts = scan.filename or "", visiting.texts
    channel = str(form.get("channel") or "")
    reception = Reception(
        name,
        channel if channel in words.CHANNELS_TO_CHOOSE else "upload",  # type: ignore[arg-type]
        urgent=form.get("urgent") == "yes",
        note=str(form.get("note") or ""),
    )
    content = await scan.read(office.door.max_bytes + 1)
    try:
        received = await run_in_threadpool(office.receive, content, reception, visiting.actor)
    except (TooLarge, Unavailable) as error:
        return Outcome(name, None, texts.say(error.remedy))
    return Outcome(name, received.letter, _outcome_sentence(received, texts))


def _outcome_sentence(received: Received, texts: Texts) -> str:
    if received.error:
        return texts.say(received.error.remedy)
    return "" if received.is_new else texts.say("Received before.")


def _wanted(status: str, q: str, after: str) -> Wanted:
    try:
        last = UUID(after) if after else None
    except ValueError:
        last = None
    return Wanted(status if status in words.STATUS or status == _RESCAN else "", q.strip()[:100], last)


def _register(visiting: Visit, office: Office, wanted: Wanted, outcomes: Sequence[Outcome]) -> Response:
    values = _table(visiting, office, wanted, moment())
    counts, texts = office.counts(), visiting.texts
    statuses = [(code, texts.say(name), counts.get(code, 0)) for code, name in words.STATUS.items()]
    statuses.append((_RESCAN, texts.say(N_("pages to scan again")), office.rescans()))
    channels = [(code, texts.say(words.CHANNEL[code])) for code in words.CHANNELS_TO_CHOOSE]
    return show(
        visiting,
        "register.html",
        **values,
        news="",
        outcomes=outcomes,
        statuses=statuses,
        channels=channels,
        remedies=[(kind.code, texts.say(kind.remedy)) for kind in _upload_errors()],
        megabytes=office.door.max_bytes // 1_000_000,
    )


def _upload_errors() -> list[type[IntakeError]]:
    """Errors that the upload call can answer with; the page carries their sentences in its own language."""
    return [*Unreadable.__subclasses__(), Unavailable, SignInNeeded]


def _table(visiting: Visit, office: Office, wanted: Wanted, since: int) -> dict[str, Any]:
    is_rescan = wanted.status == _RESCAN
    status = None if is_rescan else wanted.status or None
    chosen = LetterFilter(status, None, None, wanted.q or None, wanted.after, is_rescan)
    found = office.letters(chosen, _ROWS + 1)
    shown = found[:_ROWS]
    state = repr([(letter.number, letter.version, letter.pages_read) for letter in shown])
    on_their_way = [letter.number for letter in shown if letter.status in words.ON_ITS_WAY]
    return {
        "rows": [row(letter, office.door.authorities, visiting.texts) for letter in shown],
        "wanted": wanted,
        "older": shown[-1].id if len(found) > _ROWS else None,
        "seen": f"{zlib.crc32(state.encode()):08x}",
        "moving": on_their_way,
        "polls": bool(on_their_way) and is_watched(since),
        "since": since,
    }


def _news(rows: Sequence[Any], moving: set[str], texts: Texts) -> str:
    """What to tell about letters that were on their way and have arrived somewhere."""
    arrived = [
        texts.say("%(number)s: %(status)s.", number=one.letter.number, status=one.status)
        for one in rows
        if one.letter.number in moving and one.letter.status not in words.ON_ITS_WAY
    ]
    return " ".join(arrived)
