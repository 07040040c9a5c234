"""The number or letter by which an annex is called: *Annex 1*, *Anlage B*, 附件一."""

import re
from dataclasses import dataclass

from intake.describing.calendars import read_numeral
from intake.describing.cues import Cue, Cues

LONGEST_HEADING = 70  #: characters of a line that is a heading
LONGEST_ENDING = 2  #: letters that grammar adds to the word; more makes it another word (*annexed*)
_VALUE = re.compile(
    r"(?:(?!ed)[a-z\u0400-\u04ff]{0,2})[\s#°ºª-]{0,3}(?:(?:no|nr|n|num|br|c|št|رقم|مارقم|№)[.°º\s]{0,3})?[(\[]?"
    r"(\d{1,2}|[ivx]{1,5}|[a-zа-я]|[一二三四五六七八九十]{1,3})(?![\w])(?![.,]\d)"
)
_COUNT = re.compile(r"\w{0,3}\s{0,2}[:：]\s*\(?\d+")


@dataclass(frozen=True, slots=True)
class Label:
    """The heading of an annex."""

    value: str | None  #: ``1``, ``A``; None where it bears none
    start: int  #: place in the folded text
    end: int


def label_after(folded: str, cue: Cue) -> Label | None:
    """Return the label right behind the word, or before it where the language writes so (*1. melléklet*)."""
    found = _VALUE.match(folded, cue.end)
    if found:
        return Label(_standard(found.group(1)), cue.start, found.end())
    before = re.search(r"(?<!\w)(\d{1,2})\.?[ -]?(?:sz\.? ?|numaralı )?$", folded[max(0, cue.start - 14) : cue.start])
    if before and cue.language in ("hu", "tr", "lv", "et", "lt", "az", "hy"):
        return Label(_standard(before.group(1)), cue.start - len(before.group()), cue.end)
    return None


def read_label(head: str, cues: Cues) -> Label | None:
    """Return the heading *Annex …* of a page whose first lines these are, or None."""
    for cue in cues.of("annex", 0, len(head)):
        line = head.rfind("\n", 0, cue.start) + 1
        stop = head.find("\n", cue.end)
        stop = len(head) if stop < 0 else stop
        labelled = label_after(head, cue)
        opens = head[line : cue.start].strip(' [(«"-') == "" or (labelled and head[line : labelled.start].strip() == "")
        if not opens or stop - line > LONGEST_HEADING or _COUNT.match(head, cue.end):
            continue
        if labelled:
            return labelled
        ending = re.match(r"\w*", head[cue.end :])
        if ending and len(ending.group()) <= LONGEST_ENDING:
            return Label(None, cue.start, stop)
    return None


def _standard(written: str) -> str:
    numeral = read_numeral(written)
    return str(numeral) if numeral is not None else written.upper()
