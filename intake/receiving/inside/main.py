"""The sandboxed process: one request, one scan, then gone."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from intake.errors import Corrupt, DecompressionLimit, IntakeError, TooCostly
from intake.receiving.frames import write_frame
from intake.receiving.inside.answers import Answer
from intake.receiving.inside.confinement import forbid_calls, limit_resources
from intake.receiving.inside.request import Request, decode_request

Parser = Callable[[bytes, Request], Iterator[Answer]]


def main() -> None:
    """Answer the request in the first argument about the scan on standard input."""
    request = decode_request(sys.argv[1])
    answers = os.fdopen(os.dup(1), "wb")
    answer = _choose(request)
    complaints = os.memfd_create("complaints")
    limit_resources(request.limits, _cpu_seconds(request))
    confined = forbid_calls(may_start_programs=request.renderer == "pdf2image")
    write_frame(answers, {"kind": "ready", "seccomp": confined})
    # From here on parsers may print what they like: it is text of a letter, and nobody's to read.
    os.dup2(complaints, 1)
    os.dup2(complaints, 2)
    try:
        for header, parts in answer():
            write_frame(answers, header, *parts)
        write_frame(answers, {"kind": "end"})
    except IntakeError as error:
        write_frame(answers, {"kind": "refused", "code": error.code})
    except MemoryError:
        write_frame(answers, {"kind": "refused", "code": TooCostly.code})
    except OSError as error:
        code = DecompressionLimit.code if error.errno in {errno.EFBIG, errno.ENOSPC} else Corrupt.code
        write_frame(answers, {"kind": "refused", "code": code, "defect": _where(error)})
    except Exception as error:  # noqa: BLE001  (a parser tripped over a hostile file in a way of its own)
        write_frame(answers, {"kind": "refused", "code": Corrupt.code, "defect": _where(error)})


def _choose(request: Request) -> Callable[[], Iterator[Answer]]:
    """Load the one parser that is needed, while nothing has been read: it is most of what starting costs."""
    if request.step == "probe":
        from intake.receiving.inside import probe

        return probe.answers
    parser: Parser
    if request.media_type == "application/pdf" and request.step == "open":
        from intake.receiving.inside.pdfs import open_scan as parser
    elif request.media_type == "application/pdf":
        from intake.receiving.inside.pdf_pages import render_pages as parser
    elif request.media_type == "image/tiff":
        from intake.receiving.inside import tiffs

        parser = tiffs.open_scan if request.step == "open" else tiffs.render_pages
    else:
        from intake.receiving.inside import rasters

        parser = rasters.open_scan if request.step == "open" else rasters.render_pages
    return lambda: parser(_content(), request)


def _content() -> bytes:
    with os.fdopen(0, "rb") as source:
        return source.read()


def _cpu_seconds(request: Request) -> int:
    """The parent keeps the time of each page by the clock; this is for a process that outlives its parent."""
    return request.limits.open_seconds + request.limits.page_seconds * len(request.numbers)


def _where(error: Exception) -> str:
    """Type and place of an error, never its message: that may quote the letter."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"
