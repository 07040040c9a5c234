"""Links between letters: a copy of one that came before, a supplement, a reminder, a withdrawal."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from storage import tables
from storage.database import Database
from storage.letters import LETTER_COLUMNS, letter_from
from storage.trail import record
from storage.values import SYSTEM, Letter, Link, LinkKind

_letter, _link, _band = tables.letter, tables.letter_link, tables.letter_band


def alike(database: Database, letter_id: UUID, bands: Sequence[int], limit: int) -> list[Letter]:
    """Letters that share marks with this one, those that share most first."""
    shared = sa.func.count()
    query = (
        sa.select(_band.c.letter_id)
        .where(_band.c.band.in_(bands), _band.c.letter_id != letter_id)
        .group_by(_band.c.letter_id)
        .order_by(shared.desc(), _band.c.letter_id)
        .limit(limit)
    )
    with database.transaction() as connection:
        ids = list(connection.execute(query).scalars())
        return _letters(connection, _letter.c.id.in_(ids)) if ids else []


def numbered(database: Database, numbers: Iterable[str]) -> list[Letter]:
    """Letters with these register numbers."""
    with database.transaction() as connection:
        return _letters(connection, _letter.c.number.in_(list(numbers)))


def with_reference(database: Database, letter_id: UUID, state: str, reference: str, limit: int) -> list[Letter]:
    """Other letters of a State with a reference of the sender, strokes and blanks aside."""
    stated = _bare(_letter.c.description["metadata"]["reference"]["value"].astext)
    same = sa.and_(
        _letter.c.requesting_state == state, stated == _bare(sa.literal(reference)), _letter.c.id != letter_id
    )
    with database.transaction() as connection:
        return _letters(connection, same)[:limit]


def keep(
    database: Database,
    letter_id: UUID,
    bands: Sequence[int],
    found: Sequence[tuple[UUID, UUID, LinkKind]],
    now: datetime,
) -> None:
    """Keep the marks of a letter and its links, once however often it is called.

    Args:
        database: where the register is.
        letter_id: the letter.
        bands: its marks.
        found: later letter, earlier letter and what the later is to the earlier.
        now: UTC.
    """
    with database.transaction() as connection:
        connection.execute(sa.delete(_band).where(_band.c.letter_id == letter_id))
        if bands:
            rows = [{"letter_id": letter_id, "band": band} for band in dict.fromkeys(bands)]
            connection.execute(sa.insert(_band), rows)
        new = []
        for later, earlier, kind in found:
            values = {"letter_id": later, "earlier_id": earlier, "kind": kind, "found_at": now}
            added = insert(_link).values(**values).on_conflict_do_nothing().returning(_link.c.letter_id)
            if connection.execute(added).first():
                new.append((later, earlier, kind))
        for later, earlier, kind in new:
            record(connection, SYSTEM, "linked", later, now, {"earlier": str(earlier), "kind": kind})


def of(database: Database, letter_id: UUID) -> list[Link]:
    """Links of a letter, to those before and those after it, oldest letter first."""
    here = sa.or_(_link.c.letter_id == letter_id, _link.c.earlier_id == letter_id)
    other = sa.case((_link.c.letter_id == letter_id, _link.c.earlier_id), else_=_link.c.letter_id)
    query = (
        sa.select(_link.c.kind, _letter.c.id, _letter.c.number, _letter.c.received_at, _letter.c.status,
                  (_link.c.letter_id == letter_id).label("is_earlier"))
        .join_from(_link, _letter, _letter.c.id == other)
        .where(here)
        .order_by(_letter.c.number)
    )  # fmt: skip
    with database.transaction() as connection:
        return [Link(**row._mapping) for row in connection.execute(query)]


def _letters(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> list[Letter]:
    query = sa.select(*LETTER_COLUMNS).where(wanted).order_by(_letter.c.number)
    return [letter_from(row) for row in connection.execute(query)]


def _bare(text: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    return sa.func.lower(sa.func.regexp_replace(text, "[^[:alnum:]]", "", "g"))
