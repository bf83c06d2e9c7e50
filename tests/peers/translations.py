"""What a peer sends for the golden cases, beside what we send."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from butler.engine.builtin import DIALECTS
from butler.engine.dialects.gemini import Gemini
from butler.engine.errors import ClientError
from tests.golden.cases import Case, cases
from tests.golden.upstreams import model_of
from tests.peers.facets import Facets, facets_of

SPOKEN = ("openai_chat", "anthropic_messages", "openai_responses")
"""The dialects in which LiteLLM's library can be asked."""
_PREFIXES = {
    "openai_chat": "custom_openai/",
    "openai_responses": "openai/",
    "anthropic_messages": "anthropic/",
    "gemini": "gemini/",
    "ollama": "ollama_chat/",
}
_BRIDGE = "openai/responses/"
"""How it is told that a chat is to go out as a response."""


@dataclass(frozen=True, slots=True)
class Job:
    """One case in one pair of dialects that a peer is to translate."""

    id: str
    case: Case
    asked_in: str
    sent_in: str

    @property
    def _is_bridged(self) -> bool:
        return (self.asked_in, self.sent_in) == ("openai_chat", "openai_responses")

    @property
    def name(self) -> str:
        """How the file of explanations calls it."""
        return f"{self.case.name}/{self.asked_in}/{self.sent_in}"

    def told(self, url: str) -> Mapping[str, Any]:
        """Return the job as the driver reads it."""
        prefix = _BRIDGE if self._is_bridged else _PREFIXES[self.sent_in]
        model = prefix + model_of(self.sent_in, self.case.models)
        body = {**self.case.asked[self.asked_in], "model": model}
        return {"id": self.id, "speaks": self.asked_in, "model": model, "url": url, "body": body}


def jobs() -> Iterator[Job]:
    """Yield what a peer can be asked: different dialects, nothing that we refuse."""
    number = 0
    for case in cases():
        for asked_in in SPOKEN:
            for sent_in in _PREFIXES:
                if asked_in not in case.asked or sent_in not in case.sent or asked_in == sent_in:
                    continue
                if "refused" not in case.expected(asked_in, sent_in):
                    number += 1
                    yield Job(f"job{number}", case, asked_in, sent_in)


def ours(job: Job) -> Facets:
    """Return what our request means."""
    return meaning(job.case.expected(job.asked_in, job.sent_in), job.sent_in)


def meaning(body: Mapping[str, Any], dialect: str) -> Facets:
    """Return what a request means; raises ClientError where it can not be read."""
    if dialect == "ollama":
        return meaning(_as_chat(body), "openai_chat")
    reader = DIALECTS[dialect]
    if isinstance(reader, Gemini):
        reader = reader.at("model", stream=False)
    request = reader.read_request(orjson.dumps(body))
    return facets_of(reader.conversation(request))


def disagreements(job: Job, body: Mapping[str, Any] | None) -> Mapping[str, tuple[Any, Any]]:
    """Return the facets in which a peer's request means something else: ours, and theirs."""
    if body is None:
        return {"sent": ("a request", "none")}
    try:
        theirs = meaning(body, job.sent_in)
    except ClientError as error:
        return {"readable": ("yes", error.message)}
    own = ours(job)
    return {name: (own[name], theirs[name]) for name in own if own[name] != theirs[name]}


def _as_chat(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return Ollama's own request in the words of chat completions, which are near to it."""
    options = body.get("options") or {}
    chat = {"model": "m", "messages": _chat_messages(body["messages"]), "tools": body.get("tools")}
    names = {"num_predict": "max_tokens", **{it: it for it in ("temperature", "top_p", "stop")}}
    names |= {it: it for it in ("seed", "top_k")}
    chat |= {names[key]: value for key, value in options.items() if key in names}
    wanted = body.get("format")
    if wanted == "json":
        chat["response_format"] = {"type": "json_object"}
    elif wanted:
        schema = {"name": "answer", "schema": wanted}
        chat["response_format"] = {"type": "json_schema", "json_schema": schema}
    return chat


def _chat_messages(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give calls ids: Ollama's results follow them in their order."""
    told: list[dict[str, Any]] = []
    called = answered = 0
    for message in messages:
        line: dict[str, Any] = {"role": message["role"], "content": message.get("content") or ""}
        if pictures := message.get("images"):
            seen = [{"type": "image_url", "image_url": {"url": _data_url(it)}} for it in pictures]
            line["content"] = [{"type": "text", "text": line["content"]}, *seen]
        if calls := message.get("tool_calls"):
            line["tool_calls"] = [
                {"id": f"call_{called + at}", "type": "function", "function": call["function"]}
                for at, call in enumerate(calls)
            ]
            called += len(calls)
        if message["role"] == "tool":
            line["tool_call_id"] = f"call_{answered}"
            answered += 1
        told.append(line)
    return told


def _data_url(picture: str) -> str:
    return f"data:image/png;base64,{picture}"
