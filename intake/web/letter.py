"""A letter's page: its pages and text, what it is said to be, and the form to confirm or correct that."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from intake.api.identity import access_of
from intake.api.letters import TheOffice, explainer_of
from intake.confirmation import confirmed_report
from intake.counter.drafts import lacks_of
from intake.directory import match_report
from intake.errors import BadRequest, Conflict
from intake.office import Office
from intake.web import particulars, views, warnings, words
from intake.web.choices import Choice, authorities, codes, languages, states
from intake.web.forms import FILE_IT, Entered, Fault, check, entered, proposed, steps_fault
from intake.web.parts import parts
from intake.web.reasons import explanation_report, nearest
from intake.web.translation import N_
from intake.web.visiting import SentForm, Visit, Visiting, is_watched, moment, show
from storage import links
from storage.errors import Stale
from storage.values import Letter

router = APIRouter(prefix="/letters/{letter_id:uuid}", include_in_schema=False)
_MOVED = N_(
    "Someone else changed this letter while you had it open; nothing was saved. Your entries are still in the form: "
    "compare them with what is kept now, then confirm again."
)
_ON_ITS_WAY = N_("This letter is on its way or has been described already: look at its status.")


@router.get("")
def letter_page(
    letter_id: UUID,
    visiting: Visiting,
    office: TheOffice,
    page: int = 0,
    saved: str = "",
    why: str = "",
    about: str = "",
) -> Response:
    """The letter; ``page`` lies open, ``why`` unfolds the reasons, those ``about`` a code that was not given first."""
    letter = office.letter(letter_id, visiting.actor)
    extra = _reasons(visiting, office, letter, about) if why else {}
    return _letter_page(visiting, office, letter, proposed(letter), page=page, saved=bool(saved), extra=extra)


@router.get("/why")
def why(letter_id: UUID, visiting: Visiting, office: TheOffice) -> Response:
    """The reasons alone, for the fold that opens on the letter's page."""
    letter = office.letter(letter_id, visiting.actor)
    return show(visiting, "why.html", letter=letter, words=words, **_reasons(visiting, office, letter))


def _reasons(visiting: Visit, office: Office, letter: Letter, about: str = "") -> dict[str, Any]:
    try:
        explained = explainer_of(visiting.request).explain(letter, office)
    except Conflict as error:
        return {"why": None, "why_not": str(error)}
    office.viewed(letter, "explanation", visiting.actor)
    report = explanation_report(explained.explanation, visiting.texts)
    rest = [label for label in report["labels"] if not label["given"]]
    asked = [label for label in rest if label["code"] == about]
    shown = {"report": report, "asked": asked, "nearest": nearest(rest), "rest": rest}
    return {"why": {**shown, "is_as_kept": explained.is_as_kept}, "why_not": ""}


@router.post("")
def confirm(letter_id: UUID, form: SentForm, visiting: Visiting, office: TheOffice) -> Response:
    """Keep what the person says the letter is; on faults show the form again as it was sent."""
    letter, sent = office.letter(letter_id, visiting.actor), entered(form)
    checked, undone = check(sent, str(form.get("version") or "")), steps_fault(sent, letter)
    if isinstance(checked, list) or undone:
        faults = [*(checked if isinstance(checked, list) else []), *undone]
        return _letter_page(visiting, office, letter, sent, faults=faults, status=422)
    body = checked.model_dump(mode="json", exclude={"version"})
    try:
        office.confirm(letter_id, checked.version, body, visiting.actor)
    except BadRequest as error:
        return _letter_page(visiting, office, letter, sent, faults=[Fault("authority", str(error))], status=422)
    except Stale:
        now = office.letter(letter_id, visiting.actor)
        return _letter_page(visiting, office, now, sent, notice=_MOVED, status=409)
    return RedirectResponse(f"/letters/{letter_id}?saved=1", 303)


@router.post("/retry")
def try_again(letter_id: UUID, form: SentForm, visiting: Visiting, office: TheOffice) -> Response:
    """Read a letter again that rests or could not be read."""
    try:
        office.try_again(letter_id, visiting.actor)
    except Stale:
        raise Conflict(_ON_ITS_WAY) from None
    return RedirectResponse(f"/letters/{letter_id}", 303)


@router.get("/pages/{number:int}")
def one_page(letter_id: UUID, number: int, visiting: Visiting, office: TheOffice) -> Response:
    """The viewer alone with another page in it, so that entries in the form stay."""
    letter = office.letter(letter_id, visiting.actor)
    return show(visiting, "page.html", letter=letter, **_viewer(visiting, office, letter, number))


@router.post("/pages/{number:int}/readings")
def read_again(letter_id: UUID, number: int, form: SentForm, visiting: Visiting, office: TheOffice) -> Response:
    """Read a page again in the language that the person chose."""
    try:
        office.read_page_again(letter_id, number, str(form.get("language") or "") or None, visiting.actor)
    except Stale:
        raise Conflict(_ON_ITS_WAY) from None
    return RedirectResponse(f"/letters/{letter_id}?page={number}", 303)


@router.get("/progress")
def progress(letter_id: UUID, visiting: Visiting, office: TheOffice, since: int = 0) -> Response:
    """How far the reading is; when it is done the whole page must be loaded again."""
    letter = office.letter(letter_id, visiting.actor)
    if letter.status not in words.ON_ITS_WAY:
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return show(visiting, "progress.html", letter=letter, **_progress(visiting, letter, since))


def _letter_page(
    visiting: Visit,
    office: Office,
    letter: Letter,
    form: Entered,
    *,
    faults: Sequence[Fault] = (),
    notice: str = "",
    page: int = 0,
    saved: bool = False,
    status: int = 200,
    extra: Mapping[str, Any] = {},
) -> Response:
    view = views.letter_view(letter, visiting.texts)
    people = {str(one.id): one.name for one in access_of(visiting.request).accounts()}
    keys = {key.id: office.door.authorities.get(key.authority, key.authority) for key in _keys(visiting)}
    return show(
        visiting,
        "letter.html",
        status,
        letter=letter,
        view=view,
        form=form,
        faults=faults,
        notice=notice,
        saved=saved,
        metadata=views.metadata(view.report),
        particulars=particulars.groups(view.report, visiting.texts),
        identifiers=particulars.identifiers,
        history=views.history(office.history(letter.id), people | keys, visiting.texts),
        words=words,
        instruments=views.instruments(visiting.texts.language),
        choices=_choices(visiting, office, letter, form),
        parts=parts(view.route, office.keeping.queues.entries(letter.id), office.door.authorities, visiting.texts),
        file_it=FILE_IT,
        listed_as=match_report(office.directories.current(), view.report.get("metadata", {})),
        **_counter(visiting, office, letter, view.report),
        steps=((letter.description or {}).get("route") or {}).get("steps", ()),
        **{"why": None, "why_not": "", **extra},
        **_viewer(visiting, office, letter, page),
        **_progress(visiting, letter, moment()),
    )


def _counter(visiting: Visit, office: Office, letter: Letter, report: Mapping[str, Any]) -> dict[str, Any]:
    """What the counter says of the letter, the letters it belongs to, and whether there is something to ask."""
    return {
        "warned": warnings.warnings(report, visiting.texts),
        "related": warnings.relations(links.of(office.keeping.database, letter.id), visiting.texts),
        "candidates": warnings.candidates(report, visiting.texts),
        "asks_sender": any(lacks_of(report.get("completeness", ()))),
    }


def _keys(visiting: Visit) -> Sequence[Any]:
    return access_of(visiting.request).api_keys()


def _choices(visiting: Visit, office: Office, letter: Letter, form: Entered) -> dict[str, Sequence[Choice]]:
    view = views.letter_view(letter, visiting.texts)
    return {
        "request_types": codes("request_type", view.types, form.request_types, visiting.texts),
        "offences": codes("offence", view.offences, form.offences, visiting.texts),
        "states": states(visiting.texts),
        "authorities": authorities(office.door.authorities, view.route),
    }


def _viewer(visiting: Visit, office: Office, letter: Letter, number: int) -> dict[str, Any]:
    """One page of those read so far: the one asked for, or else the first."""
    read = [page.number for page in office.keeping.pages.of(letter.id)]
    if not read:
        return {"page": None, "read": [], "before": None, "behind": None, "readable": []}
    number = number if number in read else read[0]
    reading = office.reading_of(office.page(letter, number))
    office.viewed(letter, f"text {number}", visiting.actor)
    place = read.index(number)
    return {
        "page": views.page_view(reading, confirmed_report(letter), visiting.texts),
        "read": read,
        "readable": languages(visiting.texts) if letter.status == "review" else [],
        "before": read[place - 1] if place else None,
        "behind": read[place + 1] if place + 1 < len(read) else None,
    }


def _progress(visiting: Visit, letter: Letter, since: int) -> dict[str, Any]:
    status = views.status_words(letter, visiting.texts)
    return {"status_words": status, "since": since, "polls": is_watched(since)}
