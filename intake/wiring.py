"""Settings -> Office: the only module that names adapters."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from classifier.model import Model
from classifier.shelf import Shelf
from classifier.signing import KeyUnusable, load_or_make_key
from intake.access import Access
from intake.answering import ModelInUse
from intake.api.app import Front
from intake.confirmed_letters import confirmed_groups
from intake.correspondence import Correspondence
from intake.counter.counter import Counter
from intake.counter.drafts import Templates
from intake.counter.offences import OffenceTable, load_offences
from intake.counter.rules import StandingRules
from intake.describing.describer import LetterDescriber
from intake.errors import ModelKeyFault
from intake.inspection import DecidingTools, ReadingTools
from intake.jobs import Workshop
from intake.models import Models
from intake.office import Door, Keeping, Office
from intake.ordered_training import Child, OrderedTraining, TrainingWorker
from intake.reading.guarded import GuardedReader
from intake.reading.reader import default_reader
from intake.receiving.limits import Limits
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from intake.receiving.sniffing import sniff
from intake.routing.competence import ProfileCompetence
from intake.routing.directory import Directory
from intake.routing.profile import Profile
from intake.routing.profile_files import load_profile
from intake.routing.standing import QueueNames, StandingProfile
from intake.settings import PREFIX, Settings
from intake.shadowing import Shadows
from intake.training import TRAINING_DATA, School, compare_models
from storage.accounts import Accounts
from storage.database import Database
from storage.embedded import EmbeddedDatabase
from storage.letters import list_confirmed
from storage.objects import ObjectStore
from storage.objects_folder import FolderStore
from storage.objects_minio import MinioStore
from storage.pages import Pages
from storage.queues import Queues
from storage.register import Register
from storage.trainings import Trainings


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
    """The competence rules of this installation, as they are written."""
    return load_profile(settings.profile)


def standing_profile(settings: Settings) -> StandingProfile:
    """The competence rules in force while the service runs."""
    return StandingProfile(settings.profile, settings.data / "profiles")


def keeping(settings: Settings, dsn: str) -> Keeping:
    """Database and object store together."""
    database = Database(dsn)
    return Keeping(database, Register(database), Pages(database), Queues(database), objects(settings))


def office(settings: Settings, kept: Keeping) -> Office:
    """The use cases over what is kept."""
    standing = standing_profile(settings)
    limits = Limits(file_bytes=settings.max_upload_mb * 1_000_000)
    names, standing_now = QueueNames(standing), standing.standing
    door = Door(
        lambda content, name: sniff(content, name, limits),
        limits.file_bytes,
        names,
        settings.lease_limit,
        standing_now,
        correspondence(settings, standing),
    )
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
    """The models.

    Raises:
        ModelKeyFault: when the key that they are signed with cannot be used.
    """
    try:
        return Shelf(settings.models_folder, load_or_make_key(settings.model_key_file))
    except KeyUnusable as error:
        raise ModelKeyFault(str(error)) from error


def school(settings: Settings, kept: Keeping | None = None, source: Path = TRAINING_DATA) -> School:
    """What models learn from; without the register, the training text alone."""
    if kept is None:
        return School(shelf(settings), source)
    desk, database = office(settings, kept), kept.database
    return School(
        shelf(settings), source, lambda model: confirmed_groups(list_confirmed(database), desk.readings, model)
    )


def models(settings: Settings, kept: Keeping) -> Models:
    """The models with their trail."""
    place = school(settings, kept)
    return Models(place.shelf, kept.database, clock, lambda one, other: compare_models(place, one, other))


def ordered_training(settings: Settings, kept: Keeping, place: School) -> OrderedTraining:
    """What carries out a training that was ordered."""
    return OrderedTraining(place, Trainings(kept.database), models(settings, kept), clock)


def training_worker(kept: Keeping) -> TrainingWorker:
    """What takes orders of trainings while the server runs."""
    command = (sys.executable, "-m", "intake", "models", "carry-out")
    child = Child(command, {**os.environ, f"{PREFIX}DATABASE": kept.database.dsn})
    return TrainingWorker(kept.database.dsn, Trainings(kept.database), clock, child)


def reading_tools(settings: Settings) -> ReadingTools:
    """The first half of the way: open and read."""
    return ReadingTools(
        opener=BubblewrapOpener(
            sandboxed=settings.sandbox == "bubblewrap",
            renderer=settings.renderer,
            limits=Limits(file_bytes=settings.max_upload_mb * 1_000_000),
        ),
        reader=GuardedReader(default_reader(settings.ocr)),
    )


def deciding_tools(settings: Settings, directory: Callable[[], Directory] = Directory) -> Callable[[], DecidingTools]:
    """The second half of the way: describe with the model in use, and assign; a promotion shows at the next letter."""
    in_use, standing = ModelInUse(shelf(settings)), standing_profile(settings)
    competence, rules = ProfileCompetence(standing.current), StandingRules(lambda: standing.current().path)
    offences = domestic_offences(settings)

    @lru_cache(maxsize=1)
    def describer(model: Model) -> LetterDescriber:
        return LetterDescriber(model)

    def now() -> DecidingTools:
        listed = directory()
        counter = Counter(rules(), offences, listed.designates, lambda: clock().date())
        return DecidingTools(describer(in_use()), competence, counter, lambda: listed)

    return now


def domestic_offences(settings: Settings) -> OffenceTable | None:
    """The table from offences to the State's own law; None when the installation has none."""
    return load_offences(settings.offences) if settings.offences else None


def correspondence(settings: Settings, standing: StandingProfile) -> Correspondence:
    """How the office writes back."""
    rules = StandingRules(lambda: standing.current().path)
    return Correspondence(lambda: rules().office, Templates(settings.templates), lambda: clock().date())


def workshop(settings: Settings, kept: Keeping) -> Workshop:
    """What a worker works with."""
    desk, shadows = office(settings, kept), Shadows(shelf(settings), LetterDescriber)
    return Workshop(
        desk,
        reading_tools(settings),
        deciding_tools(settings, desk.directories.current),
        clock,
        settings.pages_per_job,
        shadows,
    )
