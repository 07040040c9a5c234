"""A running application with a register of its own, and a browser before it."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.web.desk import Desk, make_desk
from tests.web.watching import Watch

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def desk(short_folder: Path) -> Iterator[Desk]:
    """The application on a free port of the loopback, over a real database and a real folder store."""
    desk = make_desk(short_folder / "web")
    listener = socket.create_server(("127.0.0.1", 0))
    desk.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(desk.app, log_level="error", lifespan="off", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield desk
    server.should_exit = True
    thread.join()
    listener.close()
    desk.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), "install the Debian package `chromium`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 860})
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.fixture
def watch(context: BrowserContext, desk: Desk) -> Iterator[Watch]:
    """Sees all that the pages of a test do; at the end nothing forbidden may have happened."""
    watch = Watch(context, desk.address)
    yield watch
    watch.assert_quiet()


@pytest.fixture
def page(context: BrowserContext, desk: Desk, watch: Watch) -> Page:
    """A page of a clerk who is signed in."""
    desk.sign_in(context)
    return context.new_page()
