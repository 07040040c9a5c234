"""Persons a letter names with their date of birth, and the part they play."""

import re
from collections.abc import Sequence
from datetime import date

from intake.describing.cues import Cues
from intake.describing.dates import FoundDate
from intake.describing.states import Mention, find_states
from intake.describing.text import LetterText
from intake.values import Person

MOST = 20  #: persons reported; a longer list is an annex
ROLES = ("suspect", "witness", "convicted", "victim")
LONGEST_NAME = 6  #: words
PARTICLES = frozenset(
    ("de", "del", "da", "do", "dos", "van", "von", "bin", "binti", "al", "el", "ben", "der", "la", "di")
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def find_persons(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> tuple[Person, ...]:
    """Return the persons whose birth the letter tells, in its order."""
    mentions = find_states(text)
    found: dict[str, Person] = {}
    for cue in cues.of("born"):
        born = _birth_date(dates, cue.start, cue.end)
        name = _name_before(text, cues, cue.start)
        if name is None or (born is None and not re.search(r"\d{4}", text.folded[cue.start - 14 : cue.end + 14])):
            continue
        line_start, line_end = max(0, cue.start - 130), min(len(text.folded), cue.end + 90)
        found.setdefault(
            name,
            Person(
                name,
                _role(cues, cue.start, line_start, line_end),
                born.isoformat() if born else None,
                _nationality(mentions, cue.start, cue.end),
            ),
        )
    return tuple(found.values())[:MOST]


def _birth_date(dates: Sequence[FoundDate], start: int, end: int) -> date | None:
    near = [d for d in dates if d.value and (0 <= d.start - end < 30 or 0 <= start - d.end < 8)]
    return min(near, key=lambda d: abs(d.start - end)).value if near else None


def _name_before(text: LetterText, cues: Cues, place: int) -> str | None:
    """The last words with capitals before the birth; scripts without capitals do not show where a name begins."""
    before = max(0, place - 90)
    start = max([before, *(cue.end for role in ROLES for cue in cues.of(role, before, place))])
    words = re.sub(r"^\w+", "", text.words(start, place)) if start > before else text.words(start, place)
    runs: list[list[str]] = [[]]
    end = 0
    for found in _WORD.finditer(words):
        word = found.group()
        apart = bool(runs[-1]) and words[end : found.start()].strip(" \t") != ""
        named = word[0].isupper() or (word in PARTICLES and bool(runs[-1]))
        if apart or not named:
            runs.append([])
        if named:
            runs[-1].append(word)
        end = found.end()
    names = [run for run in runs if 2 <= len(run) <= LONGEST_NAME]
    return " ".join(names[-1]).strip(" .,-") if names else None


def _role(cues: Cues, place: int, start: int, end: int) -> str | None:
    near = [(abs(cue.start - place), role) for role in ROLES for cue in cues.of(role, start, end)]
    return min(near)[1] if near else None


def _nationality(mentions: Sequence[Mention], start: int, end: int) -> str | None:
    near = [m for m in mentions if m.by != "city" and (0 <= m.start - end < 60 or 0 <= start - m.end < 40)]
    return min(near, key=lambda m: abs(m.start - end)).state if near else None
