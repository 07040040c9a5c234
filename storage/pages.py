"""Pages that have been read: which reading stands, which came before, and what was read of the same pixels before."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from storage import tables
from storage.database import Database, Job, defer
from storage.errors import Stale
from storage.trail import record
from storage.values import SYSTEM, Actor, KeptPage, KeptReading

_page, _reading, _letter = tables.page, tables.page_reading, tables.letter


class Pages:
    """Readings of pages; each public method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, letter_id: UUID) -> list[KeptPage]:
        """Pages read so far, in order, each with the reading that stands."""
        query = sa.select(_page).where(_page.c.letter_id == letter_id).order_by(_page.c.number)
        with self._database.transaction() as connection:
            return [KeptPage(row.number, row.reading_key, row.image_key) for row in connection.execute(query)]

    def read(self, letter_id: UUID, page: KeptPage, describe: Job, now: datetime) -> None:
        """Note a page as read; the last one, counted under the letter's lock, defers the describing."""
        with self._database.transaction() as connection:
            total = connection.execute(
                sa.select(_letter.c.page_count).where(_letter.c.id == letter_id).with_for_update()
            ).scalar_one()
            values = {"letter_id": letter_id, "number": page.number, "reading_key": page.reading_key}
            added = connection.execute(
                insert(_page)
                .values(**values, image_key=page.image_key)
                .on_conflict_do_nothing()
                .returning(_page.c.number)
            ).first()
            if not added:
                return
            _keep(connection, letter_id, KeptReading(page.number, page.reading_key, None, _name(SYSTEM), now))
            count = sa.select(sa.func.count()).select_from(_page).where(_page.c.letter_id == letter_id)
            if connection.execute(count).scalar_one() == total:
                defer(connection, describe)

    def order(self, letter_id: UUID, number: int, actor: Actor, now: datetime, job: Job) -> None:
        """Let a page be read again; the letter is on its way until it is described anew.

        Raises:
            Stale: when the letter is not before a person, or the page was never read.
        """
        known = sa.select(_page.c.number).where(_page.c.letter_id == letter_id, _page.c.number == number)
        change = sa.update(_letter).where(_letter.c.id == letter_id, _letter.c.status == "review", known.exists())
        with self._database.transaction() as connection:
            if not connection.execute(change.values(status="reading", version=_letter.c.version + 1)).rowcount:
                raise Stale("only a page of a letter before a person can be read again")
            defer(connection, job)
            record(connection, actor, "reading_ordered", letter_id, now, {"page": number})

    def read_again(self, letter_id: UUID, reading: KeptReading, describe: Job) -> None:
        """Let a new reading of a page stand; the earlier ones stay kept."""
        here = sa.and_(_page.c.letter_id == letter_id, _page.c.number == reading.number)
        with self._database.transaction() as connection:
            connection.execute(sa.update(_page).where(here).values(reading_key=reading.reading_key))
            _keep(connection, letter_id, reading)
            defer(connection, describe)

    def readings(self, letter_id: UUID, number: int) -> Sequence[KeptReading]:
        """All readings of a page, oldest first."""
        here = sa.and_(_reading.c.letter_id == letter_id, _reading.c.number == number)
        columns = tuple(_reading.c[name] for name in ("number", "reading_key", "language", "actor", "read_at"))
        with self._database.transaction() as connection:
            rows = connection.execute(sa.select(*columns).where(here).order_by(_reading.c.read_at))
            return [KeptReading(**row._mapping) for row in rows]

    def remember(self, key: str, reading_key: str, now: datetime) -> None:
        """Remember where the reading of these pixels by this engine lies."""
        statement = insert(tables.remembered_reading).values(key=key, reading_key=reading_key, read_at=now)
        with self._database.transaction() as connection:
            connection.execute(statement.on_conflict_do_nothing())

    def recall(self, key: str) -> str | None:
        """Object key of an earlier reading of the same pixels by the same engine, or None."""
        table = tables.remembered_reading
        with self._database.transaction() as connection:
            return connection.execute(sa.select(table.c.reading_key).where(table.c.key == key)).scalar_one_or_none()


def _keep(connection: sa.Connection, letter_id: UUID, reading: KeptReading) -> None:
    values = {"letter_id": letter_id, "number": reading.number, "reading_key": reading.reading_key}
    statement = insert(_reading).values(
        **values, language=reading.language, actor=reading.actor, read_at=reading.read_at
    )
    connection.execute(statement.on_conflict_do_nothing())


def _name(actor: Actor) -> str:
    return f"{actor.kind}:{actor.id}"
