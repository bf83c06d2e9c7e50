"""Ollama, through its own client library, on its native API.

Source: Ollama's API reference (`/api/chat`, `/api/tags`, `/api/pull`).
"""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import contextmanager
from typing import Any

import httpx
import ollama
from pydantic import ValidationError

from butler.engine.arbiter.answer import Reply, tokens_of
from butler.engine.arbiter.question import Question
from butler.engine.arbiter.servers import (
    CONTEXT_TOKENS,
    KEEP_ALIVE,
    Progress,
    ServerError,
    Trouble,
)
from butler.engine.arbiter.transport import client_options

_MOST_PULL_BYTES = 256 * 1024 * 1024
"""Lines of progress come a few times a second, for as long as the download takes."""


class OllamaServer:
    """One model at one Ollama."""

    def __init__(self, url: str, model: str) -> None:
        """Raises ValueError where the URL is none."""
        self._url = url
        self._model = model
        self._client = ollama.AsyncClient(url, **client_options())

    async def has_model(self) -> bool:
        """Say whether the model has been pulled."""
        with _troubles():
            listed = await self._client.list()
        wanted = _with_tag(self._model)
        return any(_with_tag(one.model or "") == wanted for one in listed.models)

    async def ask(self, question: Question) -> Reply:
        """Ask the model, which answers in the question's schema."""
        with _troubles():
            said = await self._client.chat(
                self._model,
                [{"role": "user", "content": question.prompt}],
                # Not only told what to write: nothing else can be written.
                format=question.schema,
                think=False,
                logprobs=True,
                options={
                    "temperature": 0.0,
                    "num_predict": question.most_tokens,
                    "num_ctx": CONTEXT_TOKENS,
                },
                keep_alive=KEEP_ALIVE,
            )
        is_whole = bool(said.done) and said.done_reason in (None, "stop")
        return Reply(said.message.content or "", tokens_of(said.logprobs), is_whole)

    async def pull(self) -> AsyncGenerator[Progress, None]:
        """Have Ollama fetch the model from its library."""
        client = ollama.AsyncClient(self._url, **client_options(_MOST_PULL_BYTES))
        sizes: dict[str, tuple[int, int]] = {}
        try:
            with _troubles():
                lines: AsyncIterator[Any] = await client.pull(self._model, stream=True)
                async for line in lines:
                    if line.digest and line.total:
                        sizes[line.digest] = (line.completed or 0, line.total)
                    yield Progress((line.status or "")[:80], _share(sizes))
        finally:
            await client.close()  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Hang up."""
        await self._client.close()  # type: ignore[no-untyped-call]


def _with_tag(model: str) -> str:
    return model if ":" in model.rpartition("/")[2] else f"{model}:latest"


def _share(sizes: dict[str, tuple[int, int]]) -> float | None:
    whole = sum(total for _, total in sizes.values())
    return min(1.0, sum(done for done, _ in sizes.values()) / whole) if whole else None


@contextmanager
def _troubles() -> Any:
    """Say in our words what the library raises; a server's words may quote the prompt."""
    try:
        yield
    except ConnectionError:
        raise ServerError(Trouble.ABSENT, "nothing answers there") from None
    except ollama.ResponseError as error:
        if error.status_code == 404:
            raise ServerError(Trouble.NO_MODEL, "the model is not there") from None
        status = f"status {error.status_code}" if error.status_code > 0 else "an error"
        raise ServerError(Trouble.FAILED, f"it answered with {status}") from None
    except httpx.HTTPError as error:
        trouble = Trouble.ABSENT if isinstance(error, httpx.ConnectTimeout) else Trouble.FAILED
        raise ServerError(trouble, f"the exchange failed: {type(error).__name__}") from None
    except (ValidationError, ValueError, TypeError, AttributeError, KeyError):
        raise ServerError(Trouble.FAILED, "its answer can not be read") from None
