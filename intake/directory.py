"""The directory of authorities in use: import a version, look into old ones, match the names of a letter."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from intake.routing.directory import Candidate, Directory, DirectoryAuthority, LetterMatches, Match, match_letter
from intake.routing.directory_files import DirectoryFile, read_directory
from storage.database import Database
from storage.directory import DirectoryVersion, DirectoryVersions, KeptAuthority
from storage.values import Actor


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made."""

    number: int
    authorities: int


class Directories:
    """The use cases of the directory; nothing is fetched from anywhere."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._versions, self._clock = DirectoryVersions(database), clock
        self._lock, self._loaded = Lock(), Directory()

    def import_file(self, untrusted_content: bytes, name: str, actor: Actor) -> Imported:
        """Put a file into use as a new version; all of it, or nothing.

        Raises:
            DirectoryFault: when a line is wrong; names every one of them.
        """
        file = read_directory(untrusted_content)
        shown = name.replace("\0", "").encode("utf-8", "replace").decode()[:200]
        digest = hashlib.sha256(untrusted_content).hexdigest()
        number = self._versions.add(shown, digest, _kept(file), actor, self._clock())
        return Imported(number, len(file.authorities))

    def current(self) -> Directory:
        """The version in use; an import shows at the next call, whichever process made it."""
        number = self._versions.newest()
        with self._lock:
            if number != self._loaded.number:
                self._loaded = self.version(number)
            return self._loaded

    def version(self, number: int) -> Directory:
        """One version; number 0 is the empty directory.

        Raises:
            Missing: when there is no such version.
        """
        return Directory(number, tuple(map(_authority, self._versions.authorities(number)))) if number else Directory()

    def versions(self) -> list[DirectoryVersion]:
        """All versions, newest first."""
        return self._versions.versions()


def _kept(file: DirectoryFile) -> list[KeptAuthority]:
    kept = []
    for one in file.authorities:
        details = {
            name: value for name, value in asdict(one).items() if name not in {"line", "state", "name"} and value
        }
        kept.append(KeptAuthority(one.line, one.state, one.name, details))
    return kept


def _authority(kept: KeptAuthority) -> DirectoryAuthority:
    details: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.details.items()
    }
    return DirectoryAuthority(line=kept.line, state=kept.state, name=kept.name, **details)


def authority_report(authority: DirectoryAuthority) -> dict[str, Any]:
    """An authority of the directory as JSON."""
    plain = asdict(authority)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items() if name != "line"}


def directory_report(matches: LetterMatches | None) -> dict[str, Any] | None:
    """Who of the directory a letter's sender and addressee are, as JSON; None while there is no directory."""
    if matches is None:
        return None
    return {
        "version": matches.version,
        "requesting_authority": {**_matched(matches.sender), "designated": matches.sender.is_designated},
        "addressee": _matched(matches.addressee),
    }


def match_report(directory: Directory, metadata: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same for a letter that was described before, by the directory in use and the metadata as it stands now."""

    def said(name: str) -> str | None:
        value: str | None = (metadata.get(name) or {}).get("value")
        return value

    sender = (said("requesting_state"), said("requesting_authority"))
    return directory_report(match_letter(directory, sender, (said("requested_state"), said("addressee"))))


def _matched(match: Match) -> dict[str, Any]:
    return {
        "match": _candidate(match.found) if match.found else None,
        "alternatives": [_candidate(one) for one in match.alternatives],
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {**authority_report(candidate.authority), "score": candidate.score}
