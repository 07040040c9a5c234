"""The trail: every change once, in order, chained by hashes so that a cut or an edit shows."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from storage import tables
from storage.database import Database
from storage.values import Actor, Event

#: Held to the end of each writing transaction: ids follow the order of commits, so a reader with a cursor misses none.
_TRAIL_LOCK = 7203146
_START = "0" * 64


def record(
    connection: sa.Connection,
    actor: Actor,
    action: str,
    letter_id: UUID | None,
    now: datetime,
    details: dict[str, Any] | None = None,
) -> None:
    """Write one line in the caller's transaction; take this step last, the lock is held until the commit.

    Args:
        connection: the open transaction.
        actor: who did it.
        action: closed list in ``docs/reference/trail.md``.
        letter_id: the letter it is about.
        now: UTC.
        details: codes, numbers and hashes only, never words of a letter.
    """
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _TRAIL_LOCK})
    table = tables.event
    last = connection.execute(sa.select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)).first()
    row = {
        "id": (last.id if last else 0) + 1,
        "at": now,
        "actor": f"{actor.kind}:{actor.id}",
        "action": action,
        "letter_id": letter_id,
        "details": details or {},
    }
    row["hash"] = _link(last.hash if last else _START, row)
    connection.execute(sa.insert(table).values(**row))


def events_after(database: Database, cursor: int, limit: int, authority: str | None = None) -> list[Event]:
    """Lines after a cursor, oldest first.

    Args:
        database: where the trail is.
        cursor: id of the last line already known; 0 for all.
        limit: at most so many.
        authority: only lines about letters in this authority's queue.
    """
    table, entry = tables.event, tables.entry
    query = sa.select(table).where(table.c.id > cursor).order_by(table.c.id).limit(limit)
    if authority is not None:
        own = sa.select(entry.c.letter_id).where(entry.c.authority == authority)
        query = query.where(table.c.letter_id.in_(own))
    with database.transaction() as connection:
        return [_event(row) for row in connection.execute(query)]


def events_of(database: Database, letter_id: UUID) -> list[Event]:
    """History of one letter, oldest first."""
    table = tables.event
    query = sa.select(table).where(table.c.letter_id == letter_id).order_by(table.c.id)
    with database.transaction() as connection:
        return [_event(row) for row in connection.execute(query)]


def broken_links(database: Database) -> Iterator[int]:
    """Ids of lines that do not follow from the line before: edited, removed, inserted or swapped."""
    expected_id, previous = 1, _START
    with database.transaction() as connection:
        for row in connection.execute(sa.select(tables.event).order_by(tables.event.c.id)).mappings():
            if row["id"] != expected_id or row["hash"] != _link(previous, dict(row)):
                yield int(row["id"])
            expected_id, previous = row["id"] + 1, row["hash"]


def _link(previous: str, row: dict[str, Any]) -> str:
    at: datetime = row["at"]
    body = [
        row["id"],
        at.astimezone(UTC).isoformat(),
        row["actor"],
        row["action"],
        str(row["letter_id"]),
        row["details"],
    ]
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(b"\0" + canonical.encode() + previous.encode()).hexdigest()


def _event(row: Any) -> Event:
    return Event(row.id, row.at, row.actor, row.action, row.letter_id, row.details)
