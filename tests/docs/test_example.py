"""The program in the how-to for case systems works as it stands there."""

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn

from classifier.shelf import Shelf
from classifier.signing import new_key
from intake.access import Access
from intake.api.app import Front, create_app
from intake.office import Door, Keeping, Office, Reception
from storage.accounts import Accounts
from storage.database import Database
from storage.objects_folder import FolderStore
from storage.pages import Pages
from storage.queues import Queues
from storage.register import Register
from storage.values import SYSTEM
from tests.conftest import ROOT, StoppedClock
from tests.makers import CLERK, description

QUEUE = "prosecutor-general"
SCAN = b"\x89PNG\r\n\x1a\n as it came"


@pytest.fixture
def office(database: Database, tmp_path: Path, clock: StoppedClock) -> Office:
    """An office with one letter in one queue."""
    kept = Keeping(database, Register(database), Pages(database), Queues(database), FolderStore(tmp_path / "objects"))
    office = Office(kept, Door(lambda content, name: "image/png", 1_000_000, {QUEUE: "Prosecutor General"}, 100), clock)
    letter = office.receive(SCAN, Reception("letter.png"), CLERK).letter
    kept.register.opened(letter.id, "image/png", 1, (), clock())
    kept.register.described(letter.id, description(QUEUE), clock())
    return office


@pytest.fixture
def access(database: Database, clock: StoppedClock) -> Access:
    return Access(Accounts(database), clock, timedelta(minutes=30), timedelta(hours=8))


@pytest.fixture
def address(office: Office, access: Access, tmp_path: Path) -> Iterator[str]:
    """Address of a server over that office."""
    app = create_app(office, access, Shelf(tmp_path / "models", new_key()), Front(("127.0.0.1",), secure_cookies=False))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def example() -> str:
    text = (ROOT / "docs" / "howto" / "case-system.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1
    return str(blocks[0])


@pytest.mark.slow
def test_the_example_takes_each_letter_once_and_acknowledges_it(
    address: str, access: Access, office: Office, tmp_path: Path
) -> None:
    key_file, folder = tmp_path / "key", tmp_path / "taken"
    key_file.write_text(access.add_key(QUEUE, "example", 7, SYSTEM)[1] + "\n")
    own = {
        "INTAKE_URL": address,
        "INTAKE_QUEUE": QUEUE,
        "INTAKE_KEY_FILE": str(key_file),
        "LETTERS_FOLDER": str(folder),
    }

    def run() -> str:
        command = [sys.executable, "-c", example()]
        done = subprocess.run(
            command, env={**os.environ, **own}, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run() == "taken 2026-000001\n"
    assert (folder / "2026-000001" / "scan").read_bytes() == SCAN
    assert office.counts() == {"acknowledged": 1}
    assert run() == ""
