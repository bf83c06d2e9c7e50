"""Any local server that speaks OpenAI's chat completions: llama.cpp, LM Studio, vLLM."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any

import httpx
import orjson

from butler.engine.arbiter.answer import Reply, Token
from butler.engine.arbiter.question import Question
from butler.engine.arbiter.servers import Progress, ServerError, Trouble
from butler.engine.arbiter.transport import client_options


class OpenAIServer:
    """One model at one server."""

    def __init__(self, url: str, model: str) -> None:
        root = url.rstrip("/").removesuffix("/v1")
        self._model = model
        self._tells_probabilities = True
        self._client = httpx.AsyncClient(base_url=f"{root}/v1/", **client_options())

    async def has_model(self) -> bool:
        """Say whether it answers; many such servers take any name for the model they hold."""
        await self._call("GET", "models")
        return True

    async def ask(self, question: Question) -> Reply:
        """Ask the model, which answers in the question's schema."""
        if self._tells_probabilities:
            try:
                return _reply(await self._call("POST", "chat/completions", self._body(question)))
            except _Refused:
                # Not every server knows of probabilities.
                self._tells_probabilities = False
        return _reply(await self._call("POST", "chat/completions", self._body(question)))

    def pull(self) -> AsyncGenerator[Progress, None]:
        """Refuse: this protocol has no word for it."""
        raise ServerError(Trouble.FAILED, "such a server can not be told to fetch a model")

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    def _body(self, question: Question) -> dict[str, Any]:
        schema = {"name": "route", "strict": True, "schema": question.schema}
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": "user", "content": question.prompt}],
            "response_format": {"type": "json_schema", "json_schema": schema},
            "temperature": 0,
            "max_tokens": question.most_tokens,
        }
        return body | {"logprobs": True} if self._tells_probabilities else body

    async def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        content = None if body is None else orjson.dumps(body)
        kind = {"Content-Type": "application/json"}
        try:
            response = await self._client.request(method, path, content=content, headers=kind)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            raise ServerError(Trouble.ABSENT, "nothing answers there") from None
        except httpx.HTTPError as error:
            detail = f"the exchange failed: {type(error).__name__}"
            raise ServerError(Trouble.FAILED, detail) from None
        if response.status_code != 200:
            raise _trouble(response.status_code)
        try:
            found = orjson.loads(response.content)
        except orjson.JSONDecodeError:
            found = None
        if not isinstance(found, dict):
            raise ServerError(Trouble.FAILED, "its answer can not be read")
        return found


class _Refused(ServerError):
    """The server does not like the request."""


def _trouble(status: int) -> ServerError:
    if status == 404:
        return ServerError(Trouble.NO_MODEL, "the model is not there")
    kind = _Refused if status in (400, 422) else ServerError
    return kind(Trouble.FAILED, f"it answered with status {status}")


def _reply(found: Mapping[str, Any]) -> Reply:
    try:
        choice = found["choices"][0]
        text = choice["message"]["content"] or ""
        told = (choice.get("logprobs") or {}).get("content") or ()
        tokens = tuple(Token(str(one["token"]), float(one["logprob"])) for one in told)
        return Reply(str(text), tokens, choice.get("finish_reason") in (None, "stop"))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise ServerError(Trouble.FAILED, "its answer can not be read") from None
