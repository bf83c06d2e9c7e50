"""The parser: misuse is told in our own words, with the usage and the status for it."""

import pytest

from butler.commands.parsing import Parser


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "these are missing: name"),
        (["x", "--nonsense"], "not understood: --nonsense"),
        (["x", "--number"], "--number needs a value"),
        (["x", "--number", "much"], "--number can not be 'much'; it is a whole number"),
        (["x", "--size", "huge"], "--size can not be 'huge'; it is one of "),
    ],
)
def test_misuse(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = Parser(prog="tool")
    parser.add_argument("name")
    parser.add_argument("--number", type=int)
    parser.add_argument("--size", choices=("small", "large"))
    with pytest.raises(SystemExit) as end:
        parser.parse_args(words)
    written = capsys.readouterr()
    assert (end.value.code, written.out) == (2, "")
    assert written.err.startswith("usage: tool ")
    assert f"tool: {said}" in written.err
