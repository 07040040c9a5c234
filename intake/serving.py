"""Running the service: server, workers, and what keeps them running."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
import time

import uvicorn

from intake import wiring
from intake.api.app import create_app
from intake.jobs import make_app
from intake.jobs import work as run_worker
from intake.settings import PREFIX, Settings
from intake.training import ensure_model
from intake.web.pages import install as install_pages
from storage.values import SYSTEM

log = logging.getLogger("rogatory")

_PAUSE = 2.0  #: s before a worker that ended is started again


def serve(settings: Settings) -> None:
    """Start everything on one machine and stay until told to stop.

    Raises:
        Unavailable: when a tool that is needed does not answer.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    dsn = wiring.start_database(settings)
    kept = wiring.keeping(settings, dsn)
    kept.database.migrate()
    ensure_model(wiring.school(settings))
    access = wiring.access(settings, kept)
    office = wiring.office(settings, kept)
    app = create_app(office, access, wiring.models(settings, kept), wiring.front(settings), install_pages)
    one_time_password = access.first_administrator(SYSTEM)
    crew, trainer = Crew(settings, dsn), wiring.training_worker(kept)
    crew.start()
    trainer.start()
    # uvicorn raises the signal again once it has shut down; as an exit it lets workers and database end in order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _welcome(settings, one_time_password)
        uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning", server_header=False)
    finally:
        trainer.stop()
        crew.stop()


def work(settings: Settings, *, end_with_stdin: bool = False) -> None:
    """Work until told to stop; start over when the database was away."""
    if end_with_stdin:
        threading.Thread(target=end_with_parent, daemon=True).start()
    dsn = wiring.start_database(settings)
    kept = wiring.keeping(settings, dsn)
    kept.database.migrate()
    shop = wiring.workshop(settings, kept)
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, stop)
    while not stopping:
        try:
            asyncio.run(run_worker(make_app(dsn, shop), shop))
            stopping = True
        except OSError as error:
            log.warning("the worker starts over: %s", type(error).__name__)
            time.sleep(_PAUSE)


def end_with_parent() -> None:
    """End at once when the server that started us is gone, however it went: its pipe to us closes then."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _welcome(settings: Settings, one_time_password: str | None) -> None:
    lines = [f"Rogatory is open at http://{settings.host}:{settings.port}"]
    if one_time_password:
        lines.append(f"Sign in as admin with the one-time password {one_time_password}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


class Crew:
    """The workers of one server: each is started again when it ends, all end with the server."""

    def __init__(self, settings: Settings, dsn: str) -> None:
        self._count = settings.workers
        self._environment = {**os.environ, f"{PREFIX}DATABASE": dsn, "OMP_THREAD_LIMIT": "1"}
        self._workers: list[subprocess.Popen[bytes]] = []
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start the workers and the watch over them."""
        self._workers = [self._start_one() for _ in range(self._count)]
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Ask the workers to finish the page at hand and end; end those that do not."""
        self._stopping.set()
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            try:
                worker.wait(timeout=25)
            except subprocess.TimeoutExpired:
                worker.kill()

    def _start_one(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "intake", "work", "--until-stdin-closes"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, env=self._environment)

    def _watch(self) -> None:
        while not self._stopping.wait(_PAUSE):
            for place, worker in enumerate(self._workers):
                if worker.poll() is not None and not self._stopping.is_set():
                    log.warning("a worker ended with %s; starting another", worker.returncode)
                    self._workers[place] = self._start_one()
