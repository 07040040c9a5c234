"""Looking letters up: lists, search, counts."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from storage import tables
from storage.database import Database
from storage.values import Letter

_table = tables.letter
_READ = (
    sa.select(sa.func.count()).select_from(tables.page).where(tables.page.c.letter_id == _table.c.id).scalar_subquery()
)
_UNSHOWN = {"idempotency_key", "last_part"}
#: Columns that make a ``Letter``.
LETTER_COLUMNS = (*(column for column in _table.c if column.name not in _UNSHOWN), _READ.label("pages_read"))


#: Whether pages of a letter need another scan and nobody has confirmed the letter yet.
_RESCAN = sa.and_(_table.c.status == "review", sa.func.jsonb_array_length(_table.c.description["rescan"]) > 0)


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters a list shows; None means all."""

    status: str | None = None
    authority: str | None = None
    state: str | None = None  #: requesting State, ISO 3166-1 alpha-2
    words: str | None = None  #: part of number, file name, sender's reference or note
    after: UUID | None = None  #: last letter of the page before
    rescan: bool = False  #: only letters before a person with pages that need another scan


def letter_from(row: Any) -> Letter:
    """Make a ``Letter`` of a row of ``LETTER_COLUMNS``."""
    values = dict(row._mapping)
    return Letter(**{**values, "flags": tuple(values["flags"])})


def list_letters(database: Database, wanted: LetterFilter, limit: int) -> list[Letter]:
    """Letters, newest first, at most ``limit``."""
    query = sa.select(*LETTER_COLUMNS).order_by(_table.c.number.desc()).limit(limit)
    for column, value in (
        (_table.c.status, wanted.status),
        (_table.c.authority, wanted.authority),
        (_table.c.requesting_state, wanted.state),
    ):
        if value:
            query = query.where(column == value)
    if wanted.words:
        query = query.where(_contains(wanted.words))
    if wanted.rescan:
        query = query.where(_RESCAN)
    if wanted.after:
        last = sa.select(_table.c.number).where(_table.c.id == wanted.after).scalar_subquery()
        query = query.where(_table.c.number < last)
    with database.transaction() as connection:
        return [letter_from(row) for row in connection.execute(query)]


def list_confirmed(database: Database) -> list[Letter]:
    """Letters that a person confirmed or corrected, each with the newest word on it, oldest letters first."""
    query = sa.select(*LETTER_COLUMNS).where(_table.c.confirmation.is_not(None)).order_by(_table.c.number)
    with database.transaction() as connection:
        return [letter_from(row) for row in connection.execute(query)]


def count_by_status(database: Database) -> dict[str, int]:
    """How many letters are in each status."""
    query = sa.select(_table.c.status, sa.func.count()).group_by(_table.c.status)
    with database.transaction() as connection:
        return {status: count for status, count in connection.execute(query)}


def count_rescans(database: Database) -> int:
    """How many letters before a person have pages that need another scan."""
    with database.transaction() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(_table).where(_RESCAN)).scalar_one()


def _contains(words: str) -> sa.ColumnElement[bool]:
    reference = _table.c.description["metadata"]["reference"]["value"].astext
    columns = (_table.c.number, _table.c.name, _table.c.note, reference)
    return sa.or_(*(column.icontains(words, autoescape=True) for column in columns))
