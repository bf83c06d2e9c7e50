"""Rules, the log and the headers of replies know who calls, and what for."""

from typing import Any

from tests.e2e.house import House
from tests.fakes import Upstream

CLAUDE = {"User-Agent": "claude-cli/2.1.330 (external, cli)", "X-Claude-Code-Session-Id": "s1"}
ASK: dict[str, Any] = {
    "model": "claude-haiku-5",
    "max_tokens": 512,
    "system": [{"type": "text", "text": "You are Claude Code."}],
    "messages": [{"role": "user", "content": "Name the capital of France."}],
}
TITLE = {
    **ASK,
    "tools": [],
    "output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}},
}


async def test_a_rule_sends_one_tools_titles_to_the_cheap_model(house: House, up: Upstream) -> None:
    await house.add(up)
    when = {
        "all": [
            {"kind": "client", "clients": ["claude-code"]},
            {"kind": "call_kind", "kinds": ["title"]},
        ]
    }
    await house.rule("acme/beta", name="titles", when=when)
    title = await house.call("POST", "/v1/messages", TITLE, headers=CLAUDE)
    main = await house.call("POST", "/v1/messages", ASK, headers=CLAUDE)
    others = {**TITLE, "max_tokens": 513}
    other = await house.call(
        "POST", "/v1/messages", others, headers={"User-Agent": "Anthropic/JS 1"}
    )
    assert [got.headers["x-butler-target"] for got in (title, main, other)] == [
        "acme/beta",
        "acme/alpha",
        "acme/alpha",
    ]
    rows = await house.rows(3)
    assert [(row["client"], row["call_kind"]) for row in rows] == [
        ("claude-code", "title"),
        ("claude-code", None),
        ("anthropic-node", None),
    ]
    assert rows[0]["conversation"] == rows[1]["conversation"] != rows[2]["conversation"]


async def test_a_clients_own_retries_are_written_down(house: House, up: Upstream) -> None:
    await house.add(up)
    headers = {"x-stainless-retry-count": "2"}
    body = {"model": "auto", "messages": [{"role": "user", "content": "Hello there!"}]}
    assert (await house.post(body, headers=headers)).status == 200
    assert (await house.row())["warnings"] == ["the client itself tries again: its retry 2"]
