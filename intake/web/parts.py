"""The parts of a letter and who gets them, as its page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.web import words
from intake.web.translation import N_, Texts
from storage.values import Entry

_PROPOSED = N_("proposed")
_WAITING = N_("waits in the queue")
_LEASED = N_("held by the case system")
_TAKEN = N_("taken over %(at)s")


@dataclass(frozen=True, slots=True)
class PartView:
    """One line of the list of parts."""

    number: str  #: register number with the part; empty before it is posted, and for copies and notices
    authority: str
    kind: str  #: in words
    measures: str
    then: str  #: who gets it afterwards
    standing: str  #: whether it waits, is held, or was taken over


def parts(route: Mapping[str, Any], entries: Sequence[Entry], names: Mapping[str, str], texts: Texts) -> list[PartView]:
    """All that got or is to get a letter: the entries as they stand, or as they are proposed while there are none."""
    if entries:
        return [_posted(entry, names, texts) for entry in entries]
    acting = [_line(part["authority"], "act", part, names, texts) for part in route.get("parts", ())]
    told = [(kind, code) for kind in ("copy", "notice") for code in route.get(_LISTS[kind], ())]
    return [*acting, *(_line(code, kind, {}, names, texts) for kind, code in told)]


_LISTS = {"copy": "copies", "notice": "notices"}


def _line(code: str, kind: str, part: Mapping[str, Any], names: Mapping[str, str], texts: Texts) -> PartView:
    return PartView(
        number="",
        authority=names.get(code, code),
        kind=words.named(words.ENTRY, kind, texts),
        measures=_measures(part.get("request_types", ()), texts),
        then=texts.comma.join(names.get(each, each) for each in part.get("then", ())),
        standing=texts.say(_PROPOSED),
    )


def _posted(entry: Entry, names: Mapping[str, str], texts: Texts) -> PartView:
    standing = texts.say(_TAKEN, at=texts.moment(entry.acknowledged_at)) if entry.acknowledged_at else ""
    waiting = _LEASED if entry.leased_until else _WAITING
    return PartView(
        number=entry.part_number or "",
        authority=names.get(entry.authority, entry.authority),
        kind=words.named(words.ENTRY, entry.kind, texts),
        measures=_measures(entry.request_types, texts),
        then=texts.comma.join(names.get(each, each) for each in entry.then),
        standing=standing or texts.say(waiting),
    )


def _measures(codes: Sequence[str], texts: Texts) -> str:
    return texts.comma.join(words.label(code, "request_type", texts) for code in codes)
