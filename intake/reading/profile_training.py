"""Trains langdetect profiles for the languages it lacks: ``python -m intake.reading.profile_training``.

Two sources, none of them a text that the program is measured on: sentences written for Rogatory
(``profiles/sentences``) and the word lists inside Debian's Tesseract models (Apache-2.0), unpacked with Tesseract's
own ``combine_tessdata`` and ``dawg2wordlist``.
"""

import json
import random
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from langdetect.utils.lang_profile import LangProfile  # type: ignore[import-untyped]

from intake.reading.language_langdetect import LACKED
from intake.reading.languages import LANGUAGES
from intake.reading.tessdata import find_tessdata

#: words of a model's list that are taken, and how often each sentence counts beside them
_WORDS, _SENTENCES_COUNT = 40_000, 60

_SERBIAN_PAIRS: Final = "аa бb вv гg дd ђđ еe жž зz иi јj кk лl љlj мm нn њnj оo пp рr сs тt ћć уu фf хh цc чč џdž шš"
_SERBIAN: Final = {pair[0]: pair[1:] for pair in _SERBIAN_PAIRS.split()}
_UZBEK: Final = {
    "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е", "oʻ": "ў", "gʻ": "ғ", "ʼ": "ъ",
    **dict(zip("abdefghijklmnopqrstuvxyz", "абдэфгҳижклмнопқрстувхйз", strict=True)),
}  # fmt: skip


def train(target: Path) -> None:
    """Write one JSON profile for each language langdetect lacks into a folder."""
    for code in LACKED:
        profile = LangProfile(name=code)
        for text in _texts(code):
            profile.update(f" {text.lower()} ")
        profile.omit_less_freq()
        content = {"freq": dict(sorted(profile.freq.items())), "n_words": profile.n_words, "name": code}
        place = target / f"{code}.json"
        place.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _texts(code: str) -> Iterator[str]:
    for sentence in _sentences(code):
        yield from [sentence] * _SENTENCES_COUNT
    words = _model_words(LANGUAGES[code].model)
    random.Random(13).shuffle(words)  # noqa: S311 (a sample, no secret)
    yield from words[:_WORDS]


def _sentences(code: str) -> list[str]:
    folder = files("intake.reading") / "profiles" / "sentences"
    if code == "sr-Latn":
        return [_letter_by_letter(line, _SERBIAN) for line in _sentences("sr-Cyrl")]
    if code == "uz-Cyrl":
        return [_letter_by_letter(line, _UZBEK) for line in _sentences("uz")]
    return (folder / f"{code}.txt").read_text("utf-8").splitlines()


def _letter_by_letter(text: str, table: Mapping[str, str]) -> str:
    """Return lower-case text in the other script, pairs of letters first."""
    text = text.lower()
    for letters in sorted(table, key=len, reverse=True):
        text = text.replace(letters, table[letters])
    return text


def _model_words(model: str) -> list[str]:
    """Return the lower-case words of the list that a Tesseract model carries."""
    with tempfile.TemporaryDirectory(prefix="rogatory-") as place:
        start = Path(place) / "model."
        source = find_tessdata() / f"{model}.traineddata"
        subprocess.run(["combine_tessdata", "-u", str(source), str(start)], check=True, capture_output=True)
        listing = Path(place) / "words"
        parts = [f"{start}lstm-unicharset", f"{start}lstm-word-dawg", str(listing)]
        subprocess.run(["dawg2wordlist", *parts], check=True, capture_output=True)
        words = listing.read_text("utf-8").split()
    return sorted({word for word in words if word.lower() == word})


if __name__ == "__main__":
    train(Path(__file__).parent / "profiles")
