"""BUTLER_MASTER_KEY: read, never written."""

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.errors import VaultError
from butler.engine.vault.environment import Environment
from butler.engine.vault.master_key import FoundKey, Obstacle, new_key, write_key


async def test_the_variable_is_the_key() -> None:
    key = new_key()
    assert await Environment({"BUTLER_MASTER_KEY": write_key(key)}).read("any") == FoundKey(key)


@pytest.mark.parametrize("variables", [{}, {"BUTLER_MASTER_KEY": ""}])
async def test_unset_and_empty_mean_no_key(variables: dict[str, str]) -> None:
    assert await Environment(variables).read("any") is Obstacle.EMPTY


async def test_a_malformed_variable_is_refused_by_name_without_being_shown() -> None:
    with pytest.raises(VaultError, match="BUTLER_MASTER_KEY") as caught:
        await Environment({"BUTLER_MASTER_KEY": "hunter2-hunter2"}).read("any")
    assert caught.value.problems[0].code is ProblemCode.MASTER_KEY_MALFORMED
    assert "hunter2" not in str(caught.value)


async def test_nothing_can_be_kept_there() -> None:
    variables: dict[str, str] = {}
    assert await Environment(variables).keep("any", new_key()) is Obstacle.READ_ONLY
    assert variables == {}


async def test_it_is_not_ours_to_change() -> None:
    variables = {"BUTLER_MASTER_KEY": write_key(new_key())}
    before = dict(variables)
    await Environment(variables).forget("vault_1")
    assert variables == before
