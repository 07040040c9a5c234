"""Reads the number that stands beside a word such as *account no.* or *passport*."""

import re
from collections.abc import Iterator

from intake.describing.cues import Cue
from intake.describing.text import UNSPACED, LetterText, Span

#: What may stand between the word and its number: colons, "No.", "№", a copula, brackets.
_OPENING = re.compile(
    r"[\s:.,#№°ºª/'\"()=-]{0,5}(?:(?:n|nr|no|num|nos|br|cislo|c|st|seria|serii|number|numero|numer|nummer|broj|"
    r"серии|серія|серия|номер|бр|رقم|عدد|مس|号码|号|番号|번호|เลขที่|so|nomor|is|ist|est|es|e|to)\b[\s:.,#№°ºª/'\"(=-]{0,4}){0,2}"
)
_TOKEN = re.compile(rf"[^\s,;:()«»\"，；：（）\[\]|{UNSPACED}]+")
_JOINT = re.compile(
    r"\s*(?:[,;、،&+/]|\b(?:and|et|e|y|und|en|i|и|та|ve|og|och|és|a|oraz|или|or|ou)\b|و|和|及|と|및)\s*"
)
LONGEST_NUMBER = 6  #: groups of figures
_SIGN = frozenset(("№", "no", "nr", "n°", "no."))


def number_after(text: LetterText, place: int, fewest: int) -> Span | None:
    """Return the number that begins right after a place of the folded text, or after a colon or *No.* there.

    Args:
        text: the letter.
        place: the end of the word that announces it.
        fewest: figures that it has at least.
    """
    opening = _OPENING.match(text.folded, place)
    start = opening.end() if opening else place
    if "\n\n" in text.folded[place:start]:
        return None
    span = _run(text, start)
    return span if span and sum(c.isdigit() for c in text.folded[span.start : span.end]) >= fewest else None


def numbers_after(text: LetterText, cue: Cue, fewest: int) -> Iterator[Span]:
    """Yield the numbers that a word announces: *accounts no. 4711, 4712 and 4713*."""
    span = number_after(text, cue.end, fewest)
    while span is not None:
        yield span
        joint = _JOINT.match(text.folded, span.end)
        following = _run(text, joint.end()) if joint else None
        figures = sum(c.isdigit() for c in text.folded[following.start : following.end]) if following else 0
        span = following if figures >= fewest else None


def _run(text: LetterText, start: int) -> Span | None:
    """Groups of figures and short signs in capitals, one blank apart, from a place on."""
    end, groups = start, 0
    for token in _TOKEN.finditer(text.folded, start, min(len(text.folded), start + 60)):
        between = text.folded[end : token.start()]
        if groups == LONGEST_NUMBER or (between and between != " ") or not _belongs(text, token, groups):
            break
        end, groups = token.end(), groups + 1
    while end > start and not text.folded[end - 1].isalnum():
        end -= 1
    while end > start and not any(c.isdigit() for c in text.folded[start:end].split()[-1]):
        end -= len(text.folded[start:end].split()[-1])
        end = start + len(text.folded[start:end].rstrip())
    return Span(start, end) if end > start else None


def _belongs(text: LetterText, token: re.Match[str], groups: int) -> bool:
    word = text.words(token.start(), token.end())
    if "@" in word or "://" in word:
        return False
    if any(c.isdigit() for c in word):
        return groups == 0 or not word[0].isalpha() or word.upper() == word
    return len(word) <= 3 and (token.group() in _SIGN or (word.isupper() and word.isalpha()) or not word.isalnum())
