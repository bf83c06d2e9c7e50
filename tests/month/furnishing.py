"""What the owner of the month has set up: providers, tokens, rules, a baseline."""

from typing import Any

from pydantic import BaseModel

from butler.contract.resources import Rule, Token
from butler.desktop.engine_client import EngineClient

BASE_URLS = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "deepseek": "https://api.deepseek.com/v1",
    "ollama": "http://localhost:11434",
}
BASELINE = "anthropic/claude-sonnet-4-5"


def _model(name: str, context_tokens: int, alias: str | None = None) -> dict[str, Any]:
    return {"name": name, "alias": alias, "context_tokens": context_tokens}


_PROVIDERS: list[dict[str, Any]] = [
    {
        "name": "openai",
        "preset": "openai",
        "models": [_model("gpt-5.2", 400_000, "think"), _model("gpt-5-mini", 400_000)],
    },
    {
        "name": "anthropic",
        "preset": "anthropic",
        "models": [_model("claude-sonnet-4-5", 200_000, "sonnet")],
    },
    {"name": "deepseek", "preset": "deepseek", "models": [_model("deepseek-chat", 131_072)]},
    {"name": "ollama", "preset": "ollama", "models": [_model("qwen3:8b", 40_960, "here")]},
]
TOKENS = ("Claude Code", "Codex", "Cursor", "Continue", "Scripts")


def _when(kind: str, **values: Any) -> dict[str, Any]:
    return {"all": [{"kind": kind, **values}]}


_RULES: list[dict[str, Any]] = [
    {
        "name": "Secrets stay here",
        "priority": 950,
        "when": _when("contains_secrets"),
        "target": "ollama/qwen3:8b",
    },
    {
        "name": "Long documents",
        "priority": 800,
        "when": _when("tokens", min=20_000),
        "target": "anthropic/claude-sonnet-4-5",
        "fallbacks": ["openai/gpt-5.2"],
    },
    {
        "name": "Coding",
        "priority": 600,
        "when": _when("task", tasks=["coding"]),
        "target": "deepseek/deepseek-chat",
        "fallbacks": ["openai/gpt-5-mini"],
    },
    {
        "name": "Maths",
        "priority": 500,
        "when": _when("task", tasks=["math"]),
        "target": "openai/gpt-5.2",
        "fallbacks": ["anthropic/claude-sonnet-4-5"],
    },
    {
        "name": "Translation",
        "priority": 400,
        "when": _when("task", tasks=["translation"]),
        "target": "openai/gpt-5-mini",
        "fallbacks": ["deepseek/deepseek-chat"],
    },
]


RULES = tuple(rule["name"] for rule in _RULES)


class Furnished(BaseModel):
    """The ids that calls refer to, by name."""

    tokens: dict[str, str]
    rules: dict[str, str]


async def furnish(client: EngineClient) -> Furnished:
    """Set everything up as a window would, over the admin API."""
    for provider in _PROVIDERS:
        key = (
            {} if provider["name"] == "ollama" else {"api_key": f"sk-{provider['name']}-0123456789"}
        )
        await client.send("POST", "providers", {**provider, **key})
    for name in TOKENS:
        await client.send("POST", "tokens", {"name": name, "keep_copy": True})
    for rule in _RULES:
        await client.send("POST", "rules", rule)
    await client.change_setting("savings.baseline", BASELINE)
    await client.change_setting("routing.default_target", "openai/gpt-5-mini")
    tokens, rules = await client.listed("tokens", Token), await client.listed("rules", Rule)
    return Furnished(
        tokens={each.name: each.id for each in tokens}, rules={each.name: each.id for each in rules}
    )
