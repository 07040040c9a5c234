"""Character n-grams and words of passages as hashed counts: one fixed space for all scripts, no vocabulary to keep."""

import re
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from classifier.folding import locate_words, split_words

BITS = 18
WIDTH = 1 << BITS  #: number of hashed features
_SIZES = (3, 4, 5)  #: characters of an n-gram; scripts without spaces have pairs from ``split_words``
_BREAKS = re.compile(r"[^\w\u0900-\u0dff\u0e01-\u0e4e§]+")
_DIGIT = re.compile(r"\d")


def count_ngrams(folded: Sequence[str]) -> csr_matrix:
    """Return damped counts, ``1 + log(n)``, of each folded passage's n-grams, words and pairs of words.

    Returns:
        float32, (passages, ``WIDTH``).
    """
    texts = [part_words(text) for text in folded]
    rows, columns = _hash_characters([_DIGIT.sub("0", text) for text in texts])
    word_rows, word_columns = _hash_words(texts)
    row = np.concatenate([rows, word_rows])
    column = np.concatenate([columns, word_columns])
    keys, counts = np.unique(row * WIDTH + column, return_counts=True)
    values = (1.0 + np.log(counts)).astype(np.float32)
    pointers = np.searchsorted(keys, np.arange(len(texts) + 1, dtype=np.int64) * WIDTH)
    return csr_matrix((values, (keys % WIDTH).astype(np.int32), pointers.astype(np.int32)), shape=(len(texts), WIDTH))


def part_words(folded: str) -> str:
    """Return a folded text as it is counted: a space in place of whatever is no letter and no figure."""
    return " " + _BREAKS.sub(" ", folded).strip() + " "


def locate_ngrams(parted: str) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the hashed feature of every n-gram, word and pair of words, where each begins and where it ends.

    Args:
        parted: a text as ``part_words`` gives it.
    """
    _, columns = _hash_characters([_DIGIT.sub("0", parted)])
    starts = [np.arange(max(0, len(parted) - size + 1), dtype=np.int64) for size in _SIZES]
    ends = [start + size for start, size in zip(starts, _SIZES, strict=True)]
    words = [(at, at + len(word)) for word, at in locate_words(parted)]
    _, word_columns = _hash_words([parted])
    begun = [at for at, _ in words] + [at for at, _ in words[:-1]]
    ended = [end for _, end in words] + [end for _, end in words[1:]]
    return (
        np.concatenate([columns, word_columns]),
        np.concatenate([*starts, np.array(begun, np.int64)]),
        np.concatenate([*ends, np.array(ended, np.int64)]),
    )


def _hash_characters(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    sizes = np.array([len(t) for t in texts], np.int64)
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), sizes)
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for size in _SIZES:
        count = len(points) - size + 1
        if count <= 0:
            continue
        value = np.full(count, size, np.uint64)
        for offset in range(size):
            value = (value ^ points[offset : offset + count]) * np.uint64(0x100000001B3)
        inside = owners[:count] == owners[size - 1 :]
        rows.append(owners[:count][inside])
        columns.append(_squeeze(value[inside]))
    return np.concatenate(rows), np.concatenate(columns)


def _hash_words(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    columns: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for row, text in enumerate(texts):
        hashes = np.array([_hash_word(w) for w in split_words(text)], np.uint64)
        pairs = hashes[:-1] * np.uint64(31) + hashes[1:] if len(hashes) > 1 else hashes[:0]
        both = _squeeze(np.concatenate([hashes, pairs]))
        rows.append(np.full(len(both), row, np.int64))
        columns.append(both)
    return np.concatenate(rows), np.concatenate(columns)


@lru_cache(maxsize=100_000)
def _hash_word(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) + (len(word) << 33)


def _squeeze(value: NDArray[np.uint64]) -> NDArray[np.int64]:
    mixed = (value ^ (value >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)
