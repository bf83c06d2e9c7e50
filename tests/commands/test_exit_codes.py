"""Exit statuses are a contract with scripts, and a failure carries its own."""

from butler.commands import exit_codes
from butler.commands.exit_codes import CommandFailed


def test_the_statuses_that_scripts_rely_on() -> None:
    found = {name: value for name, value in vars(exit_codes).items() if name.startswith("EXIT_")}
    assert found == {
        "EXIT_DONE": 0,
        "EXIT_REFUSED": 1,
        "EXIT_MISUSED": 2,
        "EXIT_CANNOT_START": 3,
        "EXIT_INTERRUPTED": 130,
    }


def test_a_failure_is_a_refusal_unless_it_says_otherwise() -> None:
    refused = CommandFailed("failed.read", name="x", reason="y")
    assert (refused.key, refused.status, refused.values) == (
        "failed.read",
        1,
        {"name": "x", "reason": "y"},
    )
    assert CommandFailed("failed.read", exit_codes.EXIT_MISUSED).status == 2
