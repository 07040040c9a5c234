"""Who gets a letter and for what: the entries to be posted, from the route proposed or from a person's word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

EntryKind = Literal["act", "copy", "notice"]


@dataclass(frozen=True, slots=True)
class Posting:
    """One entry to be."""

    authority: str
    kind: EntryKind = "act"
    request_types: tuple[str, ...] = ()  #: measures that this authority must take; empty for copies and notices
    then: tuple[str, ...] = ()  #: queues that get the part afterwards, in order


def proposed_postings(route: Mapping[str, Any]) -> list[Posting]:
    """Entries for the route of a description."""
    parts = [Posting(one["authority"], "act", tuple(one["request_types"]), tuple(one["then"])) for one in _parts(route)]
    acting = parts or [Posting(route["authority"])] if route["authority"] else []
    return _once([*acting, *_told(route["copies"], route.get("notices", ()))])


def confirmed_postings(said: Mapping[str, Any], route: Mapping[str, Any] | None) -> list[Posting]:
    """Entries for what a person confirmed.

    Measures stay with the authority for which the route had them; those that are left go to the first. A chain stays
    with its authority.

    Args:
        said: the confirmation.
        route: as the program proposed it; None when there was none.
    """
    if said["authority"] is None:
        return _once(_told(said["copies"], said.get("notices", ())))
    proposed = {part["authority"]: part for part in _parts(route or {})}
    acting = list(dict.fromkeys([said["authority"], *said.get("also", ())]))
    own = {
        code: [t for t in proposed.get(code, {}).get("request_types", ()) if t in said["request_types"]]
        for code in acting
    }
    taken = {kind for kinds in own.values() for kind in kinds}
    own[acting[0]] += [kind for kind in said["request_types"] if kind not in taken]
    parts = [Posting(code, "act", tuple(own[code]), tuple(proposed.get(code, {}).get("then", ()))) for code in acting]
    return _once([*parts, *_told(said["copies"], said.get("notices", ()))])


def _parts(route: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return route.get("parts") or ()


def _told(copies: Iterable[str], notices: Iterable[str]) -> list[Posting]:
    return [*(Posting(code, "copy") for code in copies), *(Posting(code, "notice") for code in notices)]


def _once(postings: Iterable[Posting]) -> list[Posting]:
    """One entry for each authority, the strongest: to act before a copy, a copy before a notice."""
    kept: dict[str, Posting] = {}
    for posting in postings:
        kept.setdefault(posting.authority, posting)
    return list(kept.values())
