"""The reasons for a route in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.lists import format_list
from typing_extensions import override

from classifier.taxonomy import Facet
from intake.routing.wording import REASON, Speaker, is_list, speak
from intake.values import Reason
from intake.web import words
from intake.web.translation import N_, Texts
from intake.web.warnings import what_is_warned

STAGE = {
    "investigation": N_("investigation"),
    "trial": N_("trial"),
    "enforcement": N_("enforcement"),
    "unknown": N_("not known"),
}
MATTER = {"criminal": N_("criminal"), "civil": N_("civil"), "unknown": N_("not known")}


@dataclass(frozen=True, slots=True)
class Said:
    """A reason in words."""

    text: str
    language: str  #: BCP 47


def said(route: Mapping[str, Any], instruments: Mapping[str, str], texts: Texts) -> list[Said]:
    """The reasons for a route; those of a letter described before they had codes stay in English.

    Args:
        route: of a letter's report.
        instruments: names of treaties by their ids.
        texts: the reader's language.
    """
    english, grounds = route.get("reasons", ()), route.get("grounds", ())
    if len(english) != len(grounds):
        return [Said(reason, "en") for reason in english]
    return [_said(one, reason, instruments, texts) for one, reason in zip(grounds, english, strict=True)]


def _said(ground: Mapping[str, Any], english: str, instruments: Mapping[str, str], texts: Texts) -> Said:
    code, values = ground["code"], ground["values"]
    if "about" in values:
        values = {"warning": what_is_warned(values["warning"], values["about"], texts)}
    if code not in REASON or None in values.values():
        return Said(english, "en")
    return Said(speak(_reason({"code": code, "values": values}), _Reader(instruments, texts)), texts.language)


def _reason(given: Mapping[str, Any]) -> Reason:
    return Reason(given["code"], {name: _value(one) for name, one in given["values"].items()})


def _value(given: Any) -> Any:
    if isinstance(given, Mapping) and "values" in given:
        return _reason(given)
    return tuple(map(_value, given)) if isinstance(given, list) else given


@dataclass(frozen=True, slots=True)
class _Reader(Speaker):
    """Speaks one language of the pages."""

    instruments: Mapping[str, str]
    texts: Texts

    @override
    def say(self, template: str, values: Mapping[str, str]) -> str:
        return self.texts.say(template, **values)

    @override
    def word(self, name: str, value: object) -> str:
        if isinstance(value, float):
            return self.texts.percent(value)
        if isinstance(value, tuple):
            listed = [self._one(name.removeprefix("some_"), str(one)) for one in value]
            return self.texts.comma.join(listed) if is_list(name) else self._listed(listed, "or")
        return self._one(name, str(value))

    def _one(self, name: str, value: str) -> str:
        if name == "warning":
            return value
        if name in {"request_type", "request_types"}:
            return words.label(value, "request_type", self.texts)
        if name in {"offences", "heading", "labels"}:
            return self._label(value)
        for names, known in (({"stage", "stages"}, STAGE), ({"matter", "matters"}, MATTER)):
            if name in names:
                return words.named(known, value, self.texts)
        if name == "legal_bases":
            return self.texts.apart(self.instruments.get(value, value))
        return self.texts.state(value) if name == "states" else self.texts.apart(value)

    def _label(self, code: str) -> str:
        facet: Facet = "request_type" if code in words.labels("request_type") else "offence"
        return words.label(code, facet, self.texts)

    @override
    def join(self, joint: str, parts: Sequence[str]) -> str:
        if joint == " and ":
            return self._listed(parts, "standard")
        return (self.texts.say("; ") if joint == "; " else self.texts.say(joint)).join(parts)

    def _listed(self, parts: Sequence[str], style: Any) -> str:
        return format_list(list(parts), style, self.texts.locale)
