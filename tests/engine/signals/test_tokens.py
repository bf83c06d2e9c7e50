"""The estimate stays near what vendor tokenizers count, in any script and spelling of the body."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.signals.tokens import request_tokens, text_tokens

ENGLISH = (
    "The settings are read once at start and kept for as long as the process lives. A change "
    "is written to the file first, and only then does every window hear about it."
)
CHINESE = "配置在启动时读取一次，并在进程存续期间一直保留。修改会先写入文件，然后再通知所有窗口。"
MIXED = "用 Python 写一个 WebSocket server，支持 reconnect 和 heartbeat，代码要有 type hints。"
RUSSIAN = "Настройки читаются один раз при запуске и хранятся, пока живёт процесс."


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("", 0, 0),
        ("hi", 1, 1),
        (ENGLISH, 30, 45),
        (CHINESE, 25, 45),
        (MIXED, 22, 40),
        (RUSSIAN, 15, 35),
        ("👍🎉🚀", 2, 9),
        ("x = [i ** 2 for i in range(10)]", 7, 20),
    ],
    ids=["empty", "hi", "english", "chinese", "mixed", "russian", "emoji", "code"],
)
def test_scripts_are_weighed_differently(text: str, least: int, most: int) -> None:
    assert least <= text_tokens(text) <= most


@given(st.text(), st.text())
def test_more_text_is_never_fewer_tokens(text: str, more: str) -> None:
    assert 0 <= text_tokens(text) <= text_tokens(text + more)


@given(st.text(max_size=50), st.integers(2, 20))
def test_the_estimate_grows_with_the_length(text: str, times: int) -> None:
    # Rounding costs at most one token for each text.
    assert abs(text_tokens(text * times) - text_tokens(text) * times) <= times


def user(content: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": content}]}


TOOL = {
    "type": "function",
    "function": {
        "name": "查询天气",
        "description": "返回某个城市的天气 forecast",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}


@pytest.mark.parametrize("content", [CHINESE, [{"type": "text", "text": CHINESE}]])
def test_escapes_in_the_body_cost_nothing(content: Any) -> None:
    data = {**user(content), "tools": [TOOL]}
    plain = request_tokens(orjson.loads(json.dumps(data, ensure_ascii=False)))
    escaped = request_tokens(orjson.loads(json.dumps(data, ensure_ascii=True)))
    assert escaped == plain
    assert 60 <= plain <= 160


def test_text_counts_alike_as_string_and_as_part() -> None:
    assert request_tokens(user(ENGLISH)) == request_tokens(
        user([{"type": "text", "text": ENGLISH}])
    )


def test_every_message_has_some_overhead() -> None:
    assert request_tokens(user("hi")) > text_tokens("hi")
    twice = {"messages": user("hi")["messages"] * 2}
    assert request_tokens(twice) == 2 * request_tokens(user("hi"))


@pytest.mark.parametrize("key", ["tools", "functions", "response_format"])
def test_what_stands_beside_the_messages_counts(key: str) -> None:
    extra = request_tokens({**user("hi"), key: [TOOL]}) - request_tokens(user("hi"))
    assert 30 <= extra <= 90


def test_calls_of_tools_count() -> None:
    arguments = json.dumps({"path": "src/settings/reader.py", "lines": [1, 200]})
    tool_call = {"id": "call_1", "function": {"name": "read_file", "arguments": arguments}}
    message = {"role": "assistant", "content": None, "tool_calls": [tool_call]}
    assert 25 <= request_tokens({"messages": [message]}) <= 70


@pytest.mark.parametrize("kind", ["image_url", "image"])
def test_pictures_count_by_the_piece_not_by_their_bytes(kind: str) -> None:
    picture = {"type": kind, "image_url": {"url": "data:image/png;base64," + "A" * 1_000_000}}
    one = request_tokens(user([{"type": "text", "text": "what is this?"}, picture]))
    two = request_tokens(user([{"type": "text", "text": "what is this?"}, picture, picture]))
    assert 200 <= two - one <= 1_600


def test_sound_counts() -> None:
    sound = {"type": "input_audio", "input_audio": {"data": "A" * 100_000, "format": "wav"}}
    assert 100 <= request_tokens(user([sound])) <= 2_000


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"messages": None},
        {"messages": 5},
        {"messages": "hello"},
        {"messages": {"role": "user"}},
        {"messages": [None, 7, "text", []]},
        {"messages": [], "tools": []},
    ],
)
def test_nothing_readable_is_nothing(data: dict[str, Any]) -> None:
    assert request_tokens(data) == 0


@pytest.mark.parametrize("content", [None, 7, {}, [None, 7, {}, {"type": []}, {"text": 3}]])
def test_unreadable_content_is_only_overhead(content: Any) -> None:
    assert request_tokens(user(content)) == request_tokens(user(""))


def test_documents_and_calls_of_anthropics_dialect_count() -> None:
    words = "word " * 400
    plain = {"type": "document", "source": {"type": "text", "data": words}}
    pdf = {"type": "document", "source": {"type": "base64", "data": "A" * 100_000}}
    used = {"type": "tool_use", "id": "t", "name": "f", "input": {"text": words}}
    result = {"type": "tool_result", "tool_use_id": "t", "content": [plain]}
    for part in (plain, used, result):
        assert 300 <= request_tokens(user([part])) <= 600
    assert 1_000 <= request_tokens(user([pdf])) <= 5_000
