"""The list of clients: what each speaks, the program that drives it, and what it can not do.

A hole in the table stands here with its reason; a new client is one entry and one driver.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

ERRANDS = ("plain", "streamed", "tools", "tools-streamed", "image")
"""What every client is asked to do, in the order of the table's columns."""

_ALWAYS_STREAMS = "asks for streams alone"


@dataclass(frozen=True, slots=True)
class Tool:
    """The call that an upstream answers with; `{folder}` in it is where the client works."""

    name: str
    arguments: Mapping[str, object]


FIND_CODE = Tool("find_code", {"city": "Zürich"})


@dataclass(frozen=True, slots=True)
class Client:
    """One client: its driver in `drivers/`, the environment it runs in, the protocols it speaks.

    `lacks` names the errands that it can not do, and why; `uncounted` why it tells no tokens;
    `calls` are its own tools where it takes none of ours; `installed` is true where the
    development environment holds it, so that every run of the tests drives it; `words` are told
    to the driver; one that `prints_whole` answers shows nothing of the pieces that it got,
    one that `repaints` sends pictures as it has painted them itself.
    """

    name: str
    environment: str
    driver: str
    protocols: tuple[str, ...]
    lacks: Mapping[str, str] = field(default_factory=dict)
    uncounted: str = ""
    always_streams: bool = False
    calls: Mapping[str, Tool] = field(default_factory=dict)
    installed: bool = False
    words: tuple[str, ...] = ()
    prints_whole: bool = False
    repaints: bool = False

    def tool_for(self, errand: str) -> Tool | None:
        """The call with which an errand begins, if it begins with one."""
        if errand in self.calls:
            return self.calls[errand]
        return FIND_CODE if errand.startswith("tools") else None

    def is_streamed(self, errand: str) -> bool:
        """Whether it asks for a stream on this errand."""
        return self.always_streams or errand in ("streamed", "tools-streamed")


_AGENT_LACKS = {"plain": _ALWAYS_STREAMS, "tools": _ALWAYS_STREAMS}

_NO_TOOLS = "sends no tools: it edits by what the model writes"
_AIDER_LACKS = {"tools": _NO_TOOLS, "tools-streamed": _NO_TOOLS}
_OPENAI_AND_ANTHROPIC = ("chat", "responses", "messages")

CLIENTS = (
    Client("openai", "openai", "openai_sdk.py", ("chat", "responses"), installed=True),
    Client("anthropic", "anthropic", "anthropic_sdk.py", ("messages",), installed=True),
    Client("google-genai", "google-genai", "google_genai_sdk.py", ("gemini",), installed=True),
    Client("langchain", "langchain", "langchain_chat.py", _OPENAI_AND_ANTHROPIC, installed=True),
    Client(
        "pydantic-ai", "pydantic-ai", "pydantic_ai_agent.py", _OPENAI_AND_ANTHROPIC, installed=True
    ),
    Client("openai-node", "node-sdks", "openai_sdk.mjs", ("chat", "responses")),
    Client("anthropic-node", "node-sdks", "anthropic_sdk.mjs", ("messages",)),
    Client("vercel-ai", "vercel", "vercel.mjs", (*_OPENAI_AND_ANTHROPIC, "gemini")),
    Client("vercel-ai-compatible", "vercel", "vercel.mjs", ("chat",), words=("compatible",)),
    Client("llm", "llm", "llm_cli.py", ("chat",)),
    Client(
        "aider",
        "aider",
        "aider_cli.py",
        ("chat",),
        lacks=_AIDER_LACKS,
        uncounted="rounds them, and asks for none in a stream",
    ),
    Client(
        "claude-code",
        "claude-code",
        "claude_code.py",
        ("messages",),
        lacks=_AGENT_LACKS,
        always_streams=True,
        calls={
            "tools-streamed": Tool("Bash", {"command": "cat code.txt"}),
            "image": Tool("Read", {"file_path": "{folder}/picture.png"}),
        },
    ),
    Client(
        "codex",
        "codex",
        "codex_cli.py",
        ("responses",),
        lacks=_AGENT_LACKS,
        always_streams=True,
        calls={"tools-streamed": Tool("exec_command", {"cmd": "cat code.txt"})},
        prints_whole=True,
    ),
    Client(
        "opencode",
        "opencode",
        "opencode_cli.py",
        _OPENAI_AND_ANTHROPIC,
        lacks=_AGENT_LACKS,
        always_streams=True,
        calls={"tools-streamed": Tool("bash", {"command": "cat code.txt", "description": "Read."})},
        prints_whole=True,
    ),
    Client(
        "qwen-code",
        "qwen-code",
        "qwen_code.py",
        _OPENAI_AND_ANTHROPIC,
        lacks=_AGENT_LACKS,
        always_streams=True,
        calls={
            # Not its shell: that loses what a command as quick as `cat` prints, now and then.
            "tools-streamed": Tool("read_file", {"file_path": "{folder}/code.txt"}),
            "image": Tool("read_file", {"file_path": "{folder}/picture.png"}),
        },
        prints_whole=True,
        repaints=True,
    ),
    Client(
        "gemini-cli",
        "gemini-cli",
        "gemini_cli.py",
        ("gemini",),
        lacks=_AGENT_LACKS,
        always_streams=True,
        calls={
            "tools-streamed": Tool("run_shell_command", {"command": "cat code.txt"}),
            "image": Tool("read_file", {"file_path": "{folder}/picture.png"}),
        },
        prints_whole=True,
    ),
    Client(
        "continue",
        "continue",
        "continue_cli.py",
        ("chat", "messages"),
        lacks={**_AGENT_LACKS, "image": "its command line takes no pictures"},
        uncounted="prints none",
        always_streams=True,
        calls={"tools-streamed": Tool("Bash", {"command": "cat code.txt"})},
        prints_whole=True,
    ),
)
