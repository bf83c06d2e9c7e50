"""A small builder of ONNX graphs, with weights kept in eight bits.

A matrix is stored as int8, with a scale and a zero point for each of its output channels, and
unpacked when the model is loaded. Activations stay in 32 bits, so that a text's embedding never
depends on what else is in its batch.
"""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

_OPSET, _IR_VERSION = 17, 8
_LOWEST, _HIGHEST, _STEPS = -128, 127, 255
_LEAST_SCALE = np.float32(1e-12)

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]


class Graph:
    """Nodes and constants in the order of their making; every node is named after its output."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Any) -> str:
        """Add an array or a number under a name, and return the name."""
        self._constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def scalar(self, name: str, value: float) -> str:
        """Add one 32-bit number."""
        self._constants.append(numpy_helper.from_array(np.array(value, np.float32), name))
        return name

    def node(self, operation: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add an operation and return the name of its output."""
        made = helper.make_node(operation, inputs, [output], name=output, **attributes)
        self._nodes.append(made)
        return output

    def matrix(self, name: str, weights: Floats) -> str:
        """Add a matrix to multiply with, eight bits a number."""
        values, scales, zeros = quantise_columns(weights)
        parts = [
            self.constant(f"{name}.int8", values),
            self.constant(f"{name}.scale", scales),
            self.constant(f"{name}.zero", zeros),
        ]
        return self.node("DequantizeLinear", parts, name, axis=1)

    def table(self, name: str, rows: Floats, indices: str) -> str:
        """Look rows of a table up, eight bits a number.

        Rows are scaled after they were found: the whole table never stands in memory unpacked.
        """
        values, scales = quantise_rows(rows)
        found = self.node("Gather", [self.constant(f"{name}.int8", values), indices], f"{name}.row")
        by = self.constant(f"{name}.scale", scales)
        scale = self.node("Gather", [by, indices], f"{name}.by")
        wide = self.node("Cast", [found], f"{name}.wide", to=TensorProto.FLOAT)
        return self.node("Mul", [wide, scale], name)

    def to_bytes(self, name: str, inputs: list[str], output: tuple[str, int]) -> bytes:
        """Return the model file; `inputs` are [batch, tokens] of int64, `output` name and width."""
        shape = ["batch", "tokens"]
        graph = helper.make_graph(
            self._nodes,
            name,
            [helper.make_tensor_value_info(each, TensorProto.INT64, shape) for each in inputs],
            [helper.make_tensor_value_info(output[0], TensorProto.FLOAT, [*shape, output[1]])],
            self._constants,
        )
        operations = [helper.make_opsetid("", _OPSET)]
        model = helper.make_model(graph, opset_imports=operations, ir_version=_IR_VERSION)
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString(deterministic=True))


def quantise_columns(weights: Floats) -> tuple[Bytes, Floats, Bytes]:
    """Return int8 values, and scale and zero point of each column.

    A column's own zero point matters: where its numbers lie on one side, half the steps would
    be wasted, and the widest layers show it in texts of one word.
    """
    low, high = np.minimum(weights.min(0), 0), np.maximum(weights.max(0), 0)
    scales = np.maximum((high - low) / np.float32(_STEPS), _LEAST_SCALE)
    zeros = np.rint(_LOWEST - low / scales)
    values = np.clip(np.rint(weights / scales) + zeros, _LOWEST, _HIGHEST)
    return values.astype(np.int8), scales, zeros.astype(np.int8)


def quantise_rows(rows: Floats) -> tuple[Bytes, Floats]:
    """Return int8 values, and the scale of each row; zero stays zero."""
    scales = np.abs(rows).max(1, keepdims=True) / np.float32(_HIGHEST)
    scales = np.maximum(scales, _LEAST_SCALE)
    return np.rint(rows / scales).astype(np.int8), scales
