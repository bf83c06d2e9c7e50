"""A server of Ollama, asked in its own API: that one alone says how much context a model gets.

Source: Ollama API reference, "Generate a chat completion", "List models", "Authentication".
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from butler.contract.problems import ProblemCode
from butler.engine.call import TALK, Call, Makes, ModelFacts, Target
from butler.engine.dialects.canonical import Conversation
from butler.engine.dialects.ollama import Ollama
from butler.engine.dialects.ollama_request import Wanted, left_out
from butler.engine.errors import ConfigError, FailureKind, UpstreamError, problem
from butler.engine.providers import failures, listing
from butler.engine.providers.base import Connection, Field, Outgoing, ProviderKind
from butler.engine.providers.credentials import Credentials
from butler.engine.providers.families import family_of
from butler.engine.providers.fitting import defaults
from butler.engine.providers.headers import passed_on
from butler.engine.providers.listing import ListedModel
from butler.engine.providers.ollama_listing import described
from butler.engine.providers.ollama_window import Windows, needed
from butler.engine.providers.passing import passed
from butler.engine.providers.presets import preset_of
from butler.engine.providers.room import room, within
from butler.engine.providers.thinking import change_for
from butler.engine.providers.translating import (
    conversation_of,
    tell,
    translated,
    with_own_thoughts,
)
from butler.engine.providers.urls import base_of

_ENDPOINT = "/api/chat"
_LAYERS = ("/v1", "/api")
"""What people paste behind the address of the server."""
_OWN_OPTIONS = frozenset(
    {
        *("num_ctx", "num_predict", "num_keep", "num_batch", "num_gpu", "num_thread"),
        *("min_p", "typical_p", "repeat_last_n", "repeat_penalty", "mirostat", "mirostat_eta"),
        *("mirostat_tau", "top_k", "seed"),
    }
)
"""Options of a model that its owner may set, and that clients of other vendors do not know."""
_KEEP = "keep_alive"
_LEAST_CONTEXT = 512
_MISSING = re.compile(r"model ['\"]([^'\"]{1,200})['\"].{0,40}not found", re.IGNORECASE)
_INABILITY = re.compile(r"does not support (tools|thinking|images|vision|chat)", re.IGNORECASE)


class OllamaProvider:
    """One configured server of Ollama."""

    def __init__(self, connection: Connection) -> None:
        """Raises ConfigError when the base URL is none, or an option is out of range."""
        self.connection = connection
        self.dialect = Ollama()
        self._preset = preset_of(connection)
        base = base_of(connection.base_url, _ENDPOINT)
        for layer in _LAYERS:
            base = base.removesuffix(layer)
        self._base = base
        self._credentials = Credentials(connection, self._preset)
        self._windows = Windows()
        self._num_ctx = _num_ctx(connection.options.get("num_ctx"))
        self._keep_alive = _keep_alive(connection.options.get(_KEEP))

    def prepare(self, call: Call, target: Target) -> Outgoing:
        """Return the client's request in the server's own API.

        Raises UpstreamError for what can not be said in it.
        """
        # Its embeddings and the like are asked for as OpenAI's, at the same address.
        if (own := passed(call, target, self._credentials, self._place)) is not None:
            return own
        body = translated(call, target, self._body)
        headers = passed_on(call.headers)
        headers = {key: it for key, it in headers.items() if not key.startswith("anthropic-")}
        headers.update(self._credentials.headers)
        return self._outgoing(_ENDPOINT, headers, body)

    def _place(self, path: str) -> str:
        return f"{self._base}/v1{path}"

    def explain_error(self, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
        """Keep the server's status and wording, and say what to do where it does not."""
        error = failures.explain(self.connection.name, status, headers, body)
        error.dialect = self.dialect.name
        if missing := _MISSING.search(error.message):
            error.kind = FailureKind.NO_MODEL
            error.message = f"{error.message}. `ollama pull {missing.group(1)}` fetches it."
        elif error.kind is FailureKind.REFUSED and _INABILITY.search(error.message):
            # Another model may well be able to.
            error.kind = FailureKind.UNSUPPORTED
        return error

    def models_request(self) -> Outgoing:
        """Return the request for the list of models."""
        return self._outgoing("/api/tags", self._credentials.own_headers(), b"", "GET")

    def read_models(self, body: bytes) -> tuple[ListedModel, ...]:
        """Read the list of models; raises ValueError where it is none."""
        return listing.read_models(body)

    def describe_request(self, model: str) -> Outgoing:
        """Return the request for what a model can do."""
        headers = self._credentials.own_headers()
        return self._outgoing("/api/show", headers, orjson.dumps({"model": model}))

    def described(self, model: ListedModel, body: bytes) -> ListedModel:
        """Return a listed model with what is told of it; raises ValueError where nothing is."""
        return described(model, body)

    def probe(self, model: str) -> Outgoing:
        """Return a call that costs next to nothing, to see whether a model answers."""
        messages = [{"role": "user", "content": "Hi"}]
        asked = {"model": model, "messages": messages, "stream": False}
        body = orjson.dumps({**asked, "options": {"num_predict": 1}})
        return self._outgoing(_ENDPOINT, self._credentials.own_headers(), body)

    def _outgoing(
        self, path: str, headers: Mapping[str, str], body: bytes, method: str = "POST"
    ) -> Outgoing:
        return Outgoing(
            self._base + path,
            headers,
            body,
            self._credentials.secret,
            method,
            if_refused="Is Ollama running there? `ollama serve` starts it.",
        )

    def _body(self, call: Call, target: Target) -> bytes:
        request, facts = call.asked, call.runtime.facts(target)
        if facts.parameters:
            data = {**defaults(request.data, facts), **request.data}
            request = replace(request, data=data)
        conversation = conversation_of(call, self.dialect, request)
        conversation = with_own_thoughts(conversation, call, target)
        tell(call, left_out(conversation))
        most = within(conversation.max_tokens, room(call, target))
        conversation = replace(conversation, max_tokens=most)
        # What would be cut without a word is refused, or ends the answer: clients can act on that.
        members: dict[str, Any] = {"truncate": False, "shift": False}
        members |= {**self._thinking(call, target, facts), **self._kept(facts)}
        wanted = Wanted(target.model, self._options(call, target, conversation), members)
        return self.dialect.write_conversation(conversation, wanted)

    def _options(
        self, call: Call, target: Target, conversation: Conversation
    ) -> Mapping[str, object]:
        """Return the model's own options, its context among them, whoever sets that."""
        facts = call.runtime.facts(target)
        own = {
            key: it
            for key, it in facts.parameters.items()
            if key in _OWN_OPTIONS and getattr(conversation, key, None) is None
        }
        if self._num_ctx is not None:
            return {"num_ctx": self._num_ctx, **own}
        if "num_ctx" in own:
            return own
        size = needed(call.known.input_tokens, call.known.output_limit)
        most = facts.context_tokens or family_of(target.model).context_tokens
        return {"num_ctx": self._windows.fitting(target.model, size, most), **own}

    def _thinking(self, call: Call, target: Target, facts: ModelFacts) -> Mapping[str, object]:
        """Return how the model is to think; one that may not be able to would refuse the call."""
        family = family_of(target.model)
        change = change_for(call, facts, family, self._preset.thinking, translated=True)
        is_able = facts.thinking if facts.thinking is not None else family.thinking
        if change.put.get("think") and is_able is None:
            tell(call, ("thinking: nobody knows whether the model can",))
            return {}
        return change.put

    def _kept(self, facts: ModelFacts) -> Mapping[str, object]:
        keep = self._keep_alive if self._keep_alive is not None else facts.parameters.get(_KEEP)
        return {} if keep is None else {_KEEP: keep}


def _num_ctx(given: object) -> int | None:
    """Return the context that an owner sets; raises ConfigError where it is none."""
    if given is None or given == "":
        return None
    size = int(given) if isinstance(given, str) and given.isdecimal() else given
    if isinstance(size, int) and not isinstance(size, bool) and size >= _LEAST_CONTEXT:
        return size
    detail = f"num_ctx is a whole number of tokens, {_LEAST_CONTEXT} at least."
    hint = "Leave it out: each request then gets the context that it needs."
    raise ConfigError(problem(ProblemCode.INVALID, detail, hint, "options.num_ctx"))


def _keep_alive(given: object) -> str | int | None:
    """Return for how long models are to stay; raises ConfigError where that is no time."""
    if given is None or given == "":
        return None
    if isinstance(given, str):
        text = given.strip()
        # A number without a unit is one of seconds, and must not be sent as a text.
        if re.fullmatch(r"-?\d+", text):
            return int(text)
        if re.fullmatch(r"-?(\d+(\.\d+)?(ms|s|m|h))+", text):
            return text
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    detail = "keep_alive is a time like 10m or 24h, 0, or -1 for ever."
    raise ConfigError(problem(ProblemCode.INVALID, detail, None, f"options.{_KEEP}"))


KIND = ProviderKind(
    id="ollama",
    title="Ollama",
    dialect="ollama",
    fields=(
        Field("base_url", "Base URL", required=True, default="http://localhost:11434"),
        Field("api_key", "API key", secret=True),
        Field("num_ctx", "Context (tokens; empty: what a request needs)", type="number"),
        Field(_KEEP, "Keep models loaded for"),
    ),
    default_url="http://localhost:11434",
    create=OllamaProvider,
    makes=TALK | {Makes.EMBEDDING, Makes.IMAGE},
)
