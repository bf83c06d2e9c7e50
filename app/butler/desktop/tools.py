"""What a person tells each tool, so that it asks here: lines for a terminal or a file."""

from collections.abc import Callable
from dataclasses import dataclass

MODEL = "auto"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: its name, and what to write for it; `root` is the address without `/v1`."""

    id: str
    title: str
    lines: Callable[[str, str], str]
    """Made of the root and the token."""


def _claude_code(root: str, token: str) -> str:
    return _exported(ANTHROPIC_BASE_URL=root, ANTHROPIC_AUTH_TOKEN=token, ANTHROPIC_MODEL=MODEL)


def _codex(root: str, token: str) -> str:
    return "\n".join(
        [
            f"# ~/.codex/config.toml; in the shell: export BUTLER_TOKEN={token}",
            f'model = "{MODEL}"',
            'model_provider = "butler"',
            "[model_providers.butler]",
            'name = "butler"',
            f'base_url = "{root}/v1"',
            'env_key = "BUTLER_TOKEN"',
            'wire_api = "responses"',
        ]
    )


def _continue(root: str, token: str) -> str:
    return "\n".join(
        [
            "# ~/.continue/config.yaml",
            "models:",
            "  - name: Butler",
            "    provider: openai",
            f"    model: {MODEL}",
            f"    apiBase: {root}/v1",
            f"    apiKey: {token}",
        ]
    )


def _aider(root: str, token: str) -> str:
    lines = _exported(OPENAI_API_BASE=f"{root}/v1", OPENAI_API_KEY=token)
    return f"{lines}\naider --model openai/{MODEL}"


def _openai(root: str, token: str) -> str:
    return _exported(OPENAI_BASE_URL=f"{root}/v1", OPENAI_API_KEY=token)


def _anthropic(root: str, token: str) -> str:
    return _exported(ANTHROPIC_BASE_URL=root, ANTHROPIC_API_KEY=token)


def _exported(**values: str) -> str:
    return "\n".join(f"export {name}={value}" for name, value in values.items())


TOOLS = (
    Tool("claude_code", "Claude Code", _claude_code),
    Tool("codex", "Codex", _codex),
    Tool("continue", "Continue", _continue),
    Tool("aider", "aider", _aider),
    Tool("openai", "OpenAI SDK", _openai),
    Tool("anthropic", "Anthropic SDK", _anthropic),
)
"""Those that most people use, and two that stand for the rest; docs/clients.md has more."""
