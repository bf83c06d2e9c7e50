"""Items of a response: the order of their events, and what they hold in the end."""

from butler.engine.dialects.canonical import Called, Likely, Reasoned, Said, Thought
from butler.engine.dialects.responses_items import Output
from butler.engine.dialects.responses_seal import unseal
from butler.engine.dialects.responses_tools import read_tools

CUSTOM = {"type": "custom", "name": "exec"}


def output(*pieces: Said | Reasoned | Called) -> tuple[Output, list[str]]:
    made = Output(read_tools({"tools": [CUSTOM]}), "acme/alpha")
    events = [event for piece in pieces for event in made.take(piece)]
    events += made.end("completed")
    return made, [event["type"].removeprefix("response.") for event in events]


def test_thoughts_come_as_a_summary_before_the_words() -> None:
    made, events = output(Reasoned("Hm"), Reasoned("."), Reasoned(signature="s"), Said("Hi"))
    assert [item["type"] for item in made.items] == ["reasoning", "message"]
    assert made.items[0]["summary"] == [{"type": "summary_text", "text": "Hm."}]
    assert events[:7] == [
        "output_item.added",
        "reasoning_summary_part.added",
        "reasoning_summary_text.delta",
        "reasoning_summary_text.delta",
        "reasoning_summary_text.done",
        "reasoning_summary_part.done",
        "output_item.done",
    ]


def test_a_thought_is_sealed_for_the_one_who_thought_it() -> None:
    made, events = output(
        Reasoned("Hm."), Reasoned(signature="s"), Reasoned(sealed="x"), Reasoned("So."), Said("Hi")
    )
    assert [unseal(item.get("encrypted_content")) for item in made.items] == [
        Thought("Hm.", "s", None, "acme/alpha"),
        Thought("", None, "x", "acme/alpha"),
        Thought("So.", signer="acme/alpha"),
        None,
    ]
    assert made.items[1]["summary"] == []
    assert events.count("reasoning_summary_part.added") == 2


def test_a_refusal_is_no_text() -> None:
    made, events = output(Said("Well, "), Said("I "), Said("will not.", refused=True))
    text, refusal = (item["content"][0] for item in made.items)
    assert (text["text"], refusal) == (
        "Well, I ",
        {"type": "refusal", "refusal": "will not."},
    )
    assert events[-4:] == [
        *("refusal.delta", "refusal.done", "content_part.done", "output_item.done")
    ]


def test_how_likely_it_was() -> None:
    made, _ = output(Said("Hi", likely=(Likely("Hi", -0.5),)), Said("!", likely=(Likely("!", -1),)))
    (part,) = made.items[0]["content"]
    assert [one["token"] for one in part["logprobs"]] == ["Hi", "!"]


def test_fragments_of_calls_that_cross_find_their_own() -> None:
    made, _ = output(
        Called(0, "a", "f", '{"x"'), Called(1, "b", "g", "{"), Called(0, arguments=":1}")
    )
    assert [(item["name"], item["arguments"]) for item in made.items] == [
        ("f", '{"x":1}'),
        ("g", "{"),
    ]


def test_a_call_without_arguments_has_empty_ones() -> None:
    made, events = output(Called(3, "a", "f"))
    assert made.items[0]["arguments"] == "{}"
    assert events == [
        "output_item.added",
        "function_call_arguments.delta",
        "function_call_arguments.done",
        "output_item.done",
    ]


def test_a_custom_tool_gets_its_text_however_it_is_written() -> None:
    for arguments in ('{"input":"ls"}', '"ls"', "ls"):
        made, events = output(Called(0, "a", "exec"), Called(0, arguments=arguments))
        assert (made.items[0]["type"], made.items[0]["input"]) == ("custom_tool_call", "ls")
        assert "custom_tool_call_input.done" in events


def test_what_breaks_off_is_incomplete_and_keeps_what_was_said() -> None:
    made = Output(read_tools({"tools": [CUSTOM]}), "acme/alpha")
    pieces = (Reasoned("Hm."), Said("Well"), Called(0, "a", "f", '{"x'))
    for piece in (*pieces, Called(1, "b", "exec", '{"input":"ls -')):
        for _event in made.take(piece):
            pass
    made.break_off()
    _, words, call, custom = made.items
    assert [item["status"] for item in made.items[1:]] == ["completed", "incomplete", "incomplete"]
    assert words["content"][0]["text"] == "Well"
    assert (call["arguments"], custom["input"]) == ('{"x', "ls -")


def test_words_and_thoughts_that_break_off() -> None:
    for piece, kept in ((Said("Well"), "content"), (Reasoned("Hm"), "summary")):
        made = Output(read_tools({}), "acme/alpha")
        assert [event["type"] for event in made.take(piece)][-1].endswith(".delta")
        made.break_off()
        assert made.items[0][kept][0]["text"] == piece.text
