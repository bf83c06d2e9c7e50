"""The owner sees what is odd about stored rules; none of it keeps a rule from being stored."""

from tests.e2e.house import House
from tests.fakes import Upstream

CODING = {"all": [{"kind": "task", "tasks": ["coding"]}]}


async def test_findings_stand_beside_the_rule(house: House, up: Upstream) -> None:
    await house.add(up)
    first = await house.rule("acme/beta", name="first", priority=900, when=CODING)
    second = await house.rule("acme/alpha", name="second", priority=100, when=CODING)
    assert first["findings"] == []
    (found,) = second["findings"]
    assert (found["code"], found["field"], second["problems"]) == ("shadowed", "when", [])
    listed = (await house.admin("GET", "rules")).json["items"]
    assert [len(rule["findings"]) for rule in listed] == [0, 1]
    # The first one is switched off: nothing is odd any more.
    await house.admin("PATCH", f"rules/{first['id']}", {"enabled": False})
    again = (await house.admin("GET", f"rules/{second['id']}")).json
    assert again["findings"] == []
