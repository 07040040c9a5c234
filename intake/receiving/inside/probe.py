"""Tries to get out. Run at start of the service and by the tests: whatever succeeds is named, and nothing may.

No try leaves a trace where it succeeds.
"""

import ctypes
import mmap
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from intake.receiving.inside.answers import Answer

_OUTSIDE = "198.51.100.7"  # TEST-NET-2 (RFC 5737): belongs to nobody
_CLONE_NEWUSER = 0x10000000
_BEYOND_BYTES = 3 << 30
_OWN_VARIABLES = frozenset({"LC_ALL", "LC_CTYPE", "OMP_NUM_THREADS", "PATH", "PWD"})


def answers() -> Iterator[Answer]:
    """Answer the request ``probe``."""
    yield {"kind": "probe", "allowed": attempts()}, ()


def attempts() -> list[str]:
    """Return the names of all that was possible and must not be."""
    tries: dict[str, Callable[[], object]] = {
        "read_shadow": lambda: Path("/etc/shadow").read_bytes(),
        "read_passwd": lambda: Path("/etc/passwd").read_bytes(),
        "write_root": lambda: _create("/escape"),
        "write_device_folder": lambda: _create("/dev/escape"),
        "write_shared_memory": lambda: _create("/dev/shm/escape"),  # noqa: S108
        "write_own_code": lambda: os.close(os.open(__file__, os.O_WRONLY)),
        "open_socket": lambda: socket.create_connection((_OUTSIDE, 80), timeout=0.2),
        "open_local_socket": lambda: socket.socket(socket.AF_UNIX),
        "start_process": _fork,
        "run_program": _execute,
        "see_processes": lambda: list(Path("/proc").iterdir()),
        "see_homes": lambda: list(Path("/home").iterdir()),
        "make_namespace": _unshare,
        "take_memory": lambda: mmap.mmap(-1, _BEYOND_BYTES).close(),
        "inherit_environment": _inherit,
    }
    return sorted(name for name, attempt in tries.items() if _succeeds(attempt))


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, MemoryError):
        return False
    return True


def _create(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    Path(path).unlink()


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _execute() -> None:
    """Call a program that does not exist: that it is missing is only said to those who may call one."""
    try:
        os.execv("/nothing", ["nothing"])  # noqa: S606
    except FileNotFoundError:
        return


def _unshare() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")


def _inherit() -> None:
    if not set(os.environ) - _OWN_VARIABLES:
        raise OSError
