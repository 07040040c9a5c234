"""A whole house of real processes: server, workers, PostgreSQL, sandbox, Tesseract."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest

from intake.api.identity import COOKIE, CSRF_HEADER, csrf_token
from tests.conftest import ROOT, key_of

PASSWORD = "a long enough password"
PATIENCE = 120.0  #: s


@dataclass
class House:
    """One installation under one folder; its server can be started, stopped and killed."""

    folder: Path
    models: Path
    port: int
    server: subprocess.Popen[str] | None = None
    one_time_password: str = ""
    _client: httpx2.Client | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {"ROGATORY_DATA": str(self.folder), "ROGATORY_MODELS": str(self.models),
               "ROGATORY_MODEL_KEY": str(key_of(self.models)), "ROGATORY_PORT": str(self.port),
               "ROGATORY_WORKERS": "2", "ROGATORY_PAGES_PER_JOB": "2"}  # fmt: skip
        return {**os.environ, **own}

    def start(self) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "intake", "serve"]
        with (self.folder.parent / "server.log").open("a") as log:
            self.server = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.server.stdout is not None
        line = self.server.stdout.readline()
        assert "http://" in line, (self.folder.parent / "server.log").read_text()[-3000:]
        if not self.one_time_password:
            found = re.search(r"one-time password (\S+)", self.server.stdout.readline())
            assert found
            self.one_time_password = found.group(1)
        self.wait_until(self.is_up)

    def is_up(self) -> bool:
        try:
            return httpx2.get(self.url + "/api/v1/ready").status_code == 200
        except httpx2.HTTPError:
            return False

    def stop(self) -> None:
        if self.server and self.server.poll() is None:
            self.server.terminate()
            self.server.communicate(timeout=60)

    def kill(self) -> None:
        """kill -9 of the server alone."""
        assert self.server
        self.server.send_signal(signal.SIGKILL)
        self.server.communicate(timeout=30)

    def workers(self) -> list[psutil.Process]:
        assert self.server
        children = psutil.Process(self.server.pid).children()
        return [child for child in children if "work" in child.cmdline()]

    def client(self) -> httpx2.Client:
        """A signed-in person."""
        if self._client is None:
            self._client = httpx2.Client(base_url=self.url, timeout=30)
            token = self._first_sign_in()
            self._client.cookies.set(COOKIE, token)
            self._client.headers[CSRF_HEADER] = csrf_token(token)
        return self._client

    def case_system(self, key: str) -> httpx2.Client:
        """A case system with its key."""
        return httpx2.Client(base_url=self.url, timeout=30, headers={"Authorization": f"Bearer {key}"})

    def close(self) -> None:
        self.stop()
        if self._client is not None:
            self._client.close()

    def _first_sign_in(self) -> str:
        from intake import wiring
        from intake.settings import Settings

        settings = Settings(data=self.folder)
        kept = wiring.keeping(settings, wiring.start_database(settings))
        access = wiring.access(settings, kept)
        account = access.person(access.sign_in("admin", self.one_time_password))
        assert account
        token = access.choose_password(account, self.one_time_password, PASSWORD)
        kept.database.close()
        return token

    @staticmethod
    def wait_until(holds: Callable[[], Any], patience: float = PATIENCE) -> None:
        deadline = time.monotonic() + patience
        while not holds():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.1)

    def status(self, letter_id: str) -> dict[str, Any]:
        answer = self.client().get(f"/api/v1/letters/{letter_id}")
        assert answer.status_code == 200
        body: dict[str, Any] = answer.json()
        return body

    def arrived(self, letter_id: str) -> bool:
        return self.status(letter_id)["status"] in {"queued", "review"}


@pytest.fixture
def house(short_folder: Path, shelf: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    folder = short_folder / f"house-{abs(hash(request.node.name)) % 10_000}"
    (folder / "data").mkdir(parents=True)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    house = House(folder / "data", shelf, port)
    house.start()
    yield house
    house.close()
    _end_everything(folder)


def _end_everything(folder: Path) -> None:
    """PostgreSQL outlives a killed server on purpose; a test's must not."""
    for process in psutil.process_iter(["cmdline"]):
        if str(folder) in " ".join(process.info["cmdline"] or []):
            process.kill()
