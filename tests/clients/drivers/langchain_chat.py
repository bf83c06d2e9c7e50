"""LangChain's chat models, bound to a tool."""

import base64
import json
from typing import Any

from driving import TOOL, TOOL_SAYS, Errand, Got, serve
from langchain_anthropic import ChatAnthropic
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI


@tool(TOOL, description=TOOL_SAYS)
def find_code(city: str) -> str:
    """Stand for the tool; the driver answers its calls itself."""
    return city


def run(errand: Errand) -> Got:
    """Ask, and go on with the tool's results until there are words."""
    got = Got()
    content: list[Any] = [{"type": "text", "text": errand.ask}]
    if errand.image:
        data = base64.b64encode(errand.image_bytes).decode()
        content.append({"type": "image", "base64": data, "mime_type": "image/png"})
    messages: list[Any] = [HumanMessage(content)]
    bare = model_of(errand)
    model = bare.bind_tools([find_code]) if errand.has_tools else bare
    while True:
        if errand.is_streamed:
            reply = None
            for chunk in model.stream(messages):
                got.hear(chunk.text)
                reply = chunk if reply is None else reply + chunk
        else:
            reply = model.invoke(messages)
            got.hear(reply.text)
        usage = reply.usage_metadata or {}
        got.count(usage.get("input_tokens"), usage.get("output_tokens"))
        if not reply.tool_calls:
            return got
        messages.append(reply)
        for call in reply.tool_calls:
            got.calls.append(json.dumps(call["args"]))
            found = errand.find_code(**call["args"])
            messages.append(ToolMessage(found, tool_call_id=call["id"]))


def model_of(errand: Errand) -> Any:
    """Return the chat model that speaks the errand's protocol."""
    told = {"model": errand.model, "api_key": errand.key, "max_retries": 0}
    if errand.protocol == "messages":
        return ChatAnthropic(base_url=errand.root, max_tokens=1024, **told)
    responses = errand.protocol == "responses"
    return ChatOpenAI(base_url=errand.v1, stream_usage=True, use_responses_api=responses, **told)


if __name__ == "__main__":
    serve(run)
