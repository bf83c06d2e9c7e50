"""Google's own client: generateContent."""

import json
from typing import Any

from driving import TOOL, TOOL_SAYS, TOOL_SCHEMA, Errand, Got, serve
from google import genai
from google.genai import types


def run(errand: Errand) -> Got:
    """Ask, and go on with the tool's results until there are words."""
    got = Got()
    options = types.HttpOptions(base_url=errand.root, api_version="v1beta")
    parts: list[Any] = [types.Part.from_text(text=errand.ask)]
    if errand.image:
        parts.append(types.Part.from_bytes(data=errand.image_bytes, mime_type="image/png"))
    contents: list[Any] = [types.Content(role="user", parts=parts)]
    with genai.Client(api_key=errand.key, http_options=options) as client:
        while True:
            content, calls = _content(client, errand, contents, got)
            if not calls:
                return got
            contents.append(content)
            results = []
            for call in calls:
                got.calls.append(json.dumps(call.args))
                found = {"result": errand.find_code(**call.args)}
                response = types.FunctionResponse(name=call.name, id=call.id, response=found)
                results.append(types.Part(function_response=response))
            contents.append(types.Content(role="user", parts=results))


def _content(client: genai.Client, errand: Errand, contents: list[Any], got: Got) -> Any:
    asked = {"model": errand.model, "contents": contents, "config": _config(errand)}
    if errand.is_streamed:
        chunks = list(client.models.generate_content_stream(**asked))
    else:
        chunks = [client.models.generate_content(**asked)]
    said: list[Any] = []
    for chunk in chunks:
        for candidate in chunk.candidates or ():
            said += (candidate.content and candidate.content.parts) or []
    for part in said:
        got.hear(part.text if not part.thought else None)
    usage = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata][-1]
    got.count(usage.prompt_token_count, usage.candidates_token_count)
    calls = [part.function_call for part in said if part.function_call]
    return types.Content(role="model", parts=said), calls


def _config(errand: Errand) -> types.GenerateContentConfig:
    if not errand.has_tools:
        return types.GenerateContentConfig()
    declared = types.FunctionDeclaration(
        name=TOOL, description=TOOL_SAYS, parameters_json_schema=TOOL_SCHEMA
    )
    return types.GenerateContentConfig(tools=[types.Tool(function_declarations=[declared])])


if __name__ == "__main__":
    serve(run)
