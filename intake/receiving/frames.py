"""What passes between the office and the sandbox: a small JSON header, then raw bytes.

Written inside the sandbox, where nothing is trusted; read outside, where every size is checked before memory is given.
"""

import json
import os
import select
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

_PREFIX = struct.Struct(">IQ")
_HEADER_BYTES = 64 * 1024


class FrameError(Exception):
    """The answer is out of form, too large or too late."""


class FrameTimeout(FrameError):
    """No whole answer within the time given."""


class FrameEnd(FrameError):
    """The other side closed before a whole answer came."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One answer of the sandbox, its sizes checked and nothing else."""

    header: Mapping[str, object]
    payload: bytes


def write_frame(stream: BinaryIO, header: Mapping[str, object], *parts: bytes) -> None:
    """Write one frame and flush it."""
    encoded = json.dumps(header).encode()
    stream.write(_PREFIX.pack(len(encoded), sum(len(part) for part in parts)))
    stream.write(encoded)
    for part in parts:
        stream.write(part)
    stream.flush()


def read_frame(descriptor: int, seconds: float, payload_bytes: int) -> Frame:
    """Read one frame from a pipe.

    Args:
        descriptor: reading end of the pipe.
        seconds: wall clock for the whole frame.
        payload_bytes: the most that may follow the header.

    Raises:
        FrameTimeout: when the frame is not complete in time.
        FrameEnd: when the pipe closes first.
        FrameError: when a size or the header is out of form.
    """
    deadline = time.monotonic() + seconds
    header_size, payload_size = _PREFIX.unpack(_read_exactly(descriptor, _PREFIX.size, deadline))
    if header_size > _HEADER_BYTES or payload_size > payload_bytes:
        raise FrameError("frame beyond its limits")
    try:
        header = json.loads(bytes(_read_exactly(descriptor, header_size, deadline)))
    except (ValueError, RecursionError) as error:
        raise FrameError("header is not JSON") from error
    if not isinstance(header, dict):
        raise FrameError("header is not an object")
    return Frame(header, bytes(_read_exactly(descriptor, payload_size, deadline)))


def _read_exactly(descriptor: int, size: int, deadline: float) -> bytearray:
    buffer = bytearray(size)
    view = memoryview(buffer)
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    filled = 0
    while filled < size:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise FrameTimeout("no answer in time")
        count = os.readv(descriptor, [view[filled:]])
        if count == 0:
            raise FrameEnd("closed before the answer was whole")
        filled += count
    view.release()
    return buffer
