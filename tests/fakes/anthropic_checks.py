"""What the vendor of messages refuses: a request that breaks its schema or its limits.

Written from the published API reference; the sentences are ours.
"""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from tests.fakes.anthropic_turns import check_messages, check_texts
from tests.fakes.checks import Ask
from tests.fakes.errors import VendorError, bad_request

Object = Mapping[str, Any]
_KNOWN = frozenset(
    """cache_control container diagnostics inference_geo max_tokens messages metadata model
    output_config service_tier speed stop_sequences stream system temperature thinking tool_choice
    tools top_k top_p""".split()
)
_MAX_OUTPUT_TOKENS = 128_000
_TOOL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,128}")
_TOOL_FIELDS = frozenset(
    """allowed_callers cache_control defer_loading description eager_input_streaming input_examples
    input_schema name strict type""".split()
)
_EFFORTS = ("low", "medium", "high", "xhigh", "max")
_STUBBORN = ("claude-opus-5-5", "claude-fable-5-1", "claude-sonnet-5-5")
"""Models without sampling, forced tools, prefill, and switches for their thinking."""


def read_ask(raw: bytes, models: Collection[str]) -> Ask:
    """Check a message request and return what it asks for, or raise VendorError."""
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise bad_request("The request body is not valid JSON.") from error
    if not isinstance(body, dict):
        raise bad_request("The request body is not an object.")
    for name in body:
        if name not in _KNOWN:
            raise bad_request(f"{name}: Extra inputs are not permitted")
    if not isinstance(body.get("model"), str):
        raise bad_request("model: Field required")
    if body["model"] not in models:
        raise VendorError(404, f"model: {body['model']}")
    _check_numbers(body)
    _check_system(body.get("system"))
    _check_tools(body)
    _check_thinking(body)
    _check_output(body.get("output_config"))
    thinks = (body.get("thinking") or {}).get("type") == "enabled"
    check_messages(body.get("messages"), thinks=thinks)
    if _is_stubborn(body):
        _check_stubborn(body)
    stream = body.get("stream")
    if stream is not None and not isinstance(stream, bool):
        raise bad_request("stream: Input should be a valid boolean")
    return Ask(body["model"], stream is True, include_usage=True)


def _check_numbers(body: Object) -> None:
    limit = body.get("max_tokens")
    if limit is None:
        raise bad_request("max_tokens: Field required")
    if not _is_whole(limit) or limit < 1:
        raise bad_request("max_tokens: Input should be greater than or equal to 1")
    if limit > _MAX_OUTPUT_TOKENS:
        raise bad_request(
            f"max_tokens: {limit} > {_MAX_OUTPUT_TOKENS}, which is the maximum allowed number of "
            f"output tokens for {body['model']}"
        )
    for name in ("temperature", "top_p"):
        value = body.get(name)
        if value is not None and not (_is_number(value) and 0 <= value <= 1):
            raise bad_request(f"{name}: range: 0..1")
    stops = body.get("stop_sequences", [])
    if not isinstance(stops, list) or not all(isinstance(stop, str) for stop in stops):
        raise bad_request("stop_sequences: Input should be a valid list of strings")
    if any(not stop.strip() for stop in stops):
        raise bad_request("stop_sequences: each stop sequence must contain non-whitespace")
    metadata = body.get("metadata")
    if metadata is not None and set(metadata) - {"user_id"}:
        raise bad_request("metadata: Extra inputs are not permitted")


def _check_system(system: Any) -> None:
    if system is None or isinstance(system, str):
        return
    if not isinstance(system, list) or any(block.get("type") != "text" for block in system):
        raise bad_request("system: Input should be a string or a list of text blocks")
    check_texts(system, "system")


def _check_tools(body: Object) -> None:
    tools = body.get("tools") or []
    for place, tool in enumerate(tools):
        _check_tool(tool, f"tools.{place}.custom")
    names = [tool["name"] for tool in tools]
    if len(set(names)) < len(names):
        raise bad_request("tools: Tool names must be unique.")
    choice = body.get("tool_choice")
    if choice is not None:
        _check_choice(choice, names)


def _check_tool(tool: Object, where: str) -> None:
    if not isinstance(tool.get("name"), str) or not _TOOL_NAME.fullmatch(tool["name"]):
        raise bad_request(f"{where}.name: String should match pattern '{_TOOL_NAME.pattern}'")
    if tool.get("input_schema", {}).get("type") != "object":
        raise bad_request(f"{where}.input_schema.type: Field required")
    if set(tool) - _TOOL_FIELDS:
        raise bad_request(f"{where}: Extra inputs are not permitted")
    if not isinstance(tool.get("description", ""), str):
        raise bad_request(f"{where}.description: Input should be a valid string")


def _check_choice(choice: Object, names: list[str]) -> None:
    if not names:
        raise bad_request("tool_choice: may only be specified while providing tools")
    if choice.get("type") not in ("auto", "any", "tool", "none"):
        raise bad_request("tool_choice: unknown type")
    if choice["type"] == "tool" and choice.get("name") not in names:
        raise bad_request(f"tool_choice: Tool '{choice.get('name')}' not found in provided tools")
    if choice["type"] == "none" and "disable_parallel_tool_use" in choice:
        raise bad_request("tool_choice.none: Extra inputs are not permitted")


def _check_thinking(body: Object) -> None:
    thinking = body.get("thinking")
    if thinking is None or thinking.get("type") in ("disabled", "adaptive", "between_tools"):
        return
    if thinking.get("type") != "enabled":
        raise bad_request("thinking: unknown type")
    budget = thinking.get("budget_tokens")
    if not _is_whole(budget) or budget < 1024:
        raise bad_request("thinking.enabled.budget_tokens: Input should be at least 1024")
    if budget >= body["max_tokens"]:
        raise bad_request("`max_tokens` must be greater than `thinking.budget_tokens`.")
    if body.get("temperature", 1) != 1:
        raise bad_request("`temperature` may only be set to 1 when thinking is enabled.")
    if body.get("top_k") is not None:
        raise bad_request("`top_k` must be unset when thinking is enabled.")
    if body.get("top_p", 1) < 0.95:
        raise bad_request("`top_p` must be at least 0.95 when thinking is enabled.")
    if body.get("tool_choice", {}).get("type") in ("any", "tool"):
        raise bad_request("Thinking may not be enabled when tool_choice forces tool use.")


def _check_output(config: Any) -> None:
    if config is None:
        return
    if set(config) - {"effort", "format"}:
        raise bad_request("output_config: Extra inputs are not permitted")
    if config.get("effort") is not None and config["effort"] not in _EFFORTS:
        raise bad_request("output_config.effort: unknown effort")
    wanted = config.get("format")
    if wanted is None:
        return
    if wanted.get("type") != "json_schema" or not isinstance(wanted.get("schema"), dict):
        raise bad_request("output_config.format: Input should be a JSON schema")
    _check_closed(wanted["schema"])


def _check_closed(schema: Any) -> None:
    """Every object of a schema for structured output must be closed."""
    if isinstance(schema, list):
        for item in schema:
            _check_closed(item)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        raise bad_request(
            "output_config.format.schema: For 'object' type, 'additionalProperties' must be "
            "explicitly set to false"
        )
    for value in schema.values():
        _check_closed(value)


def _is_stubborn(body: Object) -> bool:
    return str(body["model"]).startswith(_STUBBORN)


def _check_stubborn(body: Object) -> None:
    for name in ("temperature", "top_p", "top_k"):
        if body.get(name) is not None:
            raise bad_request(f"`{name}` is not supported for this model.")
    kind = (body.get("thinking") or {}).get("type", "adaptive")
    allowed = ("adaptive", "between_tools") if "sonnet" in body["model"] else ("adaptive",)
    if kind not in allowed:
        raise bad_request(f'"thinking.type.{kind}" is not supported for this model.')
    if body.get("tool_choice", {}).get("type") in ("any", "tool"):
        raise bad_request("Forced tool use is not supported for this model.")
    if body["messages"][-1]["role"] == "assistant":
        raise bad_request("This model does not support assistant message prefill.")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
