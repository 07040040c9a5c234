"""Small builders for tests of the classifier."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from classifier.model import Model
from classifier.samples import Span, TrainingLetter
from classifier.training import train

_ASKS = {
    "bank_records": "Please send us certified statements of the bank account and the account opening papers.",
    "taking_evidence": "We ask that the witness be questioned and the statement recorded.",
    "extradition": "We request the extradition of the accused to our country.",
    "service_of_documents": "Kindly have the attached summons served on the addressee and return the receipt.",
}
_OFFENCES = {
    "fraud": "The court investigates a fraud committed against investors.",
    "homicide": "The accused is charged with murder.",
    "drug_trafficking": "He is suspected of drug trafficking under the penal code.",
}
_PAST = "The house was searched in March and the money was frozen at that time."


def make_letter(number: int, *, is_request: bool = True, language: str = "en") -> TrainingLetter:
    """Build a small letter with marked spans; number decides its codes, template and wording."""
    ask = list(_ASKS)[number % len(_ASKS)]
    offence = list(_OFFENCES)[number % len(_OFFENCES)]
    opening = f"District Court of Northtown, room {number}\n\nNo. {number * 37}/2021\n\n"
    asked = _ASKS[ask] if is_request else "We have received no reply to our request and ask about its status."
    named = _OFFENCES[offence]
    text = f"{opening}{named} {_PAST}\n\n{asked}\n\nYours faithfully, Judge {number}"
    spans = [_span(text, "offence", offence, named), _span(text, "past", "search_and_seizure", _PAST)]
    if is_request:
        spans.append(_span(text, "ask", ask, asked))
    return TrainingLetter(
        id=f"{language}-{number}",
        language=language,
        template=f"{language}-template-{number % 2}",
        kind="request" if is_request else "reminder",
        is_request=is_request,
        civil=False,
        request_types=(ask,) if is_request else ("other",),
        offences=(offence,),
        spans=tuple(spans),
        text=text,
        origin="made for a test",
    )


@cache
def tiny_model() -> Model:
    """A tiny model, really trained, for tests outside the classifier's own."""
    return train([make_letter(n, is_request=n % 5 != 4) for n in range(30)], seed=3)[0]


def make_line(**changes: Any) -> dict[str, Any]:
    """Build one line of a training file as a mapping."""
    letter = make_letter(1)
    line: dict[str, Any] = {name: getattr(letter, name) for name in TrainingLetter.__slots__ if name != "weight"}
    line["spans"] = [{"role": s.role, "code": s.code, "start": s.start, "end": s.end} for s in letter.spans]
    return line | changes


def write_lines(directory: Path, *lines: Mapping[str, Any]) -> Path:
    """Write a training directory with one file of these lines."""
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (directory / "en.jsonl").write_text(content, encoding="utf-8")
    return directory


def _span(text: str, role: str, code: str, words: str) -> Span:
    start = text.index(words)
    return Span(role, code, start, start + len(words))
