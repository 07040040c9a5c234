"""Finds the words that show that a request holds what a complete one holds (``signs.yaml``)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from intake.describing.folding import fold
from intake.describing.matcher import Matcher, Wanted

_SIGNS = Path(__file__).with_name("signs.yaml")
_GAP = r"(?:\s+\S+){0,4}?\s+"  #: what a lone star between two words stands for


@dataclass(frozen=True, slots=True)
class Sign:
    """Words of one sign found in a text."""

    name: str
    start: int  #: place in the folded text
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    name: str
    language: str


class Signs:
    """The signs of one letter, by name, in the order of the text."""

    def __init__(self, found: Iterable[Sign], languages: Sequence[str]) -> None:
        self._by_name: dict[str, list[Sign]] = {}
        self._languages = languages
        for sign in sorted(found, key=lambda sign: (sign.start, -sign.end)):
            self._by_name.setdefault(sign.name, []).append(sign)

    def of(self, name: str) -> Sequence[Sign]:
        """Return where a sign stands."""
        return self._by_name.get(name, ())

    def covers(self, name: str) -> bool:
        """Whether the absence of a sign in this letter's language means something."""
        return bool(self._languages) and self._languages[0] in _listed()[name]


def find_signs(folded: str, languages: Sequence[str]) -> Signs:
    """Find every sign in a folded text.

    Args:
        folded: the text, folded (``folding.fold``).
        languages: BCP 47 codes of the letter's languages; words of other languages are not believed.
    """
    believed = {*languages, *(language.split("-")[0] for language in languages)}
    single = (
        Sign(match.meaning.name, match.start, match.end)
        for match in _matcher().find(folded)
        if match.meaning.language in believed
    )
    several = (
        Sign(word.name, found.start(), found.end())
        for pattern, word in _patterns()
        if word.language in believed
        for found in pattern.finditer(folded)
    )
    return Signs((*single, *several), languages)


@lru_cache(maxsize=1)
def _listed() -> Mapping[str, Mapping[str, str]]:
    listed: Mapping[str, Mapping[str, str]] = yaml.load(_SIGNS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return listed


def _words() -> Iterator[tuple[str, _Word]]:
    for name, languages in _listed().items():
        for language, listed in languages.items():
            for word in map(str.strip, listed.split("|")):
                # A star that stands alone at the end asks for a word more, not for any ending.
                yield word.removesuffix(" *"), _Word(name, language)


@lru_cache(maxsize=1)
def _matcher() -> Matcher[_Word]:
    return Matcher(
        Wanted(fold(word.strip("*")).strip(" ."), meaning, word.startswith("*"), word.endswith("*"))
        for word, meaning in _words()
        if "*" not in word.strip("*")
    )


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], _Word], ...]:
    """Words with a star inside, as patterns: an ending after a letter, some words where it stands alone."""
    return tuple((_pattern(word), meaning) for word, meaning in _words() if "*" in word.strip("*"))


def _pattern(word: str) -> re.Pattern[str]:
    parts = [r"\s+".join(_ending(fold(one)) for one in part.split()) for part in re.split(r"\s\*\s", word)]
    return re.compile(r"\b" + _GAP.join(parts) + r"(?!\w)")


def _ending(word: str) -> str:
    return re.escape(word.replace("*", "\0")).replace("\0", r"\w*")
