"""Asks the endpoint as any tool would: to show that it answers, and who."""

from dataclasses import dataclass

import aiohttp
from pydantic import BaseModel, ValidationError

_TIMEOUT_S = 120.0
_ID_HEADER = "x-butler-request-id"


class NotAnswered(Exception):
    """No answer came; the message says why, in the endpoint's words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said, and the id under which the log tells how it came about."""

    text: str
    call_id: str


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message


class _Reply(BaseModel):
    choices: list[_Choice]


class _Error(BaseModel):
    message: str


class _Refusal(BaseModel):
    error: _Error


async def ask(base_url: str, token: str, question: str, model: str = "auto") -> Answer:
    """Ask one question in OpenAI's words and return the whole answer; raises `NotAnswered`."""
    body = {"model": model, "messages": [{"role": "user", "content": question}]}
    return await send(base_url, token, "chat/completions", body)


async def send(base_url: str, token: str, path: str, body: object) -> Answer:
    """Send a request of chat completions and return its answer; raises `NotAnswered`."""
    headers = {"Authorization": f"Bearer {token}"}
    timeout = aiohttp.ClientTimeout(total=_TIMEOUT_S)
    url = f"{base_url}/{path}"
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.post(url, json=body, headers=headers) as reply,
        ):
            said = await reply.read()
            if not reply.ok:
                raise NotAnswered(_why(said, reply.status))
            text = _Reply.model_validate_json(said).choices[0].message.content
            return Answer(text or "", reply.headers.get(_ID_HEADER, ""))
    except (aiohttp.ClientError, TimeoutError, ValidationError, IndexError) as error:
        raise NotAnswered(str(error) or type(error).__name__) from error


def _why(said: bytes, status: int) -> str:
    try:
        return _Refusal.model_validate_json(said).error.message
    except ValidationError:
        return f"HTTP {status}"
