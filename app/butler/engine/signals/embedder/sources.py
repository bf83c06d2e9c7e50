"""Where an embedding model comes from: shipped with us, a folder, or fastembed's list."""

from dataclasses import dataclass
from pathlib import Path

import butler

SHIPPED_NAME = "sentence-transformers/all-MiniLM-L6-v2"
_SHIPPED_FOLDER = ("models", "all-MiniLM-L6-v2")
_PACKAGE = Path(butler.__file__).parent


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder with `model.onnx`, `tokenizer.json` and `tokenizer_config.json`."""

    folder: Path
    name: str


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A model of fastembed's list; fetched only where its owner has agreed to the download."""

    name: str
    may_download: bool = False


Source = FolderSource | NamedSource


def shipped() -> FolderSource | None:
    """Return the model that comes with the program; None where it was built without."""
    for root in (_PACKAGE / "_resources", _PACKAGE.parents[1] / "resources"):
        folder = root.joinpath(*_SHIPPED_FOLDER)
        if (folder / "model.onnx").is_file():
            return FolderSource(folder, SHIPPED_NAME)
    return None


def source_of(choice: str, *, may_download: bool = False) -> Source | None:
    """Return what a setting names: nothing or `shipped`, `none`, a folder, or a model's name.

    What begins as a path does, or is one, is a folder.
    """
    match choice.strip():
        case "" | "shipped":
            return shipped()
        case "none":
            return None
        case text:
            folder = Path(text).expanduser()
            if text.startswith(("~", ".")) or folder.is_absolute() or folder.is_dir():
                return local(folder)
            return NamedSource(text, may_download)


def local(folder: Path) -> FolderSource:
    """Return the source for a folder of the owner's; whether it fits is found out on loading."""
    return FolderSource(folder, f"local/{folder.name}")
