"""A real local server under the real schema: the words are noise, the form is what was asked.

The model is random and says as much as it may, so it is asked for one rule with few conditions:
a whole answer would not fit into what it can hold.
"""

from pathlib import Path

import pytest

from butler.engine.assistant.generator.reading import find_object
from butler.engine.assistant.generator.rules import Reader
from butler.engine.assistant.generator.schema import answer_schema
from butler.engine.assistant.menu import Dish, Menu
from butler.engine.builtin import CONDITION_KINDS
from butler.engine.call import NO_FACTS, Target
from butler.engine.routing.conditions import has_tools, task
from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.groups import GroupReader
from tests.e2e.house import House
from tests.fakes.tiny_model import running_model

pytestmark = pytest.mark.allow_logs
_TARGETS = ("tiny/alpha", "tiny/beta")
_MESSAGES = [{"role": "user", "content": "Use tiny/beta for code."}]


async def test_a_model_held_to_the_schema_writes_a_rule_that_compiles(
    house: House, tmp_path: Path
) -> None:
    menu = Menu(tuple(Dish(target, NO_FACTS) for target in map(Target.parse, _TARGETS) if target))
    schema = answer_schema([task.KIND, has_tools.KIND], _TARGETS, most_rules=1)
    asking = house.engine.asking
    assert asking is not None
    with running_model(tmp_path) as url:
        await house.add_address("tiny", f"{url}/v1", "alpha", "beta")
        told = await asking.ask(Target("tiny", "alpha"), _MESSAGES, schema, temperature=1.0)
    found = find_object(told.text)
    assert found is not None, told.text
    assert not found.mended
    reader = Reader(menu, GroupReader(CONDITION_KINDS, Compiling()), "en")
    for number, spec in enumerate(found.data["rules"]):
        rule = reader.read(number, spec)
        assert rule is not None
        assert (rule.problems, rule.warnings) == ([], [])
    assert reader.dropped == []
    row = await house.row()
    assert (row["status"], row["token_name"], row["endpoint"]) == (200, "Butler", "assistant")
    assert row["usage_source"] == "reported"
