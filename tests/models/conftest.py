"""A shelf, a register and a tiny training text: everything that models live on, without OCR."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from classifier.keeping_out import Group, TestPart
from classifier.model import Model
from classifier.samples import TrainingLetter
from classifier.shelf import Shelf
from classifier.signing import ModelKey, new_key
from classifier.training import train
from intake.confirmed_letters import confirmed_groups
from intake.models import Models
from intake.office import Door, Keeping, Office
from intake.training import School, compare_models
from intake.values import PageReading
from storage.database import Database, Job
from storage.letters import list_confirmed
from storage.objects import reading_key
from storage.objects_folder import FolderStore
from storage.pages import Pages
from storage.queues import Queues
from storage.register import Register
from storage.values import KeptPage, Letter
from tests.classifier.makers import make_letter, make_line, write_lines
from tests.conftest import StoppedClock
from tests.makers import CLERK, NOW, confirmation, description, new_letter

ASKING = "Court of Southtown\n\nHe is charged with murder.\n\nWe request the extradition of the accused to our country."


@dataclass
class Yard:
    """Shelf, register and text, and ways to put letters into the register."""

    office: Office
    shelf: Shelf
    school: School
    models: Models
    clock: StoppedClock

    @property
    def database(self) -> Database:
        return self.office.keeping.database

    def letter(self, text: str = ASKING, legibility: float = 0.9, *flags: str, **said: Any) -> Letter:
        """A letter of one page that was read and described; ``said`` changes the description."""
        register = self.office.keeping.register
        letter, _ = register.enter(new_letter(text.encode() + repr(said).encode()), CLERK, NOW)
        register.opened(letter.id, "application/pdf", 1, [], NOW)
        reading = PageReading(1, text, "en", 0.9, "Latn", 0, 0.0, legibility, "ocr", "test", flags=flags)
        where = reading_key(letter.sha256, 1, "00" * 32)
        self.office.keeping.objects.put(where, json.dumps(asdict(reading)).encode())
        self.office.keeping.pages.read(letter.id, KeptPage(1, where, where), Job("describe", {}), NOW)
        register.described(letter.id, {**description(), "language": "en", "model": "m1", **said}, NOW)
        return register.letter(letter.id)

    def confirm(self, letter: Letter, **said: Any) -> Letter:
        version = self.office.keeping.register.letter(letter.id).version
        return self.office.keeping.register.confirm(letter.id, version, confirmation(**said), CLERK, NOW)

    def confirmed(self, model: Model) -> list[Group]:
        return confirmed_groups(list_confirmed(self.database), self.office.readings, model)

    def actions(self) -> list[tuple[str, dict[str, Any]]]:
        from storage.trail import events_after

        return [(event.action, event.details) for event in events_after(self.database, 0, 1000)]


def distinct(letter: TrainingLetter, template: str, number: int) -> TrainingLetter:
    """The letter under another template, with words of its own so that it is no copy of others."""
    sounds = "bcdfghklmnprstvz"
    name = f"{sounds[number % 16]}a{sounds[number // 16]}o"
    own = " ".join(f"{name}{sounds[place % 16]}e{sounds[place // 16]}" for place in range(60))
    return replace(letter, template=template, id=f"{template}-{number}", text=f"{letter.text}\n\n{own}")


def templates(folder: Path) -> Sequence[str]:
    """Names of five templates to learn from and one of the test part, which comes last."""
    part = TestPart(folder)
    names = [f"t{n}" for n in range(200)]
    kept = [name for name in names if part.split([Group(frozenset({f"text:{name}"}), (make_letter(1),))]).test]
    return [name for name in names if name not in kept][:5] + kept[:1]


@pytest.fixture(scope="session")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training folder of 36 letters, six of them in the test part."""
    folder = tmp_path_factory.mktemp("text")
    (folder / "letters").mkdir()
    names = templates(folder)
    letters = [distinct(make_letter(n, is_request=n % 5 != 4), names[n % 6], n) for n in range(36)]
    lines = []
    for letter in letters:
        line = make_line(**{name: getattr(letter, name) for name in TrainingLetter.__slots__ if name != "weight"})
        lines.append(line | {"spans": [asdict(span) for span in letter.spans]})
    write_lines(folder / "letters", *lines)
    return folder


@pytest.fixture(scope="session")
def trained() -> Model:
    """A tiny model that knows the letters of ``tests.classifier.makers``."""
    return train([make_letter(n, is_request=n % 5 != 4) for n in range(30)], seed=3)[0]


@pytest.fixture(scope="session")
def key() -> ModelKey:
    return new_key()


@pytest.fixture(scope="session")
def stocked(trained: Model, key: ModelKey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with a model in use and a candidate, to copy from."""
    shelf = Shelf(tmp_path_factory.mktemp("stocked"), key)
    shelf.promote(shelf.add(trained))
    shelf.add(trained)
    return shelf.root


@pytest.fixture
def two(yard: Yard, stocked: Path) -> tuple[str, str]:
    """A model in use and a candidate on the shelf of the yard."""
    shutil.copytree(stocked, yard.shelf.root, dirs_exist_ok=True)
    (candidate,) = (card.id for card in yard.shelf.models() if card.id != yard.shelf.in_use())
    return yard.shelf.in_use() or "", candidate


@pytest.fixture
def yard(database: Database, text: Path, tmp_path: Path, clock: StoppedClock, key: ModelKey) -> Yard:
    kept = Keeping(database, Register(database), Pages(database), Queues(database), FolderStore(tmp_path / "objects"))
    office = Office(kept, Door(lambda content, name: "application/pdf", 1_000_000, {}, 100), clock)
    shelf = Shelf(tmp_path / "models", key)
    school = School(shelf, text, lambda model: confirmed_groups(list_confirmed(database), office.readings, model))
    models = Models(shelf, database, clock, lambda one, other: compare_models(school, one, other))
    return Yard(office, shelf, school, models, clock)
