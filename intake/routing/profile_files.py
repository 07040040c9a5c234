"""Reads profiles; whatever is wrong with one is said with file, line and remedy."""

import re
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import yaml
from typing_extensions import override

from intake.routing.profile import CONDITION_NAMES, MATTERS, STAGES, Authority, Condition, Profile, ProfileError, Rule

PROFILES = Path(__file__).with_name("profiles")
LARGEST = 200_000  #: bytes of a profile
_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LINE = "__line__"
_PROFILE_KEYS = frozenset(
    [
        "code",
        "name",
        "about",
        "central_authority",
        "languages",
        "facts",
        "sources",
        "authorities",
        "rules",
        "default",
        "not_a_request",
        "review_below",
        "unverified",
        "weekend",
        "week_note",
        "special_rules",
        "uncac",
    ]
)
_RULE_KEYS = frozenset(["when", "to", "then", "copies", "review", "source", "note"])


class _Loader(yaml.SafeLoader):
    """Plain YAML that remembers the line of each mapping, and knows neither references nor a key twice."""

    @override
    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.get_mark()
            raise yaml.MarkedYAMLError(problem="a reference (*name) is not allowed", problem_mark=mark)
        return super().compose_node(parent, index)

    @override
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"'{key.value}' stands here twice", problem_mark=key.start_mark)
            seen.add(key.value)
        mapping = super().construct_mapping(node, deep=True)
        mapping[_LINE] = node.start_mark.line + 1
        return mapping


def bundled_profiles() -> tuple[str, ...]:
    """Return the codes of the profiles that come with Rogatory."""
    return tuple(sorted(path.stem for path in PROFILES.glob("*.yaml")))


def load_profile(code_or_path: str | Path) -> Profile:
    """Read a profile.

    Args:
        code_or_path: code of a bundled profile (``example``, ``it``), or the path of a YAML file.

    Raises:
        ProfileError: when there is none, or it cannot be used.
    """
    path = _find(str(code_or_path))
    try:
        content = path.read_text(encoding="utf-8")
        if len(content) > LARGEST:
            raise ProfileError(
                f"{path}: larger than {LARGEST} bytes: a profile is a few pages; remove what is not a rule."
            )
        # A subclass of SafeLoader: it makes plain values only.
        loaded = yaml.load(content, Loader=_Loader)  # noqa: S506
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: cannot be read as UTF-8 text ({type(error).__name__}): save it again.") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ProfileError(
            f"{path}, line {line}: {error.problem}: correct the spelling or the indentation there."
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ProfileError(f"{path}, line 1: not YAML: remove control characters and deep nesting.") from error
    return _Reader(str(path)).profile(loaded)


def _find(code_or_path: str) -> Path:
    bundled = PROFILES / f"{code_or_path.lower()}.yaml"
    if _CODE.fullmatch(code_or_path.lower()) and bundled.is_file():
        return bundled
    path = Path(code_or_path)
    if "\0" in code_or_path or not path.is_file():
        known = ", ".join(bundled_profiles())
        raise ProfileError(f"No profile {code_or_path!r}: name a YAML file, or one of: {known}.")
    return path


class _Reader:
    """Turns the loaded mapping into a profile."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._codes: frozenset[str] = frozenset()

    def profile(self, loaded: object) -> Profile:
        top = self._mapping(loaded, 1, _PROFILE_KEYS)
        line = top[_LINE]
        listed = [self._authority(item, line) for item in self._list(top, "authorities", line)]
        if not listed:
            self._fail(line, "no authorities are listed", "list at least one under 'authorities'")
        self._codes = frozenset(authority.code for authority in listed)
        if len(self._codes) < len(listed):
            self._fail(line, "two authorities have the same code", "give each a code of its own")
        default = top.get("default")
        return Profile(
            code=self._text(top, "code", line),
            name=self._text(top, "name", line),
            path=self._path,
            authorities=tuple(listed),
            rules=tuple(self._rule(item, line, is_default=False) for item in self._list(top, "rules", line)),
            default=None if default is None else self._rule(default, line, is_default=True),
            not_a_request=self._known(top["not_a_request"], line) if top.get("not_a_request") else None,
            review_below=self._share(top, "review_below", 0.7, line),
            unverified=tuple(self._texts(top, "unverified", line)),
        )

    def _authority(self, item: object, line: int) -> Authority:
        entry = self._mapping(item, line, frozenset({"code", "name", "source", "note"}))
        code = self._text(entry, "code", entry[_LINE])
        if not _CODE.fullmatch(code):
            self._fail(
                entry[_LINE], f"{code!r} is not a code", "use small letters, figures and hyphens: anti-corruption"
            )
        return Authority(code, self._text(entry, "name", entry[_LINE]))

    def _rule(self, item: object, line: int, *, is_default: bool) -> Rule:
        entry = self._mapping(item, line, _RULE_KEYS)
        line = entry[_LINE]
        if is_default and entry.get("when"):
            self._fail(line, "the default has a condition", "remove 'when', or move it up to 'rules'")
        if not is_default and not entry.get("when"):
            self._fail(line, "the rule has no condition", "add 'when', or make it the 'default'")
        review = entry.get("review")
        if review is not None and not (isinstance(review, str) and review.strip()):
            self._fail(line, "'review' gives no reason", "say in one sentence why a person must confirm")
        return Rule(
            line=line,
            to=self._known(self._text(entry, "to", line), line),
            when=self._condition(entry.get("when"), line),
            then=tuple(self._texts(entry, "then", line)),
            copies=tuple(self._known(code, line) for code in self._texts(entry, "copies", line)),
            review=review,
            source=None if entry.get("source") is None else str(entry["source"]),
            note=None if entry.get("note") is None else str(entry["note"]),
        )

    def _condition(self, item: object, line: int) -> Condition:
        if not item:
            return Condition()
        entry = self._mapping(item, line, frozenset(CONDITION_NAMES))
        line = entry[_LINE]
        lists = {name: frozenset(self._texts(entry, name, line)) for name in CONDITION_NAMES if name in entry}
        for name, allowed in (("stage", STAGES), ("matter", MATTERS)):
            for value in lists.get(name, frozenset()) - set(allowed):
                self._fail(line, f"{value!r} is not a {name}", "use one of: " + ", ".join(allowed))
        for name, values in lists.items():
            if not values:
                self._fail(line, f"'{name}' is empty", "list what it must be, or remove it")
        lists["origin"] = frozenset(word.lower() for word in lists.get("origin", ()))
        return Condition(**lists)

    def _known(self, code: object, line: int) -> str:
        if not isinstance(code, str) or code not in self._codes:
            known = ", ".join(sorted(self._codes))
            self._fail(
                line, f"{code!r} is no authority of this profile", f"list it under 'authorities', or use: {known}"
            )
        return str(code)

    def _mapping(self, item: object, line: int, keys: frozenset[str]) -> Mapping[str, Any]:
        if not isinstance(item, dict):
            self._fail(line, "a list of 'name: value' is expected here", "look at the bundled profile example.yaml")
        entry: dict[str, Any] = item
        for key in entry.keys() - keys - {_LINE}:
            self._fail(entry[_LINE], f"{key!r} is not known here", "use one of: " + ", ".join(sorted(keys)))
        return entry

    def _list(self, entry: Mapping[str, Any], key: str, line: int) -> list[object]:
        value = entry.get(key)
        if not isinstance(value, list):
            self._fail(line, f"'{key}' is not a list", f"write '{key}:' and its entries below it, each with '- '")
        return list(value)

    def _texts(self, entry: Mapping[str, Any], key: str, line: int) -> list[str]:
        value = entry.get(key)
        listed = [] if value is None else value if isinstance(value, list) else [value]
        for text in listed:
            if text is False and key == "requesting_state":
                self._fail(line, "NO without quotes means false in YAML", "write 'NO' in quotes")
            if not isinstance(text, str):
                self._fail(line, f"'{key}' holds {text!r}, which is not text", "write it in quotes")
        return listed

    def _text(self, entry: Mapping[str, Any], key: str, line: int) -> str:
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            self._fail(line, f"'{key}' is missing or not text", f"write '{key}: …', in quotes if need be")
        return str(value)

    def _share(self, entry: Mapping[str, Any], key: str, otherwise: float, line: int) -> float:
        value = entry.get(key, otherwise)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self._fail(line, f"'{key}' is not a number from 0 to 1", "write for example 0.7")
        return float(value)

    def _fail(self, line: int, problem: str, remedy: str) -> NoReturn:
        raise ProfileError(f"{self._path}, line {line}: {problem}: {remedy}.")
