"""A shelf in memory keeps what it is given."""

from butler.engine.caches.similar.shelf import MemoryShelf


def test_it_keeps_what_it_is_given() -> None:
    shelf = MemoryShelf()
    shelf.open()
    shelf.write("a", b"1")
    shelf.write("b", b"2")
    shelf.remove(["a", "c"])
    assert shelf.read("a") is None
    assert list(shelf.items()) == [("b", b"2")]
    shelf.close()
    assert shelf.read("b") == b"2"
