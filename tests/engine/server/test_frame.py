"""Whatever becomes of a call, it is in the log, and the client gets JSON or nothing."""

from tests.e2e.house import House
from tests.fakes import Upstream


async def test_a_refused_call_is_recorded(house: House, up: Upstream) -> None:
    await house.add(up)
    refused = await house.post(b"no JSON")
    assert refused.error["code"] == "invalid_json"
    row = await house.row()
    assert (row["status"], row["endpoint"]) == (400, "chat_completions")


async def test_an_answered_call_is_recorded_once(house: House, up: Upstream) -> None:
    await house.add(up)
    assert (await house.ask()).status == 200
    assert (await house.row())["status"] == 200
    assert await house.in_flight() == 0
