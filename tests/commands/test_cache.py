"""`butler cache`: what is kept is told, and thrown away."""

from tests.commands.conftest import Run, beside
from tests.e2e.house import House


async def test_what_is_kept_is_told_and_thrown_away(house: House, butler: Run) -> None:
    assert house.token
    assert "switched off; 0 answers" in (await beside(butler, "cache", "show")).out
    assert (await beside(butler, "cache", "clear")).out == "0 kept answers were thrown away.\n"
    shown = (await beside(butler, "cache", "show", "--json")).json
    assert shown["exact"]["entries"] == 0
    assert shown["exact"]["most_bytes"] == 256 * 1024 * 1024


async def test_only_an_answer_of_the_semantic_cache_is_rejected(house: House, butler: Run) -> None:
    assert (await beside(butler, "cache", "reject", "req_nothing")).status == 1
