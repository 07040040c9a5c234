"""From what the office knows of a letter to the values that a page shows; nothing is decided here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from classifier.taxonomy import Facet
from intake.api.letters import error_of
from intake.confirmation import confirmed_report
from intake.values import Metadata
from intake.web import words
from intake.web.grounds import Said, said
from intake.web.translation import Texts
from storage.values import Event, Letter


@dataclass(frozen=True, slots=True)
class Row:
    """A letter in the register's table."""

    letter: Letter
    status: str
    state: str
    language: str
    types: str
    authority: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that the program or a person says of the letter, with the places that show it."""

    code: str
    name: str
    sure: str  #: in words and per cent; empty where a person said it
    evidence: tuple[Mapping[str, Any], ...]  #: each with ``page`` and ``quote``


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a page's text."""

    text: str
    is_evidence: bool


@dataclass(frozen=True, slots=True)
class LetterView:
    """Everything that the letter's page shows beside its pages and its form."""

    letter: Letter
    status: str
    remedy: str  #: what to do about the error that stopped the letter; empty without one
    report: Mapping[str, Any]
    request: Proposal | None
    types: tuple[Proposal, ...]
    offences: tuple[Proposal, ...]
    suspected: tuple[str, ...]
    route: Mapping[str, Any]
    reasons: tuple[Said, ...]  #: for the route
    lacking: tuple[Mapping[str, Any], ...]
    flags: tuple[str, ...]


def row(letter: Letter, authorities: Mapping[str, str], texts: Texts) -> Row:
    """One line of the register."""
    types = confirmed_report(letter).get("request_types", [])
    return Row(
        letter,
        status_words(letter, texts),
        texts.state(letter.requesting_state) if letter.requesting_state else "",
        texts.language_name(letter.language) if letter.language else "",
        texts.comma.join(words.label(one["code"], "request_type", texts) for one in types),
        authorities.get(letter.authority, letter.authority) if letter.authority else "",
    )


def status_words(letter: Letter, texts: Texts) -> str:
    """Status, with the pages read while the letter is being read."""
    name = words.named(words.STATUS, letter.status, texts)
    if letter.status != "reading" or not letter.page_count:
        return name
    read = texts.say("%(read)s of %(total)s pages", read=letter.pages_read, total=letter.page_count)
    return f"{name}: {read}"


def letter_view(letter: Letter, texts: Texts) -> LetterView:
    """The letter as its page shows it."""
    report = confirmed_report(letter)
    error = error_of(letter)
    remedy = error["remedy"] if error else ""
    request = report.get("is_request")
    return LetterView(
        letter,
        status_words(letter, texts),
        texts.say(remedy),
        report,
        _proposal("", "", request, letter, texts) if request else None,
        _proposals(report.get("request_types", []), "request_type", letter, texts),
        _proposals(report.get("offences", []), "offence", letter, texts),
        tuple(_suspected(report.get("suspected", []), texts)),
        report.get("route") or {},
        tuple(said(report.get("route") or {}, instruments(texts.language), texts)),
        tuple(_lacking(report.get("completeness", []), texts)),
        tuple(words.flag(code, texts) for code in letter.flags),
    )


def _proposals(given: Iterable[Mapping[str, Any]], facet: Facet, letter: Letter, texts: Texts) -> tuple[Proposal, ...]:
    return tuple(_proposal(one["code"], words.label(one["code"], facet, texts), one, letter, texts) for one in given)


def _proposal(code: str, name: str, said: Mapping[str, Any], letter: Letter, texts: Texts) -> Proposal:
    sure = "" if letter.confirmation else words.sureness(said["confidence"], texts)
    return Proposal(code, name, sure, tuple(said.get("evidence", ())))


def _suspected(given: Iterable[Mapping[str, Any]], texts: Texts) -> Iterable[str]:
    types = words.labels("request_type")
    for one in given:
        facet: Facet = "request_type" if one["code"] in types else "offence"
        yield f"{words.label(one['code'], facet, texts)} ({words.sureness(one['confidence'], texts)})"


def _lacking(completeness: Iterable[Mapping[str, Any]], texts: Texts) -> Iterable[Mapping[str, Any]]:
    for item in completeness:
        if item["state"] != "found":
            yield {
                "name": words.named(words.ELEMENT, item["element"], texts),
                "state": words.named(words.STATE_OF_ELEMENT, item["state"], texts),
                "severity": words.named(words.SEVERITY, item["severity"] or "", texts),
                "source": item.get("source", ""),
                "is_missing": item["state"] == "missing",
            }


def stated(report: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What the letter says under one heading of its metadata; silence where it was not asked."""
    silence: dict[str, Any] = {"value": None, "confidence": 0.0, "evidence": []}
    return {**silence, **report.get("metadata", {}).get(name, {})}


def metadata(report: Mapping[str, Any]) -> Mapping[str, Any]:
    """All that the letter says of itself, silence included, by the names of ``Metadata``."""
    lists = {one.name for one in fields(Metadata) if one.default == ()}
    given = report.get("metadata", {})
    single = {one.name: {"kind": None, **stated(report, one.name)} for one in fields(Metadata) if one.name not in lists}
    return {**single, **{name: given.get(name, []) for name in lists}}


def found_on(report: Any, number: int) -> set[str]:
    """All quotes, anywhere in a report, that stand on one page."""
    if isinstance(report, Mapping):
        own = {str(report["quote"])} if report.get("page") == number and report.get("quote") else set()
        return own.union(*(found_on(inner, number) for inner in report.values()))
    if isinstance(report, list):
        return set().union(*(found_on(inner, number) for inner in report))
    return set()


def pieces(text: str, quotes: Iterable[str]) -> list[Piece]:
    """Cut a text into evidence and the rest; a quote may be broken over lines.

    >>> [piece.text for piece in pieces("the account of Ann", ["account  of"]) if piece.is_evidence]
    ['account of']
    """
    patterns = [r"\s+".join(map(re.escape, quote.split())) for quote in sorted(quotes, key=len, reverse=True)]
    wanted = "|".join(pattern for pattern in patterns if pattern)
    if not wanted:
        return [Piece(text, False)] if text else []
    parts = re.split(f"({wanted})", text)
    return [Piece(part, place % 2 == 1) for place, part in enumerate(parts) if part]


def page_view(reading: Mapping[str, Any], report: Mapping[str, Any], texts: Texts) -> Mapping[str, Any]:
    """One page as the viewer shows it."""
    language = reading.get("language")
    return {
        "number": reading["number"],
        "pieces": pieces(reading["text"], found_on(report, reading["number"])),
        "language": language,
        "language_name": texts.language_name(language) if language else texts.say("language not certain"),
        "legibility": texts.percent(reading.get("legibility", 0.0)),
        "flags": [words.flag(code, texts) for code in reading.get("flags", ())],
    }


def history(events: Iterable[Event], people: Mapping[str, str], texts: Texts) -> list[Mapping[str, Any]]:
    """Lines of the trail, newest first; ``people`` gives names for the ids of accounts and keys."""
    lines: list[Mapping[str, Any]] = []
    for event in events:
        kind, _, who = event.actor.partition(":")
        name = texts.say("Rogatory") if kind == "system" else people.get(who, who)
        reason = event.details.get("reason", "")
        action = words.named(words.ACTION, event.action, texts)
        lines.append({"at": event.at, "who": name, "action": action, "reason": reason, "is_look": _is_look(event)})
    return lines[::-1]


def _is_look(event: Event) -> bool:
    return event.action in {"viewed", "delivered"}


@cache
def instruments(language: str) -> Mapping[str, str]:
    """Names of treaties, in a language where they have one, by the ids under which letters cite them."""
    text = files("intake.describing").joinpath("legal_bases.yaml").read_text(encoding="utf-8")
    raw = yaml.load(text, Loader=yaml.CSafeLoader)
    return {one["id"]: one.get("names", {}).get(language, one["name"]) for one in raw["instruments"]}
