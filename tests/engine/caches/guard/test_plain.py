"""Plain tokens: what is dropped around words, and what is kept because it tells something."""

import pytest

from butler.engine.caches.guard.plain import has_code, plain_code, plain_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Is  this -- well -- OK?!", "is this - - well - - ok"),
        ("state-of-the-art", "state of the art"),
        ("3.5 km, 1,000 and .5", "3.5 km 1,000 and .5"),
        ("5! is 120!", "5 ! is 120 !"),
        ("C++ or C#", "c + + or c #"),
        ("“Café” isn’t open…", "café isn't open"),
        ("a[1:] and a[:1]", "a [ 1 : ] and a [ : 1 ]"),
        ("Run `Rm -R`.", "run `Rm -R`"),
        ("你好，世界！", "世界"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert " ".join(plain_tokens(text)) == tokens


@pytest.mark.parametrize(
    "text", ["x == y", "f() fails", "```\nx\n```", "def f(x):\n  pass", "a;\n"]
)
def test_code_is_seen(text: str) -> None:
    assert has_code(text)


def test_prose_is_no_code() -> None:
    assert not has_code("If you return late: call me; otherwise wait. Import duties (2024)?")


def test_code_keeps_its_lines_and_their_indents() -> None:
    assert plain_code("\n  if a:\n    b()  \n\n  c()\n") == ["if a:", "    b()", "  c()"]
