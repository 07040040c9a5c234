"""The directory of authorities: every import is a version of its own, and none is ever changed or removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage import tables
from storage.database import Database
from storage.errors import Missing
from storage.trail import record
from storage.values import Actor

_version, _authority = tables.directory_version, tables.directory_authority
_IMPORT_LOCK = 7203147


@dataclass(frozen=True, slots=True)
class DirectoryVersion:
    """One import of the directory."""

    number: int  #: 1-based, the highest is in use
    imported_at: datetime
    imported_by: str  #: as in the trail
    file_name: str
    sha256: str  #: lower-case hex of the file
    authorities: int  #: how many it lists


@dataclass(frozen=True, slots=True)
class KeptAuthority:
    """One line of a version."""

    line: int  #: 1-based, in the file
    state: str  #: ISO 3166-1 alpha-2
    name: str
    details: dict[str, Any]


class DirectoryVersions:
    """Versions of the directory."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, file_name: str, sha256: str, listed: Iterable[KeptAuthority], actor: Actor, now: datetime) -> int:
        """Keep a new version, whole or not at all; gives its number."""
        rows = [{"line": one.line, "state": one.state, "name": one.name, "details": one.details} for one in listed]
        values = {"imported_at": now, "imported_by": f"{actor.kind}:{actor.id}", "file_name": file_name}
        with self._database.transaction() as connection:
            # One import after the other, so that numbers follow the order in which versions came into use.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _IMPORT_LOCK})
            added = sa.insert(_version).values(**values, sha256=sha256, authorities=len(rows))
            number: int = connection.execute(added.returning(_version.c.number)).scalar_one()
            connection.execute(sa.insert(_authority), [{"version": number, **row} for row in rows])
            details = {"version": number, "authorities": len(rows), "sha256": sha256}
            record(connection, actor, "directory_imported", None, now, details)
        return number

    def newest(self) -> int:
        """Number of the version in use; 0 before any import."""
        with self._database.transaction() as connection:
            return connection.execute(sa.select(sa.func.max(_version.c.number))).scalar() or 0

    def versions(self) -> list[DirectoryVersion]:
        """All versions, newest first."""
        with self._database.transaction() as connection:
            rows = connection.execute(sa.select(_version).order_by(_version.c.number.desc()))
            return [DirectoryVersion(**row._mapping) for row in rows]

    def authorities(self, number: int) -> list[KeptAuthority]:
        """What one version lists, in the order of its file.

        Raises:
            Missing: when there is no such version.
        """
        query = sa.select(_authority).where(_authority.c.version == number).order_by(_authority.c.line)
        with self._database.transaction() as connection:
            rows = connection.execute(query).all()
        if not rows:
            raise Missing("no such version of the directory")
        return [KeptAuthority(row.line, row.state, row.name, row.details) for row in rows]
