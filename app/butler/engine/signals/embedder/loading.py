"""Opens an embedding model: ours, a folder's, or one of fastembed's list.

This module loads fastembed, and what it does blocks. Opening never touches the network; only
`fetch` does, for as long as a download takes.
"""

import difflib
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastembed import TextEmbedding
from fastembed.common.model_description import ModelSource, PoolingType
from huggingface_hub import constants
from loguru import logger as log_of_fastembed

from butler.engine.signals.embedder.download import watched
from butler.engine.signals.embedder.encoder import Encoder
from butler.engine.signals.embedder.model import ModelError, NotHereError
from butler.engine.signals.embedder.sources import (
    SHIPPED_NAME,
    FolderSource,
    NamedSource,
    Source,
)

_NEEDED = ("tokenizer.json", "tokenizer_config.json")
_POOLING = "1_Pooling/config.json"
_MODEL_FILES = ("model.onnx", "onnx/model.onnx")


def open_model(source: Source, cache_dir: Path) -> Encoder:
    """Open a model that is on this machine.

    Raises NotHereError where it would have to be downloaded, ModelError where it is of no use,
    and what the libraries raise on damaged files.
    """
    _hush()
    if isinstance(source, FolderSource):
        return _from_folder(source)
    found = _described(source)
    try:
        # Without the network a plain try costs 39 seconds of waiting; this one answers at once.
        opened = _open(found["model"], cache_dir, local_files_only=True)
    except ValueError as error:
        raise NotHereError(
            f"{found['model']} is not on this machine. Allow the download of about "
            f"{found['size_in_GB'] * 1000:.0f} MB, or choose another model."
        ) from error
    folder = Path(getattr(opened.model, "_model_dir", cache_dir))
    return Encoder(opened, found["model"], _fingerprint(folder, found["model_file"]))


def fetch(source: NamedSource, cache_dir: Path, progress: Callable[[float], None]) -> None:
    """Download a model; raises ModelError where that fails.

    `progress` hears, from another thread, how much has come over, 0 to 1.
    """
    _hush()
    found = _described(source)
    try:
        with watched(cache_dir, found["size_in_GB"] * 1e9, progress):
            _open(found["model"], cache_dir, lazy_load=True)
    except ValueError as error:
        raise ModelError(
            f"{found['model']} could not be downloaded. Check the network connection and the "
            "free space, then try again."
        ) from error


def _from_folder(source: FolderSource) -> Encoder:
    file = next((file for file in _MODEL_FILES if (source.folder / file).is_file()), None)
    missing = [name for name in _NEEDED if not (source.folder / name).is_file()]
    if file is None or missing:
        missing += [_MODEL_FILES[0]] if file is None else []
        raise ModelError(f"{source.folder} holds no model: {' and '.join(missing)} is missing.")
    fingerprint = _fingerprint(source.folder, file)
    name = source.name
    if name != SHIPPED_NAME:
        name = f"{name}@{fingerprint}/{file}"
        _make_known(name, source.folder, file)
    opened = _open(name, source.folder, specific_model_path=str(source.folder))
    return Encoder(opened, source.name, fingerprint)


def _make_known(name: str, folder: Path, file: str) -> None:
    """Tell fastembed of a model that is not in its list."""
    if any(known["model"] == name for known in TextEmbedding.list_supported_models()):
        return
    pooling = _json(folder / _POOLING)
    TextEmbedding.add_custom_model(
        model=name,
        pooling=PoolingType.CLS if pooling.get("pooling_mode_cls_token") else PoolingType.MEAN,
        normalization=True,
        sources=ModelSource(hf=name),
        dim=int(_json(folder / "config.json").get("hidden_size", 0)),
        model_file=file,
    )


def _described(source: NamedSource) -> dict[str, Any]:
    """Return what fastembed says of a model; raises ModelError where it knows none."""
    known = {each["model"].lower(): each for each in TextEmbedding.list_supported_models()}
    found = known.get(source.name.lower())
    if found is not None:
        return found
    near = difflib.get_close_matches(source.name.lower(), known, n=3)
    names = ", ".join(known[each]["model"] for each in near)
    hint = f" Did you mean {names}?" if names else ""
    raise ModelError(f"fastembed knows no model {source.name!r}.{hint}")


def _hush() -> None:
    # fastembed would write every failed attempt to the terminal; we say it once, in our words.
    log_of_fastembed.disable("fastembed")
    # The other way of downloading runs native threads, which abort a program that is ending.
    constants.HF_HUB_DISABLE_XET = True


def _open(name: str, cache_dir: Path, **options: Any) -> TextEmbedding:
    # A second thread makes it slower where the cores have other work: both spin.
    return TextEmbedding(
        name,
        cache_dir=str(cache_dir),
        threads=1,
        providers=["CPUExecutionProvider"],
        **options,
    )


def _fingerprint(folder: Path, file: str) -> str:
    """Return a digest of all that a vector depends on: weights, tokenizer, pooling."""
    digest = hashlib.sha256()
    for name in (file, _NEEDED[0], _POOLING):
        try:
            with (folder / name).open("rb") as content:
                digest.update(hashlib.file_digest(content, "sha256").digest())
        except FileNotFoundError:
            digest.update(b"none")
    return digest.hexdigest()[:16]


def _json(file: Path) -> dict[str, Any]:
    """Read a file that may be missing; raises ModelError where it holds no JSON object."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise ModelError(f"{file} can not be read as JSON.") from error
    return found if isinstance(found, dict) else {}
