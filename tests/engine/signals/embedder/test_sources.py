"""What a setting names as the source of the model."""

from pathlib import Path

from butler.engine.signals.embedder.sources import (
    FolderSource,
    NamedSource,
    shipped,
    source_of,
)


def test_nothing_chosen_is_the_shipped_model() -> None:
    assert source_of("") == source_of(" shipped ") == shipped()


def test_none_is_no_model() -> None:
    assert source_of("none") is None


def test_a_path_is_a_folder_of_the_owner(tmp_path: Path) -> None:
    assert source_of(str(tmp_path / "mine")) == FolderSource(tmp_path / "mine", "local/mine")
    assert isinstance(source_of("~/models/mine"), FolderSource)


def test_everything_else_is_a_name_and_stays_offline_without_consent() -> None:
    assert source_of("BAAI/bge-small-zh-v1.5") == NamedSource("BAAI/bge-small-zh-v1.5", False)
    agreed = source_of("BAAI/bge-small-zh-v1.5", may_download=True)
    assert agreed == NamedSource("BAAI/bge-small-zh-v1.5", True)
