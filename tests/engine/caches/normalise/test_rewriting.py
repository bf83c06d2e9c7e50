"""Texts of a body are rewritten wherever they stand; what does not change is not copied."""

from butler.engine.caches.normalise.rewriting import rewritten


def shouted(text: str) -> str:
    return text.upper() if "a" in text else text


def test_texts_are_rewritten_wherever_they_stand() -> None:
    body = {
        "model": "a",
        "system": "a",
        "messages": [
            {"role": "user", "content": "a"},
            {"role": "user", "content": [{"type": "text", "text": "a"}, 7]},
            {"role": "user", "content": "b"},
        ],
        "input": "b",
    }
    found = rewritten(body, shouted)
    assert found is not None
    assert found["system"] == "A"
    assert found["model"] == "a"
    assert found["messages"][0]["content"] == "A"
    assert found["messages"][1]["content"] == [{"type": "text", "text": "A"}, 7]
    assert found["messages"][2] is body["messages"][2]
    assert body["messages"][0] == {"role": "user", "content": "a"}


def test_a_body_without_such_texts_is_left_alone() -> None:
    assert rewritten({"messages": [{"role": "user", "content": "b"}, None]}, shouted) is None


def test_what_tools_find_and_models_say_counts_as_it_is() -> None:
    found = {"type": "tool_result", "tool_use_id": "t", "content": "a"}
    messages = [
        {"role": "assistant", "content": "a"},
        {"role": "tool", "tool_call_id": "t", "content": "a"},
        {"role": "user", "content": [found]},
    ]
    assert rewritten({"messages": messages}, shouted) is None
    output = {"type": "function_call_output", "call_id": "c", "output": "a", "content": "a"}
    assert rewritten({"input": [output]}, shouted) is None
