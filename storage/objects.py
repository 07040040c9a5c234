"""The object store's seam: bytes under server-made keys."""

import hashlib
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Protocol

from storage.errors import ObjectMissing, StoreUnavailable


class ObjectStore(Protocol):
    """Keeps bytes under keys made by ``original_key`` and its siblings; a second put of the same bytes is harmless."""

    def put(self, key: str, content: bytes) -> None:
        """Keep bytes; they are durable when this returns.

        Raises:
            StoreUnavailable: when the store does not answer or is full.
        """
        ...

    def get(self, key: str) -> bytes:
        """Give the bytes back.

        Raises:
            ObjectMissing: when nothing is kept under the key.
            StoreUnavailable: when the store does not answer.
        """
        ...

    def exists(self, key: str) -> bool:
        """Say whether something is kept under the key.

        Raises:
            StoreUnavailable: when the store does not answer.
        """
        ...


def original_key(sha256: str) -> str:
    """Where the original bytes lie: under their own SHA-256."""
    return f"letters/{sha256[:2]}/{sha256}/original"


def reading_key(sha256: str, number: int, memory_key: str) -> str:
    """Where a page's reading (JSON) lies, beside the original."""
    return f"letters/{sha256[:2]}/{sha256}/readings/{number:05d}-{memory_key[:32]}.json"


def image_key(sha256: str, number: int) -> str:
    """Where a page's image (PNG) lies, beside the original."""
    return f"letters/{sha256[:2]}/{sha256}/pages/{number:05d}.png"


def archive_page_key(sha256: str, reading_key: str) -> str:
    """Where a page of the archive copy (PDF) lies, beside the original: one for each reading of the page."""
    return f"letters/{sha256[:2]}/{sha256}/archive/{PurePosixPath(reading_key).stem}.pdf"


def archive_key(sha256: str, number: str, page_keys: Sequence[str]) -> str:
    """Where the archive copy of a whole letter lies, once bound: another one when a page was read again."""
    bound = hashlib.sha256("\0".join([number, *page_keys]).encode()).hexdigest()
    return f"letters/{sha256[:2]}/{sha256}/archive-{bound[:32]}.pdf"


__all__ = [
    "ObjectMissing",
    "ObjectStore",
    "StoreUnavailable",
    "archive_key",
    "archive_page_key",
    "image_key",
    "original_key",
    "reading_key",
]
