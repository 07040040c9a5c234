"""Letters as OCR gives them: characters taken for others, marks lost, lines broken and words hyphenated at their ends.

The confusions are those measured on scans per script (``benchmarks/confusions.py``), from a clean page to one twenty
times worse; so what the classifier learns from looks like what arrives.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from random import Random
from types import MappingProxyType

from classifier.samples import Span, TrainingLetter

#: how many times worse than measured a page may be
_WORST = 20.0
#: errors per thousand characters that any script has where it was measured to have none
_LOST_SPACE, _LOST_MARK, _STRAY = 0.2, 0.6, 0.1
_STRAYS = "|'.,-~·"
#: characters in a line of a printed page
_NARROWEST, _WIDEST = 45, 100
_SCRIPTS = (
    ("ARABIC", "Arab"), ("ARMENIAN", "Armn"), ("CYRILLIC", "Cyrl"), ("DEVANAGARI", "Deva"), ("GREEK", "Grek"),
    ("HIRAGANA", "Jpan"), ("KATAKANA", "Jpan"), ("CJK", "Hans"), ("HANGUL", "Kore"), ("LATIN", "Latn"),
    ("THAI", "Thai"),
)  # fmt: skip

Confusions = Mapping[str, tuple[tuple[str, float], ...]]


def as_scanned(letter: TrainingLetter, chance: Random) -> TrainingLetter:
    """Return the letter as a scan of it might be read; its spans mark the same stretches.

    Args:
        letter: as it was written.
        chance: where the errors fall; the same state gives the same letter.
    """
    worse = _WORST ** chance.random()
    confusions = load_confusions().get(_script_of(letter.text), MappingProxyType({}))
    pieces, places, width = [], [0], 0
    line = chance.randint(_NARROWEST, _WIDEST)
    breaks = chance.random() < 0.7
    for at, character in enumerate(letter.text):
        piece = _misread(character, confusions, worse / 1000, chance)
        if breaks and width >= line and character == " ":
            piece = "\n"
        elif breaks and width >= line - 2 and _may_part(letter.text, at) and chance.random() < 0.25:
            piece += "-\n"
        width = 0 if "\n" in piece else width + len(piece)
        pieces.append(piece)
        places.append(places[-1] + len(piece))
    spans = [Span(s.role, s.code, places[s.start], places[s.end]) for s in letter.spans]
    kept = tuple(span for span in spans if span.start < span.end)
    return replace(letter, text="".join(pieces), spans=kept)


def scan_some(letters: Sequence[TrainingLetter], share: float, seed: int) -> list[TrainingLetter]:
    """Return the letters, about ``share`` of them as scanned; the same seed takes the same ones."""
    scanned = []
    for letter in letters:
        chance = Random(f"{seed} {letter.language} {letter.id}")  # noqa: S311 (nothing secret is drawn)
        scanned.append(as_scanned(letter, chance) if chance.random() < share else letter)
    return scanned


@cache
def load_confusions() -> Mapping[str, Confusions]:
    """Return, per script (ISO 15924) and character, what is read in its place, per thousand characters."""
    raw = json.loads((files("classifier") / "confusions.json").read_text(encoding="utf-8"))
    table: dict[str, dict[str, list[tuple[str, float]]]] = {}
    for script, edits in raw.items():
        for was, seen, often in edits:
            table.setdefault(script, {}).setdefault(was, []).append((seen, float(often)))
    return MappingProxyType(
        {s: MappingProxyType({was: tuple(seen) for was, seen in edits.items()}) for s, edits in table.items()}
    )


def _misread(character: str, confusions: Confusions, rate: float, chance: Random) -> str:
    """Return what is read for a character; ``rate`` is the share of characters that one in a thousand stands for."""
    if character == "\n":
        return character
    dice = chance.random()
    # What is rare on the page is misread as often as measured where it stands, so its own share is not known:
    # a hundredth of the characters is taken for it.
    for seen, often in confusions.get(character, ()):
        dice -= min(0.4, 100 * often * rate / 10)
        if dice < 0:
            return seen
    if character == " ":
        return "" if dice < _LOST_SPACE * rate * 10 else character
    if dice < _STRAY * rate:
        return character + chance.choice(_STRAYS)
    if dice < 10 * _LOST_MARK * rate:
        bare = unicodedata.normalize("NFD", character)
        return bare[0] if len(bare) > 1 and bare[0].isalpha() else character
    return character


def _may_part(text: str, at: int) -> bool:
    """Whether a word may be hyphenated after a character: two letters of an alphabet on either side."""
    around = text[at - 1 : at + 3]
    return len(around) == 4 and all(c.isalpha() and unicodedata.category(c) in ("Ll", "Lu") for c in around)


def _script_of(text: str) -> str:
    for character in text[:400]:
        name = unicodedata.name(character, "")
        for start, script in _SCRIPTS:
            if character.isalpha() and name.startswith(start):
                return script
    return "Latn"
