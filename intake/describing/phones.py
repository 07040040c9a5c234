"""Telephone numbers and devices that a letter names."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers
from stdnum import imei

from intake.describing.cues import Cues
from intake.describing.labelled import number_after
from intake.describing.text import LetterText, Span
from intake.metadata import Particular

FEWEST = 6  #: figures of a number
BESIDE = 30  #: characters before a device's number in which the word for it stands
_INTERNATIONAL = re.compile(r"(?<![\w.+])(?:\+|00)\s?\(?\d[\d\s().\-/]{5,22}\d(?!\w)")
_IMEI = re.compile(r"(?<![\w.+])(?:\d[ -]?){14}\d(?!\w)")


def find_phones(text: LetterText, cues: Cues, states: Sequence[str]) -> Iterator[tuple[Span, Particular]]:
    """Yield numbers with their place in the folded text.

    Args:
        text: the letter.
        cues: its cues.
        states: ISO 3166-1 alpha-2 codes of the States whose numbers may be written without their calling code.
    """
    taken: list[Span] = []
    for span, found in (*_devices(text, cues), *_international(text, cues)):
        taken.append(span)
        yield span, found
    for cue in cues.of("phone"):
        following = number_after(text, cue.end, FEWEST)
        if following is None or any(following.start < other.end and other.start < following.end for other in taken):
            continue
        span = _without_text(text, following)
        taken.append(span)
        yield span, _labelled(text, cue.start, span, states)


def _devices(text: LetterText, cues: Cues) -> Iterator[tuple[Span, Particular]]:
    for found in _IMEI.finditer(text.folded):
        if cues.has("imei", max(0, found.start() - BESIDE), found.start()) and imei.is_valid(found.group()):
            evidence = (text.evidence(max(0, found.start() - BESIDE), found.end()),)
            value = imei.compact(found.group())
            yield Span(found.start(), found.end()), Particular(value, "imei", None, True, 0.95, evidence)


def _international(text: LetterText, cues: Cues) -> Iterator[tuple[Span, Particular]]:
    for found in _INTERNATIONAL.finditer(text.folded):
        written = found.group().split("\n")[0].split("   ")[0]
        number = _parse("+" + written[2:] if written.startswith("00") else written, None)
        faxed = cues.has("fax", max(0, found.start() - 14), found.start())
        if number is not None and not (faxed and not cues.has("phone", max(0, found.start() - 24), found.start())):
            span = Span(found.start(), found.start() + len(written.rstrip()))
            evidence = (text.evidence(max(0, span.start - 30), span.end),)
            yield span, Particular(_standard(number), "phone", _state(number), True, 0.95, evidence)


def _without_text(text: LetterText, span: Span) -> Span:
    """Leave out an extension or a second number that follows a stroke."""
    written = text.folded[span.start : span.end]
    digits = sum(c.isdigit() for c in written.split("/")[0])
    return Span(span.start, span.start + len(written.split("/")[0])) if digits >= FEWEST + 2 else span


def _labelled(text: LetterText, start: int, span: Span, states: Sequence[str]) -> Particular:
    written = text.folded[span.start : span.end]
    evidence = (text.evidence(start, span.end),)
    for state in states:
        number = _parse(written, state)
        if number is not None:
            return Particular(_standard(number), "phone", _state(number) or state, True, 0.8, evidence)
    return Particular(" ".join(written.split()), "phone", None, False, 0.5, evidence)


def _parse(written: str, state: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(written, state)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _standard(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _state(number: phonenumbers.PhoneNumber) -> str | None:
    region = phonenumbers.region_code_for_number(number)
    return region if region and region.isalpha() else None
