"""Names of vendors as one or two letters."""

import pytest
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.widgets.monogram import initials, monogram


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OpenAI", "OA"),
        ("Anthropic", "A"),
        ("LM Studio", "LS"),
        ("llama.cpp", "LC"),
        ("智谱 AI", "智A"),
        ("...", "?"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_a_picture(qtbot: QtBot, look: Look) -> None:
    assert not monogram("OpenAI", look.tokens).isNull()
