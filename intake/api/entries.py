"""What is told of the entries of a letter, and of a letter to an authority that is only to know that it came."""

from typing import Any

from intake.confirmation import confirmed_report
from storage.values import Entry, Letter


def entry_report(entry: Entry) -> dict[str, Any]:
    """An entry: whose it is, for what, and whether it was taken over."""
    return {
        "entry": entry.id,
        "authority": entry.authority,
        "kind": entry.kind,
        "part": entry.part_number,
        "request_types": list(entry.request_types),
        "then": list(entry.then),
        "acknowledged_at": entry.acknowledged_at.isoformat() if entry.acknowledged_at else None,
    }


def notice_report(letter: Letter) -> dict[str, Any]:
    """What an authority learns that is told of a letter: that it came, when, whence and what it is about; no words."""
    report = confirmed_report(letter)
    route = report.get("route") or {}
    return {
        "id": str(letter.id),
        "number": letter.number,
        "status": letter.status,
        "received_at": letter.received_at.isoformat(),
        "registered_at": letter.registered_at.isoformat(),
        "requesting_state": letter.requesting_state,
        "request_types": [{"code": label["code"]} for label in report.get("request_types", ())],
        "offences": [{"code": label["code"]} for label in report.get("offences", ())],
        "route": {"authority": route.get("authority")},
    }
