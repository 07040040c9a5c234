"""``rogatory check`` and ``rogatory verify``: is every tool there, and is everything kept still whole."""

import hashlib
from collections.abc import Callable, Iterator

from classifier.model import ModelDamaged
from classifier.shelf import ModelUnknown
from intake import wiring
from intake.counter.drafts import Templates
from intake.counter.rules import load_counter_rules
from intake.errors import IntakeError
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from intake.routing.checking import check_profile
from intake.settings import Settings
from storage.errors import ObjectMissing, StorageError
from storage.letters import LetterFilter, list_letters
from storage.objects import original_key
from storage.trail import broken_links


def findings(settings: Settings) -> Iterator[tuple[str, str | None]]:
    """Try every tool once; gives each with its fault, or None when it works."""
    yield "database", _fault(lambda: _try_database(settings))
    yield "object store", _fault(lambda: wiring.objects(settings).put("check/probe", b"probe"))
    yield "sandbox", _fault(lambda: BubblewrapOpener(sandboxed=settings.sandbox == "bubblewrap").self_test())
    yield "OCR", _fault(lambda: _try_reader(settings))
    yield "competence profile", _fault(lambda: _try_profile(settings))
    yield "counter", _fault(lambda: load_counter_rules(wiring.profile(settings).path))
    yield "domestic offences", _fault(lambda: wiring.domestic_offences(settings))
    yield "templates", _fault(lambda: Templates(settings.templates).check())
    yield "queues", _fault(lambda: _try_queues(settings))
    yield "classifier", _fault(lambda: _try_model(settings))


def _fault(attempt: Callable[[], object]) -> str | None:
    try:
        attempt()
    except (IntakeError, StorageError, OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return None


def _try_database(settings: Settings) -> None:
    kept = wiring.keeping(settings, wiring.start_database(settings))
    if kept.database.schema_version() is None:
        raise ValueError("the schema is missing: run `rogatory migrate`")


def _try_reader(settings: Settings) -> None:
    if not wiring.reading_tools(settings).reader.version:
        raise ValueError("no OCR engine")


def _try_profile(settings: Settings) -> None:
    profile = wiring.profile(settings)
    faults = check_profile(profile)
    if faults:
        raise ValueError(f"{profile.path}: " + " ".join(faults))


def _try_queues(settings: Settings) -> None:
    known = {authority.code for authority in wiring.profile(settings).authorities}
    kept = wiring.keeping(settings, wiring.start_database(settings))
    lost = sorted(kept.queues.waiting().keys() - known)
    if lost:
        raise ValueError(
            f"letters wait for {', '.join(lost)}, which the profile does not know: list it under 'authorities' again, "
            "or correct these letters"
        )


def queues(settings: Settings) -> Iterator[tuple[str, str, bool]]:
    """Code and name of each queue, and whether a case system has a key that opens it."""
    kept = wiring.keeping(settings, wiring.start_database(settings))
    now = wiring.clock()
    keyed = {
        key.authority for key in wiring.access(settings, kept).api_keys() if not key.revoked and key.expires_at > now
    }
    for authority in wiring.profile(settings).authorities:
        yield authority.code, authority.name, authority.code in keyed


def _try_model(settings: Settings) -> None:
    shelf = wiring.shelf(settings)
    if shelf.in_use() is None:
        raise ValueError("no model is in use: run `rogatory train`")
    try:
        shelf.open()
    except (ModelDamaged, ModelUnknown) as error:
        raise ValueError(f"{shelf.in_use()}, which is to be in use: {error}") from error


def verify_kept(settings: Settings) -> Iterator[str]:
    """Faults of the trail and of the stored bytes, one sentence each."""
    kept = wiring.keeping(settings, wiring.start_database(settings))
    for line in broken_links(kept.database):
        yield f"trail: line {line} does not follow from the line before"
    last = None
    while found := list_letters(kept.database, LetterFilter(after=last), 200):
        for letter in found:
            try:
                content = kept.objects.get(original_key(letter.sha256))
            except ObjectMissing:
                yield f"letter {letter.number}: its original bytes are gone"
            else:
                if hashlib.sha256(content).hexdigest() != letter.sha256:
                    yield f"letter {letter.number}: its original bytes were altered"
        last = found[-1].id
