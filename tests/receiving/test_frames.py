import contextlib
import io
import os
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.receiving.frames import FrameEnd, FrameError, FrameTimeout, read_frame, write_frame


@contextlib.contextmanager
def pipe_with(content: bytes, *, closed: bool = True) -> Iterator[int]:
    reading, writing = os.pipe()
    os.write(writing, content)
    if closed:
        os.close(writing)
    yield reading
    os.close(reading)
    if not closed:
        os.close(writing)


def framed(header: dict[str, object], *parts: bytes) -> bytes:
    stream = io.BytesIO()
    write_frame(stream, header, *parts)
    return stream.getvalue()


@given(st.dictionaries(st.text(), st.integers() | st.text()), st.lists(st.binary(max_size=2000), max_size=3))
def test_what_is_written_is_read(header: dict[str, object], parts: list[bytes]) -> None:
    with pipe_with(framed(header, *parts)) as pipe:
        frame = read_frame(pipe, 5, 6000)
    assert frame.header == header
    assert frame.payload == b"".join(parts)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_frame_or_a_frame_error(content: bytes) -> None:
    with pipe_with(content) as pipe, contextlib.suppress(FrameError):
        assert isinstance(read_frame(pipe, 5, 100).header, dict)


def test_a_frame_larger_than_agreed_is_refused_before_it_is_read() -> None:
    with pipe_with(framed({}, b"x" * 101)) as pipe, pytest.raises(FrameError):
        read_frame(pipe, 5, 100)


def test_a_frame_that_does_not_come_is_late() -> None:
    with pipe_with(framed({}, b"x" * 100)[:-1], closed=False) as pipe, pytest.raises(FrameTimeout):
        read_frame(pipe, 0.05, 100)


def test_a_frame_that_breaks_off_is_an_end() -> None:
    with pipe_with(framed({}, b"x" * 100)[:-1]) as pipe, pytest.raises(FrameEnd):
        read_frame(pipe, 5, 100)


def test_a_header_nested_without_end_is_an_error() -> None:
    deep = b"[" * 60_000
    with pipe_with(len(deep).to_bytes(4, "big") + bytes(8) + deep) as pipe, pytest.raises(FrameError):
        read_frame(pipe, 5, 100)
