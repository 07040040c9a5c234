import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pikepdf
import pytest

from intake.errors import Corrupt, TooCostly, Unavailable, Unreadable
from intake.receiving import sandbox
from intake.receiving.inside.request import Request
from intake.receiving.limits import Limits
from intake.receiving.opener_bubblewrap import BubblewrapOpener
from tests.receiving import makers
from tests.receiving.measuring import alone, peak_of_children


def probe(*, sandboxed: bool, renderer: str = "pdfium") -> set[str]:
    with sandbox.start(Request("probe", "", Limits(), renderer), b"", sandboxed=sandboxed) as process:
        frame = process.next_frame(10, 0)
    assert frame is not None
    allowed = frame.header["allowed"]
    assert isinstance(allowed, list)
    return set(allowed)


def test_nothing_that_could_harm_is_possible_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATORY_SECRET", "canary")
    assert probe(sandboxed=True) == set()


def test_poppler_needs_programs_and_gets_nothing_else() -> None:
    assert probe(sandboxed=True, renderer="pdf2image") <= {"start_process", "run_program"}


def test_the_self_test_passes(opener: BubblewrapOpener) -> None:
    opener.self_test()


def test_without_bubblewrap_system_calls_and_memory_are_still_limited() -> None:
    kept_out = {"open_socket", "open_local_socket", "start_process", "run_program", "make_namespace", "take_memory"}
    assert not probe(sandboxed=False) & kept_out
    BubblewrapOpener(sandboxed=False).self_test()


def test_the_attempts_can_succeed_outside_so_that_their_failing_inside_means_something() -> None:
    code = "from intake.receiving.inside.probe import attempts; print(*attempts())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"start_process", "run_program", "open_local_socket", "see_processes", "inherit_environment"} <= set(
        done.stdout.split()
    )


def test_without_bubblewrap_installed_nothing_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="bubblewrap"):
        BubblewrapOpener().open_scan(makers.png(), None)
    assert BubblewrapOpener(sandboxed=False).open_scan(makers.png(), None).page_count == 1


def test_a_bubblewrap_that_cannot_start_is_reported_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(Unavailable, match="No permissions to create new namespace"):
        BubblewrapOpener().open_scan(makers.png(), None)


@pytest.mark.parametrize("sandboxed", [True, False])
@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (signal.SIGKILL, TooCostly),
        (signal.SIGABRT, TooCostly),
        (signal.SIGXCPU, TooCostly),
        (signal.SIGSEGV, Corrupt),
    ],
)
def test_how_a_process_dies_says_what_is_wrong_with_the_file(
    number: int, kind: type[Unreadable], sandboxed: bool
) -> None:
    request = Request("render", "application/pdf", Limits(), "pdfium", 1, (1,))
    with sandbox.start(request, makers.endless_pdf(), sandboxed=sandboxed) as process:
        os.kill(innermost(process.process.pid), number)
        with pytest.raises(kind):
            process.next_frame(5, 0)


def test_processes_that_die_leave_neither_zombies_nor_files_nor_descriptors() -> None:
    opener = BubblewrapOpener(limits=Limits(memory_bytes=300 << 20))
    scan = opener.open_scan(makers.png(), None)
    bomb = opener.open_scan(makers.content_pdf([b"q " * 3_000_000]), None)
    before = entries("/tmp"), entries("/proc/self/fd")
    for _ in range(8):
        pages = opener.render_pages(scan, (1,))
        next(pages)
        pages.close()  # type: ignore[attr-defined]
        with pytest.raises(TooCostly):
            next(opener.render_pages(bomb, (1,)))
    assert (entries("/tmp"), entries("/proc/self/fd")) == before
    assert not [child for child in children(os.getpid()) if ") Z " in Path(f"/proc/{child}/stat").read_text()]


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def innermost(process: int) -> int:
    """The last descendant: the process that parses, behind those of bubblewrap."""
    while below := children(process):
        process = below[-1]
    return process


def entries(folder: str) -> int:
    """How many things lie in a folder; below /tmp only what temporary files are called."""
    return sum(1 for entry in Path(folder).iterdir() if folder != "/tmp" or entry.name.startswith(("tmp", "scan")))


def test_many_scans_at_once_do_not_disturb_each_other(opener: BubblewrapOpener) -> None:
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda at=at: counts.append(opener.open_scan(makers.text_pdf(at + 1), None).page_count))
        for at in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [1, 2, 3, 4, 5, 6]


def peak_of_a_page_without_end() -> int:
    opener = BubblewrapOpener()
    with contextlib.suppress(Unreadable):
        scan = opener.open_scan(makers.content_pdf([b"q " * 3_000_000]), None)
        list(opener.render_pages(scan, (1,)))
    return peak_of_children()


def test_no_process_takes_more_memory_than_its_limit() -> None:
    assert alone(peak_of_a_page_without_end) <= Limits().memory_bytes


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_a_user_without_any_privileges_can_open_scans() -> None:
    python = next((path for path in (Path(sys.executable), Path("/usr/bin/python3")) if fits(path)), None)
    packages = Path(pikepdf.__file__).parents[1]
    root = Path(sandbox.__file__).resolve().parents[2]
    if python is None or not is_reachable(packages) or not is_reachable(root):
        pytest.skip("no interpreter or packages that other users can reach")
    code = "from intake.receiving.opener_bubblewrap import BubblewrapOpener as B; b = B(); b.self_test(); print('fine')"
    done = subprocess.run(
        [python, "-c", code],
        check=False,
        cwd="/",
        env={"PYTHONPATH": f"{root}:{packages}", "PATH": "/usr/bin:/bin"},
        user=65534,
        group=65534,
        extra_groups=[],
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "fine", done.stderr


def fits(python: Path) -> bool:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return python.exists() and is_reachable(python.resolve()) and python.resolve().name == version


def is_reachable(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents)
