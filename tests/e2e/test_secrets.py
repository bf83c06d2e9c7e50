"""No key, token or prompt is found where it does not belong, whatever goes wrong with it."""

import base64
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.house import MASTER_KEY, Got, House, http, talk
from tests.fakes import ErrorEvent, Fail, NoUsage, Upstream
from tests.fakes.errors import error_body

KEY = "sk-provider-PLANTED-4f1d0c9a8b7e6f5d"
PROMPT = "Translate my PLANTED diary about 海边的秘密 and aunt Philomena."
ANSWER = "PLANTED answer about 灯塔鲸."
WRONG = "sk-butler-WRONG-but-maybe-of-another-engine"


@pytest.fixture
def spoken(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that any library says, down to debugging."""
    caplog.set_level(logging.DEBUG)
    return caplog


def everywhere(house: House, *others: str) -> str:
    files = [path.read_bytes() for path in house.data_dir.rglob("*") if path.is_file()]
    assert any(b"SQLite format 3" in data for data in files)
    return "\n".join([*(data.decode("utf-8", "replace") for data in files), *others])


@pytest.mark.allow_logs
async def test_nothing_secret_is_found_anywhere(
    house: House, spoken: pytest.LogCaptureFixture
) -> None:
    replies: list[Got | bytes] = []
    body: dict[str, Any] = {"messages": [{"role": "user", "content": PROMPT}], "user": PROMPT}
    echo = error_body(f"Incorrect API key provided: {KEY}.", code="invalid_api_key")
    async with Upstream(key=KEY, default=NoUsage(text=ANSWER)) as up:
        added = await house.add(up)
        await house.set(dispatch__retries=0)
        await house.rule("acme/alpha", when={"all": [{"kind": "task", "tasks": ["translation"]}]})
        up.script(
            Fail(401, echo),
            Fail(500, json.dumps(echo).encode()),
            ErrorEvent(1, echo),
            ErrorEvent(3, echo),
        )
        replies += [await house.post(body), await house.post(body)]
        replies += [await house.post({**body, "stream": True}) for _ in range(2)]
        # The answers are the client's own; everything else is searched.
        assert "PLANTED" in (await house.post(body)).raw.decode()
        assert (await house.post({**body, "stream": True})).text == ANSWER
        replies.append(await house.post({**body, "model": "grok-9"}))
        replies.append(await house.post({**body, "model": 7}))
        replies.append(await house.post({**body, "messages": PROMPT}))
        replies.append(await house.post(json.dumps(body).encode()[:-5]))
        replies.append(await house.post(body, token=WRONG))
        replies.append(await house.post(body, headers={"Origin": "https://evil.example"}))
        replies.append(await house.call("POST", f"/nowhere?key={KEY}", body))
        replies.append(await talk(house.port, _broken(house)))
        replies.append(await house.admin("PATCH", f"providers/{added['id']}", {"api_key": [KEY]}))
        replies.append(await house.admin("POST", "providers", {"name": "x", "api_key": KEY}))
        replies.append(await house.admin("POST", "explain", {"text": PROMPT, "model": "grok-9"}))
        for path in ("providers", "settings", "status", "doctor", "tokens", "rules", "requests"):
            replies.append(await house.admin("GET", path))
    rows = await house.rows(12)
    assert [row["status"] for row in rows] == [
        *(400, 400, 400, 502),
        *(200, 200),
        *(404, 400, 400, 400, 401, 403),
    ]
    assert rows[0]["task"] == "translation"
    said = [got.raw.decode() if isinstance(got, Got) else got.decode() for got in replies]
    haystack = everywhere(house, *said, spoken.text, str(rows))
    assert "acme" in haystack
    for needle in (KEY, "PLANTED", "Philomena", "海边", "灯塔鲸", WRONG, house.token, MASTER_KEY):
        assert needle not in haystack, f"{needle} was found: …{_around(haystack, needle)}…"
    for secret in (KEY, house.token):
        assert base64.b64encode(secret.encode()).decode().rstrip("=") not in haystack
    plate = (house.data_dir / "engine.json").read_text()
    assert house.engine.admin_token not in haystack.replace(plate, "")


def _broken(house: House) -> bytes:
    """A request that the HTTP parser refuses, with secrets in it."""
    return http(PROMPT, house.token, headers=[b"Content-Length: 5", b"X Y Z: " + KEY.encode()])


def _around(haystack: str, needle: str) -> str:
    at = haystack.index(needle)
    return haystack[max(0, at - 200) : at + 100]


async def test_a_short_key_is_a_word_like_any_other(house: House) -> None:
    async with Upstream(key="ollama", default=NoUsage(text="ask ollama itself")) as up:
        await house.add(up)
        assert (await house.ask(stream=True)).text == "ask ollama itself"


async def test_the_files_are_their_owners_alone(house: House) -> None:
    await house.ask()
    assert house.data_dir.stat().st_mode & 0o777 == 0o700
    for path in house.data_dir.iterdir():
        if path.name != "engine.lock":
            assert path.stat().st_mode & 0o077 == 0, path


async def test_a_key_can_be_replaced_and_removed_but_never_read(
    house: House, tmp_path: Path
) -> None:
    async with Upstream(key=KEY) as up:
        added = await house.add(up)
        assert (added["has_key"], KEY in str(added)) == (True, False)
        path = f"providers/{added['id']}"
        assert (await house.ask()).status == 200
        await house.admin("PATCH", path, {"api_key": "sk-another-key-entirely"})
        assert (await house.ask()).error["code"] == "key_rejected"
        removed = (await house.admin("PATCH", path, {"api_key": None})).json
        assert removed["has_key"] is False
        await house.ask()
        assert "Authorization" not in up.seen[-1].headers
        await house.admin("PATCH", path, {"api_key": f"  {KEY}\n"})
        assert (await house.ask()).status == 200
