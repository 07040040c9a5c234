"""Writes the layers of the sentence encoder as an ONNX graph, so that ONNX Runtime can run them with whole numbers.

Weights are rounded to six bits and a sign, one scale for each output: products with more overflow on processors without
the newer instructions, and a letter must mean the same on all. The values between the layers are rounded to eight bits
as they come, and a few of them are so large that little is left of the others; therefore everything is multiplied
twice, once rounded and once what the rounding took away.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from classifier.encoder_weights import EncoderWeights

Floats = NDArray[np.float32]

_FUSED = "com.microsoft"  #: operators of ONNX Runtime that do several steps at once
_EPSILON = 1e-12
_LARGEST = 63  #: of a rounded weight


def write_graph(weights: EncoderWeights, kept: Sequence[int]) -> bytes:
    """Return the graph as ONNX Runtime loads it.

    Its input is ``values`` (texts, tokens, H), words with their places and no padding; its outputs are the token
    vectors after each kept layer, (texts, tokens, H).

    Args:
        weights: of the encoder.
        kept: numbers of the layers, 1-based, ascending; none above the last is run.
    """
    graph = _Graph(weights)
    here = graph.norm("values", None, "emb.ln")
    outputs = []
    for number in range(max(kept)):
        here = graph.layer(here, f"l{number}")
        if number + 1 in kept:
            outputs.append(here)
    written: bytes = graph.finish(outputs).SerializeToString()
    return written


class _Graph:
    """The graph in the making; steps are named by their outputs."""

    def __init__(self, weights: EncoderWeights) -> None:
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        self._rests: dict[str, str] = {}

    def layer(self, here: str, name: str) -> str:
        width, inner = self._weights.width, self._weights.inner
        looked = [self._multiply(here, f"{name}.{part}", width) for part in "qkv"]
        seen = self._add("MultiHeadAttention", looked, f"{name}.seen", num_heads=self._weights.heads)
        here = self.norm(self._multiply(seen, f"{name}.ao", width), here, f"{name}.aln")
        wide = self._add("FastGelu", [self._multiply(here, f"{name}.fi", width)], f"{name}.wide")
        return self.norm(self._multiply(wide, f"{name}.fo", inner), here, f"{name}.oln")

    def norm(self, here: str, before: str | None, name: str) -> str:
        """Add what came before the step, if anything did, and bring each vector to mean 0 and spread 1."""
        scale, shift = (self._constant(f"{name}.{i}", values) for i, values in enumerate(self._weights.norm(name)))
        if before is None:
            return self._add("LayerNormalization", [here, scale, shift], name, domain="", epsilon=_EPSILON)
        return self._add("SkipLayerNormalization", [here, before, scale, shift], name, epsilon=_EPSILON)

    def finish(self, outputs: Sequence[str]) -> ModelProto:
        shape: list[str | int | None] = ["texts", "tokens", self._weights.width]
        inputs = [helper.make_tensor_value_info("values", TensorProto.FLOAT, shape)]
        results = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in outputs]
        graph = helper.make_graph(self._nodes, "encoder", inputs, results, self._constants)
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=9)

    def _multiply(self, here: str, name: str, inputs: int) -> str:
        matrix = self._weights.matrix(name, inputs)
        scale = np.maximum(np.abs(matrix).max(axis=0) / _LARGEST, 1e-12).astype(np.float32)
        rounded = np.round(matrix / scale).astype(np.int8)
        constants = [rounded, scale, np.zeros(len(scale), np.int8), self._weights.bias(name)]
        given = [self._constant(f"{name}.{i}", values) for i, values in enumerate(constants)]
        rounded_part = self._add("DynamicQuantizeMatMul", [here, *given], f"{name}.rounded")
        rest = self._add("DynamicQuantizeMatMul", [self._rest(here), *given[:3]], f"{name}.rest")
        return self._add("Add", [rounded_part, rest], name, domain="")

    def _rest(self, here: str) -> str:
        """Return what rounding takes away from the values of a step."""
        if here not in self._rests:
            names = [f"{here}.{part}" for part in ("whole", "scale", "zero")]
            self._nodes.append(helper.make_node("DynamicQuantizeLinear", [here], names))
            back = self._add("DequantizeLinear", names, f"{here}.back", domain="")
            self._rests[here] = self._add("Sub", [here, back], f"{here}.rest", domain="")
        return self._rests[here]

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        self._constants.append(numpy_helper.from_array(values, name))
        return name

    def _add(self, kind: str, inputs: list[str], output: str, *, domain: str = _FUSED, **settings: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **settings))
        return output
