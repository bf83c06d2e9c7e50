"""Opens the server that the owner has chosen."""

from butler.engine.arbiter.choice import Choice
from butler.engine.arbiter.servers import Server, ServerError, Trouble


def open_server(choice: Choice) -> Server:
    """Return the server; raises ServerError where its address is none. Takes a while at first."""
    # Loaded only here: both libraries read the environment when they are imported.
    try:
        if choice.kind == "openai":
            from butler.engine.arbiter import openai_server  # noqa: PLC0415 - see above

            return openai_server.OpenAIServer(choice.url, choice.model)
        from butler.engine.arbiter import ollama_server  # noqa: PLC0415 - see above

        return ollama_server.OllamaServer(choice.url, choice.model)
    except ValueError:
        # Also where OLLAMA_HOST is set to what the library can not read.
        raise ServerError(Trouble.FAILED, "its address can not be read") from None
