"""Companies that a letter names, told by their legal form (``legal_forms.yaml`` and the library cleanco)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pycountry
import yaml
from cleanco import termdata  # type: ignore[import-untyped]

from intake.describing.cues import Cues
from intake.describing.folding import fold
from intake.describing.matcher import Match, Matcher, Wanted
from intake.describing.text import LetterText, Span
from intake.metadata import Particular

_FORMS = Path(__file__).with_name("legal_forms.yaml")
Place = Literal["quoted", "before", "after"]
LONGEST_NAME = 6  #: words
LONGEST_QUOTED = 70  #: characters
LONGEST_HAN = 14  #: characters of a name without blanks
#: Forms of the library that are everyday words or signs of something else.
_EVERYDAY_WORDS = """
company limited as da et ad ei gp lp sp sa. trust foundation coop. ent. union pt pp ba bl an sc cv et. se ab es
a.d. e.v. s.p. c.v. p.p. k.s. ud fa psu pse ps ks ik ca cio crl nl tapui cooperative spol.
"""
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
_JOINTS_WORDS = """
& and und et y e i de del des du of the for für di da do en и і та ve - – + la le les van der
"""
_JOINTS = frozenset(_JOINTS_WORDS.split())
_NOT_OF_NAME_WORDS = """
the der die das le la les el los las il lo gli o a an company firm firma firme société societe sociedad empresa
società societa companies firms spółka spółki společnost společnosti společností spoločnosť of account compagnie
gesellschaft firmy фирма компания компании компанию and und et y e i de del by with from to for
"""
_NOT_OF_NAME = frozenset(_NOT_OF_NAME_WORDS.split())
_WORD = re.compile(r"[^\s,;:()«»“”„\"\[\]\u2e80-\u9fff]+")
_QUOTED = re.compile(r"\s{0,2}(?:[«“„\"]|'')\s?([^\n»”“\"]{2,70}?)\s?(?:[»”“\"]|'')")
_QUOTED_BEFORE = re.compile(r"(?:[«“„\"]|'')\s?([^\n«»”“„\"]{2,70})\s?(?:[»”“\"]|'')[\s,]{0,2}$")
#: A place with a case ending, as Turkish writes it before a name.
_WITH_ENDING = re.compile(r"['’][a-zçğıöşü]{2,}$")
#: Words after which a Chinese or Japanese company's name begins.
_BEFORE_HAN = re.compile(r".*[的与與和及向由在为為对對该該请請取系将將从從给給至被即是名下司于於告は、をがのにと]")
_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fffA-Za-z0-9・ー·（）()]{2,30}$")
_HAN_AFTER = re.compile(r"\s?[\u30a0-\u30ff\u4e00-\u9fffA-Za-zー・]{2,14}")


@dataclass(frozen=True, slots=True)
class _Form:
    written: str
    state: str | None
    place: Place


def find_companies(text: LetterText, cues: Cues) -> Iterator[tuple[Span, Particular]]:
    """Yield companies with their place in the folded text."""
    taken: list[Span] = []
    matches = [match for match in _matcher().find(text.folded) if _is_written_as_form(text, match)]
    for match in sorted(matches, key=lambda m: (m.meaning.place != "quoted", m.start - m.end)):
        if any(match.start < other.end and other.start < match.end for other in taken):
            continue
        span = _name(text, match, [Span(other.start, other.end) for other in matches])
        if span is None or cues.has("authority", span.start, match.start):
            continue
        taken.append(span)
        state = _state(text, [one for one in matches if (one.start, one.end) == (match.start, match.end)])
        value = " ".join(text.words(span.start, span.end).split()).strip(" ,-–")
        confidence = 0.9 if match.meaning.place == "quoted" or len(match.meaning.written) > 3 else 0.75
        yield span, Particular(value, "company", state, None, confidence, (text.evidence(span.start, span.end),))


def _state(text: LetterText, alike: Sequence[Match[_Form]]) -> str | None:
    """The one State that has a form; *A.Ş.* and *a.s.* are the same letters but not the same form."""
    written = text.words(alike[0].start, alike[0].end)
    states = {one.meaning.state for one in alike if one.meaning.written == written}
    states = states or {one.meaning.state for one in alike}
    return states.pop() if len(states) == 1 else None


def _is_written_as_form(text: LetterText, match: Match[_Form]) -> bool:
    """Short forms are written in capitals; in a line of capitals only a form of several letters or points tells."""
    form, written = match.meaning.written, text.words(match.start, match.end)
    if not form[0].isascii() and form.upper() == form.lower():
        return True
    letters = [c for c in written if c.isalpha()]
    if "." in form.strip(".") or " " in form:
        return "." in written or " " in written or not form.islower()
    line = text.line_at(match.start)
    shouted = text.words(line.start, line.end).isupper()
    if shouted and len(letters) < 3:
        return False
    if len(letters) <= 4 and form.upper() == form:
        return written.upper() == written
    return written[0].isupper() or form[0].islower()


def _name(text: LetterText, match: Match[_Form], forms: Sequence[Span]) -> Span | None:
    if match.meaning.place == "after":
        return _name_before(text, match, forms)
    quoted = _QUOTED.match(text.folded, match.end)
    if quoted and len(quoted.group(1)) < LONGEST_QUOTED:
        return Span(match.start, quoted.end())
    if match.meaning.written[0] >= "\u2e80":
        han = _HAN_AFTER.match(text.folded, match.end)
        return Span(match.start, han.end()) if han else None
    if match.meaning.written.islower() or match.meaning.written[0] > "\u0589":
        return None
    end = _capitals_after(text, match.end)
    return Span(match.start, end) if end else None


def _capitals_after(text: LetterText, place: int) -> int | None:
    end, count = place, 0
    for word in _WORD.finditer(text.folded, place, min(len(text.folded), place + 60)):
        between = text.folded[end : word.start()]
        written = text.words(word.start(), word.end())
        if between not in (" ", "") or not written[0].isupper() or count == 4:
            break
        end, count = word.start() + len(word.group().rstrip(".")), count + 1
        if written.endswith("."):
            break
    return end if count else None


def _name_before(text: LetterText, match: Match[_Form], forms: Sequence[Span]) -> Span | None:
    line = text.folded.rfind("\n", 0, match.start) + 1
    before = text.folded[max(line, match.start - 90) : match.start]
    if "\u2e80" <= match.meaning.written[0] <= "\u9fff":
        return _han_before(before, match)
    quoted = _QUOTED_BEFORE.search(before)
    if quoted:
        return Span(match.start - len(before) + quoted.start(), match.end)
    words = list(_WORD.finditer(before))[-LONGEST_NAME:]
    first, end = match.start, len(before)
    for word in reversed(words):
        start = match.start - len(before) + word.start()
        written = text.words(start, match.start - len(before) + word.end())
        between = before[word.end() : end]
        apart = between.strip() not in ("", ",") or (between.strip() == "," and first != match.start)
        ends_sentence = written.endswith(".") and len(written) > 4
        another = any(
            form.start < match.start and form.start < start + len(written) and start < form.end for form in forms
        )
        named = written[0].isupper() or written[0].isdigit() or written.lower() in _JOINTS or _is_uncased(written)
        if apart or ends_sentence or another or not named:
            break
        first, end = start, word.start()
    return _trimmed(text, first, match)


def _trimmed(text: LetterText, first: int, match: Match[_Form]) -> Span | None:
    """Leave out articles, joints and words such as *company* in front; something must be left."""
    for word in _WORD.finditer(text.folded, first, match.start):
        written = text.words(word.start(), word.end())
        if written.lower() not in _NOT_OF_NAME | _JOINTS and not written.isdigit() and not _WITH_ENDING.search(written):
            capital = written[0].isupper() or _is_uncased(written)
            return Span(word.start(), match.end) if capital else None
    return None


def _han_before(before: str, match: Match[_Form]) -> Span | None:
    run = _HAN.search(before)
    if run is None:
        return None
    name = run.group()
    begun = _BEFORE_HAN.match(name)
    name = name[begun.end() :] if begun else name
    return Span(match.start - len(name), match.end) if 2 <= len(name) <= LONGEST_HAN else None


def _is_uncased(written: str) -> bool:
    return written[0].isalpha() and written[0].upper() == written[0].lower()


@lru_cache(maxsize=1)
def _matcher() -> Matcher[_Form]:
    forms = [*_own_forms(), *_library_forms()]
    return Matcher(
        Wanted(fold(form.written), form, open_start=form.written[0] in "(㈜", open_end=form.written[-1] in ".)")
        for form in forms
    )


def _own_forms() -> Iterator[_Form]:
    content: Mapping[Place, Mapping[str, str]] = yaml.load(_FORMS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    for place, states in content.items():
        for state, listed in states.items():
            for written in map(str.strip, listed.split("|")):
                yield _Form(written, state or None, place)


def _library_forms() -> Iterator[_Form]:
    """Forms of cleanco in capitals, where they are short; it knows countries by their English names."""
    for country, listed in termdata.terms_by_country.items():
        found = pycountry.countries.get(name=country)
        for term in listed:
            if len(term) > 2 and term.isascii() and term not in _EVERYDAY:
                yield _Form(
                    term.upper() if len(term) <= 4 and "." not in term else term,
                    found.alpha_2 if found else None,
                    "after",
                )
