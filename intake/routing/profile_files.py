"""Reads profiles; whatever is wrong with one is said with file, line and remedy."""

import re
import tomllib
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from typing_extensions import override

from intake.routing.entries import LINE, Entries
from intake.routing.profile import (
    CONDITION_NAMES,
    MATTERS,
    STAGES,
    Authority,
    Condition,
    Profile,
    ProfileError,
    Rule,
)
from intake.routing.profile_toml import load_toml, place_of_fault

TOML = ".toml"  #: of a path; whatever ends otherwise is YAML
PROFILES = Path(__file__).with_name("profiles")
LARGEST = 200_000  #: bytes of a profile
_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
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
        "counter",
    ]
)
_RULE_KEYS = frozenset(["when", "to", "then", "copies", "notify", "review", "source", "note"])


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
        mapping[LINE] = node.start_mark.line + 1
        return mapping


def bundled_profiles() -> tuple[str, ...]:
    """Return the codes of the profiles that come with Rogatory."""
    return tuple(sorted(path.stem for path in PROFILES.glob("*.yaml")))


def load_profile(code_or_path: str | Path) -> Profile:
    """Read a profile.

    Args:
        code_or_path: code of a bundled profile (``example``, ``it``), or the path of a YAML or TOML (``.toml``) file.

    Raises:
        ProfileError: when there is none, or it cannot be used.
    """
    path = find_profile(str(code_or_path))
    try:
        content = path.read_text(encoding="utf-8")
        if len(content) > LARGEST:
            raise ProfileError(
                f"{path}: larger than {LARGEST} bytes: a profile is a few pages; remove what is not a rule."
            )
        if path.suffix == TOML:
            loaded: object = load_toml(content)
        else:
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
    except tomllib.TOMLDecodeError as error:
        line, problem = place_of_fault(error, content)
        raise ProfileError(
            f"{path}, line {line}: {problem}: correct the spelling, quotes and brackets there."
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ProfileError(f"{path}, line 1: not YAML: remove control characters and deep nesting.") from error
    return _Reader(str(path)).profile(loaded)


def find_profile(code_or_path: str) -> Path:
    """The file of a profile.

    Raises:
        ProfileError: when there is none.
    """
    bundled = PROFILES / f"{code_or_path.lower()}.yaml"
    if _CODE.fullmatch(code_or_path.lower()) and bundled.is_file():
        return bundled
    path = Path(code_or_path)
    if "\0" in code_or_path or not path.is_file():
        known = ", ".join(bundled_profiles())
        raise ProfileError(f"No profile {code_or_path!r}: name a YAML or TOML file, or one of: {known}.")
    return path


class _Reader(Entries):
    """Turns the loaded mapping into a profile."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._codes: frozenset[str] = frozenset()
        self._passing: dict[str, str] = {}

    def profile(self, loaded: object) -> Profile:
        """The whole profile."""
        top = self.mapping(loaded, 1, _PROFILE_KEYS)
        line = top[LINE]
        listed = self._authorities(top, line)
        default = top.get("default")
        return Profile(
            code=self.text(top, "code", line),
            name=self.text(top, "name", line),
            path=self._path,
            authorities=listed,
            rules=tuple(self._rules(top, line)),
            default=None if default is None else self._rule(default, line, is_default=True),
            not_a_request=self._known(top["not_a_request"], line) if top.get("not_a_request") else None,
            review_below=self.share(top, "review_below", 0.7, line),
            unverified=tuple(self.texts(top, "unverified", line)),
        )

    def _authorities(self, top: Mapping[str, Any], line: int) -> tuple[Authority, ...]:
        listed = tuple(self._authority(item, line) for item in self.items(top, "authorities", line))
        if not listed:
            self.fail(line, "no authorities are listed", "list at least one under 'authorities'")
        self._passing = {authority.code: authority.passes_to for authority in listed if authority.passes_to}
        self._codes = frozenset(authority.code for authority in listed)
        if len(self._codes) < len(listed):
            self.fail(line, "two authorities have the same code", "give each a code of its own")
        for authority in listed:
            if authority.passes_to:
                self._known(authority.passes_to, authority.line)
                self._chain(authority.code, (), authority.line)
        return listed

    def _authority(self, item: object, line: int) -> Authority:
        entry = self.mapping(item, line, frozenset({"code", "name", "passes_to", "source", "note"}))
        line = entry[LINE]
        code = self.text(entry, "code", line)
        if not _CODE.fullmatch(code):
            self.fail(line, f"{code!r} is not a code", "use small letters, figures and hyphens: anti-corruption")
        passes_to = self.text(entry, "passes_to", line) if "passes_to" in entry else None
        return Authority(code, self.text(entry, "name", line), line, passes_to)

    def _rules(self, top: Mapping[str, Any], line: int) -> Iterator[Rule]:
        for number, item in enumerate(self.items(top, "rules", line)):
            if isinstance(item, dict) and "equal" in item:
                entry = self.mapping(item, line, frozenset({"equal"}))
                inner = self.items(entry, "equal", entry[LINE])
                if len(inner) < 2:
                    self.fail(
                        entry[LINE], "'equal' holds fewer than two rules", "put the rules beside it in, or take it out"
                    )
                yield from (replace(self._rule(one, entry[LINE], is_default=False), group=number) for one in inner)
            else:
                yield self._rule(item, line, is_default=False)

    def _rule(self, item: object, line: int, *, is_default: bool) -> Rule:
        entry = self.mapping(item, line, _RULE_KEYS)
        line = entry[LINE]
        if is_default and entry.get("when"):
            self.fail(line, "the default has a condition", "remove 'when', or move it up to 'rules'")
        if not is_default and not entry.get("when"):
            self.fail(line, "the rule has no condition", "add 'when', or make it the 'default'")
        review = tuple(self.texts(entry, "review", line))
        if "review" in entry and not (review and all(step.strip() for step in review)):
            self.fail(line, "'review' gives no reason", "say in one sentence why a person must confirm")
        to = self._known(self.text(entry, "to", line), line)
        return Rule(
            line=line,
            to=to,
            when=self._condition(entry.get("when"), line),
            then=self._chain(to, self.texts(entry, "then", line), line),
            copies=tuple(self._known(code, line) for code in self.texts(entry, "copies", line)),
            notify=tuple(self._known(code, line) for code in self.texts(entry, "notify", line)),
            review=review,
            source=None if entry.get("source") is None else str(entry["source"]),
            note=None if entry.get("note") is None else str(entry["note"]),
        )

    def _chain(self, to: str, then: Sequence[str], line: int) -> tuple[str, ...]:
        """Who acts after ``to``: what the rule says, and then whatever the last authority always passes on to."""
        chain = [to]
        following = list(then)
        while following or chain[-1] in self._passing:
            step = following.pop(0) if following else self._passing[chain[-1]]
            if _CODE.fullmatch(step):
                self._known(step, line)
            if step in chain:
                circle = " → ".join([*chain[chain.index(step) :], step])
                self.fail(line, f"the chain runs in a circle ({circle})", "let it end with who acts last")
            chain.append(step)
        return tuple(chain[1:])

    def _condition(self, item: object, line: int) -> Condition:
        if not item:
            return Condition()
        entry = self.mapping(item, line, frozenset(CONDITION_NAMES))
        line = entry[LINE]
        lists = {name: frozenset(self.texts(entry, name, line)) for name in CONDITION_NAMES if name in entry}
        for name, allowed in (("stage", STAGES), ("matter", MATTERS)):
            for value in lists.get(name, frozenset()) - set(allowed):
                self.fail(line, f"{value!r} is not a {name}", "use one of: " + ", ".join(allowed))
        for name in lists.keys() & {"origin", "place"}:
            lists[name] = frozenset(word.strip().lower() for word in lists[name] if word.strip())
        for name, values in lists.items():
            if not values:
                self.fail(line, f"'{name}' is empty", "list what it must be, or remove it")
        return Condition(**lists)

    def _known(self, code: object, line: int) -> str:
        if not isinstance(code, str) or code not in self._codes:
            known = ", ".join(sorted(self._codes))
            self.fail(
                line, f"{code!r} is no authority of this profile", f"list it under 'authorities', or use: {known}"
            )
        return str(code)
