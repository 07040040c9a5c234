"""``rogatory inspect``: the main job on files, spread over all cores, without server or database."""

import logging
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tqdm import tqdm

from classifier.explaining import Explanation
from intake import wiring
from intake.answering import open_sound
from intake.describing.explainer import explain_letter
from intake.errors import Corrupt, Unreadable
from intake.inspection import DecidingTools, Inspection, ReadingTools, conclude, read_pages
from intake.reading.plain_text import read_text
from intake.reading.reader import default_identifier
from intake.report import inspection_report
from intake.settings import Settings
from intake.training import ensure_model
from intake.values import PageReading, Scan
from intake.web.reasons import nearest

_PAGES_AT_ONCE = 4

#: Of one process of the pool; made once, used for every file.
_tools: ReadingTools | None = None


def inspect_files(settings: Settings, files: Sequence[Path], *, is_text: bool) -> Iterator[dict[str, Any]]:
    """Inspect files; reports come in the order given, each as soon as it and those before it are ready.

    Args:
        settings: of the installation.
        files: scans, or UTF-8 texts with form feeds between pages.
        is_text: which of both.

    Raises:
        Unavailable: when a tool does not answer.
    """
    ensure_model(wiring.school(settings))
    tools = wiring.deciding_tools(settings)()
    if is_text:
        for file in tqdm(files, unit="letter", disable=None):
            yield inspection_report(str(file), _inspect_text(file, tools))
        return
    workers = max(1, min(os.cpu_count() or 1, 8))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_prepare, initargs=(settings,)) as pool:
        yield from _inspect_scans(files, tools, pool)


def explain_file(settings: Settings, file: Path, *, is_text: bool) -> Explanation | None:
    """Read one file and say why the model in use answers as it does; None when no text was read.

    Raises:
        Unreadable: when the file cannot be read.
        Unavailable: when a tool does not answer.
    """
    shelf = wiring.shelf(settings)
    ensure_model(wiring.school(settings))
    try:
        if is_text:
            return explain_letter(open_sound(shelf), _read_text(file))
        _prepare(settings)
        scan = _open(file)
    except OSError as error:
        raise _cannot_open(error) from error
    if isinstance(scan, Unreadable):
        raise scan
    return explain_letter(open_sound(shelf), _read(file, scan, range(1, scan.page_count + 1)))


def _inspect_text(file: Path, tools: DecidingTools) -> Inspection:
    started = time.monotonic()
    try:
        readings = _read_text(file)
    except OSError as error:
        return Inspection(error=_cannot_open(error), seconds=time.monotonic() - started)
    return conclude(readings, tools, (), started)


def _read_text(file: Path) -> list[PageReading]:
    text = file.read_text(encoding="utf-8", errors="replace")
    identifier = default_identifier()
    return [read_text(number, page, identifier) for number, page in enumerate(text.split("\f"), 1)]


def _inspect_scans(files: Sequence[Path], tools: DecidingTools, pool: ProcessPoolExecutor) -> Iterator[dict[str, Any]]:
    """Open all files, read all pages in small portions, describe each file when its last page is there."""
    started = time.monotonic()
    opened = [pool.submit(_open, file) for file in files]
    portions = [_submit_pages(file, opening, pool) for file, opening in zip(files, opened, strict=True)]
    with tqdm(total=len(files), unit="letter", disable=None) as bar:
        for file, opening, reading in zip(files, opened, portions, strict=True):
            yield inspection_report(str(file), _join(opening, reading, tools, started))
            bar.update()


def _submit_pages(file: Path, opening: "Future[Scan | Unreadable]", pool: ProcessPoolExecutor) -> list[Future[Any]]:
    scan = opening.result()
    if isinstance(scan, Unreadable):
        return []
    starts = range(1, scan.page_count + 1, _PAGES_AT_ONCE)
    return [pool.submit(_read, file, scan, range(n, min(n + _PAGES_AT_ONCE, scan.page_count + 1))) for n in starts]


def _join(
    opening: "Future[Scan | Unreadable]", portions: Iterable[Future[Any]], tools: DecidingTools, started: float
) -> Inspection:
    scan = opening.result()
    if isinstance(scan, Unreadable):
        return Inspection(error=scan, seconds=time.monotonic() - started)
    readings = [reading for portion in portions for reading in portion.result()]
    return conclude(readings, tools, scan.flags, started)


def _prepare(settings: Settings) -> None:
    """Make the tools of this process."""
    global _tools  # noqa: PLW0603 - one set of tools for the life of the process
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    logging.getLogger().setLevel(settings.log_level)
    _tools = wiring.reading_tools(settings)


def _open(file: Path) -> Scan | Unreadable:
    """Open a file; its bytes do not travel back, the process that reads its pages loads them again."""
    assert _tools is not None
    try:
        scan = _tools.opener.open_scan(file.read_bytes(), file.name)
    except Unreadable as error:
        return error
    except OSError as error:
        return _cannot_open(error)
    return Scan(b"", scan.sha256, scan.media_type, scan.page_count, scan.flags)


def _read(file: Path, scan: Scan, numbers: range) -> list[PageReading]:
    assert _tools is not None
    whole = Scan(file.read_bytes(), scan.sha256, scan.media_type, scan.page_count, scan.flags)
    return list(read_pages(whole, numbers, _tools))


def _cannot_open(error: OSError) -> Unreadable:
    return Corrupt(f"The file cannot be opened: {error.strerror}.")


def say(report: dict[str, Any]) -> str:
    """A report in a few lines for a person at a terminal."""
    if report["error"]:
        return f"{report['file']}: cannot be read. {report['error']['remedy']} ({report['error']['code']})"
    metadata = report["metadata"]
    stated = {name: metadata[name]["value"] for name in ("requesting_state", "reference", "date", "deadline")}
    lines = [f"{report['file']}: {len(report['pages'])} pages, language {report['language'] or 'undetermined'}"]
    for kind in ("request_types", "offences"):
        labels = ", ".join(f"{label['code']} {label['confidence']:.0%}" for label in report[kind]) or "none found"
        lines.append(f"  {kind.replace('_', ' ')}: {labels}")
    lines += [f"  {name.replace('_', ' ')}: {value}" for name, value in stated.items() if value]
    route = report["route"]
    lines.append(f"  to: {route['authority'] or 'undetermined'}{' (review)' if route['review'] else ''}")
    return "\n".join([*lines, *(f"    - {reason}" for reason in route["reasons"])])


def say_reasons(report: dict[str, Any]) -> str:
    """An explanation in plain lines for a person at a terminal: labels given, then those that came nearest."""
    request = report["is_request"]
    verdict = "taken for a request" if request["value"] else "not taken for a request"
    lines = [f"{verdict}, {request['confidence']:.0%} sure", *_say_sides(request["reasons"], "  ")]
    for label in [one for one in report["labels"] if one["given"]] + nearest(report["labels"]):
        given = f"given, {label['confidence']:.0%} sure" if label["given"] else "not given"
        lines += ["", f"{label['name']} ({label['code']}): {given}"]
        lines += [f"  {text}" for text in (label["distance"], *(one["text"] for one in label["missing"])) if text]
        for passage in label["passages"]:
            quote = " ".join(passage["quote"].split())
            lines += [f"  page {passage['page']}: “{quote}”", *_say_sides(passage["reasons"], "    ")]
        lines += _say_sides(label["reasons"], "  ")
    lines += [f"not judged, page {one['page']}: {one['text']}" for one in report["aside"]]
    return "\n".join(lines)


def _say_sides(reasons: list[dict[str, Any]], indent: str) -> list[str]:
    return [f"{indent}{'+' if reason['speaks'] == 'for' else '-'} {reason['text']}" for reason in reasons]
