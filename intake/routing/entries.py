"""Plain access to the entries of a profile; whatever is wrong with one is said with file, line and remedy."""

from collections.abc import Mapping
from typing import Any, NoReturn

from intake.routing.profile import ProfileError

#: Key under which the loader keeps the line of a mapping.
LINE = "__line__"


class Entries:
    """Reads entries of one file."""

    def __init__(self, path: str) -> None:
        self._path = path

    def mapping(self, item: object, line: int, keys: frozenset[str]) -> Mapping[str, Any]:
        """An entry with these keys and no others."""
        if not isinstance(item, dict):
            self.fail(line, "a list of 'name: value' is expected here", "look at the bundled profile example.yaml")
        entry: dict[str, Any] = item
        for key in entry.keys() - keys - {LINE}:
            self.fail(entry[LINE], f"{key!r} is not known here", "use one of: " + ", ".join(sorted(keys)))
        return entry

    def items(self, entry: Mapping[str, Any], key: str, line: int) -> list[object]:
        """A list that must be there."""
        value = entry.get(key)
        if not isinstance(value, list):
            self.fail(line, f"'{key}' is not a list", f"write '{key}:' and its entries below it, each with '- '")
        return list(value)

    def texts(self, entry: Mapping[str, Any], key: str, line: int) -> list[str]:
        """A list of texts, or one text alone; empty when it is not there."""
        value = entry.get(key)
        listed = [] if value is None else value if isinstance(value, list) else [value]
        for text in listed:
            if text is False and key == "requesting_state":
                self.fail(line, "NO without quotes means false in YAML", "write 'NO' in quotes")
            if not isinstance(text, str):
                self.fail(line, f"'{key}' holds {text!r}, which is not text", "write it in quotes")
        return listed

    def text(self, entry: Mapping[str, Any], key: str, line: int) -> str:
        """A text that must be there."""
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fail(line, f"'{key}' is missing or not text", f"write '{key}: …', in quotes if need be")
        return str(value)

    def share(self, entry: Mapping[str, Any], key: str, otherwise: float, line: int) -> float:
        """A number from 0 to 1."""
        value = entry.get(key, otherwise)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self.fail(line, f"'{key}' is not a number from 0 to 1", "write for example 0.7")
        return float(value)

    def fail(self, line: int, problem: str, remedy: str) -> NoReturn:
        """Refuse the file."""
        raise ProfileError(f"{self._path}, line {line}: {problem}: {remedy}.")
