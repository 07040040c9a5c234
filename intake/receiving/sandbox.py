"""A process that can read one scan and say one thing: started for each document, gone with it.

bubblewrap gives it a world of its own (no network, no files but the interpreter's, no other process to see). Inside,
before the first byte of the scan is looked at, it lowers its own limits and shuts out system calls
(``inside.confinement``).
"""

import contextlib
import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import intake
from intake.errors import Corrupt, TooCostly, Unavailable, Unreadable
from intake.receiving.frames import Frame, FrameEnd, FrameError, FrameTimeout, read_frame
from intake.receiving.inside.request import Request

_PACKAGES = ("pikepdf", "pypdfium2", "pypdfium2_raw", "PIL", "pdf2image")
_HOME = "/rogatory"
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"}
_START_SECONDS = 20.0
_PIPE_BYTES = 1024 * 1024
_STDERR_BYTES = 4096
#: Deaths by a limit: killed, out of CPU time, or pdfium giving up on memory. Any other signal is damage in the file.
_BY_LIMIT = frozenset({signal.SIGKILL, signal.SIGXCPU, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL})


@dataclass(frozen=True, slots=True)
class SandboxedProcess:
    """A started process that has said it is ready."""

    process: subprocess.Popen[bytes]
    request: Request

    def next_frame(self, seconds: float, payload_bytes: int) -> Frame | None:
        """Wait for the next answer.

        Returns:
            The frame, or None once the process said that it is done.

        Raises:
            TooCostly: when it takes too long or died by a limit.
        Corrupt: when it died otherwise, or its answer is out of form.
        """
        try:
            frame = read_frame(_descriptor(self.process), seconds, payload_bytes)
        except FrameTimeout as error:
            raise TooCostly from error
        except FrameEnd as error:
            raise _cause_of_death(self.process) from error
        except FrameError as error:
            raise Corrupt from error
        return None if frame.header.get("kind") == "end" else frame


@contextlib.contextmanager
def start(request: Request, content: bytes, *, sandboxed: bool) -> Iterator[SandboxedProcess]:
    """Start the process with a scan on its standard input, and make sure that it is gone afterwards.

    Args:
        request: what to do.
        content: bytes of the scan; the process sees them sealed against writing.
        sandboxed: False leaves bubblewrap out and keeps limits and the system call filter, for containers that forbid
            user namespaces.

    Raises:
        Unavailable: when bubblewrap is missing or the process does not come up.
    """
    with _sealed(content) as source:
        process = _spawn(command(request, sandboxed=sandboxed), source)
    try:
        _await_readiness(process)
        yield SandboxedProcess(process, request)
    finally:
        _end(process)


def command(request: Request, *, sandboxed: bool) -> list[str]:
    """Return the command line that answers ``request``.

    Raises:
        Unavailable: when bubblewrap is not installed.
    """
    places = _places()
    folders = [f"{_HOME}/site/{at}" for at in range(len(places.packages))] if sandboxed else list(places.packages)
    home = _HOME if sandboxed else str(places.intake.parent)
    code = f"import sys; sys.path[:0] = {[home, *folders]!r}; from intake.receiving.inside.main import main; main()"
    python = [str(places.python), "-I", "-S", "-B", "-c", code, request.encode()]
    if not sandboxed:
        return python
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        raise Unavailable("bubblewrap (bwrap) is not installed: scans cannot be opened safely")
    return [bubblewrap, *_world(places, request), "--", *python]


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the interpreter and what it imports lie on this machine."""

    python: Path  #: the real executable, behind any virtual environment
    base: Path | None  #: its installation; None when that is the system's own
    packages: tuple[str, ...]  #: folders that hold the parsers' packages
    intake: Path


@cache
def _places() -> _Places:
    python = Path(sys.executable).resolve()
    base = python.parent.parent
    folders: dict[str, None] = {}
    for name in _PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise Unavailable(f"the package {name} is not installed: scans cannot be opened")
        folders[str(Path(spec.origin).resolve().parent.parent)] = None
    own = Path(intake.__file__).resolve().parent
    return _Places(python, None if base == Path("/usr") else base, tuple(folders), own)


def _world(places: _Places, request: Request) -> list[str]:
    """Arguments of bubblewrap: all that exists for the process."""
    size = str(request.limits.written_bytes)
    arguments = ["--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--uid", "65534"]
    arguments += ["--gid", "65534", "--hostname", "rogatory", "--cap-drop", "ALL", "--clearenv", "--chdir", "/"]
    for name, value in _ENVIRONMENT.items():
        arguments += ["--setenv", name, value]
    for top in ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/share/fonts"):
        arguments += _bound(Path(top))
    arguments += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    if request.renderer == "pdf2image":
        for top in ("/usr/bin", "/usr/share/poppler", "/etc/fonts", "/usr/share/fontconfig"):
            arguments += _bound(Path(top))
    # Before the interpreter's folders: these may lie below /tmp.
    arguments += ["--dev", "/dev", "--remount-ro", "/dev", "--size", size, "--tmpfs", "/tmp"]  # noqa: S108
    executable = places.base or places.python
    arguments += ["--ro-bind", str(executable), str(executable), "--ro-bind", str(places.intake), f"{_HOME}/intake"]
    for at, folder in enumerate(places.packages):
        arguments += ["--ro-bind", folder, f"{_HOME}/site/{at}"]
    return [*arguments, "--remount-ro", "/"]


def _bound(place: Path) -> list[str]:
    if place.is_symlink():
        return ["--symlink", str(place.readlink()), str(place)]
    return ["--ro-bind", str(place), str(place)] if place.exists() else []


@contextlib.contextmanager
def _sealed(content: bytes) -> Iterator[int]:
    """Lend the bytes as a file without a name that can no longer be written."""
    descriptor = os.memfd_create("scan", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
        seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


def _spawn(arguments: list[str], source: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            arguments,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
            pipesize=_PIPE_BYTES,
        )
    except OSError as error:
        raise Unavailable("the sandbox cannot be started") from error


def _await_readiness(process: subprocess.Popen[bytes]) -> None:
    """Wait until the process is confined; until then nothing of the scan was read, so its complaint may be shown."""
    try:
        frame = read_frame(_descriptor(process), _START_SECONDS, 0)
    except FrameError as error:
        process.kill()
        complaint = process.stderr.read(_STDERR_BYTES) if process.stderr else b""
        lines = complaint.decode("ascii", "replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip()), "no answer")
        printable = "".join(character for character in last if character.isprintable())
        raise Unavailable(f"the sandbox did not start: {printable}") from error
    if frame.header.get("kind") != "ready":
        raise Unavailable("the sandbox did not start: unexpected answer")


def _descriptor(process: subprocess.Popen[bytes]) -> int:
    if process.stdout is None:
        raise Unavailable("the sandbox has no output")
    return process.stdout.fileno()


def _cause_of_death(process: subprocess.Popen[bytes]) -> Unreadable:
    try:
        status = process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return TooCostly()
    number = -status if status < 0 else status - 128  # bubblewrap reports a signal as 128 + n
    return TooCostly() if number in _BY_LIMIT else Corrupt()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the whole session and collect it."""
    if process.returncode is None:  # not yet collected, so that its number cannot have gone to another process
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()
