"""What a letter names beside its own data, as its page shows it: accounts, companies, annexes, differences …"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from intake.web.translation import N_, Texts
from intake.web.words import named

KIND = {
    "iban": N_("IBAN"),
    "account": N_("account"),
    "card": N_("payment card"),
    "company": N_("company"),
    "plate": N_("registration plate"),
    "vin": N_("vehicle identification number"),
    "phone": N_("telephone"),
    "imei": N_("device number (IMEI)"),
    "ip": N_("IP address"),
    "domain": N_("domain"),
    "url": N_("web address"),
    "email": N_("e-mail account"),
    "passport": N_("passport"),
    "identity_card": N_("identity card"),
    "personal_number": N_("personal number"),
    "tax_number": N_("tax or company number"),
}
CHANNEL_STATED = {
    "diplomatic": N_("Diplomatic channel"),
    "interpol": N_("Interpol"),
    "eurojust": N_("Eurojust"),
    "direct": N_("Directly from authority to authority"),
    "post": N_("Post"),
    "electronic": N_("Electronically"),
}
ANNEX = {
    "came": N_("came"),
    "missing": N_("announced but not found: look for it, or ask the sender"),
    "unannounced": N_("came without being announced"),
}
DIFFERENCE = {"number": N_("number"), "date": N_("date"), "name": N_("name"), "account": N_("account")}
#: Lists of the metadata, with what they are called on the page.
_LISTS = {
    "accounts": N_("Accounts and cards"),
    "companies": N_("Companies"),
    "identifiers": N_("Numbers of persons and companies"),
    "vehicles": N_("Vehicles"),
    "phones": N_("Telephones and devices"),
    "servers": N_("Internet addresses"),
}
_DOUBTFUL = N_("check digits do not agree: compare with the page")
_NO_NUMBER = N_("no number that exists: compare with the page")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the letter names."""

    text: str
    notes: tuple[str, ...]  #: what else is known of it
    evidence: tuple[Mapping[str, Any], ...]
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one sort."""

    title: str
    lines: tuple[Line, ...]


def groups(report: Mapping[str, Any], texts: Texts) -> tuple[Group, ...]:
    """Everything that the letter names, sort by sort; what it does not name is left out."""
    metadata = report.get("metadata", {})
    found = [
        Group(texts.say("Came by"), tuple(_channel(metadata.get("channel"), texts))),
        Group(texts.say("Contact"), tuple(_contact(metadata.get("contact")))),
        *(
            Group(texts.say(title), tuple(_particular(one, texts) for one in metadata.get(name, ())))
            for name, title in _LISTS.items()
        ),
        Group(texts.say("Provisions cited"), tuple(_provision(one, texts) for one in metadata.get("provisions", ()))),
        Group(texts.say("Annexes"), tuple(_annex(one, texts) for one in metadata.get("annexes", ()))),
        Group(
            texts.say("Original and translation differ"),
            tuple(_difference(one, texts) for one in report.get("differences", ())),
        ),
    ]
    return tuple(group for group in found if group.lines)


def identifiers(person: Mapping[str, Any], texts: Texts) -> tuple[str, ...]:
    """Passport and other numbers of a person."""
    return tuple(f"{named(KIND, one['kind'], texts)} {one['value']}" for one in person.get("identifiers", ()))


def _channel(said: Mapping[str, Any] | None, texts: Texts) -> Iterable[Line]:
    if said and said.get("value"):
        yield Line(named(CHANNEL_STATED, said["value"], texts), (), tuple(said["evidence"]))


def _contact(said: Mapping[str, Any] | None) -> Iterable[Line]:
    parts = [said[name] for name in ("person", "phone", "email") if said.get(name)] if said else []
    if said and parts:
        yield Line(str(parts[0]), tuple(map(str, parts[1:])), tuple(said["evidence"]))


def _particular(one: Mapping[str, Any], texts: Texts) -> Line:
    notes = [named(KIND, one["kind"], texts)] if one["kind"] not in ("company", "phone") else []
    notes += [texts.state(one["state"])] if one.get("state") else []
    doubt = _NO_NUMBER if one["kind"] == "phone" else _DOUBTFUL
    if one.get("valid") is False:
        notes.append(texts.say(doubt))
    return Line(one["value"], tuple(notes), tuple(one["evidence"]), one.get("valid") is False)


def _provision(one: Mapping[str, Any], texts: Texts) -> Line:
    notes = (texts.state(one["state"]),) if one.get("state") else ()
    return Line(f"{one['value']} {one['law']}", notes, tuple(one["evidence"]))


def _annex(one: Mapping[str, Any], texts: Texts) -> Line:
    state = named(ANNEX, one["state"], texts)
    document = (texts.say("part %(number)s", number=one["document"]),) if one.get("document") else ()
    label = one.get("label")
    text = one["value"] if not label or label in one["value"] else f"{label}. {one['value']}"
    return Line(text, (state, *document), tuple(one["evidence"]), one["state"] == "missing")


def _difference(one: Mapping[str, Any], texts: Texts) -> Line:
    kind = named(DIFFERENCE, one["kind"], texts)
    value = texts.day(one["value"]) if one["kind"] == "date" else one["value"]
    where = texts.say("in part %(here)s, not in part %(there)s", here=one["stands_in"], there=one["lacks_in"])
    return Line(value, (kind, where), tuple(one["evidence"]), True)
