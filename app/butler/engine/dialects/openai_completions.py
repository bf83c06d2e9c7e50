"""OpenAI's first API, `POST /v1/completions`: a text is gone on with, or filled in.

Editors and older tools ask so. Where the model completes texts the bytes pass through; where it
only chats, the prompt becomes what the user says. Source: OpenAI API reference, "Completions".
"""

from collections.abc import Mapping, Sequence
from typing import Any

from butler.engine.call import Makes, Request, Target
from butler.engine.dialects.base import Delta, Translator
from butler.engine.dialects.body import parse_object
from butler.engine.dialects.canonical import Conversation, Heard, Message, Role, Text
from butler.engine.dialects.completions_answer import CompletionChunks, WholeCompletion
from butler.engine.dialects.completions_reader import (
    CompletionStreamReader,
    pieces_of,
    read_reply,
)
from butler.engine.dialects.members import as_number, as_object, as_text, as_whole
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.openai_relay import ChatRelay
from butler.engine.errors import ClientError

_READ = frozenset(
    {
        *("model", "prompt", "stream", "stream_options", "max_tokens", "temperature", "top_p"),
        *("top_k", "stop", "seed", "presence_penalty", "frequency_penalty", "user", "logprobs"),
        *("echo", "suffix"),
    }
)
_NO_CHANGE: Mapping[str, tuple[Any, ...]] = {"n": (1,), "best_of": (1,), "logit_bias": ({},)}
"""Values that ask for nothing: those of a client that always says all."""


class OpenAICompletions:
    """The dialect of `POST /v1/completions`."""

    name = "openai_completions"
    heartbeat = b": keepalive\n\n"
    stream_type = "text/event-stream"
    id_header = "x-request-id"
    wordless = frozenset[str]()

    def __init__(self) -> None:
        # Requests, errors and usage are written as in chat completions.
        self._chat = OpenAIChat()
        self.error_body = self._chat.error_body
        self.too_long_body = self._chat.too_long_body
        self.is_error_body = self._chat.is_error_body
        self.write_request = self._chat.write_request

    def read_request(self, body: bytes) -> Request:
        """Read a request; raises ClientError where it is none."""
        data = parse_object(body)
        prompts = prompts_of(data)
        options = as_object(data.get("stream_options")) or {}
        said = [{"type": "text", "text": it} for it in prompts if isinstance(it, str)]
        return Request(
            raw=body,
            data=data,
            model=data.get("model"),
            stream=bool(data.get("stream")),
            wants_usage=options.get("include_usage") is True,
            dialect=self,
            told=[{"role": "user", "content": said}],
            makes=Makes.COMPLETION,
        )

    def conversation(self, request: Request) -> Conversation:
        """Read a request as something that a user says; raises ClientError where it is not."""
        data = request.data
        prompt = _only_text(prompts_of(data))
        if data.get("suffix"):
            raise _not_in_chats("suffix", "what comes between two texts")
        return Conversation(
            messages=(Message(Role.USER, (Text(prompt),)),),
            stream=request.stream,
            max_tokens=as_whole(data.get("max_tokens")),
            temperature=as_number(data.get("temperature")),
            top_p=as_number(data.get("top_p")),
            top_k=as_whole(data.get("top_k")),
            stop=_stops(data.get("stop")),
            user=as_text(data.get("user")),
            seed=as_whole(data.get("seed")),
            presence_penalty=as_number(data.get("presence_penalty")),
            frequency_penalty=as_number(data.get("frequency_penalty")),
            likeliest=as_whole(data.get("logprobs")),
            left_out=_left_out(data),
        )

    def stream_reader(self) -> CompletionStreamReader:
        """Return a reader for one streamed answer."""
        return CompletionStreamReader()

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole completion; raises ValueError where it is none."""
        return read_reply(body)

    def relay(self, request: Request, target: Target) -> ChatRelay:
        """Return the writer of an answer that comes in this dialect: its bytes pass through."""
        return ChatRelay(target, drop_usage=not request.wants_usage)

    def translator(
        self, request: Request, target: Target, *, whole: bool, input_tokens: int = 0
    ) -> Translator:
        """Return the writer of an answer that comes in another dialect."""
        echo = _only_text(prompts_of(request.data)) if request.data.get("echo") else ""
        if whole:
            return WholeCompletion(target, echo)
        return CompletionChunks(target, echo, wants_usage=request.wants_usage)

    def pieces(self, delta: Delta) -> list[Heard]:
        """Return what an event, or a whole completion, says in its first choice."""
        return list(pieces_of(delta.data)) if isinstance(delta.data, dict) else []


def prompts_of(data: Mapping[str, Any]) -> Sequence[Any]:
    """Return the prompts, texts or lists of tokens; raises ClientError where there is none."""
    prompt = data.get("prompt")
    if prompt is None:
        raise ClientError(
            400, "missing_required_parameter", "`prompt` must be given.", param="prompt"
        )
    if isinstance(prompt, str):
        return [prompt]
    if not isinstance(prompt, list) or not prompt:
        raise ClientError(
            400, "invalid_type", "`prompt` must be a text, or a list of some.", param="prompt"
        )
    return [prompt] if isinstance(prompt[0], int) else prompt


def _only_text(prompts: Sequence[Any]) -> str:
    if len(prompts) > 1:
        raise _not_in_chats("prompt", "several prompts at once")
    if not isinstance(prompts[0], str):
        raise _not_in_chats("prompt", "tokens in the place of a text")
    return prompts[0]


def _not_in_chats(param: str, what: str) -> ClientError:
    words = f"{what.capitalize()} can only be asked of models that complete texts, and this chats."
    return ClientError(400, "unsupported_parameter", words, param=param)


def _stops(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(it for it in values if isinstance(it, str))


def _left_out(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        sorted(
            name
            for name, value in data.items()
            if name not in _READ and value is not None and value not in _NO_CHANGE.get(name, ())
        )
    )
