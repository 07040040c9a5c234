"""The installation's key: what it has signed may answer, anything else is turned away before it is looked into."""

import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

#: Said before the content, so that a signature of ours made for anything else is none of a model.
_CONTEXT = b"rogatory model 1\0"
_PUBLIC = ".pub.pem"  #: how the file of the public half ends
_LARGEST = 10_000  #: bytes of a key file
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyUnusable(Exception):
    """The key file cannot be read, is no Ed25519 key, or is open to others; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class ModelKey:
    """An Ed25519 key; its public half alone is enough to verify."""

    public: Ed25519PublicKey
    private: Ed25519PrivateKey | None = None

    def sign(self, content: bytes) -> bytes:
        """Return the signature of content.

        Raises:
            KeyUnusable: when only the public half is here.
        """
        if self.private is None:
            raise KeyUnusable("only the public half of the key is here: sign where the whole key is")
        return self.private.sign(_CONTEXT + content)

    def has_signed(self, content: bytes, signature: bytes) -> bool:
        """Whether the signature is ours and of this content."""
        try:
            self.public.verify(signature, _CONTEXT + content)
        except InvalidSignature:
            return False
        return True


def new_key() -> ModelKey:
    """Return a fresh key that is kept nowhere."""
    private = Ed25519PrivateKey.generate()
    return ModelKey(private.public_key(), private)


def load_or_make_key(path: Path) -> ModelKey:
    """Return the key of a file; the first call makes it, with mode 0600, and its public half beside it.

    Args:
        path: PEM file. A file with a public key gives a key that verifies only.

    Raises:
        KeyUnusable: when the file cannot be read or made, is no such key, or others may read it.
    """
    try:
        if not path.exists():
            if path.name.endswith(_PUBLIC):
                raise KeyUnusable(f"the public half of the key, {path}, is missing: copy it from where the key is")
            _make(path)
        key = _load(path)
        if key.private is not None and not _public_half(path).exists():
            _publish(key, path)
        return key
    except OSError as error:
        raise KeyUnusable(f"the key file {path} cannot be read or made: {error.strerror}") from error


def _make(path: Path) -> None:
    """Make the key whole or not at all; of several processes that start at once, one makes it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = new_key()
    assert key.private is not None
    secret = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    beside = path.parent / f".new-{uuid4().hex}"
    try:
        _write(beside, secret, 0o600)
        # A link is made only where nothing stands yet; renaming would replace the key of whoever was first.
        path.hardlink_to(beside)
    except FileExistsError:
        return
    finally:
        beside.unlink(missing_ok=True)


def _public_half(path: Path) -> Path:
    return path.with_suffix(_PUBLIC)


def _publish(key: ModelKey, path: Path) -> None:
    """Put the public half beside the key; a folder that cannot be written to goes without."""
    with contextlib.suppress(OSError):
        public = key.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        _write(_public_half(path), public, 0o644)


def _write(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _load(path: Path) -> ModelKey:
    if path.stat().st_size > _LARGEST:
        raise KeyUnusable(f"{path} is no key: name the file of the key, or move this one away and a new one is made")
    content = path.read_bytes()
    try:
        if b"PUBLIC KEY" in content:
            public = load_pem_public_key(content)
            if isinstance(public, Ed25519PublicKey):
                return ModelKey(public)
        else:
            private = load_pem_private_key(content, password=None)
            if isinstance(private, Ed25519PrivateKey):
                if path.stat().st_mode & _OTHERS:
                    raise KeyUnusable(f"others may read the key {path}: take that away with `chmod 600 {path}`")
                return ModelKey(private.public_key(), private)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(f"{path} holds no key: restore it from the backup") from error
    raise KeyUnusable(f"{path} is not an Ed25519 key in PEM: restore the key from the backup")
