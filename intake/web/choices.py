"""What the fields of the confirmation form offer to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pycountry

from classifier.taxonomy import Facet
from intake.reading.languages import LANGUAGES
from intake.web.translation import Texts
from intake.web.views import Proposal
from intake.web.words import labels


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    code: str
    name: str
    proposal: Proposal | None = None  #: why the program offers it
    is_foremost: bool = False  #: proposed or ticked: shown at once, the others on demand


def codes(facet: Facet, proposals: Sequence[Proposal], ticked: Sequence[str], texts: Texts) -> list[Choice]:
    """All codes of a facet: the proposed ones first, then those that the person ticked, then the rest by name."""
    names = {code: texts.say(name) for code, name in labels(facet).items()}
    given = {one.code: one for one in proposals if one.code in names}
    foremost = dict.fromkeys([*given, *(code for code in ticked if code in names)])
    rest = sorted(names.keys() - foremost, key=lambda code: (code == "other", names[code]))
    choices = [Choice(code, names[code], given.get(code)) for code in (*foremost, *rest)]
    return [replace(choice, is_foremost=choice.code in foremost) for choice in choices]


def states(texts: Texts) -> list[Choice]:
    """All States and territories of ISO 3166-1 by their names."""
    found = [Choice(country.alpha_2, texts.state(country.alpha_2)) for country in pycountry.countries]
    return sorted(found, key=lambda choice: choice.name)


def authorities(names: Mapping[str, str], route: Mapping[str, Any]) -> list[Choice]:
    """Competent authorities that have a queue here, first those that the rules name or bring into question."""
    named = [route.get("authority"), *(one["authority"] for one in route.get("candidates", ()))]
    foremost = [code for code in dict.fromkeys(named) if code in names]
    rest = [code for code in names if code not in foremost]
    return [Choice(code, names[code], is_foremost=code in foremost) for code in (*foremost, *rest)]


def languages(texts: Texts) -> list[Choice]:
    """All languages in which a page can be read, by their names."""
    found = [Choice(code, texts.language_name(code)) for code in LANGUAGES]
    return sorted(found, key=lambda choice: choice.name)
