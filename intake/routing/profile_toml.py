"""Reads profiles written in TOML, and remembers in which line each table begins."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.routing.entries import LINE

_STATEMENT = re.compile(r"[ \t]*(?:\[\[?(?P<table>[^\]\n]+)\]\]?|(?P<key>[^=\n\[\]{}#]+)=)")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|' + r"'''.*?'''|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'|#[^\n]*|[\[\]{}\n]", re.DOTALL
)
_PLACE = re.compile(r" \(at line (\d+), column \d+\)")
_NAME = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")


@dataclass(slots=True)
class _Layout:
    """Where things stand in a file; lines are 1-based."""

    tables: list[tuple[list[str], int]] = field(default_factory=list)  #: names of each header, and its line
    keys: list[tuple[str, str, int]] = field(default_factory=list)  #: table, key and line of each key
    within: list[int] = field(default_factory=list)  #: lines of tables without a header: in braces, or ``when.stage =``


def load_toml(content: str) -> dict[str, Any]:
    """Return a profile as plain values, each table with its line under ``LINE``.

    Raises:
        tomllib.TOMLDecodeError: when it is no TOML; the message names the line.
    """
    loaded = tomllib.loads(content)
    layout = _layout(content)
    loaded[LINE] = 1
    seen: dict[int, int] = {}
    for names, line in layout.tables:
        if (table := _table(loaded, names, seen)) is not None:
            table[LINE] = line
    unmarked = list(_unmarked(loaded))
    # They come in the order of the file; where there are more than were seen, the line of the table around them holds.
    exact = len(unmarked) == len(layout.within)
    for (table, above), line in zip(unmarked, layout.within if exact else [0] * len(unmarked), strict=True):
        table[LINE] = line or above.get(LINE, 1)
    return loaded


def place_of_fault(error: tomllib.TOMLDecodeError, content: str) -> tuple[int, str]:
    """Return the line and what is wrong there: the parser names the line, or means the last one."""
    found = _PLACE.search(str(error))
    line = int(found.group(1)) if found else content.rstrip().count("\n") + 1
    return line, _PLACE.sub("", str(error)).removesuffix(" (at end of document)")


def lines_of_keys(content: str, section: str) -> Mapping[str, int]:
    """Line of each key at the top of a file, those of one section over them."""
    lines: dict[str, int] = {}
    layout = _layout(content)
    for table, key, line in layout.keys:
        if not table:
            lines.setdefault(key, line)
    for names, line in layout.tables:
        lines.setdefault(names[0], line)
        if names[0] == section and len(names) > 1:
            lines[names[1]] = line
    return lines | {key: line for table, key, line in layout.keys if table == section}


def _layout(content: str) -> _Layout:
    layout, place, line, depth = _Layout(), 0, 1, 0
    table, dotted = "", set[str]()
    while place < len(content):
        statement = (
            _STATEMENT.match(content, place) if depth == 0 and content[place - 1 : place] in ("", "\n") else None
        )
        if statement:
            names = [name.strip("\"'") for name in _NAME.findall(statement["table"] or statement["key"])]
            if statement["table"]:
                table = ".".join(names)
                layout.tables.append((names, line))
            elif names:
                layout.keys.append((table, names[0], line))
                opened = {f"{len(layout.tables)} {'.'.join(names[:end])}" for end in range(1, len(names))} - dotted
                dotted |= opened
                layout.within += [line] * len(opened)
            place = statement.end()
        token = _TOKEN.search(content, place)
        if token is None:
            break
        if token.group() == "{":
            layout.within.append(line)
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token.group(), 0)
        line, place = line + token.group().count("\n"), token.end()
    return layout


def _table(loaded: dict[str, Any], names: list[str], seen: dict[int, int]) -> dict[str, Any] | None:
    """The table that a header opens; of a list of tables, the next one."""
    table: Any = loaded
    for index, name in enumerate(names):
        table = table.get(name) if isinstance(table, dict) else None
        if isinstance(table, list):
            is_opened = index == len(names) - 1
            seen[id(table)] = seen.get(id(table), 0) + is_opened
            table = table[max(seen[id(table)] - 1, 0)] if table else None
    return table if isinstance(table, dict) else None


def _unmarked(value: Any, above: dict[str, Any] | None = None) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Tables without a line, each with the one around it, from the outside in and in the order of the file."""
    if isinstance(value, dict):
        if LINE not in value:
            yield value, above or {}
        for inner in list(value.values()):
            yield from _unmarked(inner, value)
    elif isinstance(value, list):
        for inner in value:
            yield from _unmarked(inner, above)
