"""Finds the words by which a letter shows where things stand (``cues.yaml`` and another), all in one pass."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from intake.describing.folding import fold
from intake.describing.matcher import Match, Matcher, Wanted

#: The second holds the words beside numbers, names and addresses of persons and things.
_CUES = tuple(Path(__file__).with_name(name) for name in ("cues.yaml", "particulars.yaml"))
#: Languages so near to one another that identification mixes them up.
_NEAR = (
    {"hr", "sr-Latn", "bs", "sl", "sr-Cyrl", "sr", "mk", "bg"},
    {"ru", "uk", "be"},
    {"cs", "sk"},
    {"sv", "da", "no", "nb", "nn"},
    {"id", "ms"},
    {"es", "pt", "gl", "ca", "it"},
    {"zh", "zh-Hant", "zh-Hans", "ja"},
    {"fa", "ps", "ur", "ar"},
    {"uz", "uz-Cyrl", "kk", "ky", "tg", "tr", "az"},
    {"et", "fi"},
    {"lv", "lt"},
    {"de", "nl"},
)
LONG_ENOUGH = 5  #: letters; a longer word is believed in a letter of any language


@dataclass(frozen=True, slots=True)
class Cue:
    """One word of the lists found in a text."""

    concept: str
    start: int  #: place in the folded text
    end: int
    language: str  #: BCP 47, of the word


@dataclass(frozen=True, slots=True)
class _Word:
    concept: str
    language: str
    length: int
    whole: re.Pattern[str] | None = None  #: of words with a star inside, of which the first part alone is looked for


class Cues:
    """The cues of one letter, by concept, in the order of the text."""

    def __init__(self, found: Iterable[Cue]) -> None:
        self._by_concept: dict[str, list[Cue]] = defaultdict(list)
        for cue in sorted(found, key=lambda cue: (cue.start, -cue.end)):
            self._by_concept[cue.concept].append(cue)

    def of(self, concept: str, start: int = 0, end: int | None = None) -> Sequence[Cue]:
        """Return the cues of a concept that lie between two places."""
        return [c for c in self._by_concept.get(concept, ()) if c.start >= start and (end is None or c.end <= end)]

    def has(self, concept: str, start: int = 0, end: int | None = None) -> bool:
        """Whether a concept is named between two places."""
        return any(c.start >= start and (end is None or c.end <= end) for c in self._by_concept.get(concept, ()))


def find_cues(folded: str, languages: Sequence[str]) -> Cues:
    """Find every cue in a folded text.

    Args:
        folded: the text, folded (``folding.fold``).
        languages: BCP 47 codes of the letter's languages; short words of other languages are not believed.
    """
    believed = _believed(tuple(languages))
    return Cues(
        Cue(match.meaning.concept, match.start, end, match.meaning.language)
        for match in _matcher().find(folded)
        if (match.meaning.language in believed or match.meaning.length >= LONG_ENOUGH)
        and (end := _end_of(folded, match))
    )


def _end_of(folded: str, match: Match[_Word]) -> int:
    """Where a word ends; 0 when only its first part is there."""
    if match.meaning.whole is None:
        return match.end
    whole = match.meaning.whole.match(folded, match.start)
    return whole.end() if whole else 0


@lru_cache(maxsize=256)
def _believed(languages: tuple[str, ...]) -> frozenset[str]:
    """The letter's languages, those they are mistaken for, and the two that letterheads everywhere borrow from."""
    believed = {"en", "fr", *languages, *(language.split("-")[0] for language in languages)}
    for near in _NEAR:
        if near & set(languages):
            believed |= near
    return frozenset(believed)


@lru_cache(maxsize=1)
def _matcher() -> Matcher[_Word]:
    files = (yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for file in _CUES)
    return Matcher(
        wanted
        for concepts in files
        for concept, languages in concepts.items()
        for language, listed in languages.items()
        for word in listed.split("|")
        for wanted in _wanted(concept, language, word.strip())
    )


def _wanted(concept: str, language: str, word: str) -> Iterator[Wanted[_Word]]:
    bare = fold(word.strip("*")).strip(" .")
    first, star, _ = bare.partition("*")
    if not first:
        return
    if star:
        whole = r"\w*".join(re.escape(part).replace(r"\ ", r"\s+") for part in bare.split("*"))
        pattern = re.compile(whole + (r"\w*" if word.endswith("*") else r"(?!\w)"))
        yield Wanted(first, _Word(concept, language, len(bare), pattern), word.startswith("*"), open_end=True)
    else:
        yield Wanted(bare, _Word(concept, language, len(bare)), word.startswith("*"), word.endswith("*"))
