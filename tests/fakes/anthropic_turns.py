"""The vendor's rules for the turns of a conversation: roles, blocks, results after their calls."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.errors import VendorError, bad_request

Object = Mapping[str, Any]
_ID = re.compile(r"[a-zA-Z0-9_-]+")
_IMAGES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_USER_BLOCKS = ("text", "image", "document", "tool_result")
_ASSISTANT_BLOCKS = ("text", "thinking", "redacted_thinking", "tool_use")


def check_messages(messages: Any, *, thinks: bool) -> None:
    """Raise VendorError unless the conversation is one that the vendor accepts."""
    if not isinstance(messages, list):
        raise bad_request("messages: Field required")
    if not messages:
        raise bad_request("messages: at least one message is required")
    turns = [_turn(message, place) for place, message in enumerate(messages)]
    if messages[0]["role"] != "user":
        raise bad_request('messages: first message must use the "user" role')
    for place, (message, blocks) in enumerate(zip(messages, turns, strict=True)):
        is_last = place == len(turns) - 1
        if not blocks and not (is_last and message["role"] == "assistant"):
            raise bad_request(f"messages.{place}: all messages must have non-empty content")
    _check_results(messages, turns)
    _check_last(messages[-1], turns[-1])
    if thinks:
        _check_thoughts(messages, turns)


def check_texts(blocks: Sequence[Object], where: str) -> None:
    """Raise VendorError where a text block says nothing."""
    for block in blocks:
        if block.get("type") == "text" and not str(block.get("text", "")).strip():
            raise bad_request(f"{where}: text content blocks must contain non-whitespace text")


def _turn(message: Any, place: int) -> list[Object]:
    where = f"messages.{place}"
    role = message.get("role")
    if role not in ("user", "assistant"):
        raise bad_request(f"{where}.role: role '{role}' is not supported on this model")
    if set(message) - {"role", "content"}:
        raise bad_request(f"{where}: Extra inputs are not permitted")
    content = message.get("content")
    if isinstance(content, str):
        return [{"type": "text", "text": content}] if content else []
    if not isinstance(content, list):
        raise bad_request(f"{where}.content: Input should be a valid list")
    allowed = _USER_BLOCKS if role == "user" else _ASSISTANT_BLOCKS
    for index, block in enumerate(content):
        _check_block(block, allowed, f"{where}.content.{index}")
    check_texts(content, where)
    return content


def _check_block(block: Any, allowed: Sequence[str], where: str) -> None:
    kind = block.get("type")
    if kind not in allowed:
        raise bad_request(f"{where}.type: '{kind}' is not expected here")
    if kind == "image":
        _check_source(block.get("source") or {}, _IMAGES, where)
    elif kind == "document":
        _check_source(block.get("source") or {}, ("application/pdf", "text/plain"), where)
    elif kind == "tool_use":
        if not _ID.fullmatch(block.get("id", "")):
            raise bad_request(f"{where}.tool_use.id: String should match pattern '{_ID.pattern}'")
        if not isinstance(block.get("input"), dict):
            raise bad_request(f"{where}.tool_use.input: Input should be a valid dictionary")
    elif kind == "thinking" and not block.get("signature"):
        raise bad_request(f"{where}.thinking.signature: Field required")
    elif kind == "tool_result":
        _check_result(block, where)


def _check_result(block: Object, where: str) -> None:
    content = block.get("content", "")
    if isinstance(content, list):
        for inner in content:
            _check_block(inner, ("text", "image", "document"), where)
        check_texts(content, where)
    elif not isinstance(content, str):
        raise bad_request(f"{where}.tool_result.content: Input should be a string or a list")


def _check_source(source: Object, types: Sequence[str], where: str) -> None:
    match source.get("type"):
        case "base64" | "text":
            if source.get("media_type") not in types:
                raise bad_request(f"{where}.source.media_type: Input should be one of {types}")
            if not source.get("data"):
                raise bad_request(f"{where}.source.data: Field required")
        case "url":
            if not str(source.get("url", "")).startswith(("https://", "http://")):
                raise bad_request(f"{where}.source.url: Only HTTP(S) URLs are supported")
        case other:
            raise bad_request(f"{where}.source: '{other}' is no kind of source")


def _check_results(messages: list[Object], turns: list[list[Object]]) -> None:
    """Every call is answered in the next turn, at its beginning, and every answer has its call.

    Turns of one role that stand together count as one.
    """
    asked: set[str] = set()
    for role, blocks in _merged(messages, turns):
        if role == "assistant":
            ids = [block["id"] for block in blocks if block["type"] == "tool_use"]
            if len(set(ids)) < len(ids):
                raise bad_request("`tool_use` ids must be unique")
            asked = set(ids)
            continue
        answered = [block["tool_use_id"] for block in blocks if block["type"] == "tool_result"]
        if unknown := set(answered) - asked:
            raise bad_request(f"unexpected `tool_use_id` found in `tool_result`: {unknown.pop()}")
        if missing := asked - set(answered):
            raise _unanswered(missing)
        if len(set(answered)) < len(answered):
            raise bad_request("each `tool_use` must have a single result")
        if any(block["type"] != "tool_result" for block in blocks[: len(answered)]):
            raise bad_request("`tool_result` blocks must come first")
        asked = set()
    if asked:
        raise _unanswered(asked)


def _merged(messages: list[Object], turns: list[list[Object]]) -> list[tuple[str, list[Object]]]:
    merged: list[tuple[str, list[Object]]] = []
    for message, blocks in zip(messages, turns, strict=True):
        if merged and merged[-1][0] == message["role"]:
            merged[-1][1].extend(blocks)
        else:
            merged.append((message["role"], list(blocks)))
    return merged


def _check_last(message: Object, blocks: list[Object]) -> None:
    """A beginning of the answer may not end in white space."""
    if message["role"] != "assistant" or not blocks or blocks[-1]["type"] != "text":
        return
    if blocks[-1]["text"] != blocks[-1]["text"].rstrip():
        raise bad_request("messages: final assistant content cannot end with trailing whitespace")


def _check_thoughts(messages: list[Object], turns: list[list[Object]]) -> None:
    """While a model thinks, a turn in the middle of its tool calls must begin with a thought."""
    merged = _merged(messages, turns)
    if len(merged) < 2 or merged[-1][0] != "user":
        return
    in_tools = any(block["type"] == "tool_result" for block in merged[-1][1])
    first = merged[-2][1][0]["type"]
    if in_tools and first not in ("thinking", "redacted_thinking"):
        raise bad_request(f"Expected `thinking` or `redacted_thinking`, but found `{first}`.")


def _unanswered(ids: set[str]) -> VendorError:
    return bad_request(f"`tool_use` ids without `tool_result` blocks right after: {sorted(ids)}")
