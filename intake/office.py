"""The use cases: receive, look up, correct, lease, acknowledge. API, pages and jobs all come through here."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from intake.archiving.binding import bind
from intake.confirmation import check_route
from intake.correspondence import Correspondence
from intake.directory import Directories
from intake.errors import BadRequest, Conflict, IntakeError, NotFound, TooLarge, Unavailable, Unreadable
from intake.reading.languages import find_language
from intake.routing.standing import Standing
from storage import letters, trail
from storage.database import Database, Job
from storage.errors import Missing, ObjectMissing, Stale, StorageError
from storage.letters import LetterFilter
from storage.objects import ObjectStore, archive_key, archive_page_key, original_key
from storage.pages import Pages
from storage.queues import Queues
from storage.register import Register
from storage.values import Actor, Channel, Event, KeptPage, KeptReading, LeasedEntry, Letter, NewLetter

LONGEST_LEASE = 24 * 3600  #: s


@dataclass(frozen=True, slots=True)
class Keeping:
    """Everything that is kept, and where."""

    database: Database
    register: Register
    pages: Pages
    queues: Queues
    objects: ObjectStore


@dataclass(frozen=True, slots=True)
class Door:
    """What the office needs to know at the door."""

    sniff: Callable[[bytes, str | None], str]  #: media type by content, or Unreadable; no foreign code runs
    max_bytes: int
    authorities: Mapping[str, str]  #: queue code -> name of the competent authority
    lease_limit: int
    standing: Callable[[], Standing] | None = None  #: the competence rules in force; None where there are none
    correspondence: Correspondence = field(default_factory=Correspondence)  #: how the office writes back


@dataclass(frozen=True, slots=True)
class Reception:
    """What the one who brings a letter says of it."""

    name: str
    channel: Channel = "upload"
    received_at: datetime | None = None
    urgent: bool = False
    note: str = ""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a letter at the door."""

    letter: Letter
    is_new: bool
    error: Unreadable | None = None


class Office:
    """The office as everyone meets it; each method is one use case."""

    def __init__(self, keeping: Keeping, door: Door, clock: Callable[[], datetime]) -> None:
        self.keeping, self.door, self._clock = keeping, door, clock
        self.directories = Directories(keeping.database, clock)

    def receive(self, untrusted_content: bytes, reception: Reception, actor: Actor) -> Received:
        """Take a letter in: when this returns, bytes and row are safe.

        A scan that the door already knows to be unreadable is kept too, in quarantine and under a number.

        Raises:
            TooLarge: above the limit of the installation; the only scan that is not kept.
            Conflict: when the idempotency key was used for another scan.
            Unavailable: when the database or the object store does not answer; nothing was registered then.
        """
        if len(untrusted_content) > self.door.max_bytes:
            raise TooLarge
        media_type, error = self._sniff(untrusted_content, reception.name)
        sha256 = hashlib.sha256(untrusted_content).hexdigest()
        now = self._clock()
        new = NewLetter(
            sha256=sha256,
            byte_size=len(untrusted_content),
            media_type=media_type,
            name=_clean(reception.name, 255),
            channel=reception.channel,
            received_at=reception.received_at or now,
            urgent=reception.urgent,
            note=_clean(reception.note, 2000),
            idempotency_key=reception.idempotency_key,
            error_code=error.code if error else None,
        )
        self.keeping.objects.put(original_key(sha256), untrusted_content)
        letter, is_new = self.keeping.register.enter(new, actor, now, *(() if error else ("open",)))
        return Received(letter, is_new, error)

    def _sniff(self, content: bytes, name: str) -> tuple[str | None, Unreadable | None]:
        try:
            return self.door.sniff(content, name), None
        except Unreadable as error:
            return None, error

    def letter(self, letter_id: UUID, actor: Actor) -> Letter:
        """One letter; for a case system only one that is or was in its authority's queue.

        Raises:
            NotFound: when there is none, or it is not the actor's to see.
        """
        if actor.kind == "case_system" and not self.keeping.queues.sees(letter_id, actor.authority or ""):
            raise NotFound
        return self.keeping.register.letter(letter_id)

    def letter_to_read(self, letter_id: UUID, actor: Actor) -> Letter:
        """A letter whose scan, pages and text the actor may read: a case system must hold its lease.

        Raises:
            NotFound: when there is none, or it is not the actor's to read.
        """
        if actor.kind == "case_system" and not self.keeping.queues.holds(letter_id, actor, self._clock()):
            raise NotFound
        return self.keeping.register.letter(letter_id)

    def letters(self, wanted: LetterFilter, limit: int) -> list[Letter]:
        """Letters, newest first."""
        return letters.list_letters(self.keeping.database, wanted, limit)

    def counts(self) -> dict[str, int]:
        """How many letters are in each status."""
        return letters.count_by_status(self.keeping.database)

    def rescans(self) -> int:
        """How many letters before a person have pages that need another scan."""
        return letters.count_rescans(self.keeping.database)

    def history(self, letter_id: UUID) -> list[Event]:
        """Trail of one letter, oldest first."""
        return trail.events_of(self.keeping.database, letter_id)

    def changes(self, cursor: int, limit: int, actor: Actor) -> list[Event]:
        """Every change once, in order; a case system sees those of its own letters."""
        authority = (actor.authority or "") if actor.kind == "case_system" else None
        return trail.events_after(self.keeping.database, cursor, limit, authority)

    def viewed(self, letter: Letter, what: str, actor: Actor) -> None:
        """Note who looked at or took which part; written before the bytes go out."""
        action = "delivered" if actor.kind == "case_system" else "viewed"
        with self.keeping.database.transaction() as connection:
            trail.record(connection, actor, action, letter.id, self._clock(), {"part": what, "sha256": letter.sha256})

    def scan(self, letter: Letter) -> bytes:
        """The original bytes, checked against their hash.

        Raises:
            Unavailable: when the store does not answer or gives other bytes.
        """
        content = self.keeping.objects.get(original_key(letter.sha256))
        if hashlib.sha256(content).hexdigest() != letter.sha256:
            raise Unavailable("The kept bytes are not those that were received: tell the administrator.")
        return content

    def reading_of(self, page: KeptPage) -> dict[str, Any]:
        """A page's reading as JSON, words included."""
        reading: dict[str, Any] = json.loads(self.keeping.objects.get(page.reading_key))
        return {**reading, "number": page.number}

    def readings(self, letter: Letter) -> list[dict[str, Any]]:
        """Readings of all pages read so far."""
        return [self.reading_of(page) for page in self.keeping.pages.of(letter.id)]

    def readings_of(self, letter: Letter, number: int) -> list[tuple[KeptReading, str]]:
        """All readings of a page with their texts, oldest first."""
        kept = self.keeping.pages.readings(letter.id, number)
        return [(one, json.loads(self.keeping.objects.get(one.reading_key))["text"]) for one in kept]

    def page(self, letter: Letter, number: int) -> KeptPage:
        """One page that has been read.

        Raises:
            NotFound: when there is no such page, or it was not read yet.
        """
        for page in self.keeping.pages.of(letter.id):
            if page.number == number:
                return page
        raise NotFound

    def page_image(self, page: KeptPage) -> bytes:
        """PNG of a page as received, made from our own pixels."""
        return self.keeping.objects.get(page.image_key)

    def archive(self, letter: Letter) -> bytes:
        """The archive copy, a searchable PDF of all pages: bound when it is first asked for, and then kept.

        Raises:
            Conflict: when not every page has been read.
        """
        pages, objects = self.keeping.pages.of(letter.id), self.keeping.objects
        if letter.page_count is None or len(pages) < letter.page_count:
            raise Conflict("Not every page has been read, so there is no archive copy: take the original meanwhile.")
        keys = [archive_page_key(letter.sha256, page.reading_key) for page in pages]
        whole = archive_key(letter.sha256, letter.number, keys)
        if not objects.exists(whole):
            objects.put(whole, bind(map(objects.get, keys), letter.number))
        return objects.get(whole)

    def confirm(self, letter_id: UUID, version: int, confirmation: dict[str, Any], actor: Actor) -> Letter:
        """Keep what a person confirmed or corrected, and post the letter.

        Raises:
            BadRequest: when an authority has no queue here, or a step of the review is not done.
            Conflict: when the letter has moved since the person saw it.
        """
        check_route(confirmation, self.keeping.register.letter(letter_id), self.door.authorities)
        return self.keeping.register.confirm(letter_id, version, confirmation, actor, self._clock())

    def read_page_again(self, letter_id: UUID, number: int, language: str | None, actor: Actor) -> None:
        """Let a page of a letter before a person be read again, in a language that the person chose.

        Raises:
            BadRequest: when the language is none that can be read.
            Stale: when the letter is not before a person, or the page was never read.
        """
        chosen = find_language(language) if language else None
        if language and chosen is None:
            raise BadRequest("This language cannot be read: choose one of the list.")
        code = chosen.code if chosen else None
        arguments = {
            "letter_id": str(letter_id),
            "number": number,
            "language": code,
            "actor": f"{actor.kind}:{actor.id}",
        }
        self.keeping.pages.order(letter_id, number, actor, self._clock(), Job("read_again", arguments, urgent=True))

    def try_again(self, letter_id: UUID, actor: Actor) -> None:
        """Start the way of a letter again that rests before a person or could not be read.

        Raises:
            Stale: when the letter is described already or on its way.
        """
        letter = self.keeping.register.letter(letter_id)
        job = Job("open", {"letter_id": str(letter_id)}, letter.urgent)
        self.keeping.register.try_again(letter_id, actor, self._clock(), job)

    def lease(self, actor: Actor, limit: int, seconds: int) -> list[LeasedEntry]:
        """Claim waiting entries of the actor's authority.

        Raises:
            BadRequest: when limit or seconds are out of range.
        """
        if not 1 <= limit <= self.door.lease_limit or not 1 <= seconds <= LONGEST_LEASE:
            raise BadRequest(f"max is 1 to {self.door.lease_limit}, seconds 1 to {LONGEST_LEASE}.")
        return self.keeping.queues.lease(actor, limit, seconds, self._clock())

    def acknowledge(self, token: str, actor: Actor) -> None:
        """Settle a leased entry for good."""
        self.keeping.queues.acknowledge(token, actor, self._clock())

    def renew(self, token: str, actor: Actor, seconds: int) -> datetime:
        """Hold a leased entry longer.

        Raises:
            BadRequest: when seconds are out of range.
        """
        if not 1 <= seconds <= LONGEST_LEASE:
            raise BadRequest(f"seconds is 1 to {LONGEST_LEASE}.")
        return self.keeping.queues.renew(token, actor, seconds, self._clock())

    def give_back(self, token: str, actor: Actor, reason: str) -> None:
        """Return a leased entry to its queue, with the reason in the letter's history."""
        self.keeping.queues.give_back(token, actor, _clean(reason, 500), self._clock())


def as_intake_error(error: StorageError) -> IntakeError:
    """Storage's failures in the office's words."""
    if isinstance(error, Missing | ObjectMissing):
        return NotFound()
    if isinstance(error, Stale):
        return Conflict()
    return Unavailable()


def _clean(text: str, longest: int) -> str:
    """Text that PostgreSQL and a log line can hold: no NUL, no lone surrogate, not longer than ``longest``."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:longest]
