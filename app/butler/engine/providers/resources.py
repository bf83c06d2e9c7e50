"""Finds the data files that come with the product: presets and model families."""

from pathlib import Path

import butler

_PACKAGE = Path(butler.__file__).parent


def read_resource(*parts: str) -> bytes:
    """Return a file's bytes: beside the package when installed, else in the repository.

    Raises FileNotFoundError when it is in neither place, which means a broken installation.
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parents[1] / "resources"):
        path = root.joinpath(*parts)
        if path.is_file():
            return path.read_bytes()
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation.")
