"""What the reasons of a route say: a sentence for each code, and its values in English.

Programs read code and values, people the sentence; the pages say the same templates in other languages.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from typing_extensions import override

from intake.values import Reason

#: Sentences, and the parts that stand inside one (those without a full stop).
REASON: Mapping[str, str] = {
    "classifier_uncertain": "The classifier is not certain of this letter.",
    "request_uncertain": "It is not certain that this is a request (confidence %(confidence)s).",
    "label_uncertain": "%(heading)s is not certain (confidence %(confidence)s).",
    "suspected": "It may also be about %(some_labels)s.",
    "language_unknown": "The language of the letter could not be told.",
    "part_language_unknown": "A part of the letter is in a language that could not be told.",
    "hardly_legible": "Hardly legible: page %(pages)s; compare with the scan or ask for another copy.",
    "not_a_request": "This does not look like a request (confidence %(confidence)s); a person says where it belongs.",
    "no_request_type": "No request type could be told.",
    "undetermined": "Competence undetermined: no authority follows from the profile %(profile)s.",
    "candidates": "Candidates, most likely first: %(candidates)s.",
    "candidate": "%(authority)s: %(rule)s",
    "rule": "%(why)s (profile %(profile)s, line %(line)s)",
    "together": "%(met)s",
    "no_rule": "No rule fits.",
    "several_rules": "Several rules fit or may fit (lines %(lines)s), for different authorities.",
    "also_undetermined": "It also asks for %(request_type)s, for which competence is undetermined. %(why_open)s",
    "also_for": "It also asks for %(request_type)s, which is for %(authority)s.",
    "told": "%(authority)s is told that the letter came.",
    "may_be_for": "It may be for %(authority)s: %(rule)s.",
    "confirm": "A person must confirm: %(step)s",
    "chosen": "%(authority)s: %(met)s (profile %(profile)s, line %(line)s).",
    "chosen_unverified": "%(authority)s: %(met)s (profile %(profile)s, line %(line)s). The rule is marked unverified.",
    "in_turn": "%(authority)s, then %(next)s",
    "by_default": "no special rule applies, so it goes to the authority for all other letters",
    "stage": "The stage of the proceedings is taken to be %(stage)s.",
    "stage_shown": "The stage of the proceedings is taken to be %(stage)s, as shown by: %(shown_by)s.",
    "stage_by_measure": "what it asks for is asked after a judgment or an order",
    "stage_by_hearing": "a hearing is ahead",
    "stage_by_words": "the words %(words)s",
    "met_request_types": "it asks for %(request_types)s",
    "met_offences": "it concerns %(offences)s",
    "met_stage": "the proceedings are at the stage of %(stages)s",
    "met_matter": "the matter is %(matters)s",
    "met_legal_basis": "it rests on %(legal_bases)s",
    "met_requesting_state": "it comes from %(states)s",
    "met_origin": "it was written by %(origins)s",
    "met_place": "it names %(some_places)s",
    "not_known": "not known: %(asked)s",
    "not_fitting": "does not fit: %(asked)s",
    "asked_request_types": "what it asks for (%(some_request_types)s)",
    "asked_offences": "the offence (%(some_offences)s)",
    "asked_stage": "the stage of the proceedings (%(some_stages)s)",
    "asked_matter": "whether it is civil or criminal (%(some_matters)s)",
    "asked_legal_basis": "the legal basis (%(some_legal_bases)s)",
    "asked_requesting_state": "the requesting State (%(some_states)s)",
    "asked_origin": "the requesting authority (%(some_origins)s)",
    "asked_place": "the place (%(some_places)s)",
    "warns_registry": "The counter warns for the registry: %(warning)s.",
    "warns_lawyer": "The counter warns for a lawyer: %(warning)s.",
    "confirmed": "Confirmed by the registry.",
}
#: What stands between several reasons under one name; under others a comma.
JOINTS: Mapping[str, str] = {"met": " and ", "why": "; ", "candidates": "; ", "why_open": " "}
#: Names under which several values are listed; under others any of them will do.
LISTED = frozenset({"pages", "lines", "words"})


class Speaker(Protocol):
    """Says templates and values in one language."""

    def say(self, template: str, values: Mapping[str, str]) -> str:
        """Return a template with its values filled in."""
        ...

    def word(self, name: str, value: object) -> str:
        """Return a value in words; what kind of value it is shows in its name."""
        ...

    def join(self, joint: str, parts: Sequence[str]) -> str:
        """Return several reasons as one, ``joint`` as in ``JOINTS`` between them."""
        ...


def speak(reason: Reason, speaker: Speaker) -> str:
    """Return a reason in the words of a language."""
    return speaker.say(REASON[reason.code], {name: _part(name, one, speaker) for name, one in reason.values.items()})


def _part(name: str, value: object, speaker: Speaker) -> str:
    if isinstance(value, Reason):
        return speak(value, speaker)
    if isinstance(value, tuple) and value and all(isinstance(one, Reason) for one in value):
        return speaker.join(JOINTS.get(name, ", "), [speak(one, speaker) for one in value])
    return speaker.word(name, value)


def is_list(name: str) -> bool:
    """Whether the values of this name are listed one and all."""
    return name in LISTED or name.startswith("some_")


def in_english(reason: Reason) -> str:
    """Return a reason in English.

    >>> in_english(Reason("also_for", {"request_type": "bank_records", "authority": "The Court"}))
    'It also asks for bank records, which is for The Court.'
    """
    return speak(reason, _English())


_CODES = frozenset({"request_type", "stage", "warning"})


class _English(Speaker):
    @override
    def say(self, template: str, values: Mapping[str, str]) -> str:
        return template % values

    @override
    def word(self, name: str, value: object) -> str:
        if isinstance(value, float):
            return f"{value:.2f}"
        if isinstance(value, tuple):
            words = [f"“{one}”" if name == "words" else _plain(str(one)) for one in value]
            return ", ".join(words) if is_list(name) else _either(words)
        if name == "heading":
            return _plain(str(value)).capitalize()
        return _plain(str(value)) if name in _CODES else str(value)

    @override
    def join(self, joint: str, parts: Sequence[str]) -> str:
        return joint.join(parts)


def _plain(code: str) -> str:
    """A code in words."""
    return code.replace("_", " ")


def _either(listed: Sequence[str]) -> str:
    """Values any of which will do."""
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"
