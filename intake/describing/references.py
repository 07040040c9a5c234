"""The sender's number and the number of ours that the letter answers to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.describing.cues import Cue, Cues
from intake.describing.dates import FoundDate
from intake.describing.text import LetterText
from intake.values import Stated

ENOUGH = 2.4  #: signs below which the letter has no number
BRAZILIAN = 3.0  #: signs that such a number is worth
LONGEST = 60  #: characters of a number

_OPENING = re.compile(r"[\s:.#№°ºªo/'\"-]{0,6}(?:(?:n|nr|no|num|número|br|бр|رقم|عدد)[.:°º]*\s*)?[\s:.#№°ºª/'\"-]{0,4}")
_TOKEN = re.compile(r"[^\s,;:]+")
#: A number that shows itself by its shape: groups of capitals and figures joined by strokes.
_SHAPED = re.compile(r"(?<![\w/.+-])(?=[\w./()-]*\d)(?:\w{1,12}[/.-]){1,7}\w{1,12}(?![\w/-])")
_EAST_ASIAN = re.compile(r"[^\s、。,,;;::]{0,16}第\s?[\w-]{1,15}\s?[号號]")
#: The number that every Brazilian court gives a case, Resolução CNJ 65/2008.
_BRAZILIAN = re.compile(r"(?<![\w/.-])\d{7}-\d{2}\.\d{4}\.\d\.\d{2}\.\d{4}(?![\w-])")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[.:/]\d{1,2}(?:[.:]\d{2})?")
#: Signs of a chamber or a section written before a number: *2 BJs*, *PO VI Oz*.
_SIGNS = re.compile(r"(?:(?<=[\s(])|^)(?:\d{1,4}|[^\W\d][\w.]{0,4})(?: |\. )$")
_BEFORE = re.compile(r"(?<![\w/.-])(\d{1,4}/\d{1,7}(?:/\d+)?|\d{5,})\s*$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    weight: float


def find_references(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> tuple[Stated[str], Stated[str]]:
    """Return the sender's number and the earlier number of ours that it cites."""
    ours = [c for cue in cues.of("your_reference", 0, 2500) if (c := _value_after(text, cues, cue, dates, 3.0))]
    taken = [(candidate.start, candidate.end) for candidate in ours]
    candidates = [
        candidate
        for candidate in _sender_numbers(text, cues, dates)
        if not any(candidate.start < end and start < candidate.end for start, end in taken)
    ]
    return _stated(text, candidates), _stated(text, ours)


def _stated(text: LetterText, candidates: Sequence[_Candidate]) -> Stated[str]:
    if not candidates:
        return Stated()
    best = max(candidates, key=lambda candidate: (candidate.weight, -candidate.start))
    if best.weight < ENOUGH:
        return Stated()
    value = _tidy(text.words(best.start, best.end))
    start = max(text.line_at(best.start).start, best.start - 40)
    return Stated(value, round(min(0.97, 0.4 + 0.1 * best.weight), 2), (text.evidence(start, best.end),))


def _tidy(words: str) -> str:
    tokens = words.split()
    while tokens and not any(character.isdigit() for character in tokens[-1]) and not tokens[-1].endswith(")"):
        tokens.pop()
    value = " ".join(tokens).strip(" .,;:/|-–'\"ªº°")
    return value[:-1] if value.endswith(")") and "(" not in value else value


def _sender_numbers(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> Iterator[_Candidate]:
    for cue in cues.of("reference", 0, 3000):
        if _inside_your_reference(text, cues, cue) or _is_part_of_longer(cues, cue):
            continue
        if found := _value_after(text, cues, cue, dates, 2.0):
            yield found
        if found := _value_before(text, cue, dates):
            yield found
    for cue in cues.of("case", 0, 3000):
        if found := _value_after(text, cues, cue, dates, 1.2):
            yield found
    # It is the case's own number wherever it stands; an outgoing number in the head still goes before it.
    for match in _BRAZILIAN.finditer(text.folded):
        yield _Candidate(match.start(), match.end(), BRAZILIAN)
    yield from _by_shape(text, dates)


def _by_shape(text: LetterText, dates: Sequence[FoundDate]) -> Iterator[_Candidate]:
    for shape, weight in ((_EAST_ASIAN, 2.5), (_SHAPED, 0.8)):
        for match in shape.finditer(text.folded, 0, text.body_start):
            start = _with_signs(text, match.start())
            if _is_number(text, match.start(), match.end(), dates) and _is_number(text, start, match.end(), dates):
                yield _placed(text, start, match.end(), weight)


def _with_signs(text: LetterText, start: int) -> int:
    """Move the start of a number before the signs written in front of it on the same line."""
    line = text.line_at(start)
    while signs := _SIGNS.search(text.folded, line.start, start):
        if text.words(signs.start(), signs.end()).strip().islower():
            break
        start = signs.start()
    return start


def _inside_your_reference(text: LetterText, cues: Cues, cue: Cue) -> bool:
    line = text.line_at(cue.start)
    return any(
        other.start <= cue.start and cue.start - other.end < 20 and "\n" not in text.folded[other.end : cue.start]
        for other in cues.of("your_reference", line.start, cue.end + 30)
    )


def _is_part_of_longer(cues: Cues, cue: Cue) -> bool:
    return any(
        other.start <= cue.start and other.end > cue.end for other in cues.of("reference", cue.start - 20, cue.end + 20)
    )


def _value_after(
    text: LetterText, cues: Cues, cue: Cue, dates: Sequence[FoundDate], weight: float
) -> _Candidate | None:
    """The words after a label, up to a date, another label, a wide gap, or plain prose."""
    opening = _OPENING.match(text.folded, cue.end)
    start = opening.end() if opening else cue.end
    stop = min(
        [d.start for d in dates if d.start >= start]
        + [c.start for concept in ("date", "your_reference") for c in cues.of(concept, start + 1, start + LONGEST + 20)]
        + [start + LONGEST]
    )
    end = start
    for token in _TOKEN.finditer(text.folded, start, min(stop, len(text.folded))):
        between = text.folded[end : token.start()]
        if "\n" in between or "   " in between or any(mark in between for mark in ",;") or _is_prose(text, token):
            break
        end = token.end()
    if end > start and _is_number(text, start, end, dates):
        return _placed(text, start, end, weight)
    if ":" not in text.folded[cue.end : start]:
        return None
    shaped = _SHAPED.search(text.folded, start, text.line_at(start).end)
    if not shaped or not _is_number(text, shaped.start(), shaped.end(), dates):
        return None
    return _placed(text, shaped.start(), shaped.end(), weight - 0.5)


def _is_prose(text: LetterText, token: re.Match[str]) -> bool:
    """A word without figures that is not an office's short sign."""
    word = text.words(token.start(), token.end()).strip("()[]. -–")
    if any(character.isdigit() for character in word):
        return False
    return len(word) > 6 or (word.islower() and len(word) > 3)


def _is_number(text: LetterText, start: int, end: int, dates: Sequence[FoundDate]) -> bool:
    value = text.folded[start:end].strip()
    if _CLOCK.fullmatch(value):
        return False
    if not any(character.isdigit() for character in value) or "@" in value or "www" in value or "+" in value:
        return False
    return not any(found.start < end and start < found.end and found.end - found.start > 5 for found in dates)


def _value_before(text: LetterText, cue: Cue, dates: Sequence[FoundDate]) -> _Candidate | None:
    """Turkish and Mongolian offices write the label after the number."""
    if cue.language not in ("tr", "az", "mn", "kk", "uz"):
        return None
    found = _BEFORE.search(text.folded, max(0, cue.start - 24), cue.start)
    if not found or not _is_number(text, found.start(1), found.end(1), dates):
        return None
    return _placed(text, found.start(1), cue.end, 1.8)


def _placed(text: LetterText, start: int, end: int, weight: float) -> _Candidate:
    """Numbers stand at the head of a letter; a figure or two is a room, a court's number or a page."""
    figures = sum(character.isdigit() for character in text.folded[start:end])
    signs = sum(character.isalnum() for character in text.folded[start:end])
    weight += 2.0 if start < text.body_start else 0.0
    weight -= 0.6 * text.folded.count("\n", 0, start) / 10
    weight -= 3.0 if signs < 2 else 2.0 if signs < 3 else 1.0 if figures < 3 and signs < 6 else 0.0
    return _Candidate(start, end, weight)
