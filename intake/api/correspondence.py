"""Calls about what belongs to a letter: the letters before and after it, and drafts of what to write back."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from intake.api.identity import Anyone, Registry
from intake.api.letters import TheOffice
from intake.counter.drafts import DraftKind
from intake.office import Office
from storage import links
from storage.values import Actor, Link

router = APIRouter(tags=["letters"])


@router.get("/letters/{letter_id}/links")
def linked(letter_id: UUID, actor: Anyone, office: TheOffice) -> list[dict[str, Any]]:
    """The letters that a letter belongs to, oldest first; a case system sees those of its own queue."""
    known = office.letter(letter_id, actor)
    return [
        {"id": str(link.id), "number": link.number, "received_at": link.received_at.isoformat(),
         "status": link.status, "kind": link.kind, "is_earlier": link.is_earlier}
        for link in links.of(office.keeping.database, known.id)
        if _is_visible(link, actor, office)
    ]  # fmt: skip


def _is_visible(link: Link, actor: Actor, office: Office) -> bool:
    return actor.kind != "case_system" or office.keeping.queues.sees(link.id, actor.authority or "")


@router.get("/letters/{letter_id}/drafts/{kind}")
def draft(
    letter_id: UUID,
    kind: DraftKind,
    actor: Registry,
    office: TheOffice,
    language: Annotated[str | None, Query(max_length=20)] = None,
) -> dict[str, Any]:
    """A draft for a person to send: the query for what is missing, or the acknowledgement. Nothing is sent."""
    known = office.letter(letter_id, actor)
    written = office.door.correspondence.draft(known, kind, language)
    office.viewed(known, f"draft {kind}", actor)
    languages = office.door.correspondence.templates.languages(kind)
    return {"kind": kind, "language": written.language, "text": written.text, "languages": list(languages)}
