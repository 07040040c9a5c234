"""``rogatory check`` and ``rogatory verify``: is every tool there, and is everything kept still whole."""

import hashlib
from collections.abc import Callable, Iterator

from intake import wiring
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
    faults = check_profile(wiring.profile(settings))
    if faults:
        raise ValueError("; ".join(faults))


def _try_model(settings: Settings) -> None:
    if wiring.shelf(settings).in_use() is None:
        raise ValueError("no model is in use: run `rogatory train`")


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
