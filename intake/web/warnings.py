"""The counter's warnings, links and candidates of domestic law as the letter's page shows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.web import words
from intake.web.translation import N_, Texts
from storage.values import Link

#: What is the matter, and what to do.
WARNING: Mapping[str, tuple[str, str]] = {
    "wrong_addressee": (
        N_("The letter is addressed to another State: %(state)s."),
        N_("If that is so, send it back or on, and tell the sender; correct the requested State if it was misread."),
    ),
    "civil_matter": (
        N_("This is a civil matter, and this office handles criminal ones."),
        N_("Pass it to the central authority for civil matters."),
    ),
    "sender_not_designated": (
        N_("The directory does not name the sender as an authority for such requests."),
        N_("Look the sender up; if it is none, ask for the request through the central authority of its State."),
    ),
    "no_translation": (
        N_("No page is in a language that is accepted here: %(languages)s."),
        N_("Ask the sender for a translation."),
    ),
    "hearing_too_near": (
        N_("The hearing on %(date)s is in %(left)s working days; the act needs at least %(needed)s."),
        N_("Call the authority today, and ask the sender for a later date."),
    ),
    "limitation_near": (
        N_("The limitation period ends on %(date)s."),
        N_("Mark the letter urgent and tell the authority of the date."),
    ),
    "custody_near": (
        N_("The custody ends on %(date)s."),
        N_("Mark the letter urgent and tell the authority of the date."),
    ),
    "preservation_near": (
        N_("The data are kept until %(date)s only."),
        N_("Have the preservation prolonged before that day."),
    ),
    "deadline_over": (
        N_("The day that the letter names, %(date)s, is over."),
        N_("Ask the sender whether the act is still needed, and by when."),
    ),
    "illegible_pages": (
        N_("Pages that can hardly be read: %(pages)s."),
        N_("Scan them again, or ask the sender for a better copy."),
    ),
    "unsigned": (
        N_("No signature or seal was found."),
        N_("Look at the last page of the request; if there is none, ask the sender for it."),
    ),
    "copy_of_earlier": (
        N_("This letter came before, as %(number)s on %(date)s."),
        N_("Keep both together: the date of the first counts. Do not start the work twice."),
    ),
    "supplement": (
        N_("This letter adds to %(number)s."),
        N_("Send it to the authority that has the first letter."),
    ),
    "reminder": (
        N_("This letter is a reminder of %(number)s."),
        N_("Find out how far that letter is, and answer the sender."),
    ),
    "withdrawal": (
        N_("This letter takes %(number)s back."),
        N_("Tell the authority that has that letter to stop, today."),
    ),
    "follow_up": (
        N_("This letter belongs to %(number)s."),
        N_("Read that letter first, and send this one to the same authority."),
    ),
    "unknown_reference": (
        N_("The letter cites a number of ours that this register does not know."),
        N_("Look for it in the older registers."),
    ),
    "political": (
        N_("The letter speaks of a political offence or political motives."),
        N_("Show it to a lawyer before it goes on."),
    ),
    "military": (N_("The letter speaks of a military offence."), N_("Show it to a lawyer before it goes on.")),
    "nationality": (
        N_("The person is said to be a national of this State."),
        N_("Show it to a lawyer before it goes on."),
    ),
    "immunity": (N_("The letter speaks of immunity or amnesty."), N_("Show it to a lawyer before it goes on.")),
    "death_penalty": (
        N_("The letter speaks of the death penalty."),
        N_("Show it to a lawyer: an assurance may be needed."),
    ),
    "no_domestic_offence": (
        N_("No offence of the State's own law is named for: %(offence)s."),
        N_("Show it to a lawyer, who judges whether the act is punishable here too."),
    ),
}

LINK: Mapping[tuple[str, bool], str] = {
    ("copy", True): N_("The same letter, which came before"),
    ("copy", False): N_("The same letter, which came again"),
    ("supplement", True): N_("The letter that this one adds to"),
    ("supplement", False): N_("A letter that adds to this one"),
    ("reminder", True): N_("The letter that this one reminds of"),
    ("reminder", False): N_("A reminder of this letter"),
    ("withdrawal", True): N_("The letter that this one takes back"),
    ("withdrawal", False): N_("A letter that takes this one back"),
    ("follow_up", True): N_("An earlier letter that this one belongs to"),
    ("follow_up", False): N_("A later letter that belongs to this one"),
}


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning in words."""

    what: str
    do: str
    is_for_lawyer: bool
    evidence: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Another letter, and what it is to this one."""

    link: Link
    relation: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """What an offence may be in this State's law."""

    offence: str
    provisions: tuple[str, ...]


def warnings(report: Mapping[str, Any], texts: Texts) -> list[Warned]:
    """The warnings of a letter, in the order in which the counter gives them."""
    return [_warned(one, *WARNING[one["code"]], texts) for one in report.get("warnings", ()) if one["code"] in WARNING]


def what_is_warned(code: str, values: Mapping[str, Any], texts: Texts) -> str | None:
    """What one warning says, for use at the end of a sentence; None for one that is not known here."""
    return texts.say(WARNING[code][0], **_values(values, texts)).rstrip(".") if code in WARNING else None


def _warned(one: Mapping[str, Any], what: str, do: str, texts: Texts) -> Warned:
    said = texts.say(what, **_values(one["values"], texts))
    return Warned(said, texts.say(do), one["eye"] == "lawyer", tuple(one["evidence"]))


def _values(values: Mapping[str, Any], texts: Texts) -> Mapping[str, Any]:
    """Codes and dates in the reader's words."""
    return {name: _spoken(name, value, texts) for name, value in values.items()}


def _spoken(name: str, value: str | int, texts: Texts) -> str | int:
    code = str(value)
    if name == "number":
        return texts.apart(code)
    if name == "date":
        return texts.day(code)
    if name == "state":
        return texts.state(code)
    if name == "offence":
        return words.label(code, "offence", texts)
    if name == "languages":
        return texts.comma.join(texts.language_name(one) for one in code.split())
    return value


def relations(links: Iterable[Link], texts: Texts) -> list[Linked]:
    """The letters that a letter belongs to."""
    return [Linked(link, texts.say(LINK[link.kind, link.is_earlier])) for link in links]


def candidates(report: Mapping[str, Any], texts: Texts) -> list[Candidates]:
    """Provisions of this State's law that the offences of a letter may be."""
    return [
        Candidates(words.label(one["offence"], "offence", texts), _cited(one["provisions"]))
        for one in report.get("domestic_offences", ())
    ]


def _cited(provisions: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(f"{one['provision']} ({one['title']})" if one["title"] else one["provision"] for one in provisions)
