"""Finds the files the desktop needs at run time: translations and icons."""

from pathlib import Path

import butler

_PACKAGE = Path(butler.__file__).parent


def resource(*parts: str) -> Path:
    """Return the path of a resource: beside the package when installed, else in the repository.

    Raises FileNotFoundError when it is in neither place, which means a broken installation.
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parents[1] / "resources"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation.")
