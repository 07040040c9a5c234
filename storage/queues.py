"""The queues of the competent authorities: post, lease, settle.

An entry is waiting, leased until a moment, or acknowledged. Leases are taken with ``FOR UPDATE SKIP LOCKED``: two case
systems never hold the same entry, and none waits for another.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from storage import tables
from storage.database import Database
from storage.errors import Stale
from storage.trail import record
from storage.values import Actor, Entry, LeasedEntry

_entry = tables.entry


def post(
    connection: sa.Connection, letter_id: UUID, authorities: Iterable[str], *, urgent: bool, now: datetime
) -> None:
    """Put a letter into queues in the caller's transaction; entries not yet taken from other queues are withdrawn."""
    wanted = list(dict.fromkeys(authorities))
    connection.execute(
        sa.delete(_entry).where(
            _entry.c.letter_id == letter_id,
            _entry.c.authority.not_in(wanted),
            _entry.c.acknowledged_at.is_(None),
        )
    )
    for authority in wanted:
        values = {"letter_id": letter_id, "authority": authority, "urgent": urgent, "posted_at": now}
        connection.execute(insert(_entry).values(**values).on_conflict_do_nothing(constraint="entry_once"))


class Queues:
    """Entries as case systems see them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lease(self, actor: Actor, limit: int, seconds: int, now: datetime) -> list[LeasedEntry]:
        """Claim waiting entries of the actor's authority, urgent first, oldest first.

        Args:
            actor: the case system; its authority names the queue.
            limit: at most so many.
            seconds: how long the claim holds.
            now: UTC.
        """
        expires_at = now + timedelta(seconds=seconds)
        free = sa.or_(_entry.c.lease_expires_at.is_(None), _entry.c.lease_expires_at <= now)
        waiting = (
            sa.select(_entry, tables.letter.c.number)
            .join(tables.letter, tables.letter.c.id == _entry.c.letter_id)
            .where(_entry.c.authority == actor.authority, _entry.c.acknowledged_at.is_(None), free)
            .order_by(_entry.c.urgent.desc(), _entry.c.posted_at, _entry.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=_entry)
        )
        with self._database.transaction() as connection:
            leased = []
            for row in connection.execute(waiting).all():
                token = secrets.token_urlsafe(24)
                changes = {"token_hash": _digest(token), "leased_by": actor.id, "lease_expires_at": expires_at}
                connection.execute(sa.update(_entry).where(_entry.c.id == row.id).values(**changes))
                leased.append(LeasedEntry(_entry_from(row), token, expires_at))
            for one in leased:
                record(connection, actor, "leased", one.entry.letter_id, now, {"entry": one.entry.id})
            return leased

    def acknowledge(self, token: str, actor: Actor, now: datetime) -> None:
        """Settle an entry for good; a letter whose entries are all settled is acknowledged.

        Raises:
            Stale: when the lease ran out, was settled, or is another's.
        """
        with self._database.transaction() as connection:
            row = self._held(connection, token, actor, now)
            changes: dict[str, Any] = {"acknowledged_at": now, "token_hash": None, "lease_expires_at": None}
            connection.execute(sa.update(_entry).where(_entry.c.id == row.id).values(**changes))
            open_entries = sa.select(_entry.c.id).where(
                _entry.c.letter_id == row.letter_id, _entry.c.acknowledged_at.is_(None)
            )
            if connection.execute(open_entries).first() is None:
                letter = tables.letter
                done = sa.update(letter).where(letter.c.id == row.letter_id, letter.c.status == "queued")
                connection.execute(done.values(status="acknowledged", version=letter.c.version + 1))
            record(connection, actor, "acknowledged", row.letter_id, now, {"entry": row.id})

    def renew(self, token: str, actor: Actor, seconds: int, now: datetime) -> datetime:
        """Hold an entry longer; gives the new end of the lease.

        Raises:
            Stale: when the lease ran out, was settled, or is another's.
        """
        expires_at = now + timedelta(seconds=seconds)
        with self._database.transaction() as connection:
            row = self._held(connection, token, actor, now)
            connection.execute(sa.update(_entry).where(_entry.c.id == row.id).values(lease_expires_at=expires_at))
            record(connection, actor, "renewed", row.letter_id, now, {"entry": row.id})
        return expires_at

    def give_back(self, token: str, actor: Actor, reason: str, now: datetime) -> None:
        """Return an entry to its queue before the lease runs out; the reason stands in the letter's history.

        Raises:
            Stale: when the lease ran out, was settled, or is another's.
        """
        with self._database.transaction() as connection:
            row = self._held(connection, token, actor, now)
            changes: dict[str, Any] = {"token_hash": None, "leased_by": None, "lease_expires_at": None}
            connection.execute(sa.update(_entry).where(_entry.c.id == row.id).values(**changes))
            record(connection, actor, "returned", row.letter_id, now, {"entry": row.id, "reason": reason})

    def sees(self, letter_id: UUID, authority: str) -> bool:
        """Whether the letter is, or was, in the authority's queue."""
        query = sa.select(_entry.c.id).where(_entry.c.letter_id == letter_id, _entry.c.authority == authority)
        with self._database.transaction() as connection:
            return connection.execute(query).first() is not None

    def holds(self, letter_id: UUID, actor: Actor, now: datetime) -> bool:
        """Whether the case system leases the letter now, or its authority has acknowledged it."""
        leased = sa.and_(_entry.c.leased_by == actor.id, _entry.c.lease_expires_at > now)
        query = sa.select(_entry.c.id).where(
            _entry.c.letter_id == letter_id,
            _entry.c.authority == actor.authority,
            sa.or_(leased, _entry.c.acknowledged_at.is_not(None)),
        )
        with self._database.transaction() as connection:
            return connection.execute(query).first() is not None

    def waiting(self) -> dict[str, int]:
        """How many entries wait in each queue."""
        query = sa.select(_entry.c.authority, sa.func.count()).where(_entry.c.acknowledged_at.is_(None))
        with self._database.transaction() as connection:
            return {name: count for name, count in connection.execute(query.group_by(_entry.c.authority))}

    @staticmethod
    def _held(connection: sa.Connection, token: str, actor: Actor, now: datetime) -> Any:
        query = sa.select(_entry).where(
            _entry.c.token_hash == _digest(token),
            _entry.c.leased_by == actor.id,
            _entry.c.authority == actor.authority,
            _entry.c.lease_expires_at > now,
        )
        row = connection.execute(query.with_for_update()).first()
        if row is None:
            raise Stale("the lease is gone")
        return row


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _entry_from(row: Any) -> Entry:
    return Entry(row.id, row.letter_id, row.number, row.authority, row.urgent, row.posted_at)
