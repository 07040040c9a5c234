"""An office with a few letters in it, made directly through the register: no OCR is needed to test pages."""

import hashlib
import io
import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from fastapi import FastAPI
from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext

from classifier.card import Card
from classifier.comparison import Comparison, Row
from classifier.deciding import unknown
from classifier.evaluation import Truth, evaluate
from classifier.model import Model, ModelDamaged
from classifier.shelf import ModelUnknown, Shelf
from intake.access import Access
from intake.api.app import Front, create_app
from intake.api.identity import COOKIE
from intake.errors import EmptyFile
from intake.models import Models
from intake.office import Door, Keeping, Office
from intake.receiving.limits import Limits
from intake.receiving.sniffing import sniff
from intake.values import PageReading
from intake.web.pages import install
from storage.accounts import Accounts
from storage.database import Database, Job
from storage.embedded import EmbeddedDatabase
from storage.objects import image_key, original_key, reading_key
from storage.objects_folder import FolderStore
from storage.pages import Pages
from storage.queues import Queues
from storage.register import Register
from storage.values import SYSTEM, Account, KeptPage, Letter, NewLetter

AUTHORITIES = {
    "prosecutor-general": "Office of the Prosecutor General, International Department",
    "ministry-of-justice": "Ministry of Justice, Central Authority",
    "court": "District Court of Almaty",
}
PASSWORD = "five quiet grey herons"


def clock() -> datetime:
    return datetime.now(UTC)


def card(model_id: str) -> Card:
    """The card of a model that was never trained."""
    evaluation = evaluate([(Truth("mn", True, ("bank_records",), ("fraud",)), unknown("m"))])
    figures = evaluation.to_json()
    return Card(
        model_id,
        "2026-11-20T09:00:00+00:00",
        "0.1.0",
        "ab" * 32,
        1480,
        ("en", "mn", "ar"),
        0,
        figures,
        hashes=dict.fromkeys(("training_text", "confirmed_letters", "test_part"), "cd" * 32),
        confirmed_letters=12,
        test_figures=figures,
    )


@dataclass
class ShelfOfTwo:
    """A shelf that needs no trained models and fails as the real one does: two models, one of them in use."""

    in_use_now: str = "m1"
    before: list[str] = field(default_factory=list)
    beside: str | None = None
    worse: bool = False

    def models(self) -> list[Card]:
        return [card("m2"), card("m1")]

    def faults(self) -> dict[str, str]:
        return {"m0": "the model is not signed"}

    def card(self, model_id: str) -> Card:
        if model_id == "damaged":
            raise ModelDamaged
        if model_id not in {one.id for one in self.models()}:
            raise ModelUnknown(model_id)
        return card(model_id)

    def open(self, model_id: str) -> Model:
        raise ModelDamaged(f"the files of {model_id} are gone")

    def in_use(self) -> str:
        return self.in_use_now

    def shadow(self) -> str | None:
        return self.beside

    def set_shadow(self, model_id: str | None) -> None:
        self.beside = model_id

    def promote(self, model_id: str) -> None:
        self.before.append(self.in_use_now)
        self.in_use_now = model_id

    def rollback(self) -> None:
        if not self.before:
            raise ModelUnknown
        self.in_use_now = self.before.pop()

    def compare(self, candidate: str, in_use: str) -> Comparison:
        fall = 0.2 if self.worse else 0.0
        rows = (
            Row("overall", "", "types_f1", 160, 0.93, 0.94 - fall),
            Row("language", "mn", "types_f1", 12, 0.91, 0.92 - fall),
            Row("request_type", "bank_records", "f1", 31, 0.97, 0.96),
            Row("offence", "fraud", "f1", 44, 0.9, 0.92),
        )
        return Comparison(candidate, in_use, "ef" * 32, 160, True, rows)


@dataclass
class Desk:
    """The application and ways to put letters into it."""

    app: FastAPI
    office: Office
    access: Access
    database: Database
    server: EmbeddedDatabase
    shelf: ShelfOfTwo
    address: str = ""
    _settled: dict[str, Account] = field(default_factory=dict)

    def close(self) -> None:
        self.database.close()
        self.server.stop()

    def account(self, role: Any = "registry") -> tuple[str, str]:
        """A fresh account; gives its name and its one-time password."""
        name = f"clerk-{secrets.token_hex(3)}"
        return name, self.access.add_account(name, role, SYSTEM)

    def session(self, role: Any = "registry") -> tuple[Account, str]:
        """A new session of an account whose password is ``PASSWORD``; gives the account and the session's token."""
        if role not in self._settled:
            name, once = self.account(role)
            account = next(one for one in self.access.accounts() if one.name == name)
            self.access.choose_password(account, once, PASSWORD)
            self._settled[role] = account
        account = self._settled[role]
        return account, Accounts(self.database).open_session(account.id, clock())

    def sign_in(self, context: BrowserContext, role: Any = "registry") -> Account:
        account, token = self.session(role)
        host = urlsplit(self.address).hostname or ""
        context.add_cookies([{"name": COOKIE, "value": token, "domain": host, "path": "/", "httpOnly": True}])
        return account

    def letter(self, name: str = "letter.pdf", **changes: Any) -> Letter:
        """A letter that has just come."""
        content = secrets.token_bytes(32)
        new = NewLetter(
            sha256=hashlib.sha256(content).hexdigest(),
            byte_size=len(content),
            media_type="application/pdf",
            name=name,
            channel="post",
            received_at=clock(),
        )
        new = NewLetter(**{**asdict(new), **changes})
        self.office.keeping.objects.put(original_key(new.sha256), content)
        return self.office.keeping.register.enter(new, SYSTEM, clock())[0]

    def unreadable(self, name: str = "empty.pdf") -> Letter:
        return self.letter(name, error_code=EmptyFile.code)

    def open(self, letter: Letter, pages: int, *flags: str) -> None:
        self.office.keeping.register.opened(letter.id, "application/pdf", pages, flags, clock())

    def read(self, letter: Letter, number: int, text: str, language: str | None = "mn", *flags: str) -> None:
        """Note one page as read."""
        reading = PageReading(number, text, language, 0.98, "Cyrl", 0, 0.0, 0.93, "ocr", "test", flags=flags)
        where, picture = reading_key(letter.sha256, number, secrets.token_hex(16)), image_key(letter.sha256, number)
        self.office.keeping.objects.put(where, json.dumps(asdict(reading)).encode())
        self.office.keeping.objects.put(picture, drawn(text))
        describe = Job("describe", {"letter_id": str(letter.id)})
        self.office.keeping.pages.read(letter.id, KeptPage(number, where, picture), describe, clock())

    def describe(self, letter: Letter, report: dict[str, Any]) -> Letter:
        self.office.keeping.register.described(letter.id, report, clock())
        return self.office.keeping.register.letter(letter.id)

    def letter_to_review(self, report: dict[str, Any], texts: list[str], **changes: Any) -> Letter:
        """A letter that was read and waits for a person."""
        letter = self.letter(**changes)
        self.open(letter, len(texts))
        for number, text in enumerate(texts, 1):
            self.read(letter, number, text, report["language"])
        return self.describe(letter, report)


def make_desk(folder: Path) -> Desk:
    server = EmbeddedDatabase(folder / "pg")
    database = Database(server.dsn)
    database.migrate()
    keeping = Keeping(database, Register(database), Pages(database), Queues(database), FolderStore(folder / "objects"))
    limits = Limits(file_bytes=1_000_000)
    door = Door(lambda content, name: sniff(content, name, limits), limits.file_bytes, AUTHORITIES, 100)
    office = Office(keeping, door, clock)
    access = Access(Accounts(database), clock, timedelta(minutes=30), timedelta(hours=8))
    front = Front(("127.0.0.1", "localhost", "testserver"), secure_cookies=False)
    shelf = ShelfOfTwo()
    app = create_app(office, access, Models(cast(Shelf, shelf), database, clock, shelf.compare), front, install)
    return Desk(app, office, access, database, server, shelf)


def drawn(text: str) -> bytes:
    """A page with some lines on it, as PNG."""
    picture = Image.new("L", (827, 1169), 255)
    draw = ImageDraw.Draw(picture)
    for line, words in enumerate(text.splitlines()[:40]):
        draw.text((80, 90 + 26 * line), words.encode("ascii", "replace").decode(), fill=20)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
