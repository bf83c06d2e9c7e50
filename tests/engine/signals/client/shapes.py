"""What each tool was seen to send, in small: the headers that tell, and one ask in its shape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

ASK = "Write a Python function that parses ISO dates, and unit tests for it."
"""What the user of every tool here wants."""


def user(*texts: str) -> dict[str, Any]:
    return {"role": "user", "content": [{"type": "text", "text": text} for text in texts]}


def plain(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def system(text: str) -> dict[str, Any]:
    return {"role": "system", "content": text}


@dataclass(frozen=True, slots=True)
class Shape:
    """A first turn in one protocol, and what is added after a tool round."""

    client: str
    protocol: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    loop: Sequence[Mapping[str, Any]] = ()
    kind: str | None = None
    name: str = field(default="", compare=False)

    @property
    def list_name(self) -> str:
        """Where the protocol keeps its messages."""
        return {"openai_responses": "input", "gemini": "contents"}.get(self.protocol, "messages")

    def looping(self) -> dict[str, Any]:
        """The body after a tool has been called and has answered."""
        return {**self.body, self.list_name: [*self.body[self.list_name], *self.loop]}


def chat(client: str, headers: Mapping[str, str], messages: list[Any], **more: Any) -> Shape:
    return Shape(client, "openai_chat", headers, {"messages": messages}, **more)


def messages_(
    client: str, headers: Mapping[str, str], system_: Any, messages: list[Any], **more: Any
) -> Shape:
    body = {"max_tokens": 32_000, "system": system_, "messages": messages}
    return Shape(client, "anthropic_messages", headers, body, **more)


def responses(client: str, headers: Mapping[str, str], items: list[Any], **more: Any) -> Shape:
    return Shape(client, "openai_responses", headers, {"input": items, "store": False}, **more)


def item(role: str, *texts: str) -> dict[str, Any]:
    parts = [{"type": "input_text", "text": text} for text in texts]
    return {"type": "message", "role": role, "content": parts}


CALLED = {
    "role": "assistant",
    "content": None,
    "tool_calls": [
        {"id": "call_1", "type": "function", "function": {"name": "ls", "arguments": "{}"}}
    ],
}
FOUND = {"role": "tool", "tool_call_id": "call_1", "content": "a.py\nb.py"}
CHAT_LOOP = (CALLED, FOUND)
MESSAGES_LOOP = (
    {"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "ls", "input": {}}]},
    {
        "role": "user",
        "content": [{"type": "tool_result", "tool_use_id": "t1", "content": "a.py"}],
    },
)
RESPONSES_LOOP = (
    {"type": "function_call", "call_id": "c1", "name": "ls", "arguments": "{}"},
    {"type": "function_call_output", "call_id": "c1", "output": "a.py"},
)

INNER = "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\nchannel: cli\n<<<END_OPENCLAW_INTERNAL_CONTEXT>>>"
CLAW_SYSTEM = "You are a personal assistant running inside OpenClaw.\n## Tooling\n"
CLAW_ASK = (
    f"[Mon 2026-11-23 06:24 UTC] {ASK}\n\n"
    "Runtime: agent=main | session=s1 | host=box | model=router/auto"
)
REMINDER = "<system-reminder>\nTranslate nothing; summarize the plan.\n</system-reminder>"
ENVIRONMENT = "<environment_context>\n  <cwd>/srv/poems</cwd>\n</environment_context>"
DETAILS = (
    "<environment_details>\n# Current Time\n6:24 AM\n# Files\nstory.md\n</environment_details>"
)
CONTEXT = "<session_context>\nToday's date is Monday.\nWrite poems.\n</session_context>"
NODE, PYTHON = {"User-Agent": "OpenAI/JS 7.57.0"}, {"User-Agent": "OpenAI/Python 3.54.0"}
TURN = {"x-codex-turn-metadata": '{"request_kind":"turn","turn_id":"t1"}'}

SHAPES = (
    messages_(
        "claude-code",
        {"User-Agent": "claude-cli/2.1.330 (external, cli)", "X-Claude-Code-Session-Id": "s1"},
        [
            {"type": "text", "text": "x-anthropic-billing-header: cc_version=2.1.330;"},
            {"type": "text", "text": "You are Claude Code, Anthropic's CLI."},
        ],
        [user(REMINDER, ASK), system("# Environment\nWorking directory: /srv/poems")],
        loop=(*MESSAGES_LOOP, system("# Environment\nDate: today")),
    ),
    responses(
        "codex",
        {"User-Agent": "codex_exec/0.169.0 (Debian 13; x86_64)", "session-id": "s1", **TURN},
        [item("developer", "You are Codex."), item("user", ENVIRONMENT), item("user", ASK)],
        loop=RESPONSES_LOOP,
        kind="main",
    ),
    chat(
        "opencode",
        {"User-Agent": "opencode/1.18.33 ai-sdk/openai-compatible/2", "x-session-id": "ses_1"},
        [system("You are opencode.\n<env>\n  Platform: linux\n</env>"), plain(ASK)],
        loop=CHAT_LOOP,
    ),
    messages_(
        "opencode",
        {"User-Agent": "opencode/1.18.33", "x-session-affinity": "ses_1"},
        [{"type": "text", "text": "You are opencode.", "cache_control": {"type": "ephemeral"}}],
        [user(ASK)],
        loop=MESSAGES_LOOP,
    ),
    responses(
        "opencode",
        {"User-Agent": "opencode/1.18.33", "x-session-id": "ses_1"},
        [item("system", "You are opencode."), item("user", ASK)],
        loop=RESPONSES_LOOP,
    ),
    chat(
        "kilo",
        {"User-Agent": "Kilo-Code/7.7.9", "x-session-id": "ses_1"},
        [system("You are Kilo."), user(ASK, DETAILS)],
        loop=CHAT_LOOP,
    ),
    chat(
        "qwen-code",
        {"User-Agent": "QwenCode/0.24.4 (linux; x64)"},
        [system("You are Qwen Code, an interactive CLI agent."), user(*[REMINDER] * 4, ASK)],
        loop=(CALLED, {**FOUND, "content": [{"type": "text", "text": "a.py"}]}),
    ),
    messages_(
        "qwen-code",
        {"User-Agent": "claude-cli/2.1.0 (external, cli)"},
        [{"type": "text", "text": "You are Qwen Code, an interactive CLI agent."}],
        [user(*[REMINDER] * 4, ASK)],
        loop=MESSAGES_LOOP,
    ),
    Shape(
        "gemini-cli",
        "gemini",
        {"User-Agent": "GeminiCLI/0.61.0/auto (linux; x64)"},
        {
            "systemInstruction": {"role": "user", "parts": [{"text": "You are a CLI agent."}]},
            "contents": [
                {"role": "user", "parts": [{"text": CONTEXT}]},
                {"role": "user", "parts": [{"text": ASK}]},
            ],
        },
        loop=(
            {"role": "model", "parts": [{"functionCall": {"name": "ls", "args": {}}}]},
            {
                "role": "user",
                "parts": [{"functionResponse": {"name": "ls", "response": {"output": "a.py"}}}],
            },
        ),
    ),
    chat(
        "copilot",
        {**NODE, "X-Initiator": "user", "x-interaction-type": "conversation-user"},
        [
            system("You are the GitHub Copilot CLI."),
            plain(f"<current_datetime>2026-11-23T06:24:00Z</current_datetime>\n\n{ASK}"),
        ],
        loop=({**CALLED, "refusal": None}, FOUND),
        kind="main",
    ),
    chat(
        "openclaw",
        NODE,
        [system(CLAW_SYSTEM), plain(CLAW_ASK), plain(INNER)],
        loop=(*CHAT_LOOP, plain(INNER)),
    ),
    responses(
        "openclaw",
        NODE,
        [item("system", CLAW_SYSTEM), item("user", CLAW_ASK), item("user", INNER)],
        loop=(*RESPONSES_LOOP, item("user", INNER)),
    ),
    messages_(
        "openclaw",
        {"User-Agent": "Anthropic/JS 1.12.0"},
        [{"type": "text", "text": CLAW_SYSTEM}],
        [user(CLAW_ASK), user(INNER)],
        loop=(*MESSAGES_LOOP, user(INNER)),
    ),
    chat(
        "cline",
        {"User-Agent": "ai-sdk/openai-compatible/2.0.0"},
        [system("You are Cline, a skilled engineer."), user(f"<task>\n{ASK}\n</task>", DETAILS)],
        loop=CHAT_LOOP,
    ),
    chat(
        "cursor",
        {"User-Agent": "Go-http-client/2.0"},
        [
            system("You are an AI coding assistant. You operate in Cursor."),
            user(
                "<additional_data>\nopen: story.md\n</additional_data>",
                f"<user_query>\n{ASK}\n</user_query>",
            ),
        ],
        loop=CHAT_LOOP,
    ),
    chat(
        "pi",
        NODE,
        [system("You are an expert operating inside pi, a coding agent harness."), plain(ASK)],
        loop=CHAT_LOOP,
    ),
    responses(
        "pi",
        NODE,
        [
            item("developer", "You are an expert operating inside pi, a coding agent harness."),
            item("user", ASK),
        ],
        loop=RESPONSES_LOOP,
    ),
    chat(
        "hermes",
        PYTHON,
        [system("You are Hermes Agent, made by Nous Research."), plain(ASK)],
        loop=(CALLED, {**FOUND, "name": "ls"}),
    ),
    chat(
        "aider",
        PYTHON,
        [
            system("Act as an expert developer.\nAlways use best practices when coding.\n"),
            plain("Change get_factorial() to use math.factorial"),
            {"role": "assistant", "content": "Here is the change."},
            plain(ASK),
        ],
    ),
    chat(
        "open-interpreter",
        PYTHON,
        [system("You are Open Interpreter, a programmer."), plain(ASK)],
        loop=CHAT_LOOP,
    ),
    chat(
        "smolagents",
        PYTHON,
        [
            {**user("You are an expert assistant who can solve any task using tool calls."),
             "role": "system"},
            user(f"New task:\n{ASK}"),
        ],
        loop=(
            {"role": "assistant", "content": [{"type": "text", "text": "Calling tools: ls"}]},
            user("Observation:\na.py"),
        ),
    ),
    chat("continue", {"User-Agent": "ls/JS 5.0"}, [system("You are an agent."), plain(ASK)],
         loop=CHAT_LOOP),
    chat("openai-python", PYTHON, [plain(ASK)], loop=CHAT_LOOP),
    responses("openai-agents", {"User-Agent": "Agents/Python 0.24.0"}, [item("user", ASK)],
              loop=RESPONSES_LOOP),
    chat("pydantic-ai", {"User-Agent": "pydantic-ai/2.68.0"}, [plain(ASK)], loop=CHAT_LOOP),
    messages_("langchain", {"User-Agent": "langchain-anthropic/1.7.10"}, "", [plain(ASK)],
              loop=MESSAGES_LOOP),
)  # fmt: skip
