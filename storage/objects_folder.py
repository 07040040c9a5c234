"""Object store in a local folder: the embedded default."""

import contextlib
import os
import secrets
from pathlib import Path

from typing_extensions import override

from storage.objects import ObjectMissing, ObjectStore, StoreUnavailable


class FolderStore(ObjectStore):
    """Files under one folder, safe against power loss.

    Each put writes a temporary file, syncs it, renames it into place and syncs the directory; no library at hand syncs
    local writes (``docs/decisions/0005-object-store.md``).
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    @override
    def put(self, key: str, content: bytes) -> None:
        target = self._root / key
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        try:
            self._make_folder(target.parent)
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
            self._sync(target.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise StoreUnavailable(f"the folder store cannot write: {error.strerror}") from error

    @override
    def get(self, key: str) -> bytes:
        try:
            return (self._root / key).read_bytes()
        except FileNotFoundError:
            raise ObjectMissing(key) from None
        except OSError as error:
            raise StoreUnavailable(f"the folder store cannot read: {error.strerror}") from error

    @override
    def exists(self, key: str) -> bool:
        return (self._root / key).is_file()

    def _make_folder(self, folder: Path) -> None:
        """Make a folder so that its name survives a power loss too."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        self._sync(folder.parent)

    @staticmethod
    def _sync(folder: Path) -> None:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
