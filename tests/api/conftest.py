"""An application over a real database and a folder store; letters are put into states through the register."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from classifier.shelf import Shelf
from classifier.signing import new_key
from intake.access import Access
from intake.api.app import Front, create_app
from intake.api.identity import COOKIE, CSRF_HEADER, csrf_token
from intake.archiving.page_copy import copy_page
from intake.models import Models
from intake.office import Door, Keeping, Office
from intake.page_keeping import png, reading_json
from intake.receiving.limits import Limits
from intake.receiving.sniffing import sniff
from intake.training import School, compare_models
from intake.values import PageImage, PageReading
from storage.accounts import Accounts
from storage.database import Database
from storage.objects import archive_page_key, image_key, reading_key
from storage.objects_folder import FolderStore
from storage.pages import Pages
from storage.queues import Queues
from storage.register import Register
from storage.values import SYSTEM, KeptPage
from tests.conftest import StoppedClock
from tests.makers import NOW, description

AUTHORITIES = {"prosecutor-general": "Prosecutor General", "police": "Police"}
PDF = b"%PDF-1.7 invented"


@dataclass(frozen=True)
class Bench:
    """The application with everything a test needs to put it into a state."""

    office: Office
    access: Access
    app: Any

    def anonymous(self) -> TestClient:
        return TestClient(self.app, base_url="http://localhost")

    def person(self, role: str = "registry") -> TestClient:
        """A signed-in person whose client sends the token of the page along."""
        name = f"{role}-person"
        one_time = self.access.add_account(name, role, SYSTEM)  # type: ignore[arg-type]
        account = self.access.person(self.access.sign_in(name, one_time))
        assert account is not None
        token = self.access.choose_password(account, one_time, "a long enough password")
        client = self.anonymous()
        client.cookies.set(COOKIE, token)
        client.headers[CSRF_HEADER] = csrf_token(token)
        return client

    def case_system(self, authority: str = "prosecutor-general") -> TestClient:
        client = self.anonymous()
        client.headers["Authorization"] = "Bearer " + self.access.add_key(authority, "", 30, SYSTEM)[1]
        return client

    def letter(self, content: bytes = PDF, authority: str = "prosecutor-general", *, review: bool = False) -> UUID:
        """A letter of one page, read and described."""
        from intake.office import Reception

        letter = self.office.receive(content, Reception("letter.pdf"), SYSTEM).letter
        register = self.office.keeping.register
        register.opened(letter.id, "application/pdf", 1, [], NOW)
        reading = PageReading(1, "Prosecutor", "mn", 0.9, "Cyrl", 0, 0.0, 0.9, "ocr", "test")
        where, picture = reading_key(letter.sha256, 1, "00" * 32), image_key(letter.sha256, 1)
        self.office.keeping.objects.put(where, reading_json.dump_json(reading))
        image = PageImage(1, b"\xff" * 10_000, 100, 100, 1, 100)
        self.office.keeping.objects.put(picture, png(image))
        self.office.keeping.objects.put(archive_page_key(letter.sha256, where), copy_page(image, reading))
        from storage.database import Job

        self.office.keeping.pages.read(letter.id, KeptPage(1, where, picture), Job("describe", {}), NOW)
        register.described(letter.id, description(authority, review=review), NOW)
        return letter.id


@pytest.fixture
def bench(database: Database, tmp_path: Path, clock: StoppedClock) -> Iterator[Bench]:
    kept = Keeping(database, Register(database), Pages(database), Queues(database), FolderStore(tmp_path / "objects"))
    limits = Limits(file_bytes=1_000_000)
    door = Door(lambda content, name: sniff(content, name, limits), limits.file_bytes, AUTHORITIES, 100)
    office = Office(kept, door, clock)
    access = Access(Accounts(database), clock, timedelta(minutes=30), timedelta(hours=8))
    front = Front(("localhost", "127.0.0.1"), secure_cookies=False)
    school = School(Shelf(tmp_path / "models", new_key()), tmp_path / "text")
    models = Models(school.shelf, database, clock, lambda one, other: compare_models(school, one, other))
    yield Bench(office, access, create_app(office, access, models, front))
