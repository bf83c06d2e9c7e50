"""How much of a download has come over."""

import threading
from pathlib import Path

from butler.engine.signals.embedder.download import size_of, watched


def test_the_share_grows_with_the_folder(tmp_path: Path) -> None:
    (tmp_path / "before").write_bytes(b"x" * 500)
    heard: list[float] = []
    half, all_of_it = threading.Event(), threading.Event()

    def hear(share: float) -> None:
        heard.append(share)
        half.set() if share == 0.5 else None
        all_of_it.set() if share == 1.0 else None

    with watched(tmp_path, 1_000, hear):
        (tmp_path / "part").write_bytes(b"x" * 500)
        assert half.wait(10)
        (tmp_path / "more").write_bytes(b"x" * 700)
        assert all_of_it.wait(10)
    assert heard == sorted(heard)


def test_links_do_not_count_twice(tmp_path: Path) -> None:
    (tmp_path / "blob").write_bytes(b"x" * 10)
    (tmp_path / "link").symlink_to("blob")
    assert size_of(tmp_path) == 10
    assert size_of(tmp_path / "nothing") == 0
