"""The register: every letter ever received, each under one number.

Each public method is one transaction; the line of the trail and the next job are written in it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from storage import tables
from storage.database import Database, Job, defer
from storage.errors import Missing, Stale
from storage.labels import judge, keep_answer
from storage.letters import LETTER_COLUMNS, letter_from
from storage.postings import confirmed_postings, proposed_postings
from storage.queues import post
from storage.trail import record
from storage.values import SYSTEM, Actor, Letter, NewLetter


class Register:
    """Receives letters, follows their way, and never forgets one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, new: NewLetter, actor: Actor, now: datetime, *jobs_of: str) -> tuple[Letter, bool]:
        """Give a letter its number, or find the one that came before with the same bytes or key.

        Args:
            new: the letter; its bytes are already safe.
            actor: who brought it.
            now: UTC.
            jobs_of: names of the jobs to defer for a letter that is new.

        Returns:
            The letter, and whether it is new.

        Raises:
            Stale: when the idempotency key was used for other bytes: answering with that letter would lose this one.
        """
        table = tables.letter
        with self._database.transaction() as connection:
            # The row of the year is the lock that makes look-up and numbering one step.
            sequence = connection.execute(
                insert(tables.register_year)
                .values(year=now.year, last=0)
                .on_conflict_do_update(index_elements=["year"], set_={"last": tables.register_year.c.last})
                .returning(tables.register_year.c.last)
            ).scalar_one()
            same = [table.c.sha256 == new.sha256]
            if new.idempotency_key is not None:
                same.append(table.c.idempotency_key == new.idempotency_key)
            found = connection.execute(sa.select(table.c.id, table.c.sha256).where(sa.or_(*same))).all()
            for row in found:
                if row.sha256 == new.sha256:
                    return _load(connection, row.id), False
            if found:
                raise Stale("this idempotency key belongs to another scan")
            letter_id = self._insert(connection, new, now, sequence + 1)
            defer(connection, *(Job(name, {"letter_id": str(letter_id)}, new.urgent) for name in jobs_of))
            details = {"sha256": new.sha256, "channel": new.channel, "error": new.error_code}
            record(connection, actor, "unreadable" if new.error_code else "received", letter_id, now, details)
            return _load(connection, letter_id), True

    @staticmethod
    def _insert(connection: sa.Connection, new: NewLetter, now: datetime, sequence: int) -> UUID:
        year = tables.register_year
        connection.execute(sa.update(year).where(year.c.year == now.year).values(last=sequence))
        letter_id = uuid4()
        connection.execute(
            sa.insert(tables.letter).values(
                id=letter_id,
                number=f"{now.year}-{sequence:06d}",
                status="unreadable" if new.error_code else "received",
                sha256=new.sha256,
                byte_size=new.byte_size,
                media_type=new.media_type,
                name=new.name,
                channel=new.channel,
                received_at=new.received_at,
                registered_at=now,
                urgent=new.urgent,
                note=new.note,
                idempotency_key=new.idempotency_key,
                flags=[],
                error_code=new.error_code,
                version=1,
            )
        )
        return letter_id

    def letter(self, letter_id: UUID) -> Letter:
        """One letter.

        Raises:
            Missing: when there is none.
        """
        with self._database.transaction() as connection:
            return _load(connection, letter_id)

    def opened(
        self, letter_id: UUID, media_type: str, page_count: int, flags: Sequence[str], now: datetime, *jobs: Job
    ) -> None:
        """Note that a scan can be read and defer the reading of its pages, once however often it is called."""
        changes = {"status": "reading", "media_type": media_type, "page_count": page_count, "flags": list(flags)}
        with self._database.transaction() as connection:
            if _change(connection, letter_id, ("received",), changes):
                defer(connection, *jobs)
                record(connection, SYSTEM, "opened", letter_id, now, {"pages": page_count})

    def unreadable(self, letter_id: UUID, error_code: str, now: datetime) -> None:
        """Put a scan that cannot be read into quarantine: bytes and row stay, with the reason."""
        changes = {"status": "unreadable", "error_code": error_code}
        with self._database.transaction() as connection:
            if _change(connection, letter_id, ("received", "reading"), changes):
                record(connection, SYSTEM, "unreadable", letter_id, now, {"error": error_code})

    def rest(self, letter_id: UUID, error_code: str, now: datetime) -> None:
        """Lay a letter before a person because the program cannot go on with it."""
        changes = {"status": "review", "error_code": error_code}
        with self._database.transaction() as connection:
            if _change(connection, letter_id, ("received", "reading"), changes):
                record(connection, SYSTEM, "rested", letter_id, now, {"error": error_code})

    def try_again(self, letter_id: UUID, actor: Actor, now: datetime, job: Job) -> None:
        """Start the way of a letter again that rests or is unreadable; pages already read stay read.

        Raises:
            Stale: when the letter neither rests nor is unreadable.
        """
        table = tables.letter
        changes: dict[str, Any] = {"status": "received", "error_code": None, "page_count": None, "flags": []}
        with self._database.transaction() as connection:
            undescribed = sa.select(table.c.id).where(table.c.id == letter_id, table.c.description.is_(None))
            if connection.execute(undescribed).first() is None:
                raise Stale("the letter has been described already")
            if not _change(connection, letter_id, ("review", "unreadable"), changes):
                raise Stale("the letter is on its way")
            defer(connection, job)
            record(connection, actor, "tried_again", letter_id, now)

    def described(self, letter_id: UUID, description: dict[str, Any], now: datetime, *jobs: Job) -> None:
        """Close the reading: description, labels, trail, queue entries and what comes next in one transaction, once.

        Args:
            letter_id: the letter.
            description: the JSON of ``inspect``; its ``route`` says where the letter goes.
            now: UTC.
            *jobs: to defer then.
        """
        route = description["route"]
        changes = {
            "status": "review" if route["review"] else "queued",
            "description": description,
            "language": description["language"],
            "requesting_state": description["metadata"]["requesting_state"]["value"],
            "authority": route["authority"],
        }
        with self._database.transaction() as connection:
            if not _change(connection, letter_id, ("reading",), changes):
                return
            if not route["review"]:
                urgent = bool(description["metadata"]["urgent"]["value"])
                post(connection, letter_id, proposed_postings(route), urgent=urgent, now=now)
            keep_answer(connection, letter_id, description, now)
            defer(connection, *jobs)
            details = {"model": description.get("model"), "review": route["review"], "authority": route["authority"]}
            record(connection, SYSTEM, "described", letter_id, now, details)

    def answered_beside(self, letter_id: UUID, report: dict[str, Any], now: datetime) -> None:
        """Keep what a shadow said of a letter that is described; the description stays as it is.

        Args:
            letter_id: the letter.
            report: with ``model``, ``is_request``, ``request_types`` and ``offences`` as in a description.
            now: UTC.
        """
        with self._database.transaction() as connection:
            # The lock lets a confirmation that comes meanwhile judge these labels too.
            connection.execute(sa.select(tables.letter.c.id).where(tables.letter.c.id == letter_id).with_for_update())
            letter = _load(connection, letter_id)
            if letter.description is None or letter.description.get("model") == report["model"]:
                return
            keep_answer(connection, letter_id, report, now, is_shadow=True)
            if letter.confirmation is not None:
                judge(connection, letter_id, letter.confirmation)

    def confirm(
        self, letter_id: UUID, version: int, confirmation: dict[str, Any], actor: Actor, now: datetime
    ) -> Letter:
        """Keep what a person made of a letter and post it to the queues chosen; without any it is filed.

        Args:
            letter_id: the letter.
            version: of the letter as the person saw it.
            confirmation: codes and values; the authorities, ``urgent`` and ``metadata`` matter here.
            actor: the person.
            now: UTC.

        Raises:
            Missing: when there is no such letter.
            Stale: when the letter has moved since the person saw it.
        """
        authority = confirmation["authority"]
        changes = {"confirmation": confirmation, "authority": authority}
        changes |= {"requesting_state": confirmation["metadata"].get("requesting_state"), "error_code": None}
        with self._database.transaction() as connection:
            letter = _load(connection, letter_id)
            postings = confirmed_postings(confirmation, (letter.description or {}).get("route"))
            changes["status"] = "queued" if postings else "filed"
            states = ("review", "queued", "filed")
            if letter.version != version or not _change(connection, letter_id, states, changes):
                raise Stale("the letter has moved since")
            urgent = bool(confirmation["urgent"]) or letter.urgent
            post(connection, letter_id, postings, urgent=urgent, now=now)
            judge(connection, letter_id, confirmation)
            record(connection, actor, "confirmed", letter_id, now, {"authority": authority})
            return _load(connection, letter_id)


def _load(connection: sa.Connection, letter_id: UUID) -> Letter:
    row = connection.execute(sa.select(*LETTER_COLUMNS).where(tables.letter.c.id == letter_id)).first()
    if row is None:
        raise Missing("no such letter")
    return letter_from(row)


def _change(connection: sa.Connection, letter_id: UUID, states: tuple[str, ...], changes: dict[str, Any]) -> bool:
    """Change a letter that is in one of the states; say whether it was."""
    table = tables.letter
    result = connection.execute(
        sa.update(table)
        .where(table.c.id == letter_id, table.c.status.in_(states))
        .values(**changes, version=table.c.version + 1)
    )
    return result.rowcount == 1
