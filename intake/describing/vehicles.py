"""Vehicles by plate or identification number."""

import re
from collections.abc import Iterator

from vininfo import Vin  # type: ignore[import-untyped]
from vininfo.exceptions import ValidationError  # type: ignore[import-untyped]

from intake.describing.cues import Cue, Cues
from intake.describing.text import LetterText, Span
from intake.metadata import Particular

BESIDE = 40  #: characters before a number in which the word for it stands
LONGEST_PLATE = 12  #: letters and figures
_VIN = re.compile(r"(?<!\w)(?=[a-z\d]*\d{4})(?=[a-z\d]*[a-z])[a-hj-npr-z\d]{17}(?!\w)")
_OPENING = re.compile(r"[\s:.#№°º'\"(«]{0,4}(?:(?:n|nr|no|num|number|is|رقم|مس|号|是|为)[\s:.°º'\"]{1,3})?[\"'«(]?")
_GROUP = re.compile(r"(?:[\u4e00-\u9fff]{1,2}(?=[a-z\d]))?[^\W_\u2e80-\u9fff]+")
_BEFORE = re.compile(r"(?<!\w)\d{2} ?[a-z]{1,3} ?\d{2,5}(?='?\s*\S{0,3}\s?$)")
#: Languages of States whose plates may have no letters.
_FIGURES_ONLY = frozenset(("ar", "fa", "he", "th", "vi"))
_NORTH_AMERICAN = "12345"  #: first signs of numbers that carry a check digit, 49 CFR 565


def find_vehicles(text: LetterText, cues: Cues) -> Iterator[tuple[Span, Particular]]:
    """Yield vehicles with their place in the folded text."""
    for found in _VIN.finditer(text.folded):
        named = cues.has("vin", max(0, found.start() - BESIDE), found.start())
        agrees = _agrees(found.group().upper())
        if agrees or named:
            checked = agrees if found.group()[0] in _NORTH_AMERICAN or agrees else None
            evidence = (text.evidence(max(0, found.start() - 30), found.end()),)
            confidence = 0.95 if agrees else 0.8 if checked is None else 0.5
            value = found.group().upper()
            yield Span(found.start(), found.end()), Particular(value, "vin", None, checked, confidence, evidence)
    taken = 0
    for cue in cues.of("plate"):
        span = _plate_after(text, cue) or _plate_before(text, cue)
        if span and span.end > taken:
            taken = span.end
            value = " ".join(text.words(span.start, span.end).upper().split())
            evidence = (text.evidence(min(cue.start, span.start), max(cue.end, span.end)),)
            yield span, Particular(value, "plate", None, None, 0.8, evidence)


def _agrees(value: str) -> bool:
    try:
        return bool(Vin(value).verify_checksum())
    except ValidationError:
        return False


def _plate_after(text: LetterText, cue: Cue) -> Span | None:
    """Groups of capitals and figures right after the word, a blank or a hyphen apart."""
    opening = _OPENING.match(text.folded, cue.end)
    start = opening.end() if opening else cue.end
    end = start
    for group in _GROUP.finditer(text.folded, start, min(len(text.folded), start + 24)):
        word = text.words(group.start(), group.end())
        between = text.folded[end : group.start()]
        if between not in ("", " ", "-", " - ", "·") or any(c.islower() for c in word) or len(word) > 10:
            break
        end = group.end()
    return _plate(text, cue, start, end)


def _plate(text: LetterText, cue: Cue, start: int, end: int) -> Span | None:
    signs = [c for c in text.folded[start:end] if c.isalnum()]
    lettered = any(c.isalpha() for c in signs) or cue.language in _FIGURES_ONLY
    figures = sum(c.isdigit() for c in signs)
    return Span(start, end) if lettered and figures >= 2 and 4 <= len(signs) <= LONGEST_PLATE else None


def _plate_before(text: LetterText, cue: Cue) -> Span | None:
    """Turkish and Azerbaijani write the word after the plate."""
    if cue.language not in ("tr", "az"):
        return None
    found = _BEFORE.search(text.folded[max(0, cue.start - 18) : cue.start])
    start = max(0, cue.start - 18)
    return Span(start + found.start(), start + found.end()) if found else None
