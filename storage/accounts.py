"""People who may sign in, their sessions, and the keys of case systems. Secrets are kept as hashes only."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from storage import tables
from storage.database import Database
from storage.errors import Missing
from storage.trail import record
from storage.values import Account, Actor, ApiKey, Role

_account, _session, _key = tables.account, tables.session, tables.api_key
_ACCOUNT_COLUMNS = tuple(
    _account.c[name] for name in ("id", "name", "role", "password_hash", "must_change", "disabled")
)
_KEY_COLUMNS = tuple(_key.c[name] for name in ("id", "authority", "label", "created_at", "expires_at", "revoked"))


def digest(secret: str) -> str:
    """Hash of a secret that is itself random and long; such need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Accounts:
    """Accounts, sessions and API keys."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, role: Role, password_hash: str, actor: Actor, now: datetime) -> Account:
        """Make an account whose owner must choose a password at the first sign-in."""
        account = Account(uuid4(), name, role, password_hash, must_change=True, disabled=False)
        values = {column.name: getattr(account, column.name) for column in _ACCOUNT_COLUMNS}
        with self._database.transaction() as connection:
            connection.execute(sa.insert(_account).values(**values, failures=0))
            record(connection, actor, "account_made", None, now, {"account": str(account.id), "role": role})
        return account

    def all(self) -> Sequence[Account]:
        """All accounts by name."""
        with self._database.transaction() as connection:
            query = sa.select(*_ACCOUNT_COLUMNS).order_by(_account.c.name)
            return [_account_from(row) for row in connection.execute(query)]

    def by_name(self, name: str) -> Account | None:
        """An account by its sign-in name."""
        with self._database.transaction() as connection:
            row = connection.execute(sa.select(*_ACCOUNT_COLUMNS).where(_account.c.name == name)).first()
            return _account_from(row) if row else None

    def set_password(self, account_id: UUID, password_hash: str, *, must_change: bool, now: datetime) -> None:
        """Change a password and end all sessions of the account."""
        actor = Actor("person", str(account_id))
        with self._database.transaction() as connection:
            changes = {"password_hash": password_hash, "must_change": must_change, "failures": 0, "locked_until": None}
            connection.execute(sa.update(_account).where(_account.c.id == account_id).values(**changes))
            connection.execute(sa.delete(_session).where(_session.c.account_id == account_id))
            record(connection, actor, "password_changed", None, now)

    def disable(self, account_id: UUID, actor: Actor, now: datetime) -> None:
        """Shut an account out at once."""
        with self._database.transaction() as connection:
            connection.execute(sa.update(_account).where(_account.c.id == account_id).values(disabled=True))
            connection.execute(sa.delete(_session).where(_session.c.account_id == account_id))
            record(connection, actor, "account_disabled", None, now, {"account": str(account_id)})

    def locked(self, account_id: UUID, now: datetime) -> bool:
        """Whether sign-in is paused after too many failures."""
        with self._database.transaction() as connection:
            until = connection.execute(sa.select(_account.c.locked_until).where(_account.c.id == account_id)).scalar()
            return until is not None and until > now

    def sign_in_failed(self, account_id: UUID, allowed: int, pause: timedelta, now: datetime) -> None:
        """Count a wrong password; after ``allowed`` of them sign-in pauses."""
        with self._database.transaction() as connection:
            failures = connection.execute(
                sa.update(_account)
                .where(_account.c.id == account_id)
                .values(failures=_account.c.failures + 1)
                .returning(_account.c.failures)
            ).scalar_one()
            if failures >= allowed:
                changes: dict[str, Any] = {"failures": 0, "locked_until": now + pause}
                connection.execute(sa.update(_account).where(_account.c.id == account_id).values(**changes))
            record(connection, Actor("person", str(account_id)), "sign_in_failed", None, now)

    def open_session(self, account_id: UUID, now: datetime) -> str:
        """Begin a session; gives its token, which is kept nowhere."""
        token = secrets.token_urlsafe(32)
        values = {"token_hash": digest(token), "account_id": account_id, "started_at": now, "seen_at": now}
        with self._database.transaction() as connection:
            connection.execute(sa.insert(_session).values(**values))
            connection.execute(sa.update(_account).where(_account.c.id == account_id).values(failures=0))
            record(connection, Actor("person", str(account_id)), "signed_in", None, now)
        return token

    def session_account(self, token: str, idle: timedelta, longest: timedelta, now: datetime) -> Account | None:
        """Whose session this is, or None when it ended; being seen keeps it alive."""
        alive = sa.and_(
            _session.c.token_hash == digest(token),
            _session.c.seen_at > now - idle,
            _session.c.started_at > now - longest,
        )
        with self._database.transaction() as connection:
            query = sa.select(*_ACCOUNT_COLUMNS).join(_session, _session.c.account_id == _account.c.id)
            row = connection.execute(query.where(alive, _account.c.disabled.is_(False))).first()
            if row is None:
                return None
            connection.execute(sa.update(_session).where(_session.c.token_hash == digest(token)).values(seen_at=now))
            return _account_from(row)

    def close_session(self, token: str) -> None:
        """End a session."""
        with self._database.transaction() as connection:
            connection.execute(sa.delete(_session).where(_session.c.token_hash == digest(token)))

    def add_key(
        self, authority: str, label: str, expires_at: datetime, actor: Actor, now: datetime
    ) -> tuple[ApiKey, str]:
        """Make a key for an authority's case system; gives it with its secret, which is shown once and kept nowhere."""
        key = ApiKey(secrets.token_hex(8), authority, label, now, expires_at, revoked=False)
        secret = secrets.token_urlsafe(32)
        values = {column.name: getattr(key, column.name) for column in _KEY_COLUMNS}
        with self._database.transaction() as connection:
            connection.execute(sa.insert(_key).values(**values, secret_hash=digest(secret)))
            record(connection, actor, "key_made", None, now, {"key": key.id, "authority": authority})
        return key, f"rog_{key.id}_{secret}"

    def keys(self) -> Sequence[ApiKey]:
        """All keys, newest first."""
        with self._database.transaction() as connection:
            query = sa.select(*_KEY_COLUMNS).order_by(_key.c.created_at.desc())
            return [ApiKey(**row._mapping) for row in connection.execute(query)]

    def revoke_key(self, key_id: str, actor: Actor, now: datetime) -> None:
        """End a key at once.

        Raises:
            Missing: when there is no such key.
        """
        with self._database.transaction() as connection:
            if not connection.execute(sa.update(_key).where(_key.c.id == key_id).values(revoked=True)).rowcount:
                raise Missing("no such key")
            record(connection, actor, "key_revoked", None, now, {"key": key_id})

    def key_with_hash(self, key_id: str, now: datetime) -> tuple[ApiKey, str] | None:
        """A key that may still be used, with the hash of its secret."""
        query = sa.select(*_KEY_COLUMNS, _key.c.secret_hash).where(
            _key.c.id == key_id, _key.c.revoked.is_(False), _key.c.expires_at > now
        )
        with self._database.transaction() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        values = dict(row._mapping)
        secret_hash = values.pop("secret_hash")
        return ApiKey(**values), secret_hash


def _account_from(row: Any) -> Account:
    return Account(**row._mapping)
