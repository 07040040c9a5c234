"""The directory of competent authorities, and who of it a letter names: fuzzily, across scripts, with alternatives."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import pycountry
from anyascii import anyascii
from rapidfuzz import fuzz, process

Role = Literal["central", "competent"]
Channel = Literal["direct", "central_authority", "diplomatic", "police"]

MATCHED = 0.8  #: from here on a name is taken to be that authority's
UNLIKE = 0.6  #: below, a name is taken to be none of the listed authorities'
ALIKE = 0.5  #: from here on an authority is worth showing
MOST_SHOWN = 4
_SAME_WORD = 80  #: ratio 0..100 from which two words are the same, written differently
_LONGEST_NAME = 300  #: characters looked at
#: Words that tell no authority from another, in the languages in which letters name them most.
_FILLING = frozenset({
    "a", "al", "an", "and", "at", "au", "d", "da", "das", "de", "degli", "del", "della", "den", "der", "des", "di",
    "do", "dos", "du", "e", "el", "en", "et", "for", "fur", "i", "in", "l", "la", "las", "le", "los", "o", "of",
    "on", "s", "the", "to", "u", "und", "v", "von", "y", "z", "za",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class DirectoryAuthority:
    """One authority as a line of the imported file gives it."""

    line: int  #: 1-based, in the file
    state: str  #: ISO 3166-1 alpha-2
    name: str
    other_names: tuple[str, ...] = ()
    role: Role = "central"
    matters: tuple[str, ...] = ()  #: what it is designated for; empty when the file does not say
    channel: Channel | None = None  #: how letters reach it
    languages: tuple[str, ...] = ()  #: that it accepts, BCP 47
    address: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    sherloc_id: str | None = None  #: in the UNODC directory
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An authority of the directory whose name is like the one looked for."""

    authority: DirectoryAuthority
    score: float  #: 0..1


@dataclass(frozen=True, slots=True)
class Match:
    """Who of the directory a name stands for."""

    found: Candidate | None = None  #: the likeliest, when it is likely enough
    alternatives: tuple[Candidate, ...] = ()  #: the next, most likely first
    is_designated: bool | None = None  #: None when it cannot be said: no name, nobody of that State listed, or unsure


@dataclass(frozen=True, slots=True)
class Directory:
    """One version of the directory; number 0 is the empty one, before any import."""

    number: int = 0
    authorities: tuple[DirectoryAuthority, ...] = ()
    _by_state: dict[str, list[DirectoryAuthority]] = field(
        init=False, repr=False, compare=False, default_factory=lambda: defaultdict(list)
    )
    _names: "dict[str | None, _Names]" = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for authority in self.authorities:
            self._by_state[authority.state].append(authority)

    def match(self, state: str | None, name: str | None) -> Match:
        """Find who a name stands for.

        Args:
            state: whose authority it is, ISO 3166-1 alpha-2; None looks among all.
            name: as the letter writes it, in any script; several authorities may stand in it.
        """
        listed = self.authorities if state is None else self._by_state.get(state, ())
        if not name or not listed:
            return Match()
        alike = self._names_of(state).like(name[:_LONGEST_NAME])
        found = alike[0] if alike and alike[0].score >= MATCHED else None
        return Match(found, tuple(alike[1:] if found else alike), _is_designated(name, listed, alike))

    def _names_of(self, state: str | None) -> "_Names":
        """Names of one State's authorities, or of all; made when they are first asked for."""
        if state not in self._names:
            listed = self.authorities if state is None else self._by_state.get(state, ())
            self._names[state] = _Names(listed, _words_of_state(state) if state else frozenset())
        return self._names[state]

    def designates(self, state: str | None, name: str) -> bool | None:
        """Whether a State has named this authority; None where the directory cannot say."""
        return None if state is None else self.match(state, name).is_designated


def _is_designated(name: str, listed: Sequence[DirectoryAuthority], alike: Sequence[Candidate]) -> bool | None:
    """What the likeness says; where nobody is listed in the script of the name, a stranger may be a translation."""
    best = alike[0].score if alike else 0.0
    if best >= MATCHED:
        return True
    comparable = any(_is_latin(one) == _is_latin(name) for entry in listed for one in (entry.name, *entry.other_names))
    return False if best < UNLIKE and comparable else None


def _is_latin(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    return sum("LATIN" in unicodedata.name(char, "") for char in letters) * 2 > len(letters)


def likeness(wanted: Sequence[str], listed: Sequence[str]) -> float:
    """How far a written name is that of a listed authority, 0..1.

    Every word of the listed name should be found in the written one, whose other words, a department or a town, count
    less; or a written name of several words may be the beginning of a longer one that is listed.

    >>> round(likeness(words_of("Министерство юстиции"), words_of("Ministerstvo yustitsii")), 1)
    1.0
    >>> likeness(words_of("Court of Appeal of Milan"), words_of("Court of Appeal of Rome")) < MATCHED
    True
    """
    return _likeness(wanted, listed, [_alike(word, listed) for word in wanted])


def _likeness(wanted: Sequence[str], listed: Sequence[str], alike: Sequence[Mapping[str, float]]) -> float:
    """The same, where for each wanted word the words like it are known, each with its ratio 0..1."""
    if not wanted or not listed:
        return 0.0
    of_wanted = [
        (word, max(near.get(other, 0.0) for other in listed)) for word, near in zip(wanted, alike, strict=True)
    ]
    of_listed = [(other, max(near.get(other, 0.0) for near in alike)) for other in listed]
    covered, found = _share(of_listed), _share(of_wanted)
    whole = covered * (0.75 + 0.25 * found)
    return max(whole, found * (0.55 + 0.45 * covered)) if len(wanted) > 1 else whole


def _share(words: Sequence[tuple[str, float]]) -> float:
    """Share of the words, by their length, that is found."""
    return sum(len(word) * ratio for word, ratio in words) / sum(len(word) for word, _ in words)


def _alike(word: str, others: Iterable[str]) -> dict[str, float]:
    """Words that are the same in some spelling, each with its ratio 0..1."""
    found = process.extract(word, list(others), scorer=fuzz.ratio, score_cutoff=_SAME_WORD, limit=None)
    return {other: ratio / 100 for other, ratio, _ in found}


class _Names:
    """The names of some authorities, by the words that stand in them."""

    def __init__(self, authorities: Sequence[DirectoryAuthority], filling: frozenset[str]) -> None:
        self._filling = filling
        self._names: list[tuple[DirectoryAuthority, tuple[str, ...]]] = [
            (one, self.telling(name)) for one in authorities for name in (one.name, *one.other_names)
        ]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, (_, words) in enumerate(self._names):
            for word in set(words):
                self._by_word[word].append(place)

    def telling(self, name: str) -> tuple[str, ...]:
        """Words of a name without those of the State's own."""
        return tuple(word for word in words_of(name) if word not in self._filling)

    def like(self, name: str) -> list[Candidate]:
        """Authorities whose name is like this one, most alike first."""
        wanted = self.telling(name)
        alike = [_alike(word, self._by_word) for word in wanted]
        places = {place for near in alike for word in near for place in self._by_word[word]}
        best: dict[int, Candidate] = {}
        for place in sorted(places):
            authority, words = self._names[place]
            score = round(_likeness(wanted, words, alike), 3)
            if score >= ALIKE and (authority.line not in best or score > best[authority.line].score):
                best[authority.line] = Candidate(authority, score)
        return sorted(best.values(), key=lambda one: -one.score)[:MOST_SHOWN]


@lru_cache(maxsize=50_000)
def words_of(name: str) -> tuple[str, ...]:
    """The telling words of a name in Latin letters without marks or case.

    >>> words_of("Ministère de la Justice"), words_of("وزارة العدل")
    (('ministere', 'justice'), ('wzrh', 'ldl'))
    """
    plain = unicodedata.normalize("NFKC", name).replace("’", "'").lower()
    found = re.findall(r"[a-z0-9]+", "".join(map(_in_latin, plain)))
    return tuple(word for word in found if word not in _FILLING) or tuple(found)


def _in_latin(char: str) -> str:
    """A character in Latin letters; one that is a word of its own in its script stands apart."""
    if char.isascii():
        return char
    # What a letter becomes may hold signs, which divide no words; the apostrophe of Latin script does.
    latin = re.sub(r"[^a-z0-9]", "", anyascii(char).lower()) if unicodedata.category(char)[0] in "LMN" else " "
    return f" {latin} " if "\u3400" <= char <= "\u9fff" else latin


@lru_cache(maxsize=300)
def _words_of_state(state: str) -> frozenset[str]:
    """Words of the State's own name, which tell none of its authorities from another."""
    country: Any = pycountry.countries.get(alpha_2=state)
    names = [getattr(country, key, "") for key in ("name", "official_name", "common_name")] if country else []
    return frozenset(word for name in names if name for word in words_of(name))


@dataclass(frozen=True, slots=True)
class LetterMatches:
    """Who of the directory a letter's sender and addressee are."""

    version: int  #: of the directory
    sender: Match
    addressee: Match


def match_letter(
    directory: Directory, sender: tuple[str | None, str | None], addressee: tuple[str | None, str | None]
) -> LetterMatches | None:
    """Match both ends of a letter; None while no directory has been imported.

    Args:
        directory: the version to look in.
        sender: State, ISO 3166-1 alpha-2, and name of the requesting authority.
        addressee: State that is asked, and name of the addressee.
    """
    if not directory.number:
        return None
    return LetterMatches(directory.number, directory.match(*sender), directory.match(*addressee))
