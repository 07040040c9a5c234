"""Measures which characters are taken for which: ``python -m benchmarks.confusions > classifier/confusions.json``.

Reads the scans, nothing told, aligns each page's text with the truth, and counts edits per script: what stood there and
what was read ("" for nothing), with its frequency per thousand characters of the script. Pages with more than a tenth
of their characters wrong are left out: their lines are out of order, and an alignment would count nonsense.
"""

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict

from rapidfuzz.distance import Levenshtein

from benchmarks.reading import SCANS, load_page
from intake.reading.reader import default_reader

_MOST_WRONG = 0.1
_LEAST_SEEN = 2
_MOST_PAIRS = 120


def main() -> int:
    if not SCANS.is_dir():
        print("The scan set is not here: nothing to measure.", file=sys.stderr)
        return 1
    reader = default_reader()
    edits: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    letters: Counter[str] = Counter()
    for meta in json.loads((SCANS / "meta.json").read_text("utf-8")):
        pdf = SCANS / "pdf" / f"{meta['lang']}.pdf"
        page = load_page(pdf, int(meta["id"][-1]) - 1, meta["dpi"], grey=meta["mode"] != "color")
        reading = reader.read_page(page, None)
        read, truth = (_plain(text) for text in (reading.text, (SCANS / "gt" / f"{meta['id']}.txt").read_text("utf-8")))
        if Levenshtein.normalized_distance(read, truth) > _MOST_WRONG or reading.script is None:
            continue
        letters[reading.script] += len(truth)
        for edit in Levenshtein.opcodes(truth, read):
            if edit.tag != "equal":
                was, seen = truth[edit.src_start : edit.src_end], read[edit.dest_start : edit.dest_end]
                if len(was) <= 2 and len(seen) <= 2:
                    edits[reading.script][was, seen] += 1
    table = {script: _table(edits[script], letters[script]) for script in sorted(edits)}
    print(json.dumps(table, ensure_ascii=False, indent=0))
    return 0


def _table(edits: Counter[tuple[str, str]], letters: int) -> list[tuple[str, str, float]]:
    often = [(pair, count) for pair, count in edits.most_common(_MOST_PAIRS) if count >= _LEAST_SEEN]
    return [(was, seen, round(1000 * count / letters, 3)) for (was, seen), count in often]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


if __name__ == "__main__":
    sys.exit(main())
