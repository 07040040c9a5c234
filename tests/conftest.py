"""Real parts for the tests: PostgreSQL, an S3 server, a clock that stands still until told."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.database import Database
from storage.embedded import EmbeddedDatabase
from storage.tables import metadata
from tests import s3server

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


#: Folders whose tests need OCR, a browser, a server or the sandbox; ``make check`` leaves them to ``make test``.
SLOW_FOLDERS = {"api", "archiving", "contracts", "journeys", "reading", "receiving", "web"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in a slow folder."""
    for item in items:
        if SLOW_FOLDERS & set(item.path.relative_to(ROOT).parts):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared corpora; tests that read it are skipped in a clone alone."""
    if not SHARED.is_dir():
        pytest.skip("the folder `shared` beside the project is absent")
    return SHARED


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Path]:
    """A folder with a short path: Unix sockets allow 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="rog-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(short_folder: Path) -> Iterator[str]:
    """Address of a real PostgreSQL, migrated."""
    server = EmbeddedDatabase(short_folder / "pg")
    database = Database(server.dsn)
    database.migrate()
    database.close()
    yield server.dsn
    server.stop()


@pytest.fixture
def database(postgres: str) -> Iterator[Database]:
    """The database, emptied."""
    database = Database(postgres)
    names = ", ".join(
        [table.name for table in metadata.sorted_tables] + ["procrastinate_jobs", "procrastinate_workers"]
    )
    with database.transaction() as connection:
        connection.execute(sa.text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    yield database
    database.close()


@pytest.fixture(scope="session")
def shelf(short_folder: Path) -> Path:
    """A shelf with the first model in use: the one that set-up trained, or one trained now; see ``key_of``."""
    from classifier.shelf import Shelf
    from classifier.signing import load_or_make_key
    from intake.training import School, ensure_model, has_usable_model

    folder = ROOT / "data" / "models"
    if not has_usable_model(Shelf(folder, load_or_make_key(key_of(folder)))):
        folder = short_folder / "models"
        # Without the passages: half the time, and a model as good for what the tests ask of it.
        (short_folder / "text").mkdir()
        (short_folder / "text" / "letters").symlink_to(ROOT / "training_data" / "letters")
        ensure_model(School(Shelf(folder, load_or_make_key(key_of(folder))), short_folder / "text"))
    return folder


def key_of(shelf: Path) -> Path:
    """File of the key that signed the models of the fixture ``shelf``; where settings look for it by default."""
    return shelf.parent / "keys" / "models.pem"


@pytest.fixture(scope="session")
def s3(short_folder: Path) -> Iterator[s3server.S3Address]:
    """A real S3 server."""
    missing = s3server.missing_programs()
    assert not missing, f"install the Debian packages that `make test` names; missing programs: {missing}"
    root = short_folder / "s3"
    root.mkdir()
    with s3server.running_s3(root) as address:
        yield address


class StoppedClock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()
