"""Words put together to the text of a page."""

from collections.abc import Iterable
from itertools import groupby

from intake.reading.ocr import OcrWord


def assemble_text(words: Iterable[OcrWord]) -> str:
    """Return the text of words in reading order: a line per line, an empty line between paragraphs."""
    paragraphs = []
    for _, paragraph in groupby(words, key=lambda word: word.paragraph):
        lines = [_assemble_line(list(line)) for _, line in groupby(paragraph, key=lambda word: word.line)]
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


def _assemble_line(words: list[OcrWord]) -> str:
    return "".join(f" {word.text}" if word.spaced else word.text for word in words).strip()
