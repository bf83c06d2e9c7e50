"""Where case tells something, and where it does not."""

import pytest

from butler.engine.caches.guard.letters import is_about_letters, telling_case


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Who joined US?", ("US",)),
        ("Is it 10 MW or 10 mW", ("MW", "mW")),
        ("Foods with vitamin A", ("A",)),
        ("A man in Rome", ()),
        ("WHAT IS IT", ()),
        ("Who founded NASA?", ()),
    ],
)
def test_short_forms_and_units_are_told(text: str, told: tuple[str, ...]) -> None:
    assert telling_case(text) == told


def test_tasks_about_letters_are_seen() -> None:
    assert is_about_letters("capitalize: hello")
    assert is_about_letters("把这句话改成大写")
    assert not is_about_letters("what is the capital of peru")
