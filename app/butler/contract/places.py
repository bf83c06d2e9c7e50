"""Where things lie on this machine: the data directory and the engine's door plate in it."""

import os
from pathlib import Path

from platformdirs import user_data_path

APP = "smart-routing-butler"


def data_dir() -> Path:
    """Return the data directory: `BUTLER_DATA_DIR`, else the platform's own place for it."""
    chosen = os.environ.get("BUTLER_DATA_DIR")
    return Path(chosen).expanduser() if chosen else user_data_path(APP, appauthor=False)


def engine_file(directory: Path) -> Path:
    """Return the file in which a serving engine says where its admin API is."""
    return directory / "engine.json"
