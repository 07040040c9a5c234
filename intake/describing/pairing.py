"""Pairs translations with their originals and lists what stands in one of them only."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from anyascii import anyascii
from rapidfuzz import fuzz, process

from intake.describing.accounts import find_accounts
from intake.describing.cues import find_cues
from intake.describing.date_figures import find_figures
from intake.describing.date_names import find_named
from intake.describing.dates import without_overlaps
from intake.describing.documents import long_numbers
from intake.describing.folding import fold
from intake.describing.heading import read_heading
from intake.describing.particulars import find_particulars
from intake.describing.persons import Around, find_persons
from intake.describing.phones import find_phones
from intake.describing.states import find_states
from intake.describing.text import LetterText, Span
from intake.metadata import Evidence
from intake.values import Difference, DifferenceKind, Document, PageReading

MOST = 40  #: differences of one pair; more is a translation of another text
FEWEST_FIGURES = 3  #: of a number worth comparing
ALIKE = 0.3  #: share of long numbers from which a document may be the original
SAME_ANNEX = 0.5  #: share from which an annex in another language is the translation of an earlier one
SAME_NAME = 72  #: likeness, 0..100, of two spellings of a name in Latin letters
LONGEST_COMPARED = 30_000  #: characters of a document
_NUMBER = re.compile(r"\d{1,3}(?:[ .,'\u00a0]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,/-]\d+)*")
_CENTS = re.compile(r"[.,]\d{2}$")
#: Scripts whose names no table turns into the letters that a passport has.
_OWN_SPELLING = re.compile(r"[\u0590-\u08ff\u0900-\u0fff\u3040-\u9fff\uac00-\ud7af]")

Found = Mapping[tuple[DifferenceKind, str], Evidence]


@dataclass(frozen=True, slots=True)
class _Side:
    """One document of a pair."""

    document: Document
    text: LetterText
    found: Found
    figures: str  #: all its numbers without the marks between figures
    words: tuple[str, ...]  #: its words in Latin letters


def pair_translations(documents: Sequence[Document], readings: Sequence[PageReading]) -> tuple[Document, ...]:
    """Say of each translation which document it translates; an annex in two languages is one and its translation."""
    numbers = {document.number: long_numbers(fold(_text(document, readings))) for document in documents}
    paired: list[Document] = []
    for document in documents:
        if document.kind == "translation":
            original = _original(document, documents, numbers, ALIKE)
            request = next((one for one in documents if one.kind == "request"), None)
            fallback = request.number if request and request.language != document.language else None
            paired.append(replace(document, translates=original or fallback))
            continue
        earlier = [one for one in documents if one.kind == "annex" and one.number < document.number]
        same = [one for one in earlier if one.label == document.label]
        original = _original(document, same, numbers, SAME_ANNEX) if document.kind == "annex" else None
        paired.append(replace(document, kind="translation", translates=original) if original else document)
    return tuple(paired)


def find_differences(documents: Sequence[Document], readings: Sequence[PageReading]) -> tuple[Difference, ...]:
    """List numbers, dates, accounts and names that an original or its translation has alone."""
    by_number = {document.number: document for document in documents}
    sides: dict[int, _Side] = {}
    differences: list[Difference] = []
    for document in documents:
        if document.translates is None:
            continue
        for number in (document.translates, document.number):
            if number not in sides:
                sides[number] = _side(by_number[number], readings)
        one, other = sides[document.translates], sides[document.number]
        differences += [*_alone(one, other), *_alone(other, one)][:MOST]
    return tuple(differences)


def _original(
    document: Document, among: Sequence[Document], numbers: Mapping[int, set[str]], enough: float
) -> int | None:
    """The document in another language with which it shares most of its numbers."""
    ours = numbers[document.number]
    shares = [
        (len(ours & numbers[one.number]) / max(1, min(len(ours), len(numbers[one.number]))), -one.number)
        for one in among
        if one.language != document.language and one.kind != "translation" and one.number != document.number
    ]
    share, number = max(shares, default=(0.0, 0))
    return -number if share >= enough else None


def _pages(document: Document, readings: Sequence[PageReading]) -> list[PageReading]:
    return [one for one in readings if document.first_page <= one.number <= document.last_page]


def _text(document: Document, readings: Sequence[PageReading]) -> str:
    return "\n".join(page.text for page in _pages(document, readings))[:LONGEST_COMPARED]


def _side(document: Document, readings: Sequence[PageReading]) -> _Side:
    text = LetterText.of(_pages(document, readings), document.languages, LONGEST_COMPARED)
    figures = re.sub(r"(?<=\d)[ .,'/\u00a0-](?=\d)", "", text.folded)
    words = tuple(dict.fromkeys(re.findall(r"[a-z]{2,}", anyascii(text.original).lower())))
    return _Side(document, text, dict(_found(text)), figures, words)


def _found(text: LetterText) -> Iterator[tuple[tuple[DifferenceKind, str], Evidence]]:
    cues = find_cues(text.folded, text.languages)
    dates = without_overlaps([*find_figures(text.folded, text.languages), *find_named(text.folded, text.languages)])
    taken = [Span(found.start, found.end) for found in dates]
    for found in reversed(dates):
        if found.value:
            yield ("date", found.value.isoformat()), _evidence(text, Span(found.start, found.end))
    heading = read_heading(text, cues)
    particulars = find_particulars(text, cues, dates, heading, ())
    for span, account in find_accounts(text, cues, dates):
        taken.append(span)
        value = account.value if account.kind != "account" else re.sub(r"[\W_]", "", fold(account.value)).upper()
        yield ("account", value), account.evidence[0]
    for span, phone in find_phones(text, cues, ()):
        taken.append(span)
        yield ("number", phone.value), phone.evidence[0]
    around = Around(dates, find_states(text), particulars.identifiers, particulars.company_spans)
    for person in find_persons(text, cues, heading, around)[0]:
        yield ("name", person.name), person.evidence[0]
    for number in _NUMBER.finditer(text.folded):
        if all(number.end() <= other.start or other.end <= number.start() for other in taken):
            value = re.sub(r"\D", "", _CENTS.sub("", number.group()) if _is_amount(number.group()) else number.group())
            if len(value) >= FEWEST_FIGURES:
                yield ("number", value), _evidence(text, Span(number.start(), number.end()))


def _is_amount(written: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:[ .,'\u00a0]\d{3})*[.,]\d{2}", written))


def _evidence(text: LetterText, span: Span) -> Evidence:
    return text.evidence(max(text.line_at(span.start).start, span.start - 40), span.end)


def _alone(one: _Side, other: _Side) -> Iterator[Difference]:
    for (kind, value), evidence in one.found.items():
        if (kind, value) in other.found or _stands_in(kind, value, one, other):
            continue
        yield Difference(kind, value, one.document.number, other.document.number, (evidence,))


def _stands_in(kind: DifferenceKind, value: str, one: _Side, other: _Side) -> bool:
    """Whether the other document has it in another shape."""
    if kind == "date":
        return False
    if kind == "name":
        return _is_named(value, one, other)
    digits = re.sub(r"\D", "", value)
    return bool(digits) and re.search(rf"(?<!\d){digits}(?:00)?(?!\d)", other.figures) is not None


def _is_named(name: str, one: _Side, other: _Side) -> bool:
    """Whether each word of a name has a like one; names that cannot be spelt in Latin letters are not compared."""
    if _OWN_SPELLING.search(name) or _is_own_spelling(one) or _is_own_spelling(other):
        return True
    words = re.findall(r"[a-z]{3,}", anyascii(unicodedata.normalize("NFC", name)).lower())
    return all(
        process.extractOne(word, other.words, scorer=fuzz.ratio, score_cutoff=SAME_NAME) is not None for word in words
    )


def _is_own_spelling(side: _Side) -> bool:
    letters = [character for character in side.text.folded[:2000] if character.isalpha()]
    return sum(bool(_OWN_SPELLING.match(character)) for character in letters) > 0.3 * max(1, len(letters))
