"""What an installation tells the counter: the section ``counter`` of its profile; a fault is named with its line."""

import logging
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, NoReturn

import pycountry
import yaml

from intake.errors import IntakeError
from intake.routing.profile_files import TOML
from intake.routing.profile_toml import lines_of_keys

log = logging.getLogger(__name__)

MATTERS = ("criminal", "civil")
#: Working days that an act needs at least, where the profile does not say: proposed figures, to be replaced.
LEAD_TIMES: Mapping[str, int] = {
    "default": 20,
    "service_of_documents": 40,
    "taking_evidence": 40,
    "video_hearing": 30,
    "transfer_of_detained_witness": 60,
    "provisional_arrest": 1,
}
_KEYS = ("state", "languages", "matters", "lead_times", "limitation_days", "holidays", "office")


class CounterRulesError(IntakeError):
    """A section that cannot be used; the message names file, line and what to do."""

    code: ClassVar[str] = "counter_rules_error"
    status: ClassVar[int] = 500
    remedy: ClassVar[str] = "Correct the section `counter` of the profile at the line named, then run `rogatory check`."


@dataclass(frozen=True, slots=True)
class CounterRules:
    """The rules of one counter."""

    state: str | None = None  #: our State, ISO 3166-1 alpha-2; None for the State of Example
    office: str = ""  #: how the office signs
    languages: frozenset[str] = frozenset()  #: accepted, BCP 47; empty when the profile does not say
    matters: frozenset[str] = frozenset(MATTERS)  #: that the office handles
    weekend: frozenset[int] | None = None  #: ISO weekdays; None takes those of the State's calendar
    lead_times: Mapping[str, int] = field(default_factory=lambda: LEAD_TIMES)  #: working days by request type
    limitation_days: int = 120  #: a limitation, custody or preservation that ends within so many days is near
    holidays: frozenset[date] = frozenset()  #: further days on which nobody works


def load_counter_rules(path: str | Path) -> CounterRules:
    """Read what a profile says for the counter; a profile without the section gives the defaults.

    Args:
        path: of the profile, which has been read as a competence profile before.

    Raises:
        CounterRulesError: when the section cannot be used.
    """
    content = Path(path).read_text(encoding="utf-8")
    profile: Mapping[str, Any]
    if Path(path).suffix == TOML:
        profile, lines = tomllib.loads(content), lines_of_keys(content, "counter")
    else:
        profile = yaml.safe_load(content) or {}
        lines = _lines(yaml.compose(content, Loader=yaml.SafeLoader))
    section = profile.get("counter") or {}
    reader = _Reader(str(path), lines)
    if not isinstance(section, dict):
        reader.fail("counter", "is not a list of 'name: value'", "look at the bundled profile example.yaml")
    for key in section:
        if key not in _KEYS:
            reader.fail(key, "is not known here", "use one of: " + ", ".join(_KEYS))
    spoken = profile.get("languages") or {}
    official = spoken.get("official") if isinstance(spoken, dict) else None
    return CounterRules(
        state=reader.state(section.get("state") or profile.get("code")),
        office=str(section.get("office") or profile.get("name") or ""),
        languages=frozenset(reader.texts("languages", section.get("languages", official or []))),
        matters=reader.matters(section.get("matters", list(MATTERS))),
        weekend=reader.weekend(profile.get("weekend")),
        lead_times={**LEAD_TIMES, **reader.days(section.get("lead_times") or {})},
        limitation_days=reader.number("limitation_days", section.get("limitation_days", 120)),
        holidays=reader.holidays(section.get("holidays") or []),
    )


class StandingRules:
    """Gives the rules of the profile in force; a fault in a changed file leaves the old ones in force."""

    def __init__(self, path: Callable[[], str]) -> None:
        """Take what tells the path of the profile in force; load its rules.

        Raises:
            CounterRulesError: when they cannot be used and there are none before them.
        """
        self._path = path
        self._mark = self._marked()
        self._rules = load_counter_rules(path())

    def __call__(self) -> CounterRules:
        """The rules, read anew when the file has changed."""
        mark = self._marked()
        if mark != self._mark:
            self._mark = mark
            try:
                self._rules = load_counter_rules(self._path())
            except (CounterRulesError, OSError, ValueError, yaml.YAMLError) as error:
                log.warning("the counter goes on with its old rules: %s", type(error).__name__)
        return self._rules

    def _marked(self) -> tuple[str, int]:
        path = Path(self._path())
        return str(path), path.stat().st_mtime_ns if path.is_file() else 0


def _lines(node: yaml.Node | None) -> Mapping[str, int]:
    """Line of each key of the profile, those of the section over those of the top."""
    lines: dict[str, int] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            lines.setdefault(str(key.value), key.start_mark.line + 1)
            if key.value == "counter" and isinstance(value, yaml.MappingNode):
                lines |= {str(inner.value): inner.start_mark.line + 1 for inner, _ in value.value}
    return lines


class _Reader:
    def __init__(self, path: str, lines: Mapping[str, int]) -> None:
        self._path, self._lines = path, lines

    def state(self, code: object) -> str | None:
        country = pycountry.countries.get(alpha_2=str(code).upper()) if code else None
        return str(country.alpha_2) if country else None

    def texts(self, key: str, value: object) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fail(key, "is not a list of texts", "write for example [en, fr]; put NO in quotes")
        return list(value)

    def matters(self, value: object) -> frozenset[str]:
        listed = frozenset(self.texts("matters", value))
        if not listed or listed - set(MATTERS):
            self.fail("matters", "names something else", "use one or both of: " + ", ".join(MATTERS))
        return listed

    def weekend(self, value: object) -> frozenset[int] | None:
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(day, int) and 1 <= day <= 7 for day in value):
            self.fail("weekend", "holds something other than days", "write ISO weekdays, Monday is 1: [6, 7]")
        if len(set(value)) == 7:
            self.fail("weekend", "leaves no day to work", "name the days of rest only")
        return frozenset(value)

    def days(self, value: object) -> Mapping[str, int]:
        if not isinstance(value, dict):
            self.fail("lead_times", "is not a list of 'request type: days'", "write for example 'taking_evidence: 40'")
        return {str(name): self.number("lead_times", number) for name, number in value.items()}

    def number(self, key: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fail(key, "is not a number of days", "write a whole number such as 20")
        return value

    def holidays(self, value: object) -> frozenset[date]:
        if not isinstance(value, list) or not all(isinstance(day, date) for day in value):
            self.fail("holidays", "holds something other than dates", "write dates such as 2026-03-20, one a line")
        return frozenset(value)

    def fail(self, key: str, problem: str, remedy: str) -> NoReturn:
        raise CounterRulesError(f"{self._path}, line {self._lines.get(key, 1)}: '{key}' {problem}: {remedy}.")
