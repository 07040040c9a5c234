"""What every object store promises, run on the folder store and on a real S3 server."""

import os
import secrets
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.objects import ObjectMissing, ObjectStore, StoreUnavailable, original_key
from storage.objects_folder import FolderStore
from storage.objects_minio import MinioStore


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "folder":
        return FolderStore(tmp_path / "objects")
    address = request.getfixturevalue("s3")
    bucket = "letters-" + secrets.token_hex(4)
    return MinioStore(address.endpoint, address.access_key, address.secret_key, bucket, secure=False)


def test_what_is_put_comes_back_unaltered(store: ObjectStore) -> None:
    content = os.urandom(200_000)
    store.put(original_key("ab" * 32), content)
    assert store.get(original_key("ab" * 32)) == content


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=5_000))
def test_any_bytes_come_back_unaltered(store: ObjectStore, content: bytes) -> None:
    store.put("letters/any", content)
    assert store.get("letters/any") == content


def test_the_same_bytes_may_be_put_twice(store: ObjectStore) -> None:
    store.put("letters/twice", b"once")
    store.put("letters/twice", b"once")
    assert store.get("letters/twice") == b"once"


def test_what_was_never_put_is_missing(store: ObjectStore) -> None:
    assert not store.exists("letters/never")
    with pytest.raises(ObjectMissing):
        store.get("letters/never")


def test_what_was_put_exists(store: ObjectStore) -> None:
    store.put("letters/there", b"")
    assert store.exists("letters/there")
    assert store.get("letters/there") == b""


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(StoreUnavailable):
        FolderStore(tmp_path / "file").put("letters/x", b"content")


def test_a_server_that_is_away_is_unavailable() -> None:
    store = MinioStore("127.0.0.1:9", "key", "secret", "bucket", secure=False)
    for call in (lambda: store.put("k", b""), lambda: store.get("k"), lambda: store.exists("k")):
        with pytest.raises(StoreUnavailable):
            call()


def test_wrong_credentials_are_unavailable_and_never_missing(s3) -> None:
    store = MinioStore(s3.endpoint, s3.access_key, "wrong", "bucket", secure=False)
    with pytest.raises(StoreUnavailable):
        store.get("letters/x")


def test_the_folder_store_syncs_file_and_folder_before_it_returns(tmp_path: Path) -> None:
    synced: list[int] = []
    with mock.patch("os.fsync", side_effect=lambda descriptor: synced.append(os.fstat(descriptor).st_mode)):
        FolderStore(tmp_path).put("a/b", b"content")
    kinds = ["folder" if mode & 0o040000 else "file" for mode in synced]
    assert kinds[-2:] == ["file", "folder"]


def test_no_half_written_file_is_ever_seen(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put("a/b", b"first")
    full = mock.patch.object(Path, "replace", side_effect=OSError(28, "No space left on device"))
    with full, pytest.raises(StoreUnavailable):
        store.put("a/b", b"second")
    assert store.get("a/b") == b"first"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
