"""Any server that speaks OpenAI's chat completions: the body passes through."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import quote

import orjson

from butler.engine.call import Call, Makes, Target
from butler.engine.dialects import json_edit
from butler.engine.dialects.canonical import Conversation, unsaid
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.openai_completions import OpenAICompletions
from butler.engine.dialects.openai_request import left_out
from butler.engine.errors import UpstreamError
from butler.engine.providers import failures, listing
from butler.engine.providers.base import Connection, Field, Outgoing, ProviderKind
from butler.engine.providers.credentials import Credentials
from butler.engine.providers.families import COMPLETIONS, MAX_COMPLETION_TOKENS, family_of
from butler.engine.providers.fitting import STRICT, defaults, fit
from butler.engine.providers.headers import passed_on
from butler.engine.providers.listing import ListedModel
from butler.engine.providers.locality import is_local
from butler.engine.providers.passing import passed
from butler.engine.providers.presets import preset_of
from butler.engine.providers.room import room, within
from butler.engine.providers.translating import (
    conversation_of,
    tell,
    translated,
    with_own_thoughts,
)
from butler.engine.providers.urls import base_of, root_of

_ENDPOINT = "/chat/completions"
_COMPLETIONS = "/completions"
_REMEMBERING = frozenset({"deepseek", "type", "dashscope", "template", "any"})
"""Ways of thinking of those who take back what their models thought; some insist on it."""
_AUTHORS_ONLY = ("verbosity", "cache_key")
_FEW_TOKENS = 16
"""A model that thinks fails where it can not even begin to."""


class OpenAICompatible:
    """One configured OpenAI-compatible provider."""

    def __init__(self, connection: Connection) -> None:
        """Raises ConfigError when the base URL is none."""
        self.connection = connection
        self.dialect = OpenAIChat()
        self._preset = preset_of(connection)
        self._base = base_of(connection.base_url, _ENDPOINT)
        self._api_version = str(connection.options.get("api_version") or "")
        asks = connection.options.get("ask_usage", self._preset.ask_usage)
        self._ask_usage = asks is not False
        self._credentials = Credentials(connection, self._preset)

    def prepare(self, call: Call, target: Target) -> Outgoing:
        """Return the client's bytes with the upstream's name for the model, and our key.

        What comes in another dialect is translated. Raises UpstreamError for what can not be
        said in this one.
        """
        place = partial(self._url_for, target.model)
        if (own := passed(call, target, self._credentials, place)) is not None:
            return own
        headers = passed_on(call.headers)
        if isinstance(call.asked.dialect, OpenAICompletions) and self._completes(target):
            return self._completed(call, target, call.asked.dialect, headers)
        if self._is_foreign(call):
            headers = {key: it for key, it in headers.items() if not key.startswith("anthropic-")}
            body = translated(call, target, self._written)
        else:
            body = self.dialect.write_request(call.asked, target.model, ask_usage=self._ask_usage)
        headers.update(self._credentials.headers)
        body = fit(call, target, self._preset).apply(body)
        return Outgoing(self._url_for(target.model), headers, body, self._credentials.secret)

    def _completes(self, target: Target) -> bool:
        """Say whether a model is asked to complete texts as such: servers of one's own can."""
        said = self.connection.options.get("completions")
        if isinstance(said, bool):
            return said
        here = is_local(self.connection.base_url, self.connection.options)
        return here or self._preset.completions or COMPLETIONS in family_of(target.model).traits

    def _completed(
        self, call: Call, target: Target, dialect: OpenAICompletions, headers: dict[str, str]
    ) -> Outgoing:
        """Return the client's bytes for a model that completes texts."""
        body = dialect.write_request(call.asked, target.model, ask_usage=self._ask_usage)
        if put := defaults(call.asked.data, call.runtime.facts(target)):
            body = json_edit.insert_first(body, orjson.dumps(put)[1:-1])
        headers |= self._credentials.headers
        url = self._url_for(target.model, _COMPLETIONS)
        return Outgoing(url, headers, body, self._credentials.secret, dialect=dialect)

    def _is_foreign(self, call: Call) -> bool:
        dialect = call.asked.dialect
        return dialect is not None and dialect.name != self.dialect.name

    def _written(self, call: Call, target: Target) -> bytes:
        thinker = target if self._preset.thinking in _REMEMBERING else None
        conversation = conversation_of(call, self.dialect)
        conversation = with_own_thoughts(conversation, call, thinker, signs=False)
        conversation = self._understood(call, conversation)
        tell(call, left_out(conversation))
        most = within(conversation.max_tokens, room(call, target))
        conversation = replace(conversation, max_tokens=most)
        return self.dialect.write_conversation(
            conversation, target.model, ask_usage=self._ask_usage
        )

    def _understood(self, call: Call, conversation: Conversation) -> Conversation:
        """Leave out what only the dialect's author knows; others refuse the whole request."""
        if self._preset.thinking == STRICT:
            return conversation
        tell(call, unsaid(conversation, _AUTHORS_ONLY))
        return replace(conversation, verbosity=None, cache_key=None)

    def explain_error(self, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
        """Keep the vendor's status and wording; without any, say what happened in ours."""
        error = failures.explain(self.connection.name, status, headers, body)
        error.dialect = self.dialect.name
        return error

    def models_request(self) -> Outgoing:
        """Return the request for the list of models."""
        path = self._preset.listing
        url = root_of(self._base) + path if path.startswith("/") else f"{self._base}/{path}"
        if self._api_version:
            url = f"{root_of(self._base)}/openai/models?api-version={quote(self._api_version)}"
        own = self._credentials
        return Outgoing(url, own.own_headers(), b"", own.secret, "GET")

    def read_models(self, body: bytes) -> tuple[ListedModel, ...]:
        """Read the list of models; raises ValueError where it is none."""
        return listing.read_models(body)

    def probe(self, model: str) -> Outgoing:
        """Return a call that costs next to nothing, to see whether a model answers."""
        limit = {"max_tokens": 1}
        if MAX_COMPLETION_TOKENS in family_of(model).traits:
            limit = {"max_completion_tokens": _FEW_TOKENS}
        body = {"model": model, "messages": [{"role": "user", "content": "Hi"}], **limit}
        own = self._credentials
        return Outgoing(self._url_for(model), own.own_headers(), orjson.dumps(body), own.secret)

    def _url_for(self, model: str, endpoint: str = _ENDPOINT) -> str:
        """Return where a model is asked: with an API version, every deployment has its own URL."""
        if not self._api_version:
            return self._base + endpoint
        place = f"{root_of(self._base)}/openai/deployments/{quote(model, safe='')}"
        return f"{place}{endpoint}?api-version={quote(self._api_version)}"


KIND = ProviderKind(
    id="openai_compatible",
    title="OpenAI-compatible",
    dialect="openai_chat",
    fields=(
        Field("base_url", "Base URL", required=True),
        Field("api_key", "API key", secret=True),
        Field("ask_usage", "Ask for token counts in streams", type="bool", default="true"),
    ),
    default_url=None,
    create=OpenAICompatible,
    makes=frozenset(Makes),
)
