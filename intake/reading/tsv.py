"""Tesseract's table of words (TSV), read the same way whichever binding made it."""

from intake.reading.ocr import OcrWord

_WORD_LEVEL = "5"
_COLUMNS = 12


def parse_words(table: str, text: str) -> tuple[OcrWord, ...]:
    """Return the words of a table in reading order; rows without visible text are left out.

    Args:
        table: the words with their boxes.
        text: the plain text of the same pass. Only it says where spaces stand in scripts that have few: to Tesseract
            each character or syllable of Chinese, Japanese, Korean and Thai is a word of the table.
    """
    words: list[OcrWord] = []
    lines: dict[tuple[str, ...], int] = {}
    paragraphs: dict[tuple[str, ...], int] = {}
    place = 0
    for row in table.splitlines():
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) < _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        word = cells[11].strip()
        found = text.find(word, place)
        # A word the text lacks would be a fault of Tesseract's; it gets a space and the search goes on.
        spaced = found <= 0 or text[found - 1].isspace()
        place = found + len(word) if found >= 0 else place
        words.append(
            OcrWord(
                text=word,
                left=left,
                top=top,
                width=width,
                height=height,
                confidence=min(1.0, max(0.0, float(cells[10]) / 100)),
                line=lines.setdefault(tuple(cells[1:5]), len(lines)),
                paragraph=paragraphs.setdefault(tuple(cells[1:4]), len(paragraphs)),
                spaced=spaced,
            )
        )
    return tuple(words)
