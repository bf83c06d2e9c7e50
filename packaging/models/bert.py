"""Writes a BERT encoder as an ONNX graph, from its weights alone.

Source: "BERT" (Devlin et al., 2018) and "Attention is all you need" (Vaswani et al., 2017);
weights are named as in Hugging Face's `BertModel`.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from graph import Floats, Graph
from onnx import TensorProto

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
OUTPUT = "last_hidden_state"
_HIDDEN_FROM_ATTENTION = float(np.finfo(np.float32).min)


def encoder(config: Mapping[str, Any], weights: Mapping[str, Floats]) -> bytes:
    """Return the ONNX file of the encoder that `config` (a `config.json`) and weights describe."""
    return _Encoder(config, weights).build()


class _Encoder:
    """The state of one writing: the graph so far, and where weights come from."""

    def __init__(self, config: Mapping[str, Any], weights: Mapping[str, Floats]) -> None:
        self._weights = weights
        self._width = config["hidden_size"]
        self._heads = config["num_attention_heads"]
        self._layers = config["num_hidden_layers"]
        self._epsilon = config["layer_norm_eps"]
        self._graph = Graph()

    def build(self) -> bytes:
        """Write embeddings, then layer upon layer."""
        self._constants()
        hidden, mask = self._embeddings(), self._mask()
        for number in range(self._layers):
            output = OUTPUT if number == self._layers - 1 else f"layer{number}"
            hidden = self._layer(f"encoder.layer.{number}.", hidden, mask, output)
        return self._graph.to_bytes("bert", INPUTS, (OUTPUT, self._width))

    def _constants(self) -> None:
        graph, width = self._graph, self._width // self._heads
        graph.constant("first", np.array(0, np.int64))
        graph.constant("step", np.array(1, np.int64))
        graph.constant("heads", np.array([0, 0, self._heads, width], np.int64))
        graph.constant("joined", np.array([0, 0, self._width], np.int64))
        graph.constant("per_head", np.array([1, 2], np.int64))
        graph.scalar("one", 1)
        graph.scalar("half", 0.5)
        graph.scalar("root_of_two", math.sqrt(2))
        graph.scalar("attention_scale", 1 / math.sqrt(width))
        graph.scalar("hidden_from_attention", _HIDDEN_FROM_ATTENTION)

    def _embeddings(self) -> str:
        graph = self._graph
        words = graph.table("words", self._weight("embeddings.word_embeddings"), INPUTS[0])
        types = graph.constant("types", self._weight("embeddings.token_type_embeddings"))
        kind = graph.node("Gather", [types, INPUTS[2]], "type")
        size = graph.node("Shape", [INPUTS[0]], "size", start=1, end=2)
        count = graph.node("Squeeze", [size], "count")
        order = graph.node("Range", ["first", count, "step"], "order")
        place = graph.table("places", self._weight("embeddings.position_embeddings"), order)
        typed = graph.node("Add", [words, kind], "typed")
        placed = graph.node("Add", [typed, place], "placed")
        return self._normalised(placed, "embeddings.LayerNorm", "embedded")

    def _mask(self) -> str:
        """Nothing for tokens that count, the lowest number for padding."""
        graph = self._graph
        seen = graph.node("Cast", [INPUTS[1]], "seen", to=TensorProto.FLOAT)
        unseen = graph.node("Sub", ["one", seen], "unseen")
        lowered = graph.node("Mul", [unseen, "hidden_from_attention"], "lowered")
        return graph.node("Unsqueeze", [lowered, "per_head"], "mask")

    def _layer(self, at: str, hidden: str, mask: str, output: str) -> str:
        graph = self._graph
        context = self._attention(f"{at}attention.self.", hidden, mask)
        attended = self._linear(context, f"{at}attention.output.dense")
        added = graph.node("Add", [attended, hidden], f"{at}attention.added")
        hidden = self._normalised(added, f"{at}attention.output.LayerNorm", f"{at}attended")
        inner = self._gelu(self._linear(hidden, f"{at}intermediate.dense"))
        outer = self._linear(inner, f"{at}output.dense")
        added = graph.node("Add", [outer, hidden], f"{at}added")
        return self._normalised(added, f"{at}output.LayerNorm", output)

    def _attention(self, at: str, hidden: str, mask: str) -> str:
        graph = self._graph
        query = self._per_head(self._linear(hidden, f"{at}query"), [0, 2, 1, 3])
        key = self._per_head(self._linear(hidden, f"{at}key"), [0, 2, 3, 1])
        value = self._per_head(self._linear(hidden, f"{at}value"), [0, 2, 1, 3])
        products = graph.node("MatMul", [query, key], f"{at}products")
        scaled = graph.node("Mul", [products, "attention_scale"], f"{at}scaled")
        masked = graph.node("Add", [scaled, mask], f"{at}masked")
        shares = graph.node("Softmax", [masked], f"{at}shares", axis=-1)
        mixed = graph.node("MatMul", [shares, value], f"{at}mixed")
        turned = graph.node("Transpose", [mixed], f"{at}turned", perm=[0, 2, 1, 3])
        return graph.node("Reshape", [turned, "joined"], f"{at}context")

    def _per_head(self, source: str, order: list[int]) -> str:
        split = self._graph.node("Reshape", [source, "heads"], f"{source}.split")
        return self._graph.node("Transpose", [split], f"{source}.turned", perm=order)

    def _linear(self, source: str, at: str) -> str:
        matrix = self._graph.matrix(f"{at}.matrix", self._weight(at).T)
        product = self._graph.node("MatMul", [source, matrix], f"{at}.product")
        bias = self._graph.constant(f"{at}.bias", self._weights[f"{at}.bias"])
        return self._graph.node("Add", [product, bias], at)

    def _gelu(self, source: str) -> str:
        graph = self._graph
        scaled = graph.node("Div", [source, "root_of_two"], f"{source}.scaled")
        error = graph.node("Erf", [scaled], f"{source}.error")
        share = graph.node("Add", [error, "one"], f"{source}.share")
        product = graph.node("Mul", [source, share], f"{source}.shared")
        return graph.node("Mul", [product, "half"], f"{source}.gelu")

    def _normalised(self, source: str, at: str, output: str) -> str:
        scale = self._graph.constant(f"{at}.weight", self._weight(at))
        bias = self._graph.constant(f"{at}.bias", self._weights[f"{at}.bias"])
        inputs = [source, scale, bias]
        options = {"axis": -1, "epsilon": self._epsilon}
        return self._graph.node("LayerNormalization", inputs, output, **options)

    def _weight(self, at: str) -> Floats:
        return self._weights[f"{at}.weight"]
