"""Drafts of what to write back: a query for what is missing, an acknowledgement. A person sends them, or does not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

import jinja2
import yaml
from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from jinja2.sandbox import ImmutableSandboxedEnvironment

from intake.errors import BadRequest, Conflict, IntakeError

DraftKind = Literal["query", "acknowledgement"]
KINDS: tuple[DraftKind, ...] = get_args(DraftKind)
#: Severities that a sender is asked about, the worst first; the rest we find ourselves.
ASKED = ("blocking", "curable")
LONGEST = 100_000  #: characters of a draft
_LOCALES = {"en": "en-GB"}  #: day before month
#: Around numbers and names, whose parts a text from right to left would turn about (Unicode UAX 9).
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_SHIPPED = Path(__file__).with_name("templates")
_ELEMENTS = "elements.yaml"


class TemplateFault(IntakeError):
    """A template that cannot be used; the message names file, line and what to do."""

    code: ClassVar[str] = "template_fault"
    status: ClassVar[int] = 500
    remedy: ClassVar[str] = (
        "Correct the template at the file and line named, or remove it: the shipped one is used then."
    )


@dataclass(frozen=True, slots=True)
class Lack:
    """An element that the sender is asked for."""

    element: str  #: id in completeness.yaml
    severity: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a draft is about."""

    number: str  #: register number
    received: date
    office: str
    today: date
    sender: str = ""
    reference: str = ""  #: the sender's
    dated: str = ""  #: of the letter, ISO 8601
    missing: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A text for a person to send."""

    kind: DraftKind
    language: str
    text: str


class Templates:
    """The templates of an office, and for what it does not have those that come with Rogatory."""

    def __init__(self, own: Path | None = None) -> None:
        """Take the folder with the office's own ``<language>/<kind>.txt`` and ``<language>/elements.yaml``."""
        self._folders = [folder for folder in (own, _SHIPPED) if folder is not None]
        self._environment = ImmutableSandboxedEnvironment(
            loader=jinja2.FileSystemLoader(self._folders),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # plain text; the pages escape it
        )

    def languages(self, kind: DraftKind) -> tuple[str, ...]:
        """Languages in which there is a template (BCP 47), sorted."""
        return tuple(sorted({path.parent.name for one in self._folders for path in one.glob(f"*/{kind}.txt")}))

    def choose_language(self, kind: DraftKind, letter_language: str | None, state: str | None) -> str:
        """The letter's language where there is a template, else French for a State that speaks it, else English."""
        known = self.languages(kind)
        wishes = (letter_language or "", (letter_language or "").partition("-")[0])
        fallback = "fr" if "fr" in known and _speaks_french(state) else "en"
        return next((wish for wish in wishes if wish in known), fallback)

    def draft(self, kind: DraftKind, language: str, occasion: Occasion) -> Draft:
        """Fill a template.

        Raises:
            BadRequest: when there is no template of this kind in this language.
            Conflict: when a query is wanted and nothing is missing.
            TemplateFault: when the template cannot be filled.
        """
        if language not in self.languages(kind):
            raise BadRequest("There is no template in this language: choose one of the list.")
        if kind == "query" and not occasion.missing:
            raise Conflict("Nothing is missing that the sender could be asked for.")
        try:
            text = self._environment.get_template(f"{language}/{kind}.txt").render(self._values(language, occasion))
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(f"{error.filename}, line {error.lineno}: {error.message}: correct it there.") from error
        except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            where = f"{language}/{kind}.txt"
            raise TemplateFault(f"{where}: {type(error).__name__}: use the names that the manual lists.") from error
        return Draft(kind, language, text[:LONGEST])

    def check(self) -> None:
        """Fill every template once.

        Raises:
            TemplateFault: for the first that cannot be filled.
        """
        day, lacks = date(2000, 1, 1), (Lack("purpose", "curable"),)
        occasion = Occasion("2000-000001", day, "office", day, "sender", "1/2000", "2000-01-01", lacks)
        for kind in KINDS:
            for language in self.languages(kind):
                self.draft(kind, language, occasion)

    def _values(self, language: str, occasion: Occasion) -> Mapping[str, Any]:
        words, locale = self._elements(language), Locale.parse(_LOCALES.get(language, language), sep="-")
        dated = format_date(date.fromisoformat(occasion.dated), "long", locale=locale) if occasion.dated else ""
        is_turned = locale.text_direction == "rtl"

        def whole(text: str) -> str:
            return f"{_ISOLATE}{text}{_END_OF_ISOLATE}" if is_turned and text else text

        return {
            "number": whole(occasion.number),
            "received": format_date(occasion.received, "long", locale=locale),
            "today": format_date(occasion.today, "long", locale=locale),
            "office": occasion.office,
            "sender": whole(occasion.sender),
            "reference": whole(occasion.reference),
            "dated": dated,
            "missing": [
                {"text": words.get(one.element, one.element.replace("_", " ")), "blocking": one.severity == "blocking"}
                for one in occasion.missing
            ],
        }

    def _elements(self, language: str) -> Mapping[str, str]:
        """Plain words for the elements: the office's own over the shipped ones, English where both are silent."""
        words: dict[str, str] = {}
        for tongue in ("en", language):
            for folder in reversed(self._folders):
                words |= _read_elements(folder / tongue / _ELEMENTS)
        return words


def lacks_of(completeness: Sequence[Mapping[str, Any]]) -> Iterator[Lack]:
    """Yield what the sender is to be asked for, the worst first, from the report of a letter."""
    for severity in ASKED:
        for item in completeness:
            if item["state"] == "missing" and item["severity"] == severity:
                yield Lack(item["element"], severity)


def _read_elements(path: Path) -> Mapping[str, str]:
    if not path.is_file():
        return {}
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TemplateFault(f"{path}, line {line}: {error.problem}: correct the spelling there.") from error
    if not isinstance(content, dict):
        raise TemplateFault(f"{path}, line 1: elements with their words are expected: write 'purpose: …'.")
    return {str(element): str(words) for element, words in content.items()}


def _speaks_french(state: str | None) -> bool:
    """Whether French is an official language of a State (CLDR)."""
    spoken: Mapping[str, Any] = get_global("territory_languages").get(state or "", {})
    return str(spoken.get("fr", {}).get("official_status") or "").startswith(("official", "de_facto"))
