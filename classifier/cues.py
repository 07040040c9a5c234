"""Shows what a passage is for: the words that ask, look back, deny, announce, answer, remind; lists; citations."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from classifier.folding import fold
from classifier.taxonomy import load_taxonomy

_UNSPACED = {"zh", "zh-Hant", "ja", "th", "ko"}
_GROWN_ON = {"ar": "[وفلب]?(?:ال)?", "he": "[והשלב]?"}
_BREAKS = re.compile(r"[^\w\u0900-\u0dff\u0e01-\u0e4e§]+")
_TICKED = re.compile(r"[☑☒✓✔■]|\[[xXх✓]\]|\([xXх]\)")
_UNTICKED = re.compile(r"[☐□]|\[[ _]?\]|\( \)")
_ARTICLE_RUN = re.compile(r"(?:§|\b(?:art|sec|ст|мад|მუხ|מ)\w*\.?|第)\s*\d+|المادة|\d+\s*(?:條|条|조)", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(46|18)\s*[(,.\s]{1,3}(?:par\w*\.?\s*|§\s*)?(3|10|18)\b[)\s,]*(?:[(\s]*([a-k])\))?")
_HAGUE = re.compile(
    r"\b(?:hag|haag|haia|haya|haye|aja$|l'aia|гааг|хааг|хаг|лахей)|لاهاي|لاهه|ההאג|האג|海牙|ハーグ|헤이그|เฮก"
)
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
#: UNCAC art. 46(3) and UNTOC art. 18(3) share their letters (a) to (i).
_LETTERS = {
    "a": "taking_evidence",
    "b": "service_of_documents",
    "c": "search_and_seizure",
    "d": "forensic_or_expert_examination",
    "e": "business_or_official_records",
    "f": "bank_records",
    "g": "identify_or_trace_assets",
    "j": "freezing_or_restraint",
    "k": "asset_recovery_return",
}
_PARAGRAPHS = {"10": "transfer_of_detained_witness", "18": "video_hearing"}
#: Hague conventions by year.
_HAGUE_YEARS = {
    "1954": ("civil_or_commercial",),
    "1965": ("service_of_documents", "civil_or_commercial"),
    "1970": ("taking_evidence", "civil_or_commercial"),
    "1980": ("family_or_maintenance",),
    "2007": ("family_or_maintenance",),
}

CUE_NAMES = tuple(load_taxonomy().cues)
SHAPE_NAMES = ("ticked", "unticked", "articles", "digits")


def find_cues(folded: str, languages: Sequence[str]) -> NDArray[np.float32]:
    """Return 1 for each group of cues (``CUE_NAMES``) that a folded passage holds a word of, else 0."""
    text = _BREAKS.sub(" ", folded)
    found = np.zeros(len(CUE_NAMES), np.float32)
    for language in languages:
        for i, pattern in enumerate(_patterns(language)):
            if not found[i] and pattern.search(text):
                found[i] = 1.0
    return found


def locate_cue(text: str, name: str, languages: Sequence[str]) -> tuple[int, int] | None:
    """Return where the first word of a group of cues stands, or None.

    Args:
        text: folded, with a space in place of whatever is no letter and no figure.
        name: one of ``CUE_NAMES``.
        languages: of the taxonomy, whose cues apply.
    """
    found = (_patterns(language)[CUE_NAMES.index(name)].search(text) for language in languages)
    return next((match.span() for match in found if match), None)


def find_shape(text: str) -> NDArray[np.float32]:
    """Return boxes ticked and not, articles cited and the share of digits (``SHAPE_NAMES``), each 0..1."""
    digits = sum(c.isdigit() for c in text)
    return np.array(
        [
            bool(_TICKED.search(text)),
            bool(_UNTICKED.search(text)),
            min(1.0, len(_ARTICLE_RUN.findall(text)) / 4),
            digits / max(1, len(text)),
        ],
        np.float32,
    )


def find_citations(folded: str) -> frozenset[str]:
    """Return the codes that cited treaty articles stand for.

    >>> sorted(find_citations("under article 46(3)(f) of the convention"))
    ['bank_records']
    """
    return frozenset(code for code, _ in quote_citations(folded))


def quote_citations(folded: str) -> Iterator[tuple[str, str]]:
    """Yield each code that a cited treaty article stands for, with the words that cite it."""
    for article in _ARTICLE.finditer(folded):
        _, paragraph, letter = article.groups()
        code = _LETTERS.get(letter or "") if paragraph == "3" else _PARAGRAPHS.get(paragraph)
        if code:
            yield code, article.group().rstrip(" ,")
    hague = _HAGUE.search(folded)
    if hague:
        for year in _YEAR.findall(folded):
            yield from ((code, f"{hague.group()} {year}") for code in _HAGUE_YEARS.get(year, ()))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    unspaced = language in _UNSPACED
    start = "" if unspaced else r"(?<!\w)" + _GROWN_ON.get(language, "")
    patterns = []
    for by_language in load_taxonomy().cues.values():
        entries = [
            _BREAKS.sub(" ", fold(e.rstrip("$"))).strip() + (r"(?!\w)" * e.endswith("$")) for e in by_language[language]
        ]
        patterns.append(re.compile(start + "(?:" + "|".join(sorted(entries, key=len, reverse=True)) + ")"))
    return tuple(patterns)
