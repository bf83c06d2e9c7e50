"""OpenAI's own client: chat completions and responses."""

import base64
import json
from typing import Any

from driving import TOOL, TOOL_SAYS, TOOL_SCHEMA, Errand, Got, serve
from openai import OpenAI

Object = dict[str, Any]


def data_url(errand: Errand) -> str:
    """The picture as a URL."""
    return "data:image/png;base64," + base64.b64encode(errand.image_bytes).decode()


def chat(client: OpenAI, errand: Errand, got: Got) -> None:
    """Ask, and go on with the tool's results until there are words."""
    content: Any = errand.ask
    if errand.image:
        picture = {"type": "image_url", "image_url": {"url": data_url(errand)}}
        content = [{"type": "text", "text": errand.ask}, picture]
    messages: list[Any] = [{"role": "user", "content": content}]
    function = {"name": TOOL, "description": TOOL_SAYS, "parameters": TOOL_SCHEMA}
    more: Object = {"tools": [{"type": "function", "function": function}]}
    while True:
        asked: Object = {"model": errand.model, "messages": messages}
        asked |= more if errand.has_tools else {}
        message = _streamed_chat(client, asked, got) if errand.is_streamed else None
        if message is None:
            reply = client.chat.completions.create(**asked)
            message = reply.choices[0].message
            got.hear(message.content)
            got.count(reply.usage.prompt_tokens, reply.usage.completion_tokens)
        if not message.tool_calls:
            return
        messages.append(message)
        for call in message.tool_calls:
            got.calls.append(call.function.arguments)
            found = errand.find_code(**json.loads(call.function.arguments))
            messages.append({"role": "tool", "tool_call_id": call.id, "content": found})


def _streamed_chat(client: OpenAI, asked: Object, got: Got) -> Any:
    with client.chat.completions.stream(**asked, stream_options={"include_usage": True}) as stream:
        for event in stream:
            if event.type == "content.delta":
                got.hear(event.delta)
        whole = stream.get_final_completion()
    got.count(whole.usage.prompt_tokens, whole.usage.completion_tokens)
    return whole.choices[0].message


def responses(client: OpenAI, errand: Errand, got: Got) -> None:
    """Ask, and go on with the tool's results until there are words; nothing is stored."""
    content: list[Any] = [{"type": "input_text", "text": errand.ask}]
    if errand.image:
        content.append({"type": "input_image", "image_url": data_url(errand), "detail": "auto"})
    items: list[Any] = [{"role": "user", "content": content}]
    tool = {"type": "function", "name": TOOL, "description": TOOL_SAYS, "strict": True}
    more: Object = {"tools": [{**tool, "parameters": TOOL_SCHEMA}]}
    while True:
        asked: Object = {"model": errand.model, "input": items, "store": False}
        asked |= more if errand.has_tools else {}
        if errand.is_streamed:
            with client.responses.stream(**asked) as stream:
                for event in stream:
                    if event.type == "response.output_text.delta":
                        got.hear(event.delta)
                reply = stream.get_final_response()
        else:
            reply = client.responses.create(**asked)
            got.hear(reply.output_text)
        got.count(reply.usage.input_tokens, reply.usage.output_tokens)
        calls = [item for item in reply.output if item.type == "function_call"]
        if not calls:
            return
        items += [item.to_dict(mode="json") for item in reply.output]
        for call in calls:
            got.calls.append(call.arguments)
            found = errand.find_code(**json.loads(call.arguments))
            output = {"type": "function_call_output", "call_id": call.call_id, "output": found}
            items.append(output)


def run(errand: Errand) -> Got:
    """Run one errand."""
    got = Got()
    with OpenAI(base_url=errand.v1, api_key=errand.key, max_retries=0) as client:
        (chat if errand.protocol == "chat" else responses)(client, errand, got)
    return got


if __name__ == "__main__":
    serve(run)
