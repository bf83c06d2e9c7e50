"""Frameworks that name themselves; LangChain's and instructor's OpenAI side do not, nor does llm.

They send what their user's program writes, and inject nothing.
"""

from butler.engine.signals.client.tool import Tool

FRAMEWORKS = (
    Tool("pydantic-ai", "Pydantic AI", agents=("pydantic-ai/",)),
    Tool("openai-agents", "OpenAI Agents SDK", agents=("agents/python", "agents/js")),
    Tool("langchain", "LangChain", agents=("langchain",)),
    Tool("instructor", "instructor", agents=("instructor/",)),
    Tool("litellm", "LiteLLM", agents=("litellm/",)),
    Tool("ai-sdk", "Vercel AI SDK", agents=("ai-sdk/", "ai/")),
)
