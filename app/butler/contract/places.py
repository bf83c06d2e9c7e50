"""Where things lie on this machine: the data directory, the engine's door plate, resources."""

import os
from pathlib import Path

from platformdirs import user_data_path

import butler

APP = "smart-routing-butler"
_PACKAGE = Path(butler.__file__).parent


def data_dir() -> Path:
    """Return the data directory: `BUTLER_DATA_DIR`, else the platform's own place for it."""
    chosen = os.environ.get("BUTLER_DATA_DIR")
    return Path(chosen).expanduser() if chosen else user_data_path(APP, appauthor=False)


def engine_file(directory: Path) -> Path:
    """Return the file in which a serving engine says where its admin API is."""
    return directory / "engine.json"


def resource(*parts: str) -> Path:
    """Return the path of a resource: beside the package when installed, else in the repository.

    Raises FileNotFoundError when it is in neither place, which means a broken installation.
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parents[1] / "resources"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation.")
