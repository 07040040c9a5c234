"""What the office would write back about a letter: drafts that a person takes out and sends, or does not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from intake.confirmation import confirmed_report
from intake.counter.drafts import Draft, DraftKind, Occasion, Templates, lacks_of
from storage.values import Letter


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Correspondence:
    """How this office writes."""

    office: Callable[[], str] = str  #: the name it signs with; asked anew, a profile may have changed
    templates: Templates = field(default_factory=Templates)
    today: Callable[[], date] = _today

    def language_for(self, letter: Letter, kind: DraftKind) -> str:
        """The language in which the sender is most likely to read."""
        return self.templates.choose_language(kind, letter.language, letter.requesting_state)

    def draft(self, letter: Letter, kind: DraftKind, language: str | None = None) -> Draft:
        """Draft a query or an acknowledgement; nothing is sent or kept.

        Args:
            letter: the letter; what a person confirmed of it counts.
            kind: of the draft.
            language: BCP 47; the sender's when not said.

        Raises:
            BadRequest: when there is no template in the language.
            Conflict: when a query is wanted and nothing is missing.
            TemplateFault: when the template cannot be filled.
        """
        report = confirmed_report(letter)
        said = {name: (report.get("metadata", {}).get(name) or {}).get("value") or "" for name in _STATED}
        occasion = Occasion(
            number=letter.number,
            received=letter.received_at.date(),
            office=self.office(),
            today=self.today(),
            sender=said["requesting_authority"],
            reference=said["reference"],
            dated=said["date"],
            missing=tuple(lacks_of(report.get("completeness", ()))),
        )
        return self.templates.draft(kind, language or self.language_for(letter, kind), occasion)


_STATED = ("requesting_authority", "reference", "date")
