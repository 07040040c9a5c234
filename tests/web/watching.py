"""Watches a browser for what our pages must never do."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request


class Watch:
    """Collects foreign requests, errors and dialogs of all pages of a context."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._address = address
        self.complaints: list[str] = []
        self.expected: set[str] = set()  #: parts of complaints that a test provokes on purpose
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._address + "/", "blob:")):
            self.complaints.append(f"request: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def assert_quiet(self) -> None:
        left = [one for one in self.complaints if not any(part in one for part in self.expected)]
        assert left == []
