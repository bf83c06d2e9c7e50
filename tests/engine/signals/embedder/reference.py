"""What a BERT encoder gives in 64-bit arithmetic: slow, plain, and written apart from the graph."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = dict[str, NDArray[np.float32]]
Array = NDArray[np.float64]

_erf = np.vectorize(math.erf)


def embed(config: Mapping[str, Any], weights: Weights, ids: Sequence[int]) -> Array:
    """Return the mean of the encoder's last states over one text's tokens, of length one."""
    wide = {name: weight.astype(np.float64) for name, weight in weights.items()}
    hidden = wide["embeddings.word_embeddings.weight"][list(ids)]
    hidden = hidden + wide["embeddings.position_embeddings.weight"][: len(ids)]
    hidden = hidden + wide["embeddings.token_type_embeddings.weight"][0]
    hidden = _norm(config, wide, "embeddings.LayerNorm", hidden)
    for number in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{number}."
        mixed = _attention(config, wide, f"{at}attention.self.", hidden)
        added = _linear(wide, f"{at}attention.output.dense", mixed) + hidden
        hidden = _norm(config, wide, f"{at}attention.output.LayerNorm", added)
        inner = _linear(wide, f"{at}intermediate.dense", hidden)
        inner = inner * (1 + _erf(inner / math.sqrt(2))) / 2
        added = _linear(wide, f"{at}output.dense", inner) + hidden
        hidden = _norm(config, wide, f"{at}output.LayerNorm", added)
    mean = hidden.mean(0)
    return mean / np.linalg.norm(mean)


def _linear(weights: Mapping[str, Array], at: str, states: Array) -> Array:
    return states @ weights[f"{at}.weight"].T + weights[f"{at}.bias"]


def _norm(config: Mapping[str, Any], weights: Mapping[str, Array], at: str, states: Array) -> Array:
    centred = states - states.mean(-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(-1, keepdims=True) + config["layer_norm_eps"])
    return centred / spread * weights[f"{at}.weight"] + weights[f"{at}.bias"]


def _attention(
    config: Mapping[str, Any], weights: Mapping[str, Array], at: str, states: Array
) -> Array:
    heads = config["num_attention_heads"]
    query, key, value = (
        np.stack(np.split(_linear(weights, f"{at}{name}", states), heads, axis=-1))
        for name in ("query", "key", "value")
    )
    products = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
    shares = np.exp(products - products.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    return np.concatenate(list(shares @ value), axis=-1)
