"""Whether the text that a file carries is the text that its page shows."""

import unicodedata
from dataclasses import dataclass

from intake.reading.pieces import Ink
from intake.reading.probing import strip_ink_share
from intake.seams import LanguageIdentifier

#: fewer characters than this are a page number or a scanner's mark, not the page's text
_LEAST_LETTERS = 25
#: share of a layer that may be characters no reader can see or name
_MOST_GARBAGE = 0.03
#: share of the strip's letter sequences that an honest layer has; OCR with a script's model errs in a few
_LEAST_AGREEMENT = 0.55
#: a layer this many times longer than the ink explains says more than the page shows
_MOST_SURPLUS = 1.7
_SEQUENCE = 4


@dataclass(frozen=True, slots=True)
class LayerVerdict:
    """What to do with a text layer."""

    usable: bool
    flags: tuple[str, ...] = ()  #: ``text_layer_mismatch``, ``hidden_text``


def judge_layer(layer: str, seen: str, ink: Ink, identifier: LanguageIdentifier) -> LayerVerdict:
    """Compare a page's text layer with what was read on a strip of it.

    Args:
        layer: the file's text.
        seen: what was read on the strip.
        ink: of the page, upright.
        identifier: an honest layer is in some language.
    """
    letters, seen = _letters(layer), _letters(seen)
    if len("".join(layer.split())) < _LEAST_LETTERS:
        return LayerVerdict(usable=False)
    language, _ = identifier.identify(layer, None)
    if _garbage_share(layer) > _MOST_GARBAGE or language is None or agreement(seen, letters) < _LEAST_AGREEMENT:
        return LayerVerdict(usable=False, flags=("text_layer_mismatch",))
    share = strip_ink_share(ink)
    if share > 0 and len(letters) > _MOST_SURPLUS * len(seen) / share:
        return LayerVerdict(usable=False, flags=("text_layer_mismatch", "hidden_text"))
    return LayerVerdict(usable=True)


def agreement(seen: str, layer: str) -> float:
    """Return the share of letter sequences seen that the layer has too, 0..1; 0 when too little was seen."""
    sequences = [seen[start : start + _SEQUENCE] for start in range(len(seen) - _SEQUENCE + 1)]
    return sum(sequence in layer for sequence in sequences) / len(sequences) if len(sequences) >= 8 else 0.0


def _letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def _garbage_share(text: str) -> float:
    bad = sum(
        letter == "\ufffd" or (unicodedata.category(letter) in ("Cc", "Co", "Cn") and letter not in "\n\r\t\f")
        for letter in text
    )
    return bad / len(text)
