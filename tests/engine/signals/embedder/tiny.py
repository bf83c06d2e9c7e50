"""A tiny embedding model made up from nothing: random weights, real files, fastembed loads it.

Random weights still make a bag of pieces, so texts that share words lie near each other.
"""

import json
import string
import sys
from itertools import product
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from tests.engine.signals.embedder.reference import Weights

BUILD_STEP = Path(__file__).resolve().parents[4] / "packaging" / "models"
WIDTH, HEADS, MAX_TOKENS = 64, 4, 64
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def make_model(folder: Path, seed: int = 7, max_tokens: int = MAX_TOKENS) -> Path:
    """Write a model that reads letters, digits and ASCII punctuation into a new folder."""
    folder.mkdir(parents=True)
    tokenizer = make_tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    config = make_config(tokenizer.get_vocab_size(), max_tokens)
    options = {"model_max_length": max_tokens, "pad_token": "[PAD]"}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer_config.json").write_text(json.dumps(options))
    (folder / "model.onnx").write_bytes(make_onnx(config, make_weights(config, seed)))
    return folder


def make_onnx(config: dict[str, float], weights: Weights) -> bytes:
    """Write the model with the project's own build step."""
    sys.path.insert(0, str(BUILD_STEP))
    try:
        import bert  # noqa: PLC0415 - a script of the build step, no module of a package
    finally:
        sys.path.remove(str(BUILD_STEP))
    made: bytes = bert.encoder(config, weights)
    return made


def make_tokenizer() -> Tokenizer:
    pairs = ["".join(pair) for pair in product(string.ascii_lowercase, repeat=2)]
    plain = [*string.ascii_lowercase, *"αβγ", *string.digits, *string.punctuation, *pairs]
    inner = [f"##{piece}" for piece in plain if piece.isalnum()]
    pieces = {piece: number for number, piece in enumerate([*_SPECIAL, *plain, *inner])}
    tokenizer = Tokenizer(WordPiece(pieces, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    ends = [("[CLS]", pieces["[CLS]"]), ("[SEP]", pieces["[SEP]"])]
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    return tokenizer


def make_config(vocabulary: int, max_tokens: int = MAX_TOKENS) -> dict[str, float]:
    return {
        "hidden_size": WIDTH,
        "intermediate_size": WIDTH,
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": max_tokens,
        "num_attention_heads": HEADS,
        "num_hidden_layers": 1,
        "vocab_size": vocabulary,
    }


def make_weights(config: dict[str, float], seed: int = 7) -> Weights:
    random = np.random.default_rng(seed)
    weights: Weights = {}

    def add(name: str, *shape: int, spread: float = 0.02) -> None:
        weights[f"{name}.weight"] = (random.standard_normal(shape) * spread).astype(np.float32)
        if len(shape) == 2 and "embeddings" not in name:
            weights[f"{name}.bias"] = np.zeros(shape[0], np.float32)

    def add_norm(name: str) -> None:
        weights[f"{name}.weight"] = np.ones(WIDTH, np.float32)
        weights[f"{name}.bias"] = np.zeros(WIDTH, np.float32)

    add("embeddings.word_embeddings", int(config["vocab_size"]), WIDTH, spread=1.0)
    add("embeddings.position_embeddings", int(config["max_position_embeddings"]), WIDTH)
    add("embeddings.token_type_embeddings", 2, WIDTH)
    add_norm("embeddings.LayerNorm")
    layer = "encoder.layer.0."
    for name in ("attention.self.query", "attention.self.key", "attention.self.value"):
        add(layer + name, WIDTH, WIDTH)
    for name in ("attention.output", "intermediate", "output"):
        add(f"{layer}{name}.dense", WIDTH, WIDTH)
    for name in ("attention.output", "output"):
        add_norm(f"{layer}{name}.LayerNorm")
    return weights
