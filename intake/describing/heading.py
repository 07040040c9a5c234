"""The head of a letter: whose paper it is, and to whom it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from intake.describing.cues import Cues
from intake.describing.text import LONGEST_HEADLINE, LetterText, Span

#: Languages that mark the addressee at the end of its line.
SUFFIXING = frozenset(("tr", "az", "ja", "ko", "kk", "uz", "uz-Cyrl", "mn", "hy", "ka", "hu"))
LONGEST_BLOCK = 5  #: lines of an addressee
NEAR_THE_BEGINNING = 50  #: characters within which an addressee is called competent; prose says it later
LONGEST_HEAD = 16  #: lines looked at


@dataclass(frozen=True, slots=True)
class Heading:
    """The lines above the body of a letter."""

    sender: tuple[Span, ...]
    addressee: tuple[Span, ...]


def read_heading(text: LetterText, cues: Cues) -> Heading:
    """Tell the sender's lines from the addressee's."""
    lines = [line for line in text.lines if line.start < text.body_start][:LONGEST_HEAD]
    lines = [line for line in lines if line.end - line.start <= LONGEST_HEADLINE]
    opening = next((i for i, line in enumerate(lines) if _opens_addressee(text, cues, line)), None)
    if opening is None:
        opening = _second_office(text, cues, lines)
    if opening is None or not lines:
        return Heading(tuple(lines), ())
    addressee = _block(text, cues, lines[opening:])
    after = tuple(lines[opening + len(addressee) :])
    return Heading((*lines[:opening], *after) if opening == 0 else tuple(lines[:opening]), tuple(addressee))


def _opens_addressee(text: LetterText, cues: Cues, line: Span) -> bool:
    """An addressee's word opens the line or ends it (Turkish and Japanese write it last), or it says *competent*."""
    if cues.has("competent", line.start, min(line.end, line.start + NEAR_THE_BEGINNING)):
        return True
    for cue in cues.of("addressee", line.start, line.end):
        first = not any(character.isalnum() for character in text.folded[line.start : cue.start])
        last = line.end - cue.end <= 2 and cue.language in SUFFIXING
        short = cue.end - cue.start <= 2 and text.folded[cue.end : cue.end + 1] not in (":", " ", "")
        colon = text.folded[cue.end : cue.end + 1] == ":"
        sentence = not colon and cue.end - cue.start <= 2 and len(text.folded[line.start : line.end]) > 75
        if (first and not short and not sentence) or last:
            return True
    return False


def _second_office(text: LetterText, cues: Cues, lines: Sequence[Span]) -> int | None:
    """Without such a word the addressee is the office named after a gap or after number and date."""
    seen_office = False
    for index, line in enumerate(lines):
        has_office = cues.has("authority", line.start, line.end)
        gap = index > 0 and "\n\n" in text.folded[lines[index - 1].end : line.start].replace(" ", "")
        if seen_office and has_office and gap and index >= 2 and not _is_title(text, line, lines[0]):
            return index
        seen_office = seen_office or has_office
    return None


def _is_title(text: LetterText, line: Span, first: Span) -> bool:
    """The name of the paper (*commission rogatoire*), or the sender once more for the window of an envelope."""
    words, head = text.folded[line.start : line.end], text.folded[first.start : first.end]
    return "rogat" in words or words.startswith(head)


def _block(text: LetterText, cues: Cues, lines: Sequence[Span]) -> Sequence[Span]:
    """The addressee's lines: up to a gap, a subject, a salutation or a number."""
    block = [lines[0]]
    for before, line in pairwise(lines):
        gap = "\n\n" in text.folded[before.end : line.start].replace(" ", "")
        stop = any(
            cue.start == line.start
            for concept in ("subject", "salutation")
            for cue in cues.of(concept, line.start, line.end)
        )
        numbered = any(
            cue.start == line.start for cue in cues.of("reference", line.start, line.end) if cue.end - cue.start > 2
        )
        alone = len(block) == 1 and lines[0].end - lines[0].start < 8
        if (gap and not alone) or stop or numbered or len(block) >= LONGEST_BLOCK:
            break
        block.append(line)
    return block
