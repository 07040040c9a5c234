"""The installation's table from offences to provisions of its own law: a CSV or YAML file that a lawyer keeps."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import yaml

from classifier.taxonomy import load_taxonomy
from intake.counter.values import DomesticOffence, Provision
from intake.errors import IntakeError

LARGEST = 2_000_000  #: bytes of a table
_COLUMNS = ("offence", "provision", "title")


class OffenceTableError(IntakeError):
    """A table that cannot be used; the message names file, line and what to do."""

    code: ClassVar[str] = "offence_table_error"
    status: ClassVar[int] = 500
    remedy: ClassVar[str] = "Correct the table of domestic offences at the line named, then run `rogatory check`."


OffenceTable = Mapping[str, Sequence[Provision]]


def load_offences(path: Path) -> OffenceTable:
    """Read a table.

    Args:
        path: a CSV with the columns ``offence``, ``provision`` and, if wished, ``title``, or a YAML that lists
            provisions, or mappings of ``provision`` and ``title``, under each offence.

    Raises:
        OffenceTableError: when it cannot be read, or names an offence that the taxonomy does not know.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OffenceTableError(f"{path}: cannot be read as UTF-8 text: save it again.") from error
    if len(text) > LARGEST:
        raise OffenceTableError(f"{path}: larger than {LARGEST} characters: keep to one line for a provision.")
    rows = _yaml_rows(path, text) if path.suffix.lower() in (".yaml", ".yml") else _csv_rows(path, text)
    known = {offence.code for offence in load_taxonomy().offences}
    table: dict[str, list[Provision]] = {}
    for line, offence, provision, title in rows:
        if offence not in known:
            raise OffenceTableError(f"{path}, line {line}: {offence!r} is no offence of the taxonomy: correct it.")
        if not provision:
            raise OffenceTableError(f"{path}, line {line}: the provision is missing: add it or remove the line.")
        table.setdefault(offence, []).append(Provision(provision, title))
    return table


def find_candidates(table: OffenceTable, offences: Sequence[str]) -> tuple[DomesticOffence, ...]:
    """Return what each offence may be in this State's law."""
    return tuple(DomesticOffence(offence, tuple(table.get(offence, ()))) for offence in offences)


_Row = tuple[int, str, str, str]


def _csv_rows(path: Path, text: str) -> list[_Row]:
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    if not set(_COLUMNS[:2]) <= set(reader.fieldnames or ()):
        raise OffenceTableError(f"{path}, line 1: the columns {', '.join(_COLUMNS)} are expected: name them there.")
    return [(reader.line_num, *((row.get(name) or "").strip() for name in _COLUMNS)) for row in reader]  # type: ignore[misc]


def _yaml_rows(path: Path, text: str) -> list[_Row]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise OffenceTableError(f"{path}, line {line}: {error.problem}: correct the spelling there.") from error
    if not isinstance(content, dict) or not isinstance(node, yaml.MappingNode):
        raise OffenceTableError(f"{path}, line 1: offences with lists of provisions are expected: write them so.")
    lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
    return [
        (lines[str(offence)], str(offence), *_provision(path, lines[str(offence)], one))
        for offence, listed in content.items()
        for one in (listed if isinstance(listed, list) else [listed])
    ]


def _provision(path: Path, line: int, one: Any) -> tuple[str, str]:
    if isinstance(one, str):
        return one, ""
    if isinstance(one, dict) and set(one) <= set(_COLUMNS[1:]):
        return str(one.get("provision") or ""), str(one.get("title") or "")
    raise OffenceTableError(f"{path}, line {line}: a provision, or provision and title, is expected: write it so.")
