"""Tells the documents within a scan apart: cover note, request, translation, annexes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from intake.describing.annex_labels import Label, read_label
from intake.describing.cues import Cues, find_cues
from intake.describing.folding import fold
from intake.values import Document, DocumentKind, PageReading

HEADING = 160  #: characters at the top of a page where it says what it is
SHORT_NOTE = 2200  #: characters; a cover note is a page, and not a full one
TABLE = 0.28  #: share of figures from which a page is a table
ROWS, FEWEST_ROWS = 0.5, 6  #: share of lines with two numbers from which a page is a listing, and how many at least
STATUTE_ARTICLES = 6  #: article headings from which a page quotes a statute
SAME_NUMBERS = 0.5  #: overlap of long numbers from which a page in another language is a translation
FEWEST_SHARED = 3  #: numbers that such a page shares when it comes after an annex
#: How much a character of a script says beside a letter of an alphabet.
DENSE_SCRIPTS = {"Hans": 2.5, "Hant": 2.5, "Hani": 2.5, "Jpan": 2.0, "Kore": 1.8, "Hang": 1.8}
_ARTICLE_HEADING = re.compile(
    r"^\s*(?:art(?:icle|iculo|igo|icolo|ikel|icolul|ykul)?\.?|section|§|статья|стаття|المادة|ماده|第)\s*\d+",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\d[\d./-]{3,}\d")
_ROW = re.compile(r"\d[^\n]*?[ \t|;]\S*\d")
_UNSPACED_WORDS = re.compile(r"[\u0e00-\u0eff\u2e80-\uffef]{10}")


@dataclass(frozen=True, slots=True)
class _Page:
    """One page with what shows what it is."""

    reading: PageReading
    folded: str
    cues: Cues  #: of its first lines
    label: Label | None  #: the heading *Annex …*, where it has one
    is_statute: bool
    is_listing: bool


def find_documents(readings: Sequence[PageReading]) -> tuple[Document, ...]:
    """Return the documents in the order of the pages, numbered; every page belongs to one."""
    pages = [_page(reading) for reading in readings]
    kinds: list[DocumentKind] = []
    for index in range(len(pages)):
        kinds.append(_kind(pages, index, kinds))
    if pages and "request" not in kinds:
        kinds = ["request" if kind == "translation" else kind for kind in kinds]
        kinds[0] = kinds[0] if "request" in kinds else "request"
    groups: list[list[int]] = []
    for index in range(len(pages)):
        if index and kinds[index] == kinds[index - 1] and not _begins(pages, index, kinds[index], groups[-1]):
            groups[-1].append(index)
        else:
            groups.append([index])
    return tuple(
        _document(number, kinds[group[0]], [pages[index] for index in group]) for number, group in enumerate(groups, 1)
    )


def used_languages(readings: Sequence[PageReading]) -> tuple[str, ...]:
    """Languages by amount of text, the operative one first."""
    amount: Counter[str] = Counter()
    for reading in readings:
        if reading.language:
            letters = sum(character.isalpha() for character in reading.text)
            amount[reading.language] += int(letters * DENSE_SCRIPTS.get(reading.script or "", 1.0)) + 1
    return tuple(language for language, _ in amount.most_common())


def long_numbers(folded: str) -> set[str]:
    """Numbers long enough to belong to one letter alone."""
    return set(_NUMBER.findall(folded))


def _page(reading: PageReading) -> _Page:
    folded = fold(reading.text)
    cues = find_cues(folded[: HEADING * 4], (reading.language,) if reading.language else ())
    return _Page(
        reading,
        folded,
        cues,
        read_label(folded[: HEADING * 2], cues),
        len(_ARTICLE_HEADING.findall(folded)) >= STATUTE_ARTICLES,
        _is_listing(folded),
    )


def _document(number: int, kind: DocumentKind, pages: Sequence[_Page]) -> Document:
    languages = used_languages([page.reading for page in pages])
    label = next((page.label.value for page in pages if page.label), None) if kind == "annex" else None
    first, last = pages[0].reading.number, pages[-1].reading.number
    return Document(kind, first, last, languages[0] if languages else None, number, languages, label)


def _kind(pages: Sequence[_Page], index: int, before: Sequence[DocumentKind]) -> DocumentKind:
    page = pages[index]
    if len(page.folded.split()) < 4 and not _UNSPACED_WORDS.search(page.folded):
        return before[-1] if before else "other"
    if "request" in before:
        return _kind_after_request(pages, index, before)
    if _translates_later(pages, index, before):
        return "translation"
    return "cover_note" if index + 1 < len(pages) and _is_cover_note(page) else "request"


def _kind_after_request(pages: Sequence[_Page], index: int, before: Sequence[DocumentKind]) -> DocumentKind:
    page, last = pages[index], before[-1]
    translated = _says(page, "translation")
    if page.label and not translated:
        return "annex"
    if translated or _is_translated(pages, index, before):
        return "translation"
    if last == "annex" or page.is_listing or page.is_statute:
        return "annex"
    return last if last in ("request", "translation") else "request"


def _is_cover_note(page: _Page) -> bool:
    if len(page.folded) >= SHORT_NOTE:
        return False
    cues = find_cues(page.folded, (page.reading.language,) if page.reading.language else ())
    return cues.has("enclosed") or cues.has("courtesy")


def _says(page: _Page, concept: str) -> bool:
    """Whether the page's first lines begin with such a heading."""
    head = page.folded.lstrip()
    skipped = len(page.folded) - len(head)
    starts = {skipped, *(skipped + match.end() for match in re.finditer(r"\n\s*[\[(]?", head[:HEADING]))}
    cues = page.cues.of(concept, 0, skipped + HEADING)
    return any(cue.start in starts or page.folded[: cue.start].strip(" [(\n") == "" for cue in cues)


def _is_listing(folded: str) -> bool:
    """A page of figures, or of rows with two numbers each: statements, call records, lists of goods."""
    written = [character for character in folded if not character.isspace()]
    if sum(character.isdigit() for character in written) > TABLE * len(written):
        return True
    lines = [line for line in folded.split("\n") if line.strip()]
    rows = sum(1 for line in lines if _ROW.search(line) and len(line) < 140)
    return rows >= FEWEST_ROWS and rows > ROWS * len(lines)


def _translates_later(pages: Sequence[_Page], index: int, before: Sequence[DocumentKind]) -> bool:
    """A translation may lie on top of its original."""
    page = pages[index]
    if before and before[-1] == "translation":
        return page.reading.language == pages[index - 1].reading.language
    return _says(page, "translation") and any(
        later.reading.language not in (None, page.reading.language) for later in pages[index + 1 :]
    )


def _is_translated(pages: Sequence[_Page], index: int, before: Sequence[DocumentKind]) -> bool:
    """Another language than the request's, with the request's numbers."""
    page = pages[index]
    own = [known for known, kind in zip(pages, before, strict=False) if kind == "request"]
    language = own[0].reading.language
    if page.reading.language is None or language is None or page.reading.language == language:
        return False
    if before[-1] == "translation":
        return page.label is None and not page.is_listing
    ours = long_numbers(page.folded)
    theirs = set().union(*(long_numbers(known.folded) for known in own))
    shared = len(ours & theirs)
    if before[-1] == "annex" and shared < FEWEST_SHARED:
        return False
    return bool(ours) and shared >= SAME_NUMBERS * min(len(ours), len(theirs) or 1)


def _begins(pages: Sequence[_Page], index: int, kind: DocumentKind, group: Sequence[int]) -> bool:
    """Whether a page of the same kind as the one before begins another document."""
    page, first = pages[index], pages[group[0]]
    if kind == "cover_note":
        return page.cues.has("reference", 0, HEADING * 3) or page.cues.has("date", 0, HEADING * 3)
    if kind == "translation":
        return page.reading.language != first.reading.language
    if kind != "annex":
        return False
    if page.label:
        known = first.label
        return known is None or known.value != page.label.value or (page.label.value is None and known != page.label)
    return page.is_statute and any(pages[other].is_listing for other in group)
