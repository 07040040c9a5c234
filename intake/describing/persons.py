"""Persons a letter names, and the part they play: told by birth, by a label, by a title or by the part itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from intake.describing.cues import Cue, Cues
from intake.describing.dates import FoundDate
from intake.describing.folding import fold
from intake.describing.heading import Heading
from intake.describing.names_written import LONGEST_NAME, PARTICLES, is_office, name_after
from intake.describing.states import Mention
from intake.describing.text import LetterText, Span
from intake.metadata import Particular, Person

MOST = 20  #: persons reported; a longer list is an annex
ROLES = ("suspect", "witness", "convicted", "victim", "expert", "owner")
#: How far each sign is trusted to stand beside a name.
SURE = {"born": 0.85, "name_label": 0.8, "honorific": 0.65, "role": 0.6}
BEHIND = 170  #: characters behind a name in which birth, nationality and numbers are the person's
_OTHER_THAN_PERSONS = """
act code law convention treaty ordinance penal kodit codigo kodeks hospital bank interpol organo university group fund
foundation time ministry office judge prosecutor president presidente minister ministro director juez fiscal procurador
procuratore embajador ambasciatore juge procureur ambassadeur richter staatsanwalt general generale
"""
_NO_PERSON = frozenset(_OTHER_THAN_PERSONS.split())
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
#: Endings that Turkish and its kin write behind a name.
_ENDING = re.compile(r"['’][a-zçğıöşüə]{1,4}$")


@dataclass(frozen=True, slots=True)
class _Named:
    """A name found by one sign."""

    span: Span
    sign: str
    cue: Cue


@dataclass(frozen=True, slots=True)
class Around:
    """What else the letter names, that may belong to a person."""

    dates: Sequence[FoundDate]
    states: Sequence[Mention]
    identifiers: Sequence[tuple[Span, Particular]]
    companies: Sequence[Span]


def find_persons(
    text: LetterText, cues: Cues, heading: Heading, around: Around
) -> tuple[tuple[Person, ...], tuple[Particular, ...]]:
    """Return the persons in the order of the letter, and the numbers that belong to none of them."""
    named = sorted(_named(text, cues, heading, around), key=lambda one: (one.span.start, -SURE[one.sign]))
    given = _share_out(named, around.identifiers)
    found: dict[str, Person] = {}
    for one in named:
        person = _person(text, cues, one, around, tuple(number for at, number in given if at == one.span.start))
        key = _same(found, person.name)
        found[key] = _joined(found[key], person) if key in found else person
    left = tuple(number for at, number in given if at is None)
    return tuple(found.values())[:MOST], left


def _named(text: LetterText, cues: Cues, heading: Heading, around: Around) -> Iterator[_Named]:
    for cue in cues.of("born"):
        before = _name_before(text, cues, cue.start)
        name = _without_state(text, before, around.states) if before else None
        told = _birth_date(around.dates, cue.start, cue.end) or re.search(
            r"\d{4}", text.folded[max(0, cue.start - 14) : cue.end + 14]
        )
        if name and told and not is_office(cues, name):
            yield _Named(name, "born", cue)
    for concept in ("name_label", "honorific", *ROLES):
        for cue in _longest(cues.of(concept)):
            sign = "role" if concept in ROLES else concept
            may = _may_name(text, cues, cue, sign, heading)
            name = name_after(text, cues, cue.end, announced=sign != "role") if may else None
            name = _without_state(text, name, around.states) if name else None
            if name and not _is_company(name, around.companies) and not _is_place(name, around.states):
                yield _Named(name, sign, cue)


def _longest(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Of words that begin at one place, such as the Thai for *Mrs* and *Miss*, the longest."""
    start = -1
    for cue in cues:
        if cue.start != start:
            yield cue
        start = cue.start


def _may_name(text: LetterText, cues: Cues, cue: Cue, sign: str, heading: Heading) -> bool:
    """Salutations, addressees and officers to contact are no persons of the letter."""
    if sign == "name_label":
        return ":" in text.folded[cue.end : cue.end + 3]
    if "\u0e00" <= text.folded[max(0, cue.start - 1)] <= "\u0e7f" and cue.language == "th":
        return False
    if cue.end - cue.start == 1 and text.folded[max(0, cue.start - 1) : cue.start].strip():
        return False
    line = text.line_at(cue.start)
    if cue.start < text.body_start and any(one.start <= cue.start < one.end for one in heading.addressee):
        return False
    spoken_to = cues.has("salutation", line.start, cue.end + 1) or cues.has("contact", line.start, cue.start)
    opens = text.folded[line.start : cue.start].strip() == ""
    is_signed = opens and cue.start > len(text.folded) - 160 and len(text.folded[cue.end : line.end].split()) < 5
    return not spoken_to and not (sign == "honorific" and is_signed)


def _without_state(text: LetterText, name: Span, states: Sequence[Mention]) -> Span | None:
    """*Citizen of Lithuania Vytautas D.*: the State is none of the name, nor is a title of a law a name at all."""
    ahead = [one.end for one in states if one.start <= name.start < one.end < name.end and one.by != "city"]
    start = max(ahead, default=name.start)
    start += len(text.folded[start : name.end]) - len(text.folded[start : name.end].lstrip())
    words = text.folded[start : name.end].split()
    is_whole = len(words) > 1 or text.folded[start : start + 1] > "\u2e80"
    return Span(start, name.end) if is_whole and not _NO_PERSON.intersection(words) else None


def _is_company(name: Span, companies: Sequence[Span]) -> bool:
    return any(name.start < other.end and other.start < name.end for other in companies)


def _is_place(name: Span, states: Sequence[Mention]) -> bool:
    inside = [one for one in states if one.start >= name.start and one.end <= name.end + 1]
    return any(one.end - one.start > 0.6 * (name.end - name.start) for one in inside)


def _person(text: LetterText, cues: Cues, one: _Named, around: Around, identifiers: tuple[Particular, ...]) -> Person:
    start, end = min(one.cue.start, one.span.start), max(one.cue.end, one.span.end)
    births = [cue for cue in cues.of("born", one.span.start, end + BEHIND) if cue.start - one.span.end < 90]
    born = _birth_date(around.dates, births[0].start, births[0].end) if births else None
    sentence = text.sentence_at(start, end)
    role = one.cue.concept if one.sign == "role" else None
    role = role or _role(cues, one.span.start, max(sentence.start, start - 130), min(len(text.folded), end + 90))
    stop = min(len(text.folded), end + BEHIND)
    return Person(
        name=_ENDING.sub("", " ".join(text.words(one.span.start, one.span.end).split()).strip(" .,-")),
        role=role,
        birth_date=born.isoformat() if born else None,
        nationality=_nationality(cues, around.states, Span(one.span.end, stop)),
        identifiers=identifiers,
        confidence=SURE[one.sign],
        evidence=(text.evidence(start, min(len(text.folded), max(end, births[0].end + 20 if births else end))),),
    )


def _birth_date(dates: Sequence[FoundDate], start: int, end: int) -> date | None:
    near = [d for d in dates if d.value and (0 <= d.start - end < 30 or 0 <= start - d.end < 8)]
    return min(near, key=lambda d: abs(d.start - end)).value if near else None


def _name_before(text: LetterText, cues: Cues, place: int) -> Span | None:
    """The last words with capitals before the birth; scripts without capitals do not show where a name begins."""
    before = max(0, place - 90)
    start = max([before, *(cue.end for role in (*ROLES, "honorific") for cue in cues.of(role, before, place))])
    runs: list[list[Span]] = [[]]
    end = start
    for found in _WORD.finditer(text.folded, start, place):
        if found.start() == start > before and text.folded[start - 1].isalnum():
            continue
        word = text.words(found.start(), found.end())
        apart = bool(runs[-1]) and text.folded[end : found.start()].strip(" \t") != ""
        named = word[0].isupper() or (word in PARTICLES and bool(runs[-1]))
        if apart or not named:
            runs.append([])
        if named:
            runs[-1].append(Span(found.start(), found.end()))
        end = found.end()
    names = [run for run in runs if 2 <= len(run) <= LONGEST_NAME]
    return Span(names[-1][0].start, names[-1][-1].end) if names else None


def _role(cues: Cues, place: int, start: int, end: int) -> str | None:
    near = [(abs(cue.start - place), role) for role in ROLES for cue in cues.of(role, start, end)]
    return min(near)[1] if near else None


def _nationality(cues: Cues, states: Sequence[Mention], behind: Span) -> str | None:
    """The State beside a word for citizenship, or meant by an adjective; a place of birth is no nationality."""
    for cue in cues.of("nationality", behind.start, behind.end):
        near = [m for m in states if m.by != "city" and (-2 <= m.start - cue.end < 25 or -2 <= cue.start - m.end < 12)]
        if near:
            return min(near, key=lambda m: abs(m.start - cue.end)).state
    adjectives = [m for m in states if m.by == "adjective" and behind.start <= m.start < behind.start + 90]
    return adjectives[0].state if adjectives else None


def _share_out(
    named: Sequence[_Named], identifiers: Sequence[tuple[Span, Particular]]
) -> list[tuple[int | None, Particular]]:
    """Give each number to the person named last before it, not too far away."""
    given: list[tuple[int | None, Particular]] = []
    for span, number in identifiers:
        before = [one.span for one in named if 0 <= span.start - one.span.end < BEHIND + 60]
        given.append((before[-1].start if before else None, number))
    return given


def _same(found: dict[str, Person], name: str) -> str:
    """The name under which this person is known already, be it longer or shorter."""
    words = frozenset(fold(name).replace(".", " ").split())
    return next((known for known in found if _covers(frozenset(known.split()), words)), " ".join(sorted(words)))


def _covers(known: frozenset[str], words: frozenset[str]) -> bool:
    return len(known & words) >= 2 and (known <= words or words <= known)


def _joined(known: Person, again: Person) -> Person:
    numbers = dict.fromkeys((*known.identifiers, *again.identifiers))
    return replace(
        known,
        name=max(known.name, again.name, key=len),
        role=known.role or again.role,
        birth_date=known.birth_date or again.birth_date,
        nationality=known.nationality or again.nationality,
        identifiers=tuple({number.value: number for number in numbers}.values()),
        confidence=max(known.confidence, again.confidence),
    )
