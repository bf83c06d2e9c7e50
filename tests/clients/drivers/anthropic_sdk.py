"""Anthropic's own client."""

import base64
import json
from typing import Any

from anthropic import Anthropic
from driving import TOOL, TOOL_SAYS, TOOL_SCHEMA, Errand, Got, serve

Object = dict[str, Any]
_LONGEST_TOKENS = 1024


def run(errand: Errand) -> Got:
    """Ask, and go on with the tool's results until there are words."""
    got = Got()
    content: list[Any] = [{"type": "text", "text": errand.ask}]
    if errand.image:
        data = base64.b64encode(errand.image_bytes).decode()
        source = {"type": "base64", "media_type": "image/png", "data": data}
        content.insert(0, {"type": "image", "source": source})
    messages: list[Any] = [{"role": "user", "content": content}]
    asked: Object = {"model": errand.model, "max_tokens": _LONGEST_TOKENS, "messages": messages}
    if errand.has_tools:
        asked["tools"] = [{"name": TOOL, "description": TOOL_SAYS, "input_schema": TOOL_SCHEMA}]
    with Anthropic(base_url=errand.root, api_key=errand.key, max_retries=0) as client:
        while True:
            message = _message(client, asked, got, is_streamed=errand.is_streamed)
            results = []
            for block in message.content:
                if block.type == "tool_use":
                    got.calls.append(json.dumps(block.input))
                    found = errand.find_code(**block.input)
                    result = {"type": "tool_result", "tool_use_id": block.id, "content": found}
                    results.append(result)
            if not results:
                return got
            messages.append({"role": "assistant", "content": message.content})
            messages.append({"role": "user", "content": results})


def _message(client: Anthropic, asked: Object, got: Got, *, is_streamed: bool) -> Any:
    if is_streamed:
        with client.messages.stream(**asked) as stream:
            for piece in stream.text_stream:
                got.hear(piece)
            message = stream.get_final_message()
    else:
        message = client.messages.create(**asked)
        got.hear("".join(block.text for block in message.content if block.type == "text"))
    got.count(message.usage.input_tokens, message.usage.output_tokens)
    return message


if __name__ == "__main__":
    serve(run)
