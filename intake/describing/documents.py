"""Tells the documents within a scan apart: cover note, request, translation, annexes."""

import re
from collections.abc import Sequence

from intake.describing.cues import Cues, find_cues
from intake.describing.folding import fold
from intake.values import Document, DocumentKind, PageReading

HEADING = 160  #: characters at the top of a page where it says what it is
SHORT_NOTE = 2200  #: characters; a cover note is a page, and not a full one
TABLE = 0.28  #: share of figures from which a page is a table
STATUTE_ARTICLES = 6  #: article headings from which a page quotes a statute
SAME_NUMBERS = 0.5  #: overlap of long numbers from which a page in another language is a translation
_ARTICLE_HEADING = re.compile(
    r"^\s*(?:art(?:icle|iculo|igo|icolo|ikel|icolul|ykul)?\.?|section|§|статья|стаття|المادة|ماده|第)\s*\d+",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\d[\d./-]{3,}\d")


def find_documents(readings: Sequence[PageReading]) -> tuple[Document, ...]:
    """Return the documents in the order of the pages; every page belongs to one."""
    kinds: list[DocumentKind] = []
    for index, reading in enumerate(readings):
        kinds.append(_kind(readings, index, kinds, reading))
    if readings and "request" not in kinds:
        kinds[0] = "request"
    documents: list[Document] = []
    for reading, kind in zip(readings, kinds, strict=True):
        last = documents[-1] if documents else None
        if last and last.kind == kind and not (kind == "annex" and _says(reading, "annex")):
            documents[-1] = Document(kind, last.first_page, reading.number, last.language or reading.language)
        else:
            documents.append(Document(kind, reading.number, reading.number, reading.language))
    return tuple(documents)


def _kind(
    readings: Sequence[PageReading], index: int, before: Sequence[DocumentKind], reading: PageReading
) -> DocumentKind:
    folded = fold(reading.text)
    if len(folded.split()) < 4 and not re.search(r"[\u0e00-\u0eff\u2e80-\uffef]{10}", folded):
        return before[-1] if before else "other"
    if "request" not in before:
        return "cover_note" if index + 1 < len(readings) and _is_cover_note(folded, reading) else "request"
    return _kind_after_request(readings, index, before, folded)


def _kind_after_request(
    readings: Sequence[PageReading], index: int, before: Sequence[DocumentKind], folded: str
) -> DocumentKind:
    reading, last = readings[index], before[-1]
    statute = len(_ARTICLE_HEADING.findall(folded)) >= STATUTE_ARTICLES
    translated = _says(reading, "translation")
    if (last == "annex" and not translated) or _says(reading, "annex") or _is_table(folded) or statute:
        return "annex"
    if translated or _is_translated(readings, index, before):
        return "translation"
    return last if last in ("request", "translation") else "request"


def _cues(reading: PageReading, folded: str) -> Cues:
    return find_cues(folded, (reading.language,) if reading.language else ())


def _is_cover_note(folded: str, reading: PageReading) -> bool:
    cues = _cues(reading, folded)
    return len(folded) < SHORT_NOTE and (cues.has("enclosed") or cues.has("courtesy"))


def _says(reading: PageReading, concept: str) -> bool:
    """Whether the page's first lines begin with such a heading."""
    folded = fold(reading.text[: HEADING * 2]).lstrip()[:HEADING]
    starts = {0, *(match.end() for match in re.finditer(r"\n\s*[\[(]?", folded))}
    return any(
        cue.start in starts or folded[: cue.start].strip(" [(") == "" for cue in _cues(reading, folded).of(concept)
    )


def _is_table(folded: str) -> bool:
    written = [character for character in folded if not character.isspace()]
    return sum(character.isdigit() for character in written) > TABLE * len(written)


def _is_translated(readings: Sequence[PageReading], index: int, before: Sequence[DocumentKind]) -> bool:
    """Another language than the request's, with the request's numbers."""
    page = readings[index]
    first = next((r for r, kind in zip(readings, before, strict=False) if kind == "request"), None)
    if first is None or page.language is None or first.language is None or page.language == first.language:
        return False
    if before[-1] == "translation":
        return True
    theirs = set(_NUMBER.findall(fold(first.text)))
    ours = set(_NUMBER.findall(fold(page.text)))
    return bool(ours) and len(ours & theirs) >= SAME_NUMBERS * min(len(ours), len(theirs) or 1)
