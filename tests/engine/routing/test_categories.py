"""A compiled category says in a trace what it is called and what it misses."""

from butler.engine.call import Target
from butler.engine.routing.categories import Category


def test_it_is_known_by_its_name() -> None:
    category = Category("cat_1", "law", "Contracts.", ("Is it valid?",), (Target("a", "b"),))
    assert category.reason == "law"


def test_it_says_what_is_missing() -> None:
    category = Category("cat_1", "law", "", (), (), ("a/b", "c/d"))
    assert category.reason == "law; there is no enabled model a/b or c/d"
