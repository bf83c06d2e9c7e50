"""Each tool is known by its recorded shape, and what it adds never decides anything."""

from typing import Any

import orjson
import pytest
from multidict import CIMultiDict

from butler.engine.call import Call
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.base import Dialect
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.openai_responses import OpenAIResponses
from butler.engine.signals.client.listed import TOOLS
from butler.engine.signals.features import Features
from tests.engine.calls import new_call
from tests.engine.signals.client.shapes import (
    ASK,
    ENVIRONMENT,
    SHAPES,
    TURN,
    Shape,
    chat,
    item,
    responses,
    system,
)
from tests.engine.signals.client.shapes import plain as said

DIALECTS: dict[str, Dialect] = {
    one.name: one
    for one in (OpenAIChat(), AnthropicMessages(), OpenAIResponses(), Gemini("auto", stream=True))
}
EVERY_SHAPE = [pytest.param(shape, id=f"{shape.client}-{shape.protocol}") for shape in SHAPES]


def call_of(shape: Shape, body: dict[str, Any] | None = None) -> Call:
    call = new_call()
    call.headers = CIMultiDict(shape.headers)
    sent = orjson.dumps({"model": "auto", **(body or shape.body)})
    call.request = DIALECTS[shape.protocol].read_request(sent)
    call.known = Features(call)
    return call


BARE = call_of(chat("", {}, [said(ASK)]))


@pytest.mark.parametrize("shape", EVERY_SHAPE)
def test_a_tool_is_known_by_its_shape(shape: Shape) -> None:
    known = call_of(shape).known
    assert (known.client, known.kind_of_call) == (shape.client, shape.kind)


@pytest.mark.parametrize("shape", EVERY_SHAPE)
def test_what_it_adds_never_decides_a_task(shape: Shape) -> None:
    known = call_of(shape).known
    assert known.ask == ASK
    assert known.task == BARE.known.task
    # aider shows examples before, as turns of a conversation.
    assert known.turn == ("next" if shape.client == "aider" else "first") != "loop"


@pytest.mark.parametrize("shape", [one for one in EVERY_SHAPE if one.values[0].loop])
def test_a_tools_result_is_no_ask(shape: Shape) -> None:
    known = call_of(shape, shape.looping()).known
    assert known.turn == "loop"
    assert known.ask == ASK
    assert known.client == shape.client


@pytest.mark.parametrize("shape", EVERY_SHAPE)
def test_a_conversation_and_its_thread_go_on_through_a_loop(shape: Shape) -> None:
    first, later = call_of(shape).known, call_of(shape, shape.looping()).known
    assert first.conversation == later.conversation
    assert first.thread == later.thread


def test_every_agent_has_a_recorded_shape() -> None:
    """Libraries and frameworks wrap nothing."""
    bare = {tool.id for tool in TOOLS if tool.agents and not tool.systems and not tool.injections}
    assert {tool.id for tool in TOOLS} - bare <= {shape.client for shape in SHAPES}


SIDE_CALLS = [
    (
        "title",
        chat(
            "opencode",
            {"User-Agent": "opencode/1.18.33", "x-session-id": "ses_1"},
            [system("You are a title generator. You output ONLY a thread title."), said(ASK)],
        ),
    ),
    (
        "memory",
        chat(
            "qwen-code",
            {"User-Agent": "QwenCode/0.24.4"},
            [system("You are the managed memory extraction subagent."), said(ASK)],
        ),
    ),
    (
        "compaction",
        responses(
            "codex",
            {"User-Agent": "codex_exec/0.169.0", **TURN},
            [
                item("user", ENVIRONMENT),
                item("user", ASK),
                item("user", "You are performing a CONTEXT CHECKPOINT COMPACTION. Create …"),
            ],
        ),
    ),
    (
        "compaction",
        chat(
            "aider",
            {"User-Agent": "OpenAI/Python 3.54.0"},
            [system("*Briefly* summarize this partial conversation about programming."), said(ASK)],
        ),
    ),
    (
        "auxiliary",
        chat(
            "gemini-cli",
            {"User-Agent": "GeminiCLI/0.61.0"},
            [system("You are a specialized Task Routing AI."), said(ASK)],
        ),
    ),
    (
        "subagent",
        Shape(
            "claude-code",
            "anthropic_messages",
            {"User-Agent": "claude-cli/2.1.330 (external, cli)"},
            {
                "system": [
                    {
                        "type": "text",
                        "text": "x-anthropic-billing-header: cc_version=2; cc_is_subagent=true;",
                    }
                ],
                "messages": [said(ASK)],
            },
        ),
    ),
    (
        "title",
        Shape(
            "claude-code",
            "anthropic_messages",
            {"User-Agent": "claude-cli/2.1.330 (external, cli)"},
            {
                "system": "Write a title.",
                "messages": [said(ASK)],
                "tools": [],
                "output_config": {"format": {"type": "json_schema", "schema": {}}},
            },
        ),
    ),
]


@pytest.mark.parametrize(("kind", "shape"), SIDE_CALLS)
def test_calls_on_the_side_say_what_they_are(kind: str, shape: Shape) -> None:
    known = call_of(shape).known
    assert (known.client, known.kind_of_call) == (shape.client, kind)


def test_codex_wraps_pictures_in_words() -> None:
    shape = responses(
        "codex",
        {"User-Agent": "codex_exec/0.169.0"},
        [item("user", "<image name=[Image #1]>", "</image>", ASK)],
    )
    assert call_of(shape).known.ask == ASK
