"""The seam to an OCR engine, and what it gives back."""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

#: 8-bit grey, shape (height, width), 0 is black
Grey = npt.NDArray[np.uint8]

#: how the engine should look at the pixels: find columns and paragraphs, take one block of lines, take one line
Layout = Literal["page", "block", "line"]

#: One recognition may take this long, s; a page of text takes one or two, and all of a page's passes 60.
RECOGNITION_SECONDS = 20
#: Letters that show an image's direction, at least; Tesseract looks at five times as many. Its own 50 take four times
#: the time for the same answers, and a strip read in the wrong direction tells a wrong one.
ORIENTATION_LETTERS = 12

#: Tesseract keeps an image's size in 16 bits, and finds nothing in fewer rows or columns than three.
_MOST_PIXELS_A_SIDE, _LEAST_PIXELS_A_SIDE = 32_767, 3


def can_be_recognised(pixels: Grey) -> bool:
    """Whether pixels are of a size that Tesseract takes."""
    return bool(min(pixels.shape) >= _LEAST_PIXELS_A_SIDE and max(pixels.shape) <= _MOST_PIXELS_A_SIDE)


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word with its place on the pixels that the engine was given."""

    text: str
    left: int  #: px
    top: int  #: px
    width: int  #: px
    height: int  #: px
    confidence: float  #: 0..1
    line: int  #: 0-based, in reading order
    paragraph: int  #: 0-based, in reading order
    spaced: bool = True  #: a space or the line's beginning stands before it

    @property
    def right(self) -> int:
        """The first column right of the word, px."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row below the word, px."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Recognition:
    """What an engine made of some pixels."""

    words: tuple[OcrWord, ...]  #: in reading order
    complete: bool = True  #: False when the time ran out

    @property
    def confidence(self) -> float:
        """Mean confidence of the words, weighted by their length, 0..1; 0 without words."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 0.0


@dataclass(frozen=True, slots=True)
class Orientation:
    """How far an image is turned, by the shapes of its letters."""

    rotation: Literal[0, 90, 180, 270]  #: degrees clockwise by which to turn the image upright
    confidence: float  #: below 4 a guess
    script: str | None  #: ISO 15924
    script_confidence: float  #: as the engine says, no fixed range


class OcrEngine(Protocol):
    """Turns pixels that we made into words."""

    @property
    def version(self) -> str:
        """Name and version of the engine and its binding, and which models are installed."""
        ...

    def recognise(self, pixels: Grey, model: str, layout: Layout = "page") -> Recognition:
        """Read upright text.

        Args:
            pixels: at about 200 dpi.
            model: name of a Tesseract model, of a language or of a script.
            layout: what kind of text the pixels show.

        Raises:
            Unavailable: when the engine or the model cannot be used.
        """
        ...

    def orient(self, pixels: Grey) -> Orientation | None:
        """Say how far the pixels are turned; None when there is too little text to tell.

        Raises:
            Unavailable: when the engine cannot be used.
        """
        ...
