"""Finds States and cities named in a letter, whatever the language and the grammatical case."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from intake.describing.matcher import Match, Matcher, Wanted
from intake.describing.names import load_names
from intake.describing.text import LetterText

Kind = Literal["name", "adjective", "city"]

LONGEST_ENDING = 5  #: letters that grammar may add to a name
ONE_SYLLABLE = 4  #: letters
STEM = 4  #: letters by which the words of a name of several words are compared
_WORD = re.compile(r"[^\W\d_]+")
_CITY_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
#: Names that are everyday words too (financial, small, own …); their longer forms still count.
COMMON_WORDS = frozenset(("مالي", "mali", "oman", "toga", "gana"))
#: Letters that case endings replace, in the languages that inflect names.
_ENDINGS = tuple("аяоеиіыьйαηοςaeiouyăţțëáéíóúýիაიו")
_INFLECTED_LANGUAGES = """
az be bg bs cs el et fi hr hu hy ka kk ky lt lv mk mn pl ro ru sk sl sq sr sr-Cyrl sr-Latn tg tr uk uz uz-Cyrl
"""
_INFLECTED = frozenset(_INFLECTED_LANGUAGES.split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A State named somewhere, by its name, an adjective or a city."""

    start: int  #: place in the folded text
    end: int
    state: str  #: ISO 3166-1 alpha-2
    by: "Kind"


def find_states(text: LetterText) -> Sequence[Mention]:
    """Find the States named or meant by an adjective, in the order of the text."""
    folded, spoken = text.folded, tuple(text.languages[:3])
    found = [
        Mention(match.start, _end_of_word(folded, match.end), match.meaning[0], _kind(text, match))
        for match in _matcher(spoken).find(folded)
        if _end_of_word(folded, match.end) - match.end <= (LONGEST_ENDING if match.end - match.start > 3 else 0)
    ]
    found += _of_several_words(folded, spoken)
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.by != "name", m.start)):
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    kept = [mention for mention in kept if _is_written_as_name(text, mention)]
    return sorted(kept, key=lambda mention: mention.start)


def _is_written_as_name(text: LetterText, mention: Mention) -> bool:
    """Whether capitals and the word before leave a name a name."""
    words = text.words(mention.start, mention.end)
    before = text.words(max(0, mention.start - 1), mention.start)
    if "\uac00" <= words[0] <= "\ud7af":
        return not before.isalnum()
    if text.languages[:1] == ("vi",) and len(words) <= ONE_SYLLABLE:
        # The syllables of France, Russia or Italy are those of justice, doctor or idea: *Tư pháp*, *nước Pháp*.
        last = _WORD.findall(text.words(max(0, mention.start - 12), mention.start))[-1:]
        return words.istitle() and bool(last) and last[0].islower()
    return mention.by != "name" or not words.islower()


def _kind(text: LetterText, match: Match[tuple[str, Kind]]) -> Kind:
    """A name written small with an ending is an adjective made of it: *camerounais*."""
    small = text.words(match.start, match.start + 1).islower()
    return "adjective" if small and _end_of_word(text.folded, match.end) > match.end else match.meaning[1]


def find_cities(text: LetterText, start: int, end: int) -> Sequence[Mention]:
    """Find the cities named between two places of the text; only names that clearly belong to one State."""
    found: list[Mention] = []
    words = list(_CITY_WORD.finditer(text.folded, start, end))
    taken = -1
    for index, word in enumerate(words):
        if index <= taken or text.words(word.start(), word.start() + 1).islower():
            continue
        for length in (4, 3, 2, 1):
            part = words[index : index + length]
            if len(part) == length and (state := _city(text.folded[word.start() : part[-1].end()])):
                found.append(Mention(word.start(), part[-1].end(), state, "city"))
                taken = index + length - 1
                break
    return found


def _city(name: str) -> str | None:
    cities = load_names().cities
    if name in cities:
        return cities[name]
    if len(name) < 5 or name.isascii():
        return None
    if name[0] in "بلوف" or name[0] in "בלוהמ":
        return cities.get(name[1:])
    for cut in (1, 2):
        stem = name[:-cut]
        for ending in ("", *"аяоеьςα"):
            if len(stem) > 3 and stem + ending in cities:
                return cities[stem + ending]
    return cities.get(name[:-2] + "ος") or cities.get(name[:-1] + "ς")


def _end_of_word(folded: str, end: int) -> int:
    if "\u0e00" <= folded[end - 1] <= "\u1fff" or folded[end - 1] >= "\u2e80":
        return end
    while end < len(folded) and folded[end].isalpha():
        end += 1
    return end


@lru_cache(maxsize=64)
def _matcher(languages: tuple[str, ...]) -> Matcher[tuple[str, Kind]]:
    names = load_names()
    wanted: dict[str, tuple[str, Kind]] = {}
    for language in _tables(languages):
        for name, state in names.states.get(language, {}).items():
            if name in COMMON_WORDS:
                continue
            wanted.setdefault(name, (state, "name"))
            if language in _INFLECTED and len(name) > 5 and " " not in name and name.endswith(_ENDINGS):
                wanted.setdefault(name[:-1], (state, "name"))
    for language in _tables(languages):
        for adjective, state in names.adjectives.get(language, {}).items():
            if " " not in adjective:
                wanted.setdefault(_stem(adjective) if language in _INFLECTED else adjective, (state, "adjective"))
    return Matcher(Wanted(name, meaning, open_end=len(name) > 3) for name, meaning in wanted.items())


def _stem(adjective: str) -> str:
    return adjective[:-2] if len(adjective) > 6 else adjective


def _tables(languages: tuple[str, ...]) -> Sequence[str]:
    bases = [language.split("-")[0] for language in languages]
    return list(dict.fromkeys([*languages, *bases, "en", "fr"]))


def _of_several_words(folded: str, languages: tuple[str, ...]) -> list[Mention]:
    """Names whose every word is inflected: *Российской Федерации*, *Latvijas Republikai*."""
    keys = _several_words(languages)
    if not keys:
        return []
    words = list(_WORD.finditer(folded))
    found = []
    for index in range(len(words)):
        for length in (2, 3, 4):
            part = words[index : index + length]
            state = keys.get(tuple(word.group()[:STEM] for word in part)) if len(part) == length else None
            if state:
                found.append(Mention(part[0].start(), part[-1].end(), state, "name"))
    return found


@lru_cache(maxsize=64)
def _several_words(languages: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    keys: dict[tuple[str, ...], str] = {}
    ambiguous: set[tuple[str, ...]] = set()
    for language in _tables(languages):
        if language not in _INFLECTED:
            continue
        for name, state in load_names().states.get(language, {}).items():
            words = _WORD.findall(name)
            if 2 <= len(words) <= 4 and all(len(word) > 2 for word in words):
                key = tuple(word[:STEM] for word in words)
                if keys.setdefault(key, state) != state:
                    ambiguous.add(key)
    return {key: state for key, state in keys.items() if key not in ambiguous}
