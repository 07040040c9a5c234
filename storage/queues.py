"""The queues of the competent authorities: post, lease, settle.

An entry is waiting, leased until a moment, or acknowledged. Leases are taken with ``FOR UPDATE SKIP LOCKED``: two case
systems never hold the same entry, and none waits for another.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from storage import tables
from storage.database import Database
from storage.errors import Stale
from storage.postings import Posting
from storage.trail import record
from storage.values import SYSTEM, Actor, Entry, LeasedEntry

_entry = tables.entry


def post(
    connection: sa.Connection, letter_id: UUID, postings: Sequence[Posting], *, urgent: bool, now: datetime
) -> None:
    """Put a letter into queues in the caller's transaction.

    Entries not yet taken from other queues are withdrawn, but for those that an authority passed on.
    """
    wanted = {posting.authority for posting in postings}
    taken = sa.select(_entry.c.then).where(
        _entry.c.letter_id == letter_id, _entry.c.authority.in_(wanted), _entry.c.acknowledged_at.is_not(None)
    )
    passed_on = {code for chain in connection.execute(taken).scalars() for code in chain}
    connection.execute(
        sa.delete(_entry).where(
            _entry.c.letter_id == letter_id,
            _entry.c.authority.not_in(wanted | passed_on),
            _entry.c.acknowledged_at.is_(None),
        )
    )
    for posting in postings:
        _put(connection, letter_id, posting, urgent=urgent, now=now)


def _put(connection: sa.Connection, letter_id: UUID, posting: Posting, *, urgent: bool, now: datetime) -> None:
    """Put one entry, or change the one that its authority has; who only knew of the letter may have to act now."""
    found = sa.select(_entry).where(_entry.c.letter_id == letter_id, _entry.c.authority == posting.authority)
    known = connection.execute(found.with_for_update()).first()
    values: dict[str, Any] = {
        "kind": posting.kind,
        "request_types": list(posting.request_types),
        "then": list(posting.then),
    }
    if posting.kind == "act" and (known is None or known.part is None):
        values["part"] = _next_part(connection, letter_id)
    if known is None:
        values |= {"letter_id": letter_id, "authority": posting.authority, "urgent": urgent, "posted_at": now}
        connection.execute(sa.insert(_entry).values(**values))
    elif known.acknowledged_at is None:
        connection.execute(sa.update(_entry).where(_entry.c.id == known.id).values(**values, urgent=urgent))
    elif posting.kind == "act" and known.kind != "act":
        changes = {"acknowledged_at": None, "leased_by": None, "posted_at": now, "urgent": urgent}
        connection.execute(sa.update(_entry).where(_entry.c.id == known.id).values(**values, **changes))


def _next_part(connection: sa.Connection, letter_id: UUID) -> int:
    """The next part's number under the letter's; one that was given is never given again."""
    letter = tables.letter
    counted = sa.update(letter).where(letter.c.id == letter_id).values(last_part=letter.c.last_part + 1)
    number: int = connection.execute(counted.returning(letter.c.last_part)).scalar_one()
    return number


def _pass_on(connection: sa.Connection, row: Any, now: datetime) -> None:
    """Post a part that was acknowledged to whoever acts next on it; one who has acted already is passed over."""
    chain = list(row.then)
    while chain:
        following = chain.pop(0)
        acts = sa.select(_entry.c.id).where(
            _entry.c.letter_id == row.letter_id, _entry.c.authority == following, _entry.c.kind == "act"
        )
        if connection.execute(acts).first() is None:
            posting = Posting(following, "act", tuple(row.request_types), tuple(chain))
            _put(connection, row.letter_id, posting, urgent=row.urgent, now=now)
            record(connection, SYSTEM, "passed_on", row.letter_id, now, {"entry": row.id, "authority": following})
            return


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

        A part with a chain goes to the queue that comes next, in the same transaction.

        Raises:
            Stale: when the lease ran out, was settled, or is another's.
        """
        with self._database.transaction() as connection:
            row = self._held(connection, token, actor, now)
            changes: dict[str, Any] = {"acknowledged_at": now, "token_hash": None, "lease_expires_at": None}
            connection.execute(sa.update(_entry).where(_entry.c.id == row.id).values(**changes))
            _pass_on(connection, row, now)
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
        """Whether the case system leases the letter now, or its authority has acknowledged it; never for a notice."""
        leased = sa.and_(_entry.c.leased_by == actor.id, _entry.c.lease_expires_at > now)
        query = sa.select(_entry.c.id).where(
            _entry.c.letter_id == letter_id,
            _entry.c.authority == actor.authority,
            _entry.c.kind != "notice",
            sa.or_(leased, _entry.c.acknowledged_at.is_not(None)),
        )
        with self._database.transaction() as connection:
            return connection.execute(query).first() is not None

    def kind(self, letter_id: UUID, authority: str) -> str | None:
        """For what the letter is, or was, in the authority's queue: to act, as a copy, as a notice; None when not."""
        query = sa.select(_entry.c.kind).where(_entry.c.letter_id == letter_id, _entry.c.authority == authority)
        with self._database.transaction() as connection:
            kind: str | None = connection.execute(query).scalar()
            return kind

    def entries(self, letter_id: UUID) -> list[Entry]:
        """All entries of a letter: its parts in order, then copies and notices."""
        query = sa.select(_entry, tables.letter.c.number).join(tables.letter, tables.letter.c.id == _entry.c.letter_id)
        ordered = query.where(_entry.c.letter_id == letter_id).order_by(_entry.c.part.nulls_last(), _entry.c.id)
        with self._database.transaction() as connection:
            return [_entry_from(row) for row in connection.execute(ordered)]

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
    return Entry(
        id=row.id,
        letter_id=row.letter_id,
        number=row.number,
        authority=row.authority,
        urgent=row.urgent,
        posted_at=row.posted_at,
        kind=row.kind,
        part=row.part,
        request_types=tuple(row.request_types),
        then=tuple(row.then),
        leased_until=row.lease_expires_at,
        acknowledged_at=row.acknowledged_at,
    )
