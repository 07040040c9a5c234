"""What the process takes from itself before it looks at a byte of a scan: resources and system calls."""

import ctypes
import platform
import resource
import struct

from intake.receiving.limits import Limits

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER_MODE = 22, 38, 2
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_EPERM, _ENOSYS = 1, 38
_CLONE_THREAD = 0x00010000
_LOAD, _EQUAL, _AT_LEAST, _BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # BPF: ld abs, jeq, jge, jset, ret
_X32 = 0x40000000
_PROCESSES = 64

#: System calls no parser needs, by machine: the audit architecture first (linux/audit.h), then numbers (asm/unistd.h).
#: They open sockets, mount, trace, load kernel code, make namespaces or reach other processes.
_MACHINES: dict[str, tuple[int, tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E,
        (
            *range(41, 56), 288, 299, 307, 101, 310, 311, 312, 165, 166, 155, 161, 272, 308, *range(428, 434), 442,
            321, 298, 323, 248, 249, 250, 425, 426, 427, 175, 176, 313, 246, 320, 169, 167, 168, 163, 179, 303, 304,
            135, 227, 164, 159, 305, 172, 173, 103, 170, 171, 153, 434, 438, 424, 319,
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            *range(198, 213), 242, 243, 269, 117, 270, 271, 272, 40, 39, 41, 51, 97, 268, *range(428, 434), 442,
            280, 241, 282, 217, 218, 219, 425, 426, 427, 105, 106, 273, 104, 294, 142, 224, 225, 89, 60, 264, 265,
            92, 112, 170, 171, 266, 116, 161, 162, 58, 434, 438, 424, 279,
        ),
    ),
}  # fmt: skip
#: fork, vfork, execve, execveat: only the process that renders with poppler starts another one.
_STARTING = {"x86_64": (57, 58, 59, 322), "aarch64": (221, 281)}
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435


def limit_resources(limits: Limits, cpu_seconds: int) -> None:
    """Lower the hard limits for good: they cannot be raised again without privileges."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.written_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, _PROCESSES),
    ):
        hard = resource.getrlimit(kind)[1]
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (value, value))


def forbid_calls(may_start_programs: bool) -> bool:
    """Install a seccomp filter over the calls no parser needs.

    Returns:
        False where the machine's call numbers are not known here; the namespaces and limits then stand alone.
    """
    machine = platform.machine()
    if machine not in _MACHINES:
        return False
    program = _program(machine, may_start_programs)
    code = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, head, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no seccomp filter")
    return True


def _program(machine: str, may_start_programs: bool) -> bytes:
    architecture, forbidden = _MACHINES[machine]
    lines = [
        (_LOAD, 0, 0, 4),  # seccomp_data.arch
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # seccomp_data.nr
    ]
    if machine == "x86_64":
        lines += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    if not may_start_programs:
        forbidden = (*forbidden, *_STARTING[machine])
        # clone3 hides its flags from the filter: told that it does not exist, the C library falls back to clone.
        lines += [(_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _ERRNO | _ENOSYS)]
    for number in forbidden:
        lines += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | _EPERM)]
    if not may_start_programs:
        lines += [
            (_EQUAL, 0, 3, _CLONE[machine]),
            (_LOAD, 0, 0, 16),  # seccomp_data.args[0], low half: the flags
            (_BITS, 1, 0, _CLONE_THREAD),
            (_RETURN, 0, 0, _ERRNO | _EPERM),
        ]
    lines.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("HBBI", *line) for line in lines)
