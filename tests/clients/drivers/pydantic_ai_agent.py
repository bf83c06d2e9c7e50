"""An agent of pydantic-ai, which calls its tools by itself."""

from typing import Any

from driving import TOOL, TOOL_SAYS, Errand, Got, serve
from pydantic_ai import Agent, BinaryContent, Tool
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider


def run(errand: Errand) -> Got:
    """Let the agent answer."""
    got = Got()

    def find_code(city: str) -> str:
        got.calls.append(city)
        return errand.find_code(city)

    tools = [Tool(find_code, name=TOOL, description=TOOL_SAYS)] if errand.has_tools else []
    agent = Agent(model_of(errand), tools=tools)
    asked: list[Any] = [errand.ask]
    if errand.image:
        asked.append(BinaryContent(errand.image_bytes, media_type="image/png"))
    if errand.is_streamed:
        result: Any = agent.run_stream_sync(asked)
        for piece in result.stream_text(delta=True, debounce_by=None):
            got.hear(piece)
    else:
        result = agent.run_sync(asked)
        got.hear(result.output)
    usage = result.usage() if callable(result.usage) else result.usage
    got.count(usage.input_tokens, usage.output_tokens)
    return got


def model_of(errand: Errand) -> Any:
    """Return the model that speaks the errand's protocol."""
    if errand.protocol == "messages":
        provider = AnthropicProvider(api_key=errand.key, base_url=errand.root)
        return AnthropicModel(errand.model, provider=provider)
    kind = OpenAIChatModel if errand.protocol == "chat" else OpenAIResponsesModel
    return kind(errand.model, provider=OpenAIProvider(base_url=errand.v1, api_key=errand.key))


if __name__ == "__main__":
    serve(run)
