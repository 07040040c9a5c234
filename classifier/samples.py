"""The training letters: read from JSON Lines and checked before anything is learnt from them."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from classifier.folding import fold, split_words
from classifier.taxonomy import load_taxonomy

ROLES = ("ask", "offence", "past", "announced", "negated", "context", "statute", "option")
REQUEST_KINDS = frozenset({"request", "supplementary_request", "draft_request", "spontaneous_information"})
OTHER_KINDS = frozenset(
    {
        "covering_note",
        "reminder",
        "status_enquiry",
        "additional_information",
        "acknowledgement",
        "reply_or_execution",
        "withdrawal",
        "not_mla",
    }
)
#: Shingles of five words that two letters of different templates may share at most.
NEAR_COPY = 0.6
_SCRIPTS = {
    "ARABIC": ("ar", "fa", "ur"),
    "HEBREW": ("he",),
    "CYRILLIC": ("bg", "sr-Cyrl", "mk", "ru", "uk", "be", "kk", "uz-Cyrl", "tg", "mn"),
    "GREEK": ("el",),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",),
    "DEVANAGARI": ("hi",),
    "THAI": ("th",),
    "HANGUL": ("ko",),
    "CJK": ("zh", "zh-Hant", "ja"),
}


class SampleError(ValueError):
    """Training text that cannot be used; says where it stands and what is wrong, never what it says."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a letter that a writer marked."""

    role: str  #: one of ``ROLES``
    code: str | None
    start: int  #: characters from the beginning of the text
    end: int  #: exclusive


@dataclass(frozen=True, slots=True)
class TrainingLetter:
    """One letter with what is right to say of it."""

    id: str
    language: str
    template: str  #: letters made on one pattern share it and are never split
    kind: str
    is_request: bool
    civil: bool
    request_types: tuple[str, ...]  #: primary first
    offences: tuple[str, ...]  #: primary first
    spans: tuple[Span, ...]
    text: str
    origin: str
    weight: float = 1.0  #: letters that a person confirmed may count for more


def load_letters(directory: Path) -> list[TrainingLetter]:
    """Read and check every ``*.jsonl`` in a directory, in the order of their names.

    Raises:
        SampleError: when a line cannot be used, or letters repeat one another.
    """
    letters: list[TrainingLetter] = []
    places: list[str] = []
    for path in sorted(directory.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                place = f"{path.name}, line {number}"
                letters.append(_read_line(line, place))
                places.append(place)
    _refuse_repeats(letters, places)
    return letters


def hash_letters(letters: Iterable[TrainingLetter]) -> str:
    """Return a SHA-256 over ids, labels and texts: two trainings on the same text have the same hash."""
    digest = sha256()
    for letter in letters:
        digest.update(repr((letter.id, letter.request_types, letter.offences, letter.spans, letter.text)).encode())
    return digest.hexdigest()


def _read_line(line: str, place: str) -> TrainingLetter:
    try:
        raw: dict[str, Any] = json.loads(line)
        letter = TrainingLetter(
            id=str(raw["id"]),
            language=str(raw["language"]),
            template=str(raw["template"]),
            kind=str(raw["kind"]),
            is_request=bool(raw["is_request"]),
            civil=bool(raw["civil"]),
            request_types=tuple(raw["request_types"]),
            offences=tuple(raw["offences"]),
            spans=tuple(Span(s["role"], s["code"], int(s["start"]), int(s["end"])) for s in raw["spans"]),
            text=str(raw["text"]),
            origin=str(raw["origin"]),
            weight=float(raw.get("weight", 1.0)),
        )
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise SampleError(f"{place}: not a training letter ({type(error).__name__})") from error
    for fault in _faults(letter):
        raise SampleError(f"{place}: {fault}")
    return letter


def _faults(letter: TrainingLetter) -> Iterator[str]:
    taxonomy = load_taxonomy()
    types, offences = taxonomy.codes("request_type"), taxonomy.codes("offence")
    yield from (f"unknown request type {c!r}" for c in letter.request_types if c not in types)
    yield from (f"unknown offence {c!r}" for c in letter.offences if c not in offences)
    if len(set(letter.request_types)) < len(letter.request_types) or len(set(letter.offences)) < len(letter.offences):
        yield "a code stands twice"
    if letter.kind not in REQUEST_KINDS | OTHER_KINDS:
        yield f"unknown kind {letter.kind!r}"
    elif letter.is_request != (letter.kind in REQUEST_KINDS):
        yield f"kind {letter.kind!r} and is_request disagree"
    if not letter.is_request and letter.request_types != ("other",):
        yield "not a request, so its request types must be other"
    if letter.language not in taxonomy.languages:
        yield f"unknown language {letter.language!r}"
    elif not is_in_script(letter.text, letter.language):
        yield f"the text is not in the script of {letter.language!r}"
    yield from _span_faults(letter, types + offences)


def _span_faults(letter: TrainingLetter, codes: tuple[str, ...]) -> Iterator[str]:
    for span in letter.spans:
        if span.role not in ROLES:
            yield f"unknown role {span.role!r}"
        if span.code is not None and span.code not in codes:
            yield f"unknown code {span.code!r} in a span"
        if not 0 <= span.start < span.end <= len(letter.text):
            yield "a span lies outside the text"


def is_in_script(text: str, language: str) -> bool:
    """Whether at least four letters in ten are of the language's script; names and annexes may be foreign."""
    script = next((s for s, languages in _SCRIPTS.items() if language in languages), "LATIN")
    wanted = (script, "HIRAGANA", "KATAKANA") if script == "CJK" else (script,)
    letters = [c for c in text[:4000] if c.isalpha()]
    return bool(letters) and sum(unicodedata.name(c, "").startswith(wanted) for c in letters) >= 0.4 * len(letters)


def _refuse_repeats(letters: list[TrainingLetter], places: list[str]) -> None:
    seen_ids: dict[tuple[str, str], str] = {}
    owners: dict[int, list[int]] = {}
    shingles: list[set[int]] = []
    for i, letter in enumerate(letters):
        first = seen_ids.setdefault((letter.language, letter.id), places[i])
        if first != places[i]:
            raise SampleError(f"{places[i]}: the id stands in {first} too")
        own = _shingle(letter.text)
        shared: dict[int, int] = {}
        for shingle in own:
            for j in owners.get(shingle, ()):
                shared[j] = shared.get(j, 0) + 1
            owners.setdefault(shingle, []).append(i)
        shingles.append(own)
        for j, count in shared.items():
            alike = count / max(1, min(len(own), len(shingles[j])))
            if alike == 1.0 and letter.text == letters[j].text:
                raise SampleError(f"{places[i]}: the same text stands in {places[j]}")
            if alike > NEAR_COPY and letter.template != letters[j].template:
                raise SampleError(f"{places[i]}: nearly the same text stands in {places[j]} under another template")


def _shingle(text: str) -> set[int]:
    words = split_words(fold(text))
    return {hash(tuple(words[i : i + 5])) for i in range(max(1, len(words) - 4))}
