"""The profile in force: read anew when its file changes, without a restart; a faulty one leaves the old in force."""

import hashlib
import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from typing_extensions import override

from intake.routing.checking import check_profile
from intake.routing.profile import Profile, ProfileError
from intake.routing.profile_files import TOML, find_profile, load_profile

log = logging.getLogger(__name__)

_Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force, and what is wrong with the file that should be."""

    profile: Profile
    fault: str | None  #: file, line and remedy of the fault for which the file is not in force
    complaints: tuple[str, ...]  #: what the profile in force says in vain


class StandingProfile:
    """Gives the profile in force at the moment, and keeps a copy of the last one that could be used."""

    def __init__(self, source: str, copies: Path | None = None) -> None:
        """Load the profile, or the last copy of it that could be used.

        Args:
            source: code of a bundled profile, or path of a file.
            copies: folder for the copy, so that a restart with a faulty file goes on with the old rules.

        Raises:
            ProfileError: when the profile cannot be used and there is no copy of an earlier one.
        """
        self._source, self._lock = source, Lock()
        name = hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()[:16]
        suffix = TOML if Path(source).suffix == TOML else ".yaml"
        self._copy = copies / f"{name}{suffix}" if copies else None
        self._fault: str | None = None
        self._mark = self._marked()
        try:
            self._profile = self._load()
        except ProfileError as error:
            if not (self._copy and self._copy.is_file()):
                raise
            self._profile = load_profile(self._copy)
            self._complain(error)

    def current(self) -> Profile:
        """The profile in force; looks first whether the file has changed."""
        with self._lock:
            mark = self._marked()
            if mark != self._mark:
                self._mark = mark
                try:
                    self._profile, self._fault = self._load(), None
                    log.info("the competence profile %s is in force as it is now", self._profile.path)
                except ProfileError as error:
                    self._complain(error)
            return self._profile

    def standing(self) -> Standing:
        """The profile in force with what is wrong."""
        profile = self.current()
        return Standing(profile, self._fault, tuple(check_profile(profile)))

    def _load(self) -> Profile:
        profile = load_profile(self._source)
        if self._copy:
            try:
                self._copy.parent.mkdir(parents=True, exist_ok=True)
                fresh = self._copy.with_suffix(f".{os.getpid()}")
                fresh.write_bytes(Path(profile.path).read_bytes())
                fresh.replace(self._copy)
            except OSError as error:
                log.warning("no copy of the competence profile could be kept: %s", type(error).__name__)
        return profile

    def _complain(self, error: ProfileError) -> None:
        # A profile holds rules, no words of a letter: its faults may be logged.
        self._fault = str(error)
        log.error("the competence profile cannot be used, the one before stays in force: %s", error)

    def _marked(self) -> _Mark | None:
        """What tells one state of the file from the next; None when it cannot be seen."""
        try:
            known = find_profile(self._source).stat()
        except (ProfileError, OSError):
            return None
        return (known.st_mtime_ns, known.st_size, known.st_ino)


class QueueNames(Mapping[str, str]):
    """Codes and names of the queues, by the profile in force at the moment."""

    def __init__(self, standing: StandingProfile) -> None:
        self._standing = standing

    @override
    def __getitem__(self, code: str) -> str:
        authority = self._standing.current().authority(code)
        if authority is None:
            raise KeyError(code)
        return authority.name

    @override
    def __iter__(self) -> Iterator[str]:
        return iter([authority.code for authority in self._standing.current().authorities])

    @override
    def __len__(self) -> int:
        return len(self._standing.current().authorities)
