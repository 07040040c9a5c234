"""Cuts a letter into passages: sentences, list items and headings, each with its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

#: What is read of one letter at most, in characters; the rest of a longer text is annexes.
READ_LIMIT = 120_000
MOST_PASSAGES = 1_200
LONGEST_PASSAGE = 700  #: characters
_ITEM = re.compile(
    r"^[ \t>]*(?:\(?(?:\d{1,2}|[a-zа-яёα-ω]{1,2}|[ivxIVX]{1,4}|[A-ZА-Я]|[٠-٩۰-۹]{1,2}|[أ-ي])"
    r"[\)\.\-/:،、．]+\)?(?=\s|[^\d\s])"
    r"|\w{1,3}[ \t]*\|(?=\s)|[-–—•●▪■□☐☑☒✓✔*·○◦➢§]|\[[ xX✓]?\]"
    r"|[一二三四五六七八九十]{1,3}[、．.,，)）]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]"
    r"|第[一二三四五六七八九十\d]+|\d{1,2}[ \t]{1,3}(?=[^\W\d]))"
)
_END = re.compile(r"(?<=[.!?…;:])[\"'»”)\]]*\s+|(?<=[。！？；।؟؛：])[」』”》]?\s*|(?<=[：])")
_INLINE_ITEM = re.compile(r"(?<=[;:,.،；])\s+(?=\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})\)\s)")
_ABBREVIATION = re.compile(r"(?:^|[\s(«\"'.])(?:\w{1,3}|\d+|[A-Z]\w{0,4})[.:]$")
_TERMINAL = re.compile(r"[.!?。！？;；:：,،।]\s*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of text with one purpose."""

    page: int  #: 1-based
    start: int  #: characters from the beginning of the page
    end: int  #: exclusive
    text: str  #: as it stands on the page
    is_item: bool  #: begins like an item of a list
    is_heading: bool  #: short, alone on its line, without a full stop


def split_passages(pages: Sequence[str]) -> list[Passage]:
    """Return the passages of a letter in order; text beyond ``READ_LIMIT`` and ``MOST_PASSAGES`` is left out."""
    passages: list[Passage] = []
    left = READ_LIMIT
    for number, page in enumerate(pages, start=1):
        if left <= 0 or len(passages) >= MOST_PASSAGES:
            break
        passages.extend(islice(_split_page(number, page[:left]), MOST_PASSAGES - len(passages)))
        left -= len(page)
    return passages


def _split_page(number: int, page: str) -> Iterator[Passage]:
    for start, end in _blocks(page):
        is_item = bool(_ITEM.match(page[start:end]))
        pieces = list(_sentences(page, start, end))
        for i, (left, right) in enumerate(pieces):
            text = page[left:right]
            is_heading = len(pieces) == 1 and len(text) < 120 and not _TERMINAL.search(text)
            yield Passage(number, left, right, text, (is_item and i == 0) or bool(_ITEM.match(text)), is_heading)


def _blocks(page: str) -> Iterator[tuple[int, int]]:
    """Yield paragraphs, list items and lone lines; lines that OCR or a typist broke are joined."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n\f\r]+", page)]
    widths = sorted(end - start for start, end in lines)
    usual = max(40, min(110, widths[int(len(widths) * 0.8)])) if widths else 40
    block: tuple[int, int] | None = None
    for start, end in lines:
        line = page[start:end]
        if not line.strip():
            if block:
                yield block
            block = None
            continue
        if block and not _goes_on(page, block, (start, end), usual):
            yield block
            block = None
        block = (block[0] if block else start, end)
    if block:
        yield block


def _goes_on(page: str, block: tuple[int, int], line: tuple[int, int], usual: int) -> bool:
    """Whether ``line`` continues the sentence that ``block`` ends with."""
    before = page[block[0] : block[1]].rstrip()
    last = before.rpartition("\n")[2]
    between = page[block[1] : line[0]]
    text = page[line[0] : line[1]]
    if between.count("\n") > 1 or "\f" in between or _ITEM.match(text):
        return False
    if before.endswith((":", "：")):
        return False
    first = text.lstrip()[:1]
    if before.endswith("-") or first.islower():
        return True
    if _TERMINAL.search(before) or len(last) < 0.62 * usual:
        return False
    return not last.isupper()


def _sentences(page: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = sorted({m.end() for m in _END.finditer(page, start, end) if _is_end(page, start, m.start(), m.end())})
    cuts += [m.end() for m in _INLINE_ITEM.finditer(page, start, end)]
    at = start
    for cut in [*sorted(set(cuts)), end]:
        for piece in _halve(page, at, cut):
            if page[piece[0] : piece[1]].strip():
                yield _trim(page, *piece)
        at = cut


def _is_end(page: str, start: int, stop: int, after: int) -> bool:
    """Whether a stop ends a sentence rather than an abbreviation, a number or the marker of a list item."""
    head = page[max(start, stop - 12) : stop].rstrip("\"'»”)]")
    if stop - start < 8:
        return False
    if not head or head[-1] in "。！？；।؟؛：!?…;":
        return True
    if head[-1] == ":":
        return stop - start > 25
    following = page[after : after + 1]
    if following.islower() or (following.isdigit() and _ABBREVIATION.search(head)):
        return False
    return not _ABBREVIATION.search(head)


def _halve(page: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is longer than a passage may be, at a comma or a space where there is one."""
    while end - start > LONGEST_PASSAGE:
        window = page[start : start + LONGEST_PASSAGE]
        cut = max(window.rfind(c, LONGEST_PASSAGE // 2) for c in (", ", "，", "، ", "、", "\n"))
        cut = cut if cut > 0 else window.rfind(" ", LONGEST_PASSAGE // 2)
        cut = cut + 1 if cut > 0 else LONGEST_PASSAGE
        yield start, start + cut
        start += cut
    if end > start:
        yield start, end


def _trim(page: str, start: int, end: int) -> tuple[int, int]:
    text = page[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))
