"""Reads the number that stands after, below or before the label of a letter's number."""

import re
from collections.abc import Sequence

from intake.describing.cues import Cue, Cues
from intake.describing.dates import FoundDate
from intake.describing.text import LetterText, Span

LONGEST = 60  #: characters of a number
_FARTHEST = 80  #: characters between the word for a letter of ours and its number
_COLUMN = 8  #: characters by which a number may stand beside the column of its label

#: A number that shows itself by its shape: groups of capitals and figures joined by strokes.
SHAPED = re.compile(r"(?<![\w/.+-])(?=[\w./()-]*\d)(?:\w{1,12}[/.-]){1,7}\w{1,12}(?![\w/-])")

_OPENING = re.compile(
    r"(?:\s?\([^()\n]{0,40}\))?[\s:.#№°ºªo/'\"-]{0,6}"
    r"(?:(?:n|nr|no|num|número|br|бр|رقم|عدد)[.:°º]*\s*)?[\s:.#№°ºª/'\"-]{0,4}"
)
_TOKEN = re.compile(r"[^\s,;:]+")
_LONGER = re.compile(r"[-/][^\W\d]")
_ANOTHER = re.compile(r"(?:n|nr|no|num)[.°º]|n°|nº|№")  #: a second number begins
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[.:]\d{1,2}(?:[.:]\d{2})?")
_BEFORE = re.compile(r"(?<![\w/.-])(\d{1,4}/\d{1,7}(?:/\d+)?|\d{5,})\s*$")
#: A number after the sign for one, or before the Turkish word for *numbered*; the law has numbers too.
_NUMBERED = re.compile(
    r"(?:№|(?<!\w)(?:nr|no|n|n°|nº|num|br|бр|ref|رقم|عدد)(?!\w)[.:°º]*|(?<!\w)(?:dated|ที่)(?!\w))\s*(?P<after>[\w(][^\s,;:]*\d[^\s,;:]*)"
    r"|(?P<before>[^\s,;:]*\d[^\s,;:]*) sayili(?! (?:kanun|yasa))"
)
#: Words beside which a number is not that of a letter.
_OF_OTHER_THINGS = (
    "phone", "fax", "account", "card", "passport", "identity_card", "personal_number", "tax_number", "imei", "plate",
    "postal",
)  # fmt: skip
#: What may stand between such a word and the end of its number: figures and signs, no words but those for a number.
_NO_WORDS = re.compile(r"(?:[^\w]|\d|\b(?:n|nr|no|num|br|бр|is|رقم|号|號|番号)\b)*")


def value_after(text: LetterText, cues: Cues, cue: Cue, dates: Sequence[FoundDate]) -> Span | None:
    """The words after a label, up to a date, another label, a wide gap, or plain prose."""
    opening = _OPENING.match(text.folded, cue.end)
    start = opening.end() if opening else cue.end
    stop = min(
        [d.start for d in dates if d.start >= start and _ends(text, d)]
        + [c.start for concept in ("date", "your_reference") for c in cues.of(concept, start + 1, start + LONGEST + 20)]
        + [start + LONGEST]
    )
    end = start
    for token in _TOKEN.finditer(text.folded, start, min(stop, len(text.folded))):
        between = text.folded[end : token.start()]
        if "\n" in between or "   " in between or any(mark in between for mark in ",;") or _is_prose(text, token):
            break
        if _ANOTHER.fullmatch(token.group()) and any(c.isdigit() for c in text.folded[start:end]):
            break
        end = token.end()
    return Span(start, end) if end > start and is_number(text, cues, Span(start, end), dates) else None


def shape_after(text: LetterText, cues: Cues, cue: Cue, dates: Sequence[FoundDate]) -> Span | None:
    """A number on the line of a label with a colon, with words between them."""
    opening = _OPENING.match(text.folded, cue.end)
    start = opening.end() if opening else cue.end
    if ":" not in text.folded[cue.end : start]:
        return None
    shaped = SHAPED.search(text.folded, start, text.line_at(start).end)
    span = Span(shaped.start(), shaped.end()) if shaped else None
    return span if span and is_number(text, cues, span, dates) else None


def value_cited(text: LetterText, cues: Cues, cue: Cue, dates: Sequence[FoundDate]) -> Span | None:
    """The number of a letter of ours, on the line of the words for it, behind its date or its writer."""
    line = text.line_at(cue.start)
    ends = [c.start for c in cues.of("reference", cue.end, line.end) if c.end - c.start > 3]
    stop = min([line.end, cue.end + _FARTHEST, *(start for start in ends if not _is_sign(text, start))])
    found = _NUMBERED.search(text.folded, cue.end, stop)
    if not found:
        return None
    span = Span(*found.span("after" if found["after"] else "before"))
    return span if is_number(text, cues, span, dates) else None


def _is_sign(text: LetterText, place: int) -> bool:
    return _NUMBERED.match(text.folded, place) is not None


def value_below(text: LetterText, cues: Cues, cue: Cue, dates: Sequence[FoundDate]) -> Span | None:
    """The number under a label, where labels stand side by side and what they are for in the line below."""
    line = text.line_at(cue.start)
    labels = _cells(text, line)
    below = next((other for other in text.lines if other.start > line.end), None)
    if len(labels) < 2 or below is None or any(c.isdigit() for c in text.folded[line.start : line.end]):
        return None
    values = _cells(text, text.line_at(below.start))
    place = next((i for i, cell in enumerate(labels) if cell.start <= cue.start < cell.end), None)
    if place is None or not values:
        return None
    if len(values) == len(labels):
        span = values[place]
    else:
        column = labels[place].start - line.start
        start_of = text.line_at(below.start).start
        span = min(values, key=lambda cell: abs(cell.start - start_of - column))
        if abs(span.start - start_of - column) > _COLUMN:
            return None
    return span if is_number(text, cues, span, dates) else None


def is_table_head(text: LetterText, cues: Cues, cue: Cue) -> bool:
    """Whether a label stands in a line of labels only, so that its number is below it."""
    line = text.line_at(cue.start)
    cells = _cells(text, line)
    labelled = [
        cell
        for cell in cells
        if any(cues.has(one, cell.start, cell.end) for one in ("reference", "your_reference", "date", "phone"))
    ]
    return len(labelled) > 1 and not any(c.isdigit() for c in text.folded[line.start : line.end])


def _cells(text: LetterText, line: Span) -> list[Span]:
    return [one for one in text.lines if line.start <= one.start and one.end <= line.end]


def value_before(text: LetterText, cues: Cues, cue: Cue, dates: Sequence[FoundDate]) -> Span | None:
    """The number before its label, as Turkish and Mongolian offices write it."""
    if cue.language not in ("tr", "az", "mn", "kk", "uz"):
        return None
    found = _BEFORE.search(text.folded, max(0, cue.start - 24), cue.start)
    if not found or not is_number(text, cues, Span(*found.span(1)), dates):
        return None
    return Span(found.start(1), cue.end)


def _is_prose(text: LetterText, token: re.Match[str]) -> bool:
    """A word without figures that is not an office's short sign."""
    word = text.words(token.start(), token.end()).strip("()[]. -–")
    if any(character.isdigit() for character in word):
        return False
    if word.isupper() and any(stroke in word for stroke in "-/."):
        return False
    return len(word) > 6 or (word.islower() and len(word) > 3)


def is_number(text: LetterText, cues: Cues, span: Span, dates: Sequence[FoundDate]) -> bool:
    """Whether a stretch of the folded text can be the number of a letter: no time, date, address or telephone."""
    value = text.folded[span.start : span.end].strip()
    if _CLOCK.fullmatch(value):
        return False
    if not any(character.isdigit() for character in value) or "@" in value or "www" in value or "+" in value:
        return False
    if any(d.start < span.end and span.start < d.end and d.end - d.start > 5 and _ends(text, d) for d in dates):
        return False
    return not _is_of_other_thing(text, cues, span)


def _ends(text: LetterText, dated: FoundDate) -> bool:
    """Whether a date is no part of a longer number: *14/2/77-MLA*."""
    return _LONGER.match(text.folded, dated.end) is None


def _is_of_other_thing(text: LetterText, cues: Cues, span: Span) -> bool:
    """A telephone, a postal box, an account, a passport: its word stands before it with nothing but signs between."""
    line = text.line_at(span.start)
    return any(
        cue.end > span.start or _NO_WORDS.fullmatch(text.folded, cue.end, span.start)
        for concept in _OF_OTHER_THINGS
        for cue in cues.of(concept, line.start, span.end)
    )
