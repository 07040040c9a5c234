"""Looks at a described letter as an experienced clerk would, and says what has to be mended or decided first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from intake.counter.grounds import find_grounds
from intake.counter.offences import OffenceTable, find_candidates
from intake.counter.rules import CounterRules
from intake.counter.values import CounterWarning, DomesticOffence, Findings, WarningCode
from intake.counter.working_days import working_days_between
from intake.describing.completeness import CIVIL_OFFENCES
from intake.describing.signs import Signs, find_signs
from intake.describing.text import LetterText
from intake.routing.wording import in_english
from intake.values import Description, PageReading, Reason, Route

#: Whether a State has named an authority for such requests: None where no directory says.
Designated = Callable[[str | None, str], bool | None]
_NEAR: Mapping[str, WarningCode] = {
    "limitation": "limitation_near",
    "custody": "custody_near",
    "preservation": "preservation_near",
}


def nobody_knows(state: str | None, authority: str) -> None:
    """The answer where no directory is imported."""


def today() -> date:
    """The day, UTC."""
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Counter:
    """The counter of one installation."""

    rules: CounterRules = field(default_factory=CounterRules)
    offences: OffenceTable | None = None  #: None without a table: then nothing is said of the State's own law
    designated: Designated = nobody_knows
    today: Callable[[], date] = today

    def look(self, description: Description, readings: Sequence[PageReading]) -> Findings:
        """Say what a clerk or a lawyer should know of a letter.

        Args:
            description: of the letter.
            readings: all its pages, in order.
        """
        text = LetterText.of(_request_pages(description, readings), _languages(description))
        signs = find_signs(text.folded, text.languages)
        candidates = self._candidates(description)
        warnings = (
            *self._door(description),
            *self._translation(description),
            *self._days(description),
            *_paper(description),
            *self._lawyers(description, text, signs),
            *_unmatched(candidates),
        )
        return Findings(warnings, candidates)

    def _door(self, description: Description) -> Iterator[CounterWarning]:
        """Whether the letter came to the right door, from somebody who may knock at it."""
        metadata, rules = description.metadata, self.rules
        asked = metadata.requested_state
        if rules.state and asked.value and asked.value != rules.state:
            yield CounterWarning("wrong_addressee", {"state": asked.value}, asked.evidence)
        offences = {label.code for label in description.classification.offences}
        if offences and offences <= CIVIL_OFFENCES and "civil" not in rules.matters:
            yield CounterWarning("civil_matter")
        sender = metadata.requesting_authority
        if sender.value and self.designated(metadata.requesting_state.value, sender.value) is False:
            yield CounterWarning("sender_not_designated", {}, sender.evidence)

    def _translation(self, description: Description) -> Iterator[CounterWarning]:
        """Whether the request or a translation of it is in a language that is accepted here."""
        accepted = {language.partition("-")[0] for language in self.rules.languages}
        written = {one.language for one in description.documents if one.kind in ("request", "translation")}
        known = {language.partition("-")[0] for language in written if language}
        if accepted and known and None not in written and not accepted & known:
            yield CounterWarning("no_translation", {"languages": " ".join(sorted(self.rules.languages))})

    def _days(self, description: Description) -> Iterator[CounterWarning]:
        """Whether the day that the letter names can still be met."""
        deadline = description.metadata.deadline
        if deadline.value is None or deadline.kind is None:
            return
        day, now = date.fromisoformat(deadline.value), self.today()
        said: dict[str, str | int] = {"date": deadline.value}
        if day < now:
            yield CounterWarning("deadline_over", said, deadline.evidence)
        elif deadline.kind == "hearing":
            left, needed = working_days_between(now, day, self.rules), self._lead_time(description)
            if left < needed:
                yield CounterWarning("hearing_too_near", {**said, "left": left, "needed": needed}, deadline.evidence)
        elif deadline.kind in _NEAR and day <= now + timedelta(days=self.rules.limitation_days):
            yield CounterWarning(_NEAR[deadline.kind], {**said, "left": (day - now).days}, deadline.evidence)

    def _lead_time(self, description: Description) -> int:
        """Working days that the slowest act of the letter needs."""
        times, types = self.rules.lead_times, description.classification.request_types
        return max((times.get(label.code, times["default"]) for label in types), default=times["default"])

    def _lawyers(self, description: Description, text: LetterText, signs: Signs) -> Iterator[CounterWarning]:
        if description.classification.is_request:
            yield from find_grounds(description, text, signs, self.rules.state)

    def _candidates(self, description: Description) -> tuple[DomesticOffence, ...]:
        if self.offences is None or not description.classification.is_request:
            return ()
        wanted = [label.code for label in description.classification.offences if label.code not in CIVIL_OFFENCES]
        return find_candidates(self.offences, wanted)


def _unmatched(candidates: Sequence[DomesticOffence]) -> Iterator[CounterWarning]:
    for one in candidates:
        if not one.provisions:
            yield CounterWarning("no_domestic_offence", {"offence": one.offence})


def lay_before_person(route: Route, warnings: Sequence[CounterWarning]) -> Route:
    """Return the route with what the counter warns of as reasons; a letter that somebody has to look at waits."""
    grounds = {
        one.code: Reason(f"warns_{'lawyer' if one.eye == 'lawyer' else 'registry'}", _warned(one))
        for one in warnings
        if one.eye != "nobody"
    }
    if not grounds:
        return route
    reasons = (*route.reasons, *map(in_english, grounds.values()))
    return replace(route, review=True, reasons=reasons, grounds=(*route.grounds, *grounds.values()))


def _warned(warning: CounterWarning) -> dict[str, Any]:
    return {"warning": warning.code, "about": dict(warning.values)}


def _paper(description: Description) -> Iterator[CounterWarning]:
    """What is wrong with the paper itself."""
    if description.illegible_pages:
        yield CounterWarning("illegible_pages", {"pages": ", ".join(map(str, description.illegible_pages))})
    if any(item.element == "signature_seal" and item.state == "missing" for item in description.completeness):
        yield CounterWarning("unsigned")


def _request_pages(description: Description, readings: Sequence[PageReading]) -> list[PageReading]:
    spans = [(one.first_page, one.last_page) for one in description.documents if one.kind == "request"]
    own = [page for page in readings if any(first <= page.number <= last for first, last in spans)]
    return own or list(readings)


def _languages(description: Description) -> tuple[str, ...]:
    return (description.language,) if description.language else ()
