"""Reads a directory of authorities from CSV or XLSX: all of it, or none with every fault named by line."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from intake.errors import IntakeError
from intake.routing.directory import DirectoryAuthority
from intake.routing.directory_rows import COLUMNS, NEEDED, RowFault, read_row, repeated

LARGEST = 10_000_000  #: bytes of a file
MOST_ROWS = 50_000
MOST_FAULTS = 200  #: that are listed
_LARGEST_INSIDE = 100_000_000  #: bytes of an XLSX file when unpacked
_MOST_PARTS = 1_000  #: of an XLSX file
#: What the readers of spreadsheets raise on a file that is none.
_BROKEN = (
    AttributeError, EOFError, IndexError, InvalidFileException, KeyError, NotImplementedError, OSError, ParseError,
    RuntimeError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
Row = tuple[int, list[str]]  #: number of the line, 1-based, and its cells


class DirectoryFault(IntakeError):
    """A directory that cannot be imported; nothing of it was."""

    code: ClassVar[str] = "directory_fault"
    status: ClassVar[int] = 422
    remedy: ClassVar[str] = "Correct the lines that are named and import the file again; nothing was imported."

    def __init__(self, faults: Sequence[RowFault]) -> None:
        self.faults = tuple(faults)
        more = f" And {len(self.faults) - MOST_FAULTS} more." if len(self.faults) > MOST_FAULTS else ""
        super().__init__(" ".join(map(str, self.faults[:MOST_FAULTS])) + more)


@dataclass(frozen=True, slots=True)
class DirectoryFile:
    """A file whose every line can be imported."""

    authorities: tuple[DirectoryAuthority, ...]


def read_directory(untrusted_content: bytes) -> DirectoryFile:
    """Read a file; CSV or XLSX by its content.

    Raises:
        DirectoryFault: when anything in it is wrong.
    """
    if len(untrusted_content) > LARGEST:
        raise DirectoryFault([RowFault(1, f"the file is larger than {LARGEST:,} bytes", "import it in two halves")])
    is_workbook = untrusted_content.startswith(b"PK\x03\x04")
    rows = _workbook_rows(untrusted_content) if is_workbook else _csv_rows(untrusted_content)
    return DirectoryFile(tuple(_authorities(rows)))


def _authorities(rows: Iterable[Row]) -> list[DirectoryAuthority]:
    filled = ((line, cells) for line, cells in rows if any(cells))
    line, head = next(filled, (1, []))
    columns = [cell.strip().lower().replace(" ", "_").replace("-", "_") for cell in head]
    faults = list(_head_faults(line, columns))
    if faults:
        raise DirectoryFault(faults)
    listed: list[DirectoryAuthority] = []
    for line, cells in filled:
        if len(listed) + len(faults) >= MOST_ROWS:
            faults.append(RowFault(line, f"the file has more than {MOST_ROWS:,} lines", "import the part you need"))
            break
        if any(cells[len(columns) :]):
            faults.append(RowFault(line, "it has more cells than the first line", "put text with commas in quotes"))
            continue
        authority, wrong = read_row(line, dict(zip(columns, cells, strict=False)))
        faults += wrong
        if authority:
            listed.append(authority)
    faults += repeated(listed)
    if not listed and not faults:
        faults.append(RowFault(line, "no authority is listed", "put one on each line below the first"))
    if faults:
        raise DirectoryFault(sorted(faults, key=lambda fault: fault.line))
    return listed


def _head_faults(line: int, columns: Sequence[str]) -> Iterator[RowFault]:
    for name in NEEDED:
        if name not in columns:
            yield RowFault(line, f"the column {name!r} is missing", f"name the columns in the first line: {_known()}")
    for place, name in enumerate(columns):
        if name and name not in COLUMNS:
            yield RowFault(line, f"the column {name[:40]!r} is not known", f"remove it, or use one of: {_known()}")
        elif name and name in columns[:place]:
            yield RowFault(line, f"the column {name!r} stands there twice", "remove one")


def _known() -> str:
    return ", ".join(COLUMNS)


def _csv_rows(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    head = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader, last = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 0
    try:
        for cells in reader:
            yield last + 1, [cell.strip() for cell in cells]
            last = reader.line_num
    except csv.Error as error:
        raise DirectoryFault(
            [RowFault(last + 1, f"it cannot be read ({error})", "check its quotation marks")]
        ) from error


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DirectoryFault(
            [RowFault(line, "it is not UTF-8 text", "save the file as “CSV UTF-8”, or XLSX")]
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise DirectoryFault([RowFault(line, "it is no text", "save the file as “CSV UTF-8”, or XLSX")])
    return text


def _workbook_rows(content: bytes) -> list[Row]:
    """Rows of the first sheet, read whole so that a broken file shows at once."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
        if len(sizes) > _MOST_PARTS or sum(sizes) > _LARGEST_INSIDE:
            raise DirectoryFault([RowFault(1, "the workbook unpacks to too much", "keep one sheet of text in it")])
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=len(COLUMNS) + 20, values_only=True)
            return [(line, [_shown(value) for value in cells]) for line, cells in enumerate(rows, 1)]
        finally:
            book.close()
    except _BROKEN as error:
        raise DirectoryFault([RowFault(1, "the workbook is damaged", "save it again as XLSX")]) from error


def _shown(value: object) -> str:
    """A cell as its reader sees it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()
