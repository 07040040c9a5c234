"""Finding out a page's direction, script and language from a strip of it, for a fraction of the page's cost."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intake.reading.assembly import assemble_text
from intake.reading.languages import SCRIPTS, Language
from intake.reading.ocr import Grey, OcrEngine, Orientation
from intake.reading.pieces import Ink
from intake.reading.scripts import share_in_script
from intake.seams import LanguageIdentifier

#: shares of the page's height that are read to find the language: a line or two show most, or that a guess is wrong
_STRIP = 0.055
_TASTE = 0.02
#: share of the page's height in which letters' shapes tell the direction
_BAND = 0.12
#: confidence of the detection from which its direction is not doubted
_SURE_DIRECTION = 4.0
#: a strip that scores this much settles direction, script and language
_SETTLED = 0.72
#: and this much is enough for the script that was detected: print that is hard to read is so in every script
_ENOUGH = 0.4
#: and a line or two settle it when the language is this sure
_CERTAIN = 0.95
#: a line or two below this are in another script or direction
_WORTHLESS = 0.35
#: A strip of grain and dust takes seconds; no more of them are begun after this time, s.
_PATIENCE = 8.0
#: order in which scripts are tried when the detection was wrong; the two it does not know come first
_TRIED = ("Armn", "Geor", "Latn", "Cyrl", "Arab", "Grek", "Hebr", "Thai", "Deva", "Hans", "Jpan", "Kore", "Hant")


@dataclass(frozen=True, slots=True)
class Probe:
    """What a strip says of its page."""

    flipped: bool  #: the page stands on its head
    script: str | None  #: ISO 15924
    language: str | None  #: BCP 47
    language_confidence: float  #: 0..1
    score: float  #: 0..1, how well the strip could be read
    text: str  #: of the strip, for comparison with a text layer


def probe(
    pixels: Grey,
    ink: Ink,
    engine: OcrEngine,
    identifier: LanguageIdentifier,
    neighbour: Language | None = None,
    *,
    thorough: bool = False,
) -> Probe:
    """Find out direction, script and language of a page whose lines run across.

    Args:
        pixels: the page.
        ink: where it is dark.
        engine: reads the strip.
        identifier: names its language.
        neighbour: language of another page of the document; most pages share it, and that is seen at once.
        thorough: read the whole strip even when a line or two settle the matter.
    """
    strip, taste = _band(pixels, ink, _STRIP), _band(pixels, ink, _TASTE)
    if neighbour is not None:
        found = _read_strip(strip if thorough else taste, False, neighbour.script, neighbour.model, engine, identifier)
        if found.score >= _SETTLED and found.language == neighbour.code:
            return found
    started = time.monotonic()
    best = Probe(flipped=False, script=None, language=None, language_confidence=0.0, score=0.0, text="")
    seen = engine.orient(_band(pixels, ink, _BAND))
    likely = _likely_scripts(seen)
    quarter = taste.shape[1] // 4
    middle = np.ascontiguousarray(taste[:, quarter : 3 * quarter])
    for number, (flipped, script) in enumerate(_attempts(seen, likely)):
        if script not in likely and best.script in likely[:1] and best.score >= _ENOUGH:
            break
        # Where the first guess was wrong there are many others: most are seen to be wrong on half a line or two.
        piece = taste if number == 0 or script in likely else middle
        found = _read_strip(piece, flipped, script, SCRIPTS[script].model, engine, identifier)
        if number > 0 and found.score < _WORTHLESS:
            continue
        if thorough or found.score < _SETTLED or found.language_confidence < _CERTAIN:
            found = _read_strip(strip, flipped, script, SCRIPTS[script].model, engine, identifier)
        if found.score > best.score:
            best = found
        if best.score >= _SETTLED or time.monotonic() - started > _PATIENCE:
            break
    return best


def find_direction(pixels: Grey, ink: Ink, engine: OcrEngine, model: str) -> bool:
    """Return whether the page stands on its head, when its language is known."""
    seen = engine.orient(_band(pixels, ink, _BAND))
    if seen is not None and seen.rotation in (0, 180) and seen.confidence >= _SURE_DIRECTION:
        return seen.rotation == 180
    strip = _band(pixels, ink, _STRIP)
    upright = engine.recognise(strip, model, "block").confidence
    return engine.recognise(_flip(strip), model, "block").confidence > upright


def read_strip(pixels: Grey, ink: Ink, engine: OcrEngine, model: str) -> str:
    """Return the text of the strip, when the language is known."""
    return assemble_text(engine.recognise(_band(pixels, ink, _STRIP), model, "block").words)


def _likely_scripts(seen: Orientation | None) -> tuple[str, ...]:
    """Return the script that was detected and those it is mistaken for; Latin is taken for any other."""
    if seen is None or seen.script is None:
        return ()
    kin = {"Hans": ("Jpan", "Hant"), "Jpan": ("Hans",), "Latn": ()}.get(seen.script, ())
    return (seen.script, *kin, *(() if seen.script == "Latn" else ("Latn",)))


def _attempts(seen: Orientation | None, likely: tuple[str, ...]) -> Iterator[tuple[bool, str]]:
    """Yield (flipped, script) pairs, likeliest first, each once."""
    flipped = seen is not None and seen.rotation == 180
    sure = seen is not None and seen.rotation in (0, 180) and seen.confidence >= _SURE_DIRECTION
    order = [*likely, *(script for script in _TRIED if script not in likely)]
    for script in order:
        yield flipped, script
        if not sure:
            yield not flipped, script
    if sure:
        for script in order:
            yield not flipped, script


def _read_strip(
    strip: Grey, flipped: bool, script: str, model: str, engine: OcrEngine, identifier: LanguageIdentifier
) -> Probe:
    read = engine.recognise(_flip(strip) if flipped else strip, model, "block")
    text = assemble_text(read.words)
    letters = sum(letter.isalpha() for letter in text)
    if letters < 8:
        return Probe(flipped, None, None, 0.0, 0.0, text)
    language, sure = identifier.identify(text, script)
    score = read.confidence * share_in_script(text, script) * (0.5 + 0.5 * (sure if language else 0.0))
    return Probe(flipped, script, language, sure if language else 0.0, score, text)


def _flip(pixels: Grey) -> Grey:
    return np.ascontiguousarray(pixels[::-1, ::-1])


def _band(pixels: Grey, ink: Ink, share: float) -> Grey:
    """Return the rows with most ink, cut between lines, about ``share`` of the page's height."""
    top, bottom = densest_rows(ink, share)
    return np.ascontiguousarray(pixels[top:bottom])


def densest_rows(ink: Ink, share: float) -> tuple[int, int]:
    """Return first row and end of the band with most ink, its edges moved to the emptiest row near by."""
    height = ink.shape[0]
    size = min(height, max(44, round(height * share)))
    profile = ink.sum(axis=1).astype(np.float64)
    sums = np.convolve(profile, np.ones(size), mode="valid")
    top = int(np.argmax(sums))
    return _emptiest_near(profile, top), max(_emptiest_near(profile, top + size), top + size // 2)


def _emptiest_near(profile: npt.NDArray[np.float64], row: int, reach: int = 25) -> int:
    low, high = max(0, row - reach), min(len(profile), row + reach + 1)
    if row <= 0 or row >= len(profile):
        return min(max(row, 0), len(profile))
    return low + int(np.argmin(profile[low:high]))


def strip_ink_share(ink: Ink) -> float:
    """Return the share of a page's ink that lies on the strip read to find the language."""
    top, bottom = densest_rows(ink, _STRIP)
    return float(ink[top:bottom].sum() / max(1, ink.sum()))
