"""The shipped weights are those that the prompts in the repository give."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from butler.contract.places import resource

ROOT = Path(__file__).resolve().parents[2]
FILES = ("weights.npy", "scales.npy")


def train(folder: Path) -> None:
    script = ROOT / "packaging" / "training" / "train.py"
    subprocess.run(
        [sys.executable, str(script), "--quick", "--to", str(folder)],
        check=True,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "app"), "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.mark.slow
def test_the_weights_belong_to_the_prompts_and_the_cues(tmp_path: Path) -> None:
    train(tmp_path)
    shipped = resource("models", "task")
    weights, scales = (np.load(tmp_path / name, allow_pickle=False) for name in FILES)
    own, own_scales = (np.load(shipped / name, allow_pickle=False) for name in FILES)
    # Another processor may round the last digit otherwise.
    assert np.allclose(scales, own_scales, rtol=1e-4), "run `make train`"
    assert np.abs(weights.astype(int) - own).max() <= 1, "run `make train`"
