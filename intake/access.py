"""Who may come in: sign-in of people, keys of case systems."""

import hmac
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from intake.errors import BadRequest, NotFound, SignInNeeded
from storage.accounts import Accounts, digest
from storage.values import Account, Actor, ApiKey, Role

_ALLOWED_FAILURES = 5
_PAUSE = timedelta(minutes=5)
_SHORTEST_PASSWORD = 12
_LONGEST_KEY = timedelta(days=365)
_NAME = re.compile(r"[A-Za-z0-9._@-]{2,64}")


class Access:
    """Decides who somebody is; what they may do is decided at each use case."""

    def __init__(self, accounts: Accounts, clock: Callable[[], datetime], idle: timedelta, longest: timedelta) -> None:
        """Take the parts.

        Args:
            accounts: where accounts, sessions and keys are kept.
            clock: gives the time, UTC.
            idle: a session ends after so long without a call.
            longest: a session ends after so long in any case.
        """
        self._accounts, self._clock = accounts, clock
        self._idle, self._longest = idle, longest
        self._hasher = PasswordHasher()
        # An unknown name costs the same time as a wrong password.
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def first_administrator(self, actor: Actor) -> str | None:
        """One-time password of the first administrator; None when there are accounts already."""
        if self._accounts.all():
            return None
        return self.add_account("admin", "admin", actor)

    def add_account(self, name: str, role: Role, actor: Actor) -> str:
        """Make an account; gives its one-time password.

        Raises:
            BadRequest: when the name is taken or not of letters, digits, dots, dashes and the at sign.
        """
        if not _NAME.fullmatch(name):
            raise BadRequest("A name has 2 to 64 letters, digits, dots, dashes, underscores or at signs.")
        if self._accounts.by_name(name):
            raise BadRequest("This name is taken.")
        password = secrets.token_urlsafe(12)
        self._accounts.add(name, role, self._hasher.hash(password), actor, self._clock())
        return password

    def reset_password(self, name: str) -> str:
        """New one-time password for an account.

        Raises:
            NotFound: when there is no such account.
        """
        account = self._accounts.by_name(name)
        if account is None:
            raise NotFound("There is no account of this name.")
        password = secrets.token_urlsafe(12)
        self._accounts.set_password(account.id, self._hasher.hash(password), must_change=True, now=self._clock())
        return password

    def sign_in(self, name: str, password: str) -> str:
        """Begin a session; gives its token.

        Raises:
            SignInNeeded: when name and password do not fit, or after too many failures.
        """
        now = self._clock()
        account = self._accounts.by_name(name)
        good = self._fits(account.password_hash if account else self._nobody, password)
        if account is None or account.disabled:
            raise SignInNeeded("Name or password is wrong.")
        if self._accounts.locked(account.id, now):
            raise SignInNeeded("Too many attempts: wait five minutes.")
        if not good:
            self._accounts.sign_in_failed(account.id, _ALLOWED_FAILURES, _PAUSE, now)
            raise SignInNeeded("Name or password is wrong.")
        return self._accounts.open_session(account.id, now)

    def choose_password(self, account: Account, old: str, new: str) -> str:
        """Change one's own password; gives the token of a new session, all others end.

        Raises:
            BadRequest: when the old one is wrong, or the new one is short or the same.
        """
        if not self._fits(account.password_hash, old):
            raise BadRequest("The present password is wrong.")
        if len(new) < _SHORTEST_PASSWORD or new == old:
            raise BadRequest("Choose a new password of at least 12 characters.")
        now = self._clock()
        self._accounts.set_password(account.id, self._hasher.hash(new), must_change=False, now=now)
        return self._accounts.open_session(account.id, now)

    def person(self, token: str) -> Account | None:
        """Whose session this is, or None when it has ended."""
        return self._accounts.session_account(token, self._idle, self._longest, self._clock())

    def sign_out(self, token: str) -> None:
        """End a session."""
        self._accounts.close_session(token)

    def case_system(self, presented: str) -> Actor | None:
        """Which case system presents this key, or None when the key is unknown, expired or revoked."""
        prefix, _, rest = presented.partition("_")
        key_id, _, secret = rest.partition("_")
        if prefix != "rog" or not key_id or not secret:
            return None
        found = self._accounts.key_with_hash(key_id, self._clock())
        secret_hash = found[1] if found else digest("")
        if not hmac.compare_digest(secret_hash, digest(secret)) or found is None:
            return None
        return Actor("case_system", found[0].id, authority=found[0].authority)

    def add_key(self, authority: str, label: str, days: int, actor: Actor) -> tuple[ApiKey, str]:
        """Make a key for an authority's case system; the secret is shown this once.

        Raises:
            BadRequest: when it would live longer than a year.
        """
        life = timedelta(days=days)
        if not timedelta() < life <= _LONGEST_KEY:
            raise BadRequest("A key lives from 1 to 365 days.")
        now = self._clock()
        return self._accounts.add_key(authority, label, now + life, actor, now)

    def revoke_key(self, key_id: str, actor: Actor) -> None:
        """End a key at once."""
        self._accounts.revoke_key(key_id, actor, self._clock())

    def disable(self, account_id: UUID, actor: Actor) -> None:
        """Shut an account out at once."""
        self._accounts.disable(account_id, actor, self._clock())

    def api_keys(self) -> list[ApiKey]:
        """All keys, newest first."""
        return list(self._accounts.keys())

    def accounts(self) -> list[Account]:
        """All accounts by name."""
        return list(self._accounts.all())

    def _fits(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except VerificationError:
            return False


def person_actor(account: Account) -> Actor:
    """The account as it stands in the trail."""
    return Actor("person", str(account.id), role=account.role)
