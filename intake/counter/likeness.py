"""Whether two letters are one: the same paper scanned twice, or the fax that came before the original."""

import re
from collections.abc import Sequence

from datasketch import MinHash  # type: ignore[import-untyped]
from rapidfuzz import fuzz

from intake.describing.folding import fold

SHINGLE = 5  #: characters
HASHES, ROWS = 64, 2  #: of a fingerprint, of one band: letters a third alike share a band almost surely
LONGEST = 12_000  #: characters compared; a copy shows itself in the first pages
#: Similarity, 0..1, of the letters and share of the long numbers of the shorter list that stand in both. Letters made
#: from one form are as alike as copies are, but their numbers differ; a bad fax differs in letters, not in all numbers.
ALIKE, SAME_NUMBERS = 0.75, 0.6
ALIKE_WITHOUT_NUMBERS = 0.92
FEWEST_NUMBERS = 3
_LONG_NUMBER = re.compile(r"\d{4,}")
_NO_LETTER = re.compile(r"[\W_]+")


def essence(texts: Sequence[str]) -> str:
    """The letters and figures of a letter's pages, folded."""
    return _NO_LETTER.sub(" ", fold("\n".join(texts)[:LONGEST])).strip()


def bands(text: str) -> tuple[int, ...]:
    """Marks of which two letters that are much alike share some, 64 bits each; none for hardly any text.

    Args:
        text: ``essence`` of a letter.
    """
    shingles = {text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1)}
    if len(shingles) < HASHES:
        return ()
    fingerprint = MinHash(num_perm=HASHES, seed=1)
    fingerprint.update_batch([shingle.encode() for shingle in sorted(shingles)])
    values = [int(value) for value in fingerprint.hashvalues]
    return tuple(_mark(number, values[number : number + ROWS]) for number in range(0, HASHES, ROWS))


def _mark(number: int, values: Sequence[int]) -> int:
    """One signed number of 64 bits for a band and its values."""
    mixed = number
    for value in values:
        mixed = (mixed * 0x9E3779B97F4A7C15 + value) % 2**64
    return mixed - 2**63


def is_copy(one: str, other: str) -> bool:
    """Whether two letters are the same letter.

    Args:
        one: ``essence`` of a letter.
        other: that of another.
    """
    alike = fuzz.ratio(one, other) / 100
    numbers, others = set(_LONG_NUMBER.findall(one)), set(_LONG_NUMBER.findall(other))
    fewer = min(len(numbers), len(others))
    if fewer < FEWEST_NUMBERS:
        return alike >= ALIKE_WITHOUT_NUMBERS and len(numbers & others) == fewer
    return alike >= ALIKE and len(numbers & others) >= SAME_NUMBERS * fewer
