"""Any server that speaks OpenAI's responses: requests of other dialects are translated."""

from collections.abc import Mapping
from dataclasses import replace

import orjson

from butler.engine.call import Call, Makes, Target
from butler.engine.dialects.canonical import unsaid
from butler.engine.dialects.openai_responses import OpenAIResponses
from butler.engine.dialects.responses_reader import error_body_of
from butler.engine.dialects.responses_request import LEAST_OUTPUT_TOKENS, left_out
from butler.engine.errors import UpstreamError
from butler.engine.providers import failures, listing
from butler.engine.providers.base import Connection, Field, Outgoing, ProviderKind
from butler.engine.providers.credentials import Credentials
from butler.engine.providers.families import NO_SAMPLING, family_of
from butler.engine.providers.headers import passed_on
from butler.engine.providers.listing import ListedModel
from butler.engine.providers.passing import passed
from butler.engine.providers.presets import preset_of
from butler.engine.providers.responses_fitting import SAMPLING, default_members, fit_own
from butler.engine.providers.room import room, within
from butler.engine.providers.thinking import change_for, thinks
from butler.engine.providers.translating import (
    conversation_of,
    tell,
    translated,
    with_own_thoughts,
)
from butler.engine.providers.urls import base_of

_ENDPOINT = "/responses"
_SAMPLED = ("temperature", "top_p", "likeliest")


class OpenAIResponsesProvider:
    """One configured provider of OpenAI's responses."""

    def __init__(self, connection: Connection) -> None:
        """Raises ConfigError when the base URL is none."""
        self.connection = connection
        self.dialect = OpenAIResponses()
        self._preset = preset_of(connection)
        self._base = base_of(connection.base_url, _ENDPOINT)
        self._credentials = Credentials(connection, self._preset)

    def prepare(self, call: Call, target: Target) -> Outgoing:
        """Return the client's request in the provider's dialect, with our key.

        Raises UpstreamError for what can not be said in it.
        """
        if (own := passed(call, target, self._credentials, self._place)) is not None:
            return own
        headers = passed_on(call.headers)
        dialect = call.asked.dialect
        if dialect is not None and dialect.name == self.dialect.name:
            body = self._own(call, target)
        else:
            headers = {key: it for key, it in headers.items() if not key.startswith("anthropic-")}
            body = translated(call, target, self._written)
        headers.update(self._credentials.headers)
        return Outgoing(self._base + _ENDPOINT, headers, body, self._credentials.secret)

    def explain_error(self, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
        """Keep the vendor's status and wording; without any, say what happened in ours."""
        error = failures.explain(self.connection.name, status, headers, error_body_of(body))
        error.dialect = self.dialect.name
        return error

    def models_request(self) -> Outgoing:
        """Return the request for the list of models."""
        own = self._credentials
        return Outgoing(f"{self._base}/models", own.own_headers(), b"", own.secret, "GET")

    def read_models(self, body: bytes) -> tuple[ListedModel, ...]:
        """Read the list of models; raises ValueError where it is none."""
        return listing.read_models(body)

    def probe(self, model: str) -> Outgoing:
        """Return a call that costs next to nothing, to see whether a model answers."""
        body = {"model": model, "input": "Hi", "max_output_tokens": LEAST_OUTPUT_TOKENS}
        own = self._credentials
        raw = orjson.dumps({**body, "store": False})
        return Outgoing(self._base + _ENDPOINT, own.own_headers(), raw, own.secret)

    def _place(self, path: str) -> str:
        return self._base + path

    def _own(self, call: Call, target: Target) -> bytes:
        """Return the client's own bytes, fitted to the model."""
        family = family_of(target.model)
        change = change_for(call, call.runtime.facts(target), family, self._preset.thinking)
        fit = fit_own(call, target, family, change)
        return fit.apply(self.dialect.write_request(call.asked, target.model))

    def _written(self, call: Call, target: Target) -> bytes:
        facts, family = call.runtime.facts(target), family_of(target.model)
        conversation = conversation_of(call, self.dialect)
        conversation = with_own_thoughts(conversation, call, target)
        tell(call, left_out(conversation))
        most = within(conversation.max_tokens, room(call, target))
        conversation = replace(conversation, max_tokens=most)
        change = change_for(call, facts, family, self._preset.thinking, translated=True)
        more = default_members(call, target, change)
        if NO_SAMPLING in family.traits:
            tell(call, (f"{it}, which the model refuses" for it in unsaid(conversation, _SAMPLED)))
            conversation = replace(conversation, temperature=None, top_p=None, likeliest=None)
            more = {key: it for key, it in more.items() if key not in SAMPLING}
        return self.dialect.write_conversation(
            conversation, target.model, thinks=thinks(facts, family), more=more
        )


KIND = ProviderKind(
    id="openai_responses",
    title="OpenAI Responses",
    dialect="openai_responses",
    fields=(
        Field("base_url", "Base URL", required=True),
        Field("api_key", "API key", secret=True),
    ),
    default_url="https://api.openai.com/v1",
    create=OpenAIResponsesProvider,
    makes=frozenset(Makes),
)
