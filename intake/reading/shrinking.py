"""Reading large print from fewer pixels: its lines are found sooner, and the models scale them to one height anyway."""

from dataclasses import replace

import cv2
import numpy as np

from intake.reading.ocr import Grey, Layout, OcrEngine, OcrWord, Recognition

#: height of a letter, px, at which alphabets lose nothing, and the least that is worth the scaling
_ENOUGH = 11.0
_LARGE = 13.0
#: Scripts of letters whose shapes are plain; the others lose their marks and strokes first.
_PLAIN = frozenset({"Latn", "Cyrl", "Grek"})


def read_shrunk(
    engine: OcrEngine, pixels: Grey, model: str, layout: Layout, letter: float, script: str | None
) -> Recognition:
    """Read a page, in fewer pixels when its print is large enough.

    Args:
        engine: reads.
        pixels: the page, upright.
        model: name of the model.
        layout: how to look at it.
        letter: height of a letter, px.
        script: ISO 15924.

    Returns:
        words with their places on ``pixels``.
    """
    if letter < _LARGE or script not in _PLAIN:
        return engine.recognise(pixels, model, layout)
    scale = max(0.75, _ENOUGH / letter)
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    read = engine.recognise(small, model, layout)
    return Recognition(tuple(_enlarge(word, scale) for word in read.words), read.complete)


def _enlarge(word: OcrWord, scale: float) -> OcrWord:
    left, top = int(word.left / scale), int(word.top / scale)
    right, bottom = round(word.right / scale), round(word.bottom / scale)
    return replace(word, left=left, top=top, width=max(1, right - left), height=max(1, bottom - top))
