"""The letter's own date among all the dates it names."""

import re
from collections.abc import Sequence

from intake.describing.cues import Cues
from intake.describing.dates import FoundDate
from intake.describing.states import find_cities
from intake.describing.text import LetterText, Span
from intake.values import Evidence, Stated

CLOSE = 1.5  #: signs by which another date has less and may still be the letter's
TORN = 0.5  #: confidence, 0..1, where two dates contradict each other; both are shown
ENOUGH = 1.6  #: signs below which the letter is undated
_PROSE = re.compile(r"\b[a-zà-žа-яёα-ωіїєґ]{3,}")  # words written small: the date stands in a sentence
CLOSING = 700  #: characters at the end where letters dated last have their date


def find_letter_date(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> Stated[str]:
    """Return the date of the letter as ISO 8601, silent when none looks like it."""
    weighed = [(_weigh(text, cues, found, dates), -found.start, found) for found in dates if found.year is not None]
    if not weighed:
        return Stated()
    weight, _, best = max(weighed, key=lambda entry: entry[:2])
    if weight < ENOUGH or best.value is None:
        return Stated()
    rivals = [one for other, _, one in weighed if one.value not in (None, best.value) and other > weight - CLOSE]
    confidence = min(0.98 if not rivals else TORN, 0.55 + 0.08 * weight)
    evidence = tuple(_evidence(text, one) for one in (best, *rivals[:1]))
    return Stated(best.value.isoformat(), round(confidence, 2), evidence)


def _evidence(text: LetterText, found: FoundDate) -> Evidence:
    start = max(text.line_at(found.start).start, found.start - 40)
    return text.evidence(start, found.end)


def _weigh(text: LetterText, cues: Cues, found: FoundDate, dates: Sequence[FoundDate]) -> float:
    line = _column(text, found)
    length = line.end - line.start
    weight = 3.0 if found.start < text.body_start else 2.0 if found.start > len(text.folded) - CLOSING else 0.0
    weight += 1.0 if length < 70 else -0.5
    weight += 1.0 if (found.end - found.start) > 0.3 * length else 0.0
    labelled = cues.has("date", max(line.start, found.start - 24), found.start + 4)
    running = len(_PROSE.findall(text.words(line.start, found.start))) > 1
    weight += -1.5 if running else 1.5 if labelled else 0.0
    weight += 1.5 if (found.end - found.start) > 0.8 * length else 0.0
    weight += 1.0 if find_cities(text, max(line.start, found.start - 30), found.start) else 0.0
    weight -= 4.0 if cues.has("born", max(0, found.start - 40), min(len(text.folded), found.end + 25)) else 0.0
    weight -= 3.5 if cues.has("your_reference", line.start, found.start) else 0.0
    weight -= 1.5 if "(" in text.folded[line.start : found.start] else 0.0
    weight -= 1.0 if cues.has("hearing", max(0, found.start - 60), found.end) else 0.0
    later = sum(1 for other in dates if other.value and found.value and other.value > found.value)
    return weight - min(2.0, 0.4 * later)


def _column(text: LetterText, found: FoundDate) -> Span:
    """The line the date stands on, its own column only."""
    for line in text.lines:
        if line.start <= found.start < line.end:
            return line
    return text.line_at(found.start)
