"""Languages so near each other that letter sequences hardly tell them apart; a few words of official letters do."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

#: Groups within which langdetect does not choose: its profiles of their members come from unlike sources.
GROUPS: Final[Sequence[frozenset[str]]] = (
    frozenset({"hr", "sl", "sr-Latn"}),
    frozenset({"id", "ms"}),
    frozenset({"mk", "sr-Cyrl"}),
)

#: beginnings of words that one of the group writes so and its neighbours do not
_BEGINNINGS: Final[Mapping[str, str]] = {
    "hr": "svjed vrijed mjer djel rješ izvješ tijek kazn općin osigura tko uhi europ obavij zahtjev tisuć priopć "
    "suglas prijevar uvjet sudac suca odvjetn siječ veljač ožuj travnj svib lipnj srpnj kolovoz rujn studen prosin",
    "sr-Latn": "svedo izvešt krivičn opštin obezbed bezbed hapš uhaps uhapš tačn obavešt hiljad saopšt saglas "
    "uslov sudij advokat lica tužilaš",
    "id": "bahwa karena pengadilan polisi kepolisian uang pidana penyidik kantor kejaksaan jaksa rekening korupsi "
    "narkotika tersangka terdakwa pasal kasus putusan kejahatan penyelidikan pemerasan bisa",
    "ms": "bahawa kerana mahkamah polis wang jenayah siasat penyiasat pejabat peguam akaun rasuah dadah hendaklah "
    "sekiranya sila perbicaraan tertuduh seksyen akta kes boleh suspek",
}
#: words that are the neighbour's only as a whole; as beginnings they would catch others
_WHOLE: Final = frozenset({"tko", "suca", "lica", "kes", "sila", "bisa", "polis", "uang", "wang"})
_WEIGHT: Final = 1.2
_MOST: Final = 4.0


def _pattern(beginnings: str) -> re.Pattern[str]:
    parts = [rf"{part}\b" if part in _WHOLE else part for part in beginnings.split()]
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE)


_PATTERNS: Final = {code: _pattern(beginnings) for code, beginnings in _BEGINNINGS.items()}


def word_evidence(text: str, candidates: Sequence[str]) -> dict[str, float]:
    """Return a log weight, 0 or above, for each candidate: the more of its own words a text has, the higher."""
    weights = dict.fromkeys(candidates, 0.0)
    for code, pattern in _PATTERNS.items():
        if code in weights:
            distinct = {found.lower() for found in pattern.findall(text)}
            weights[code] = min(_MOST, _WEIGHT * len(distinct))
    return weights


def pool_neighbours(shares: Mapping[str, float]) -> dict[str, float]:
    """Return probabilities in which each of a group has that of the group's likeliest."""
    pooled = dict(shares)
    for group in GROUPS:
        members = [code for code in shares if code in group]
        for code in members:
            pooled[code] = max(shares[member] for member in members)
    return pooled
