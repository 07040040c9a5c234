"""Small builders for tests."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from storage.values import Actor, NewLetter

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CLERK = Actor("person", "clerk", role="registry")


def case_system(authority: str = "prosecutor-general", key: str = "key-1") -> Actor:
    return Actor("case_system", key, authority=authority)


def new_letter(content: bytes = b"letter", **changes: Any) -> NewLetter:
    values: dict[str, Any] = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "byte_size": len(content),
        "media_type": "application/pdf",
        "name": "letter.pdf",
        "channel": "upload",
        "received_at": NOW,
    }
    return NewLetter(**{**values, **changes})


def description(
    authority: str | None = "prosecutor-general", *, review: bool = False, urgent: bool = False
) -> dict[str, Any]:
    """What `inspect` says of an invented letter."""
    return {
        "language": "mn",
        "documents": [{"kind": "request", "first_page": 1, "last_page": 1, "language": "mn"}],
        "is_request": {"value": True, "confidence": 0.97},
        "request_types": [{"code": "bank_records", "confidence": 0.91, "evidence": [{"page": 1, "quote": "данс"}]}],
        "offences": [{"code": "embezzlement", "confidence": 0.88, "evidence": []}],
        "suspected": [],
        "metadata": {
            "requesting_state": {"value": "MN", "confidence": 0.99, "evidence": []},
            "reference": {"value": "14/80-1969", "confidence": 0.9, "evidence": []},
            "urgent": {"value": urgent, "confidence": 0.9, "evidence": []},
        },
        "completeness": [],
        "route": {"authority": authority, "copies": [], "review": review, "reasons": ["Bank records go there."]},
        "model": "test",
    }


def confirmation(authority: str | None = "prosecutor-general", **changes: Any) -> dict[str, Any]:
    """What a person confirms."""
    values: dict[str, Any] = {
        "is_request": True,
        "request_types": ["bank_records"],
        "offences": ["embezzlement"],
        "metadata": {"requesting_state": "MN"},
        "urgent": False,
        "authority": authority,
        "copies": [],
        "note": "",
    }
    return {**values, **changes}
