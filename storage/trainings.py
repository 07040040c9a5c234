"""Trainings that were ordered, and comparisons of models: what the office keeps about its models beside the shelf."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from storage import tables
from storage.database import Database, Job, defer
from storage.errors import Missing, Stale
from storage.trail import record
from storage.values import SYSTEM, Actor, Training

QUEUE = "training"  #: of its own, so that reading goes on while a model is trained
TASK = "train"
#: Orders whose job is gone, as after a restored backup, must not keep others waiting for ever.
_END_THE_LOST = sa.text(
    "UPDATE training SET ended_at = :now, fault = 'its job was lost' WHERE ended_at IS NULL AND NOT EXISTS ("
    "SELECT 1 FROM procrastinate_jobs WHERE queue_name = :queue AND status IN ('todo', 'doing') "
    "AND (args->>'training')::bigint = training.id)"
)
_training, _comparison = tables.training, tables.comparison


class Trainings:
    """Orders of trainings; each public method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def order(self, actor: Actor, now: datetime) -> int:
        """Order a training and defer its job; gives its number.

        Raises:
            Stale: when another is ordered or under way.
        """
        with self._database.transaction() as connection:
            connection.execute(sa.text("LOCK TABLE training IN SHARE ROW EXCLUSIVE MODE"))
            connection.execute(_END_THE_LOST, {"now": now, "queue": QUEUE})
            if connection.execute(sa.select(_training.c.id).where(_training.c.ended_at.is_(None))).first():
                raise Stale("a training is under way")
            values = {"ordered_by": f"{actor.kind}:{actor.id}", "ordered_at": now}
            number = int(
                connection.execute(sa.insert(_training).values(**values).returning(_training.c.id)).scalar_one()
            )
            defer(connection, Job(TASK, {"training": number}, queue=QUEUE, lock=QUEUE))
            record(connection, actor, "training_ordered", None, now, {"training": number})
        return number

    def start(self, number: int, now: datetime) -> bool:
        """Note that a training begins, or begins again; False when it has ended.

        Raises:
            Missing: when it was never ordered.
        """
        with self._database.transaction() as connection:
            found = connection.execute(sa.select(_training.c.ended_at).where(_training.c.id == number)).first()
            if found is None:
                raise Missing("no such training")
            going = sa.and_(_training.c.id == number, _training.c.ended_at.is_(None))
            return connection.execute(sa.update(_training).where(going).values(started_at=now)).rowcount == 1

    def finish(self, number: int | None, candidate: str, details: dict[str, Any], now: datetime) -> None:
        """Note the model that a training gave; ``number`` is None for one that nobody ordered.

        Args:
            number: of the order.
            candidate: id of the model.
            details: counts and hashes for the trail.
            now: UTC.
        """
        with self._database.transaction() as connection:
            _end(connection, number, now, {"candidate": candidate})
            record(connection, SYSTEM, "trained", None, now, {"training": number, "model": candidate, **details})

    def fail(self, number: int, fault: str, now: datetime) -> None:
        """Note why a training gave no model; one that has ended stays as it is."""
        with self._database.transaction() as connection:
            if _end(connection, number, now, {"fault": fault}):
                record(connection, SYSTEM, "training_failed", None, now, {"training": number})

    def latest(self, limit: int) -> list[Training]:
        """Trainings, newest first."""
        query = sa.select(_training).order_by(_training.c.id.desc()).limit(limit)
        with self._database.transaction() as connection:
            return [Training(**row._mapping) for row in connection.execute(query)]


def _end(connection: sa.Connection, number: int | None, now: datetime, changes: dict[str, str]) -> bool:
    going = sa.and_(_training.c.id == number, _training.c.ended_at.is_(None))
    return connection.execute(sa.update(_training).where(going).values(ended_at=now, **changes)).rowcount == 1


def keep_comparison(database: Database, candidate: str, in_use: str, report: dict[str, Any], now: datetime) -> None:
    """Keep the comparison of two models in place of an earlier one."""
    statement = insert(_comparison).values(candidate=candidate, in_use=in_use, report=report, made_at=now)
    renewed = statement.on_conflict_do_update(
        index_elements=["candidate", "in_use"], set_={"report": report, "made_at": now}
    )
    with database.transaction() as connection:
        connection.execute(renewed)


def kept_comparison(database: Database, candidate: str, in_use: str) -> dict[str, Any] | None:
    """The comparison of two models, or None when none was made."""
    same = sa.and_(_comparison.c.candidate == candidate, _comparison.c.in_use == in_use)
    with database.transaction() as connection:
        return connection.execute(sa.select(_comparison.c.report).where(same)).scalar_one_or_none()
