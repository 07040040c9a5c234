"""The one database: engine, transactions, migrations, and jobs deferred inside a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import OperationalError

from storage.errors import StoreUnavailable

#: Work comes back in this order; urgent letters have the higher number (Procrastinate takes higher first).
PRIORITY = {"normal": 0, "urgent": 10}


@dataclass(frozen=True, slots=True)
class Job:
    """Background work to be done once the surrounding transaction is committed."""

    task: str
    arguments: dict[str, Any]
    urgent: bool = False
    queue: str = "letters"
    lock: str | None = None  #: of jobs with the same lock one runs at a time


class Database:
    """Transactions on PostgreSQL."""

    def __init__(self, dsn: str) -> None:
        """Connect lazily.

        Args:
            dsn: libpq address, ``postgresql://…``.
        """
        self.dsn = dsn
        url = sa.make_url(dsn).set(drivername="postgresql+psycopg")
        self._engine = sa.create_engine(url, pool_pre_ping=True, pool_size=10, pool_timeout=10)

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """One transaction: committed when the block ends, rolled back when it fails.

        Raises:
            StoreUnavailable: when the database does not answer.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except (OperationalError, sa.exc.TimeoutError) as error:
            raise StoreUnavailable("the database does not answer") from error

    def migrate(self) -> None:
        """Bring the schema to the newest version; safe to run from several processes at once.

        Raises:
            StoreUnavailable: when the database does not answer.
        """
        with self.transaction() as connection:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7203145)"))
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def schema_version(self) -> str | None:
        """Revision the schema is at, or None when it was never migrated."""
        with self.transaction() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def defer(connection: sa.Connection, *jobs: Job) -> None:
    """Defer jobs in the caller's transaction, so that neither job nor row can be lost.

    Source: Procrastinate's own SQL function, the one its client calls on a connection of its own.
    """
    statement = sa.text(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(:queue, :task, :priority, :lock, NULL, :arguments, NULL)"
        "::procrastinate_job_to_defer_v1])"
    ).bindparams(sa.bindparam("arguments", type_=JSONB))
    for job in jobs:
        priority = PRIORITY["urgent" if job.urgent else "normal"]
        values = {"task": job.task, "priority": priority, "arguments": job.arguments}
        connection.execute(statement, {**values, "queue": job.queue, "lock": job.lock})
