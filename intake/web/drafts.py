"""The page of a draft: the query to the sender or the acknowledgement, to be copied or printed."""

from uuid import UUID

from fastapi import APIRouter, Response

from intake.api.letters import TheOffice
from intake.counter.drafts import KINDS, DraftKind
from intake.errors import NotFound
from intake.web.translation import N_
from intake.web.visiting import Visiting, show

router = APIRouter(prefix="/letters/{letter_id:uuid}/drafts", include_in_schema=False)
TITLE = {"query": N_("Query to the sender"), "acknowledgement": N_("Acknowledgement of receipt")}
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ps", "ur")


@router.get("/{kind}")
def draft_page(letter_id: UUID, kind: str, visiting: Visiting, office: TheOffice, language: str = "") -> Response:
    """A draft in the sender's language, or in the one chosen."""
    if kind not in KINDS:
        raise NotFound
    letter = office.letter(letter_id, visiting.actor)
    known: DraftKind = kind
    draft = office.door.correspondence.draft(letter, known, language or None)
    office.viewed(letter, f"draft {kind}", visiting.actor)
    return show(
        visiting,
        "draft.html",
        letter=letter,
        draft=draft,
        title=TITLE[kind],
        direction="rtl" if draft.language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr",
        tongues=office.door.correspondence.templates.languages(known),
    )
