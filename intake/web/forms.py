"""The form in which a person confirms or corrects a letter: what stands in it, and what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import FormData

from intake.confirmation import Confirmation, confirmed_report, open_steps
from intake.web.translation import N_
from intake.web.views import stated
from storage.values import Letter

FILE_IT = "file"  #: choice of no queue at all; no authority's code, codes being checked against the list
METADATA = ("requesting_state", "requesting_authority", "addressee", "reference", "date", "deadline")
_YES_NO: dict[bool | None, str] = {True: "yes", False: "no", None: ""}

_MESSAGES = {
    "is_request": N_("Say whether the letter is a request."),
    "primary_type": N_("The main request type must be one of those that are ticked."),
    "primary_offence": N_("The main offence must be one of those that are ticked."),
    "request_types": N_("Choose request types of the list."),
    "offences": N_("Choose offences of the list."),
    "requesting_state": N_("Choose the requesting State of the list."),
    "requesting_authority": N_("The name of the requesting authority is too long: at most 500 characters."),
    "addressee": N_("The addressee is too long: at most 500 characters."),
    "reference": N_("The reference is too long: at most 200 characters."),
    "date": N_("Give the date as year-month-day, such as 2026-11-24, or leave it empty."),
    "deadline": N_("Give the deadline as year-month-day, such as 2026-11-24, or leave it empty."),
    "authority": N_("Choose the competent authority, or “No queue: file it”."),
    "also": N_("At most ten other authorities can act on a part."),
    "copies": N_("At most ten authorities can have a copy."),
    "notices": N_("At most ten authorities can be told."),
    "steps": N_("Tick each step of the review once it is done, or choose another authority."),
    "note": N_("The note is too long: at most 2,000 characters."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field."""

    field: str  #: id of the field on the page
    message: str  #: English; the page translates it


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form, as text, be it right or wrong."""

    is_request: str  #: ``yes``, ``no`` or empty
    request_types: tuple[str, ...]
    primary_type: str
    offences: tuple[str, ...]
    primary_offence: str
    metadata: Mapping[str, str]  #: the fields of ``METADATA``
    confidential: str  #: ``yes``, ``no`` or empty
    urgent: bool
    authority: str  #: code, ``FILE_IT``, or empty while nobody chose
    copies: tuple[str, ...]
    note: str
    also: tuple[str, ...] = ()  #: other authorities that must act
    notices: tuple[str, ...] = ()  #: authorities that are only told
    steps: tuple[str, ...] = ()  #: steps of the review that are ticked


def proposed(letter: Letter) -> Entered:
    """The form as the page first shows it: what a person said before, or else what the program proposes."""
    report = confirmed_report(letter)
    types = tuple(label["code"] for label in report.get("request_types", ()))
    offences = tuple(label["code"] for label in report.get("offences", ()))
    route, said = report.get("route") or {}, letter.confirmation
    return Entered(
        is_request=_YES_NO[report.get("is_request", {}).get("value")],
        request_types=types,
        primary_type=types[0] if types else "",
        offences=offences,
        primary_offence=offences[0] if offences else "",
        metadata={name: stated(report, name)["value"] or "" for name in METADATA},
        confidential=_YES_NO[stated(report, "confidential")["value"]],
        urgent=bool(stated(report, "urgent")["value"]) or (letter.urgent and said is None),
        authority=route.get("authority") or (FILE_IT if said else ""),
        copies=tuple(route.get("copies", ())),
        note=said["note"] if said else "",
        also=tuple(part["authority"] for part in route.get("parts", ()))[1:],
        notices=tuple(route.get("notices", ())),
        steps=tuple(said.get("steps", ())) if said else (),
    )


def entered(form: FormData) -> Entered:
    """The form as it was sent."""

    def one(name: str) -> str:
        return str(form.get(name) or "").strip()

    def many(name: str) -> tuple[str, ...]:
        return tuple(str(value) for value in form.getlist(name))

    return Entered(
        is_request=one("is_request"),
        request_types=many("request_types"),
        primary_type=one("primary_type"),
        offences=many("offences"),
        primary_offence=one("primary_offence"),
        metadata={name: one(name) for name in METADATA},
        confidential=one("confidential"),
        urgent=one("urgent") == "yes",
        authority=one("authority"),
        copies=many("copies"),
        note=one("note"),
        also=many("also"),
        notices=many("notices"),
        steps=many("steps"),
    )


def check(sent: Entered, version: str) -> Confirmation | list[Fault]:
    """What the person confirms, or the faults that stand in the way.

    Args:
        sent: the form.
        version: of the letter as the person saw it.
    """
    faults = [_fault(name) for name in _unanswered(sent)]
    try:
        confirmation = Confirmation.model_validate(_body(sent, version))
    except ValidationError as error:
        # The last name in the place is the field's own, or its index in a list.
        named = [[str(part) for part in one["loc"] if part in _MESSAGES] for one in error.errors()]
        return faults + [_fault(name) for name in dict.fromkeys(parts[-1] for parts in named if parts)]
    return faults or confirmation


def steps_fault(sent: Entered, letter: Letter) -> list[Fault]:
    """The fault of a form in which a step of the review is not ticked."""
    return [_fault("steps")] if open_steps(letter, sent.authority, sent.steps) else []


def _unanswered(sent: Entered) -> list[str]:
    faults = {
        "is_request": sent.is_request not in {"yes", "no"},
        "primary_type": bool(sent.primary_type) and sent.primary_type not in sent.request_types,
        "primary_offence": bool(sent.primary_offence) and sent.primary_offence not in sent.offences,
        "authority": not sent.authority,
    }
    return [name for name, is_fault in faults.items() if is_fault]


def _body(sent: Entered, version: str) -> dict[str, Any]:
    answers = {text: answer for answer, text in _YES_NO.items()}
    metadata: dict[str, Any] = {name: value or None for name, value in sent.metadata.items()}
    also = [code for code in sent.also if sent.authority not in {code, FILE_IT}]
    return {
        # A version that is no number is none that the letter ever had.
        "version": int(version) if version.isdecimal() and len(version) < 10 else 0,
        "is_request": sent.is_request == "yes",
        "request_types": _primary_first(sent.primary_type, sent.request_types),
        "offences": _primary_first(sent.primary_offence, sent.offences),
        "metadata": {**metadata, "confidential": answers.get(sent.confidential)},
        "urgent": sent.urgent,
        "authority": None if sent.authority == FILE_IT else sent.authority,
        "also": also,
        "copies": [code for code in sent.copies if code not in {sent.authority, *also}],
        "notices": [code for code in sent.notices if code not in {sent.authority, *also, *sent.copies}],
        "steps": list(sent.steps),
        "note": sent.note,
    }


def _primary_first(primary: str, codes: tuple[str, ...]) -> list[str]:
    return sorted(codes, key=lambda code: code != primary)


def _fault(field: str) -> Fault:
    return Fault(field, _MESSAGES[field])
