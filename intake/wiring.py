"""Settings -> Office: the only module that names adapters."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from classifier.shelf import Shelf
from intake.access import Access
from intake.api.app import Front
from intake.describing.describer import LetterDescriber
from intake.inspection import DecidingTools, ReadingTools
from intake.jobs import Workshop
from intake.models import Models
from intake.office import Door, Keeping, Office
from intake.reading.reader import default_reader
from intake.receiving.limits import Limits
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from intake.receiving.sniffing import sniff
from intake.routing.competence import ProfileCompetence
from intake.routing.profile import Profile
from intake.routing.profile_files import load_profile
from intake.settings import Settings
from storage.accounts import Accounts
from storage.database import Database
from storage.embedded import EmbeddedDatabase
from storage.objects import ObjectStore
from storage.objects_folder import FolderStore
from storage.objects_minio import MinioStore
from storage.pages import Pages
from storage.queues import Queues
from storage.register import Register


def clock() -> datetime:
    """The time, UTC."""
    return datetime.now(UTC)


def start_database(settings: Settings) -> str:
    """Address of the database; starts the embedded one, or joins it, when no other is set."""
    if settings.database:
        return settings.database.get_secret_value()
    return EmbeddedDatabase(settings.data / "postgres").dsn


def objects(settings: Settings) -> ObjectStore:
    """The object store that the settings name."""
    if settings.objects == "folder":
        return FolderStore(settings.data / "objects")
    access, secret = settings.s3_access_key, settings.s3_secret_key
    return MinioStore(
        settings.s3_endpoint,
        access.get_secret_value() if access else "",
        secret.get_secret_value() if secret else "",
        settings.s3_bucket,
        secure=settings.s3_secure,
    )


def profile(settings: Settings) -> Profile:
    """The competence rules of this installation."""
    return load_profile(settings.profile)


def keeping(settings: Settings, dsn: str) -> Keeping:
    """Database and object store together."""
    database = Database(dsn)
    return Keeping(database, Register(database), Pages(database), Queues(database), objects(settings))


def office(settings: Settings, kept: Keeping) -> Office:
    """The use cases over what is kept."""
    authorities = profile(settings).authorities
    names = {authority.code: authority.name for authority in authorities}
    limits = Limits(file_bytes=settings.max_upload_mb * 1_000_000)
    door = Door(lambda content, name: sniff(content, name, limits), limits.file_bytes, names, settings.lease_limit)
    return Office(kept, door, clock)


def access(settings: Settings, kept: Keeping) -> Access:
    """Who may come in."""
    idle = timedelta(minutes=settings.session_idle_minutes)
    return Access(Accounts(kept.database), clock, idle, timedelta(hours=settings.session_hours))


def front(settings: Settings) -> Front:
    """How the application faces outward."""
    named = [name.strip() for name in settings.allowed_hosts.split(",") if name.strip()]
    return Front((*named, "localhost", "127.0.0.1", "[::1]"), settings.secure_cookies)


def shelf(settings: Settings) -> Shelf:
    """The models."""
    return Shelf(settings.models_folder)


def models(settings: Settings, kept: Keeping) -> Models:
    """The models with their trail."""
    return Models(shelf(settings), kept.database, clock)


def reading_tools(settings: Settings) -> ReadingTools:
    """The first half of the way: open and read."""
    return ReadingTools(
        opener=BubblewrapOpener(
            sandboxed=settings.sandbox == "bubblewrap",
            renderer=settings.renderer,
            limits=Limits(file_bytes=settings.max_upload_mb * 1_000_000),
        ),
        reader=default_reader(settings.ocr),
    )


def deciding_tools(settings: Settings) -> Callable[[], DecidingTools]:
    """The second half of the way: describe with the model in use, and assign; a promotion shows at the next letter."""
    stand, competence = shelf(settings), ProfileCompetence(profile(settings))

    @lru_cache(maxsize=1)
    def with_model(model_id: str | None) -> DecidingTools:
        return DecidingTools(LetterDescriber(stand.open(model_id)), competence)

    return lambda: with_model(stand.in_use())


def workshop(settings: Settings, kept: Keeping) -> Workshop:
    """What a worker works with."""
    desk = office(settings, kept)
    return Workshop(desk, reading_tools(settings), deciding_tools(settings), clock, settings.pages_per_job)
