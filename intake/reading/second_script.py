"""Words of another script on a page: a Latin reference in an Arabic letter, the other column of a bilingual one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from intake.reading.assembly import assemble_text
from intake.reading.languages import SCRIPTS
from intake.reading.ocr import Grey, OcrEngine, OcrWord, Recognition
from intake.reading.scripts import share_in_script

#: words that a model reads with less confidence than this may be in a script it does not know
_DOUBTFUL = 0.6
#: and are taken from another model that is at least this sure, and by this much surer
_SURE, _SURER = 0.7, 0.2
#: fewer letters in a row than this are a smudge
_LEAST_LETTERS = 4
_MOST_RUNS = 40
#: paper put around a run, px
_MARGIN = 10
#: share of a Latin page's letters that must be doubtful
_LEAST_SHARE = 0.04
#: scripts that the detection does not know, looked for on a Latin page where it knows no answer
_UNDETECTED = ("Armn", "Geor")
#: So many doubtful runs on a Latin page are looked at before another script is believed to be there.
_TRIED = 2
#: So many are shown to the detection at once.
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class _Run:
    """Doubtful words side by side on a line."""

    start: int  #: index of the first word
    end: int  #: index after the last


def read_second_script(
    pixels: Grey, words: tuple[OcrWord, ...], script: str | None, engine: OcrEngine
) -> tuple[OcrWord, ...]:
    """Return the words with doubtful runs replaced by what another script's model is surer of.

    Args:
        pixels: the page, upright.
        words: what the page's own model read.
        script: the page's script, ISO 15924.
        engine: reads the runs.
    """
    if script is None:
        return words
    runs = _widen(_doubtful_runs(words, script), words)[:_MOST_RUNS]
    letters = sum(len(word.text) for word in words)
    doubtful = sum(len(word.text) for run in runs for word in words[run.start : run.end])
    # A page in Latin letters has smudges more often than a second script: only many of them are worth the look.
    if doubtful < (_LEAST_SHARE * letters if script == "Latn" else 1):
        return words
    other = "Latn" if script != "Latn" else _script_beside_latin(pixels, words, runs, engine)
    if other is None:
        return words
    whole = list(words)
    for run in reversed(runs):
        better = _read_run(pixels, words[run.start : run.end], other, engine)
        if better:
            whole[run.start : run.end] = better
    return tuple(whole)


def _doubtful_runs(words: Sequence[OcrWord], script: str) -> list[_Run]:
    runs = []
    start = 0
    for end in range(1, len(words) + 1):
        same = end < len(words) and words[end].line == words[start].line
        if same and _is_doubtful(words[end], script) == _is_doubtful(words[start], script):
            continue
        letters = sum(len(word.text) for word in words[start:end])
        if _is_doubtful(words[start], script) and letters >= _LEAST_LETTERS:
            runs.append(_Run(start, end))
        start = end
    return runs


def _widen(runs: Sequence[_Run], words: Sequence[OcrWord]) -> list[_Run]:
    """Take numbers and signs beside a run into it, for letters misread as such, and join runs that then touch."""
    widened: list[_Run] = []
    for run in runs:
        start, end, line = run.start, run.end, words[run.start].line
        while start > 0 and words[start - 1].line == line and not _has_letters(words[start - 1]):
            start -= 1
        while end < len(words) and words[end].line == line and not _has_letters(words[end]):
            end += 1
        if widened and start <= widened[-1].end and words[widened[-1].start].line == line:
            start = widened.pop().start
        widened.append(_Run(start, end))
    return widened


def _has_letters(word: OcrWord) -> bool:
    return any(letter.isalpha() for letter in word.text)


def _is_doubtful(word: OcrWord, script: str) -> bool:
    """Whether a word may be in another script: unsure of, or in Latin letters on a page that is not."""
    if word.confidence < _DOUBTFUL:
        return True
    return script != "Latn" and share_in_script(word.text, "Latn") > 0.5


def _script_beside_latin(pixels: Grey, words: Sequence[OcrWord], runs: Sequence[_Run], engine: OcrEngine) -> str | None:
    """Return the script in which the longest doubtful runs make sense, None when it is none of those known."""
    longest = sorted(runs, key=lambda run: words[run.start].left - words[run.end - 1].right)
    if len(runs) <= _TRIED:
        return None
    crops = [_crop(pixels, words[run.start : run.end])[0] for run in longest[:_SHOWN]]
    seen = engine.orient(_stack(crops))
    # Loading the models of all scripts takes a second: only those are tried that the letters look like.
    likely = (seen.script,) if seen is not None and seen.script else _UNDETECTED
    for script in likely:
        if script != "Latn" and all(
            _read_run(pixels, words[run.start : run.end], script, engine) for run in longest[:_TRIED]
        ):
            return script
    return None


def _crop(pixels: Grey, words: Sequence[OcrWord]) -> tuple[Grey, int, int]:
    """Return the picture of a run with paper around it, and where its left upper corner stood on the page."""
    pad = 6
    left, top = max(0, min(word.left for word in words) - pad), max(0, min(word.top for word in words) - pad)
    right, bottom = max(word.right for word in words) + pad, max(word.bottom for word in words) + pad
    return np.pad(pixels[top:bottom, left:right], _MARGIN, constant_values=250), left - _MARGIN, top - _MARGIN


def _stack(crops: Sequence[Grey]) -> Grey:
    """Return pictures of lines below one another."""
    width = max(crop.shape[1] for crop in crops)
    return np.vstack([np.pad(crop, ((0, 0), (0, width - crop.shape[1])), constant_values=250) for crop in crops])


def _read_run(pixels: Grey, words: Sequence[OcrWord], script: str, engine: OcrEngine) -> list[OcrWord]:
    """Return the run as the script's model reads it; empty when that is no better."""
    crop, left, top = _crop(pixels, words)
    model = "eng" if script == "Latn" else SCRIPTS[script].model
    read = engine.recognise(crop, model, "line")
    before = Recognition(tuple(words)).confidence
    text = assemble_text(read.words)
    # A number is a number in any script, and the page's own model knows its own digits.
    if share_in_script(text, script) < 0.8:
        return []
    better = _SURER if before < _DOUBTFUL else 0.0
    if read.confidence < max(_SURE, before + better):
        return []
    line, paragraph = words[0].line, words[0].paragraph
    return [
        replace(word, left=word.left + left, top=word.top + top, line=line, paragraph=paragraph) for word in read.words
    ]
