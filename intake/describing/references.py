"""The sender's number and the number of ours that the letter answers to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.describing.cues import Cue, Cues
from intake.describing.dates import FoundDate
from intake.describing.reference_values import (
    SHAPED,
    is_number,
    is_table_head,
    shape_after,
    value_after,
    value_before,
    value_below,
    value_cited,
)
from intake.describing.text import LetterText, Span
from intake.values import Evidence, Stated

ENOUGH = 2.4  #: signs below which the letter has no number
CLOSE = 0.3  #: signs by which another number has less and may still be the letter's
TORN = 0.5  #: confidence, 0..1, where a letter bears two numbers; both are shown
BRAZILIAN = 3.0  #: signs that such a number is worth
SHORTEST_INSIDE = 3  #: letters of a word that announces our number inside a line

#: A Chinese, Japanese or Korean number: the office's short name, the year in brackets, *number so-and-so*.
_EAST_ASIAN = re.compile(
    r"[^\s、。,,;;::]{0,16}(?:第\s?[\w-]{1,15}|[\[(〔【]\s?\d{4}\s?[\])〕】]\s?[\w-]{1,15})\s?[号號]"
)
#: The number that every Brazilian court gives a case, Resolução CNJ 65/2008.
_BRAZILIAN = re.compile(r"(?<![\w/.-])\d{7}-\d{2}\.\d{4}\.\d\.\d{2}\.\d{4}(?![\w-])")
#: Signs of a chamber or a section written before a number: *2 BJs*, *PO VI Oz*.
_SIGNS = re.compile(r"(?:(?<=[\s(])|^)(?:\d{1,4}|[^\W\d][\w.]{0,4})(?: |\. | - )$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    weight: float


def find_references(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> tuple[Stated[str], Stated[str]]:
    """Return the sender's number and the earlier number of ours that it cites."""
    ours = list(_own_numbers(text, cues, dates))
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
    rivals = [one for one in candidates if one.weight > best.weight - CLOSE and _differs(text, one, value)]
    confidence = min(0.97 if not rivals else TORN, 0.4 + 0.1 * best.weight)
    return Stated(value, round(confidence, 2), tuple(_evidence(text, one) for one in (best, *rivals[:1])))


def _differs(text: LetterText, candidate: _Candidate, value: str) -> bool:
    """Whether a candidate is another number, not a part or more of the same."""
    other = _tidy(text.words(candidate.start, candidate.end))
    return other not in value and value not in other


def _evidence(text: LetterText, candidate: _Candidate) -> Evidence:
    start = max(text.line_at(candidate.start).start, candidate.start - 40)
    return text.evidence(start, candidate.end)


def _tidy(words: str) -> str:
    tokens = words.split()
    while tokens and not any(character.isdigit() for character in tokens[-1]) and not tokens[-1].endswith(")"):
        tokens.pop()
    value = " ".join(tokens).strip(" .,;:/|-–'\"ªº°")
    return value[:-1] if value.endswith(")") and "(" not in value else value


def _own_numbers(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> Iterator[_Candidate]:
    for cue in cues.of("your_reference", 0, 2500):
        # Latvian and Lithuanian mark it with a preposition, *to*, which begins the line.
        if cue.end - cue.start < SHORTEST_INSIDE and cue.start != text.line_at(cue.start).start:
            continue
        if is_table_head(text, cues, cue):
            beside = value_below(text, cues, cue, dates)
        else:
            beside = value_after(text, cues, cue, dates) or shape_after(text, cues, cue, dates)
        if beside:
            yield _placed(text, beside, 3.0)
        elif cited := value_cited(text, cues, cue, dates):
            yield _placed(text, cited, 2.0)


def _sender_numbers(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> Iterator[_Candidate]:
    for cue in cues.of("reference", 0, 3000):
        if _inside_your_reference(text, cues, cue) or _is_part_of_longer(cues, cue):
            continue
        if is_table_head(text, cues, cue):
            if below := value_below(text, cues, cue, dates):
                yield _placed(text, below, 2.0)
            continue
        yield from _beside(text, cues, cue, dates, 2.0)
        if before := value_before(text, cues, cue, dates):
            yield _placed(text, before, 1.8)
    for cue in cues.of("case", 0, 3000):
        yield from _beside(text, cues, cue, dates, 1.2)
    # It is the case's own number wherever it stands; an outgoing number in the head still goes before it.
    for match in _BRAZILIAN.finditer(text.folded):
        yield _Candidate(match.start(), match.end(), BRAZILIAN)
    yield from _by_shape(text, cues, dates)


def _beside(text: LetterText, cues: Cues, cue: Cue, dates: Sequence[FoundDate], weight: float) -> Iterator[_Candidate]:
    if after := value_after(text, cues, cue, dates):
        yield _placed(text, after, weight)
    elif shaped := shape_after(text, cues, cue, dates):
        yield _placed(text, shaped, weight - 0.5)


def _by_shape(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> Iterator[_Candidate]:
    for shape, weight in ((_EAST_ASIAN, 2.5), (SHAPED, 0.8)):
        for match in shape.finditer(text.folded, 0, text.body_start):
            bare = Span(match.start(), match.end())
            signed = Span(_with_signs(text, match.start()), match.end())
            if is_number(text, cues, bare, dates) and is_number(text, cues, signed, dates):
                yield _placed(text, signed, weight)


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


def _placed(text: LetterText, span: Span, weight: float) -> _Candidate:
    """Numbers stand at the head of a letter; a figure or two is a room, a court's number or a page."""
    start, end = span.start, span.end
    figures = sum(character.isdigit() for character in text.folded[start:end])
    signs = sum(character.isalnum() for character in text.folded[start:end])
    weight += 2.0 if start < text.body_start else 0.0
    weight -= 0.6 * text.folded.count("\n", 0, start) / 10
    weight -= 3.0 if signs < 2 else 2.0 if signs < 3 else 1.0 if figures < 3 and signs < 6 else 0.0
    return _Candidate(start, end, weight)
