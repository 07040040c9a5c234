"""Says what sentences mean, in a hundred languages at once: vectors in which translations lie near one another.

The encoder is multilingual-e5-small, learnt by others from text of the whole web; here it only answers, and hands out
the means of its token vectors half-way up and at the top. See docs/decisions/0027-meaning.md.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from classifier.encoder_graph import write_graph
from classifier.encoder_weights import EncoderWeights, unpack

Floats = NDArray[np.float32]

#: Layers whose vectors are handed out: at the top is what a sentence is about, further down how it is put.
_KEPT = (8, 12)
_LONGEST = 160  #: tokens of a sentence that are looked at
#: Size of a sentence's vector: the mean of its tokens' for each kept layer.
MEANING_SIZE = len(_KEPT) * 384
_Tokens = NDArray[np.int64]


class Encoder:
    """The sentence encoder, ready to answer; safe for several threads."""

    def __init__(self) -> None:
        """Load the weights.

        Raises:
            EncoderMissing: when they are not installed.
        """
        weights = EncoderWeights()
        self._words, self._places = weights.words, weights.places()
        self._pieces = SentencePieceProcessor()
        self._pieces.LoadFromSerializedProto(weights.pieces)
        options = onnxruntime.SessionOptions()
        # One core for each letter: several are read at the same time.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        graph = write_graph(weights, _KEPT)
        self._layers = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return what each text means.

        Args:
            texts: as they stand on the page; of a long one the first 160 tokens are looked at.

        Returns:
            (texts, ``MEANING_SIZE``); each kept layer's part has length one.
        """
        # One by one: rounded values depend on what goes through together, and a sentence should mean the same anywhere.
        rows = [self._run(self._split(text)) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, MEANING_SIZE), np.float32)

    def _split(self, text: str) -> _Tokens:
        # Marks that join nothing are spaces to the pieces: Persian writes them inside words.
        plain = unicodedata.normalize("NFKC", text.encode(errors="replace").decode()).replace("\u200c", " ")
        pieces = self._pieces.encode(" ".join(plain.split()))[: _LONGEST - 2]
        return np.array([self._pieces.bos_id(), *pieces, self._pieces.eos_id()], np.int64)

    def _run(self, tokens: _Tokens) -> Floats:
        values = unpack(self._words[tokens]) + self._places[: len(tokens)]
        means = [layer[0].mean(axis=0) for layer in self._layers.run(None, {"values": values[None]})]
        return np.concatenate([mean / np.linalg.norm(mean) for mean in means])


@cache
def shared_encoder() -> Encoder:
    """Return the encoder of the process; it is loaded once.

    Raises:
        EncoderMissing: when its weights are not installed.
    """
    return Encoder()
