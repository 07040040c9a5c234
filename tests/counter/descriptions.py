"""Descriptions of letters as the counter gets them."""

from dataclasses import replace
from datetime import date
from typing import Any

from classifier.values import Classification, Label
from intake.counter.counter import Counter
from intake.counter.rules import CounterRules
from intake.values import Deadline, Description, Document, Metadata, PageReading, Stated

TODAY = date(2026, 3, 2)  # a Monday
RULES = CounterRules(state="KZ", languages=frozenset({"kk", "ru"}), matters=frozenset({"criminal"}))


def described(*types: str, offences: tuple[str, ...] = (), language: str = "ru", **metadata: Any) -> Description:
    """A request of one page."""
    labels = tuple(Label(code, 0.9, ()) for code in types or ("taking_evidence",))
    charged = tuple(Label(code, 0.9, ()) for code in offences)
    found = Classification(True, 0.9, labels, charged, (), certain=True, model="told")
    return Description(language, (Document("request", 1, 1, language),), found, replace(Metadata(), **metadata))


def read(text: str, language: str = "en") -> PageReading:
    return PageReading(1, text, language, 0.99, None, 0, 0.0, 0.95, "text", "test")


def warned(description: Description, text: str = "", counter: Counter | None = None, **rules: Any) -> dict[str, Any]:
    """Codes of the warnings with their values."""
    at = counter or Counter(replace(RULES, **rules), today=lambda: TODAY)
    language = description.language or "en"
    return {one.code: dict(one.values) for one in at.look(description, [read(text, language)]).warnings}


def hearing(day: str, kind: Any = "hearing") -> Deadline:
    return Deadline(day, kind, 0.9)


def said(value: str) -> Stated[str]:
    return Stated(value, 0.9)
