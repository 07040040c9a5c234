"""The instruments a letter rests on or mentions (``legal_bases.yaml``), with the article it cites."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from intake.describing.cues import Cues
from intake.describing.date_names import find_named
from intake.describing.dates import FoundDate
from intake.describing.folding import fold
from intake.describing.matcher import Matcher, Wanted
from intake.describing.text import LetterText
from intake.values import LegalBasis

_INSTRUMENTS = Path(__file__).with_name("legal_bases.yaml")
SHORTEST_TITLE = 12  #: letters of a translated title that can mean only one instrument
STEM = 5  #: letters by which the inflected words of a title are compared
REACH = 160  #: characters before an instrument in which a basis phrase governs it and its article stands
DOMESTIC = "domestic_law_only"  #: a statute cited beside a treaty is not the basis
NEVER_A_BASIS = "hague_1961_apostille"  #: ambiguities.md §4
GOVERNING, ALONE, MENTIONED = 0.88, 0.62, 0.4  #: confidence, by how the letter names it
_WORD = re.compile(r"[^\W\d_]+")
#: A convention called by its year or its town alone, in the languages that share the word.
_SHORT_NAME = re.compile(
    r"(?:conven[ctz]\w+|convenio|konven[ct]\w+|конвенц\w+|канвенц\w+|konwencj\w+|ubereinkommen\w*|rhubk|umluv\w*|dohovor\w*"
    r"|egyezmeny\w*|sozlesme\w*|συμβασ\w+|اتفاقيه|verdrag|yleissopim\w*)(?:\W+\w{1,8}\.?){0,2}?\W+"
    r"(1957|1959|merida|palermo|budapest\w*|мерид\w+|палерм\w+|будапешт\w*)"
)
_CALLED = {"1957": "coe_1957", "1959": "coe_1959", "m": "uncac", "м": "uncac", "p": "untoc", "п": "untoc"}
_CALLED |= {"b": "budapest_2001", "б": "budapest_2001"}
_NUMBER = r"(\d{1,3}(?:\s?(?:[.(]\s?\d{1,2}\)?|[a-z]\)|bis))*|[IVXL]{1,6})"


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    instrument: str


@dataclass(frozen=True, slots=True)
class _Instruments:
    titles: Matcher[str]  #: exact titles and other names
    stems: dict[tuple[str, ...], str]  #: titles of several words, each cut to its first letters
    longest: int  #: words in the longest of those
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    days: Mapping[date | None, str]  #: day of signature -> the one instrument signed then
    article: re.Pattern[str]
    article_after: re.Pattern[str]


def find_legal_bases(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> tuple[LegalBasis, ...]:
    """Return the instruments named, those governed by a basis phrase first, one entry each."""
    best: dict[str, tuple[bool, _Found]] = {}
    for found in _find(text, cues, dates):
        governed = _is_governed(text, cues, found)
        if found.instrument not in best or (governed and not best[found.instrument][0]):
            best[found.instrument] = (governed, found)
    if len(best) > 1:
        best.pop(DOMESTIC, None)
    any_governed = any(governed for governed, _ in best.values())
    bases = []
    for instrument, (governed, found) in best.items():
        confidence = GOVERNING if governed else MENTIONED if any_governed else ALONE
        if instrument == NEVER_A_BASIS:
            confidence = min(confidence, MENTIONED)
        evidence = (text.evidence(max(0, found.start - 60), found.end),)
        bases.append(LegalBasis(instrument, _article(text, found), confidence, evidence))
    return tuple(sorted(bases, key=lambda basis: -basis.confidence))


def _find(text: LetterText, cues: Cues, dates: Sequence[FoundDate]) -> Iterator[_Found]:
    instruments = _instruments()
    found = [_Found(m.start, m.end, m.meaning) for m in instruments.titles.find(text.folded)]
    found += _by_stems(text.folded, instruments)
    for pattern, instrument in instruments.patterns:
        found += [_Found(m.start(), m.end(), instrument) for m in pattern.finditer(text.folded)]
    for short in _SHORT_NAME.finditer(text.folded):
        called = short.group(1)
        found.append(_Found(short.start(), short.end(), _CALLED.get(called) or _CALLED[called[0]]))
    found += [_Found(d.start, d.end, instruments.days[d.value]) for d in dates if d.value in instruments.days]
    kept: list[_Found] = []
    for candidate in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(candidate.end <= other.start or candidate.start >= other.end for other in kept):
            kept.append(candidate)
    for concept, instrument in (("treaty", "bilateral_treaty"), ("reciprocity", "reciprocity")):
        for cue in cues.of(concept):
            if all(cue.end + 25 <= other.start or cue.start - 25 >= other.end for other in kept):
                kept.append(_Found(cue.start, cue.end, instrument))
    yield from sorted(kept, key=lambda f: f.start)


def _by_stems(folded: str, instruments: _Instruments) -> list[_Found]:
    words = list(_WORD.finditer(folded))
    stems = tuple(word.group()[:STEM] for word in words)
    firsts = {key[0] for key in instruments.stems}
    found = []
    for index, stem in enumerate(stems):
        if stem in firsts:
            for length in range(min(instruments.longest, len(stems) - index), 2, -1):
                instrument = instruments.stems.get(stems[index : index + length])
                if instrument:
                    found.append(_Found(words[index].start(), words[index + length - 1].end(), instrument))
                    break
    return found


def _is_governed(text: LetterText, cues: Cues, found: _Found) -> bool:
    sentence = text.sentence_at(found.start, found.end)
    start = max(sentence.start, found.start - REACH)
    return cues.has("basis", start, min(sentence.end, found.end + 45))


def _article(text: LetterText, found: _Found) -> str | None:
    """The article cited nearest before the instrument, or just after it."""
    instruments = _instruments()
    before = text.folded[max(0, found.start - 60) : found.start]
    after = text.folded[found.end : found.end + 50].split("\n\n")[0]
    for window, last in ((before, True), (after, False)):
        matches = [*instruments.article.finditer(window), *instruments.article_after.finditer(window)]
        if matches:
            match = max(matches, key=lambda m: m.start()) if last else min(matches, key=lambda m: m.start())
            return " ".join(match.group(1).split()).strip(" .").upper()
    return None


@lru_cache(maxsize=1)
def _instruments() -> _Instruments:
    content = yaml.load(_INSTRUMENTS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    titles = [(title, item["id"]) for item in content["instruments"] for title in _titles(item)]
    stems = {
        tuple(word[:STEM] for word in words): instrument
        for title, instrument in titles
        if len(words := _WORD.findall(title)) >= 3
    }
    patterns = [
        (re.compile(fold_pattern(pattern), re.IGNORECASE), instrument)
        for instrument, listed in content["patterns"].items()
        for pattern in listed
    ]
    article_words = fold_pattern(content["article_words"])
    before_number = content["article_postfix"].replace("NUM", "(\\d{1,3})").split("#")[0].strip()
    return _Instruments(
        Matcher(Wanted(title, instrument, open_end=len(title) > 8) for title, instrument in titles),
        stems,
        max(map(len, stems)),
        tuple(patterns),
        _days_of_signature(content["instruments"]),
        re.compile(rf"(?<!\w){article_words}\s*{_NUMBER}", re.IGNORECASE),
        re.compile(fold_pattern(before_number), re.IGNORECASE),
    )


def _days_of_signature(instruments: Sequence[dict[str, Any]]) -> Mapping[date | None, str]:
    """The days on which one instrument alone was signed: letters often give place and day for a title."""
    signed: dict[date | None, set[str]] = defaultdict(set)
    for item in instruments:
        for found in find_named(fold(item.get("place") or ""), ("en",)):
            signed[found.value].add(item["id"])
    return {day: ids.pop() for day, ids in signed.items() if day and len(ids) == 1}


def _titles(item: dict[str, Any]) -> Iterator[str]:
    """Every name long enough to mean only this instrument, folded."""
    names: Sequence[str] = [item["name"], item.get("short", ""), *(item.get("aliases") or [])]
    listed = [name for value in (item.get("names") or {}).values() for name in value.split(";")]
    for name in (*names, *listed):
        title = fold(name if len(name.split(" (")[0]) < SHORTEST_TITLE else name.split(" (")[0]).strip(" .")
        enough = 4 if title[:1] > "\u2e80" else 5 if name in names else SHORTEST_TITLE
        if len(title) >= enough and "..." not in title:
            yield title


def fold_pattern(pattern: str) -> str:
    r"""Fold the letters of a regular expression but not its commands.

    >>> fold_pattern(r"\bCNUCC\b Convenção\s+\w+")
    '\\bcnucc\\b convencao\\s+\\w+'
    """
    return "".join(part if part.startswith("\\") else fold(part) for part in re.split(r"(\\.)", pattern))
