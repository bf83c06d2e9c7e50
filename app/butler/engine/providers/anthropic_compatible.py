"""Any server that speaks Anthropic's messages: requests of other dialects are translated."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import orjson

from butler.engine.call import Call, ModelFacts, Target
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.anthropic_request import Wanted, left_out
from butler.engine.dialects.canonical import Choosing, Conversation, ToolChoice
from butler.engine.errors import UpstreamError
from butler.engine.providers import failures, listing
from butler.engine.providers.anthropic_fitting import fitting_members
from butler.engine.providers.base import Connection, Field, Outgoing, ProviderKind
from butler.engine.providers.credentials import Credentials
from butler.engine.providers.families import (
    JSON_SCHEMA,
    NO_FORCED_TOOLS,
    NO_SAMPLING,
    Family,
    family_of,
)
from butler.engine.providers.fitting import Fit, defaults
from butler.engine.providers.headers import passed_on
from butler.engine.providers.listing import ListedModel
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

VERSION = "2023-06-01"
"""What is said where the client names no version; every server of this dialect knows it."""
_ENDPOINT = "/messages"
_LONGEST_PAGE = 1000
_REFUSED = ("temperature", "top_p", "top_k", "tool_choice")
"""What some families of models refuse."""


class AnthropicCompatible:
    """One configured Anthropic-compatible provider."""

    def __init__(self, connection: Connection) -> None:
        """Raises ConfigError when the base URL is none."""
        self.connection = connection
        self.dialect = AnthropicMessages()
        self._preset = preset_of(connection)
        base = base_of(connection.base_url, _ENDPOINT)
        # Vendors lay the dialect below a path of theirs, and there it begins with `/v1`, too.
        self._base = base if base.endswith("/v1") else base + "/v1"
        self._credentials = Credentials(connection, self._preset)

    def prepare(self, call: Call, target: Target) -> Outgoing:
        """Return the client's request in the provider's dialect, with our key.

        Raises UpstreamError for what can not be said in it.
        """
        headers = passed_on(call.headers)
        headers.setdefault("anthropic-version", VERSION)
        headers.update(self._credentials.headers)
        dialect = call.asked.dialect
        if dialect is not None and dialect.name == self.dialect.name:
            body = self._own(call, target)
        else:
            body = translated(call, target, self._body)
        return Outgoing(self._base + _ENDPOINT, headers, body, self._credentials.secret)

    def explain_error(self, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
        """Keep the vendor's status and wording; without any, say what happened in ours."""
        error = failures.explain(self.connection.name, status, headers, body)
        error.dialect = self.dialect.name
        return error

    def models_request(self) -> Outgoing:
        """Return the request for the list of models, all on one page."""
        own = self._credentials
        headers = own.own_headers(anthropic_version=VERSION)
        return Outgoing(
            f"{self._base}/models?limit={_LONGEST_PAGE}", headers, b"", own.secret, "GET"
        )

    def read_models(self, body: bytes) -> tuple[ListedModel, ...]:
        """Read the list of models; raises ValueError where it is none."""
        return listing.read_models(body)

    def probe(self, model: str) -> Outgoing:
        """Return a call that costs next to nothing, to see whether a model answers."""
        messages = [{"role": "user", "content": "Hi"}]
        body = orjson.dumps({"model": model, "max_tokens": 1, "messages": messages})
        own = self._credentials
        headers = own.own_headers(anthropic_version=VERSION)
        return Outgoing(self._base + _ENDPOINT, headers, body, own.secret)

    def _own(self, call: Call, target: Target) -> bytes:
        """Return the client's own bytes, fitted to the model where its owner or a rule says so."""
        facts, request = call.runtime.facts(target), call.asked
        body = self.dialect.write_request(request, target.model)
        family = family_of(target.model)
        change = change_for(call, facts, family, self._preset.thinking)
        members = fitting_members(call, target, change.put)
        put = {**defaults(request.data, facts), **change.put, **members}
        return Fit(put, change.drop | (members.keys() & request.data.keys())).apply(body)

    def _body(self, call: Call, target: Target) -> bytes:
        request = call.asked
        facts = call.runtime.facts(target)
        family = family_of(target.model)
        change = change_for(call, facts, family, self._preset.thinking)
        if facts.parameters:
            data = {**defaults(request.data, facts), **request.data}
            request = replace(request, data=data)
        conversation = conversation_of(call, self.dialect, request)
        longest = room(call, target)
        conversation = replace(conversation, max_tokens=within(conversation.max_tokens, longest))
        conversation = with_own_thoughts(conversation, call, target)
        fitted = _fitted(conversation, family)
        tell(call, (*_refused(conversation, fitted), *left_out(fitted)))
        wanted = Wanted(
            target.model,
            longest,
            change.put,
            structured=_is_structured(facts, family),
        )
        return self.dialect.write_conversation(fitted, wanted)


def _is_structured(facts: ModelFacts, family: Family) -> bool:
    """Say whether a schema can be given; servers that do not know how to would ignore it."""
    return JSON_SCHEMA in family.traits and facts.json_mode is not False


def _refused(conversation: Conversation, fitted: Conversation) -> Iterator[str]:
    for name in _REFUSED:
        if getattr(conversation, name) != getattr(fitted, name):
            yield f"{name}, which the model refuses"


def _fitted(conversation: Conversation, family: Family) -> Conversation:
    """Leave out what the models of a family refuse, whoever asks for it."""
    if NO_SAMPLING in family.traits:
        conversation = replace(conversation, temperature=None, top_p=None, top_k=None)
    chosen = conversation.tool_choice
    forced = chosen is not None and chosen.choosing in (Choosing.REQUIRED, Choosing.NAMED)
    if NO_FORCED_TOOLS in family.traits and forced:
        conversation = replace(conversation, tool_choice=ToolChoice(Choosing.AUTO))
    return conversation


KIND = ProviderKind(
    id="anthropic_compatible",
    title="Anthropic-compatible",
    dialect="anthropic_messages",
    fields=(
        Field("base_url", "Base URL", required=True),
        Field("api_key", "API key", secret=True),
    ),
    default_url=None,
    create=AnthropicCompatible,
)
