"""Google's Gemini API in its own words: requests of other dialects are translated.

Embeddings are asked for in OpenAI's words, which Google understands at an address of its own.

Source: Gemini API reference, "Generating content", "Models", "Troubleshooting", "OpenAI
compatibility".
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

import orjson

from butler.engine.call import TALK, Call, Makes, Target
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.gemini_reader import blocked
from butler.engine.dialects.gemini_request import Wanted, left_out
from butler.engine.dialects.members import as_list, as_object, as_text
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers import failures, listing
from butler.engine.providers.base import Connection, Field, Outgoing, ProviderKind
from butler.engine.providers.credentials import Credentials
from butler.engine.providers.families import family_of
from butler.engine.providers.fitting import defaults
from butler.engine.providers.gemini_fitting import fitted, is_older, way_of_thinking
from butler.engine.providers.headers import passed_on
from butler.engine.providers.listing import ListedModel
from butler.engine.providers.passing import passed
from butler.engine.providers.presets import Auth, preset_of
from butler.engine.providers.room import room, within
from butler.engine.providers.thinking import change_for
from butler.engine.providers.translating import conversation_of, tell, translated
from butler.engine.providers.urls import base_of

_MODELS = "/models"
_LONGEST_PAGE = 1000
_GENERATE = "generateContent"
_SERVED = frozenset({_GENERATE, "embedContent"})
_AS_OPENAI = "/openai"
_OTHERS = ("anthropic-", "openai-")
"""How headers begin that mean something to other vendors only."""
_FEW_TOKENS = 16


class GeminiProvider:
    """One configured provider of Google's own API."""

    def __init__(self, connection: Connection) -> None:
        """Raises ConfigError when the base URL is none."""
        self.connection = connection
        self.dialect = Gemini()
        url = connection.base_url.strip().rstrip("/")
        self._base = base_of(url if urlsplit(url).path else f"{url}/v1beta", _MODELS)
        self._credentials = Credentials(connection, preset_of(connection))
        # The vendor refuses requests that carry a key in two ways.
        self._bearer = Credentials(connection, replace(preset_of(connection), auth=Auth.BEARER))

    def prepare(self, call: Call, target: Target) -> Outgoing:
        """Return the client's request in the provider's dialect, with our key.

        Raises UpstreamError for what can not be said in it.
        """
        if (own := passed(call, target, self._bearer, self._place)) is not None:
            return own
        headers = passed_on(call.headers)
        dialect = call.asked.dialect
        if dialect is not None and dialect.name == self.dialect.name:
            body = fitted(call, target)
        else:
            headers = {key: it for key, it in headers.items() if not key.startswith(_OTHERS)}
            body = translated(call, target, self._written)
        headers.update(self._credentials.headers)
        url = self._url_of(target.model, stream=call.asked.stream)
        return Outgoing(url, headers, body, self._credentials.secret)

    def explain_error(self, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
        """Keep the vendor's status and wording; a blocked prompt is a matter of policy."""
        answer = _object(body)
        reason = blocked(answer) if status < 400 else None
        if reason is not None:
            return self._refused(reason, body)
        error = failures.explain(self.connection.name, status, headers, body)
        error.dialect = self.dialect.name
        if error.retry_after is None:
            error.retry_after = _delay(answer)
        return error

    def models_request(self) -> Outgoing:
        """Return the request for the list of models, all on one page."""
        own = self._credentials
        url = f"{self._base}{_MODELS}?pageSize={_LONGEST_PAGE}"
        return Outgoing(url, own.own_headers(), b"", own.secret, "GET")

    def read_models(self, body: bytes) -> tuple[ListedModel, ...]:
        """Read those that generate contents, or embed them.

        Raises ValueError where this is no list of models.
        """
        data = orjson.loads(body)
        models = data.get("models") if isinstance(data, dict) else None
        if not isinstance(models, list):
            raise ValueError("the answer is no list of models")
        served = [
            _entry(model)
            for model in models
            if isinstance(model, dict)
            and _SERVED & {*as_list(model.get("supportedGenerationMethods"))}
        ]
        return listing.read_models(orjson.dumps(served))

    def probe(self, model: str) -> Outgoing:
        """Return a call that costs next to nothing, to see whether a model answers."""
        config = {"maxOutputTokens": _FEW_TOKENS}
        body = {
            "contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
            "generationConfig": config,
        }
        own = self._credentials
        url = self._url_of(model, stream=False)
        return Outgoing(url, own.own_headers(), orjson.dumps(body), own.secret)

    def _place(self, path: str) -> str:
        return f"{self._base}{_AS_OPENAI}{path}"

    def _url_of(self, model: str, *, stream: bool) -> str:
        place = f"{self._base}{_MODELS}/{quote(model.removeprefix('models/'), safe='')}"
        return f"{place}:streamGenerateContent?alt=sse" if stream else f"{place}:{_GENERATE}"

    def _written(self, call: Call, target: Target) -> bytes:
        request, facts = call.asked, call.runtime.facts(target)
        family = family_of(target.model)
        if facts.parameters:
            request = replace(request, data={**defaults(request.data, facts), **request.data})
        conversation = conversation_of(call, self.dialect, request)
        tell(call, left_out(conversation))
        most = within(conversation.max_tokens, room(call, target))
        conversation = replace(conversation, max_tokens=most)
        change = change_for(call, facts, family, way_of_thinking(family), translated=True)
        older = is_older(family)
        wanted = Wanted(change.put, json_beside_tools=not older, signed=not older)
        if older and conversation.tools and conversation.format is not None:
            tell(call, ["the format of the answer, which is asked for in words beside tools"])
        return self.dialect.write_conversation(conversation, wanted)

    def _refused(self, reason: str, body: bytes) -> UpstreamError:
        error = UpstreamError(
            FailureKind.POLICY,
            reason,
            status=400,
            body=body,
            for_log="The provider's content policy blocked the prompt.",
        )
        error.dialect = self.dialect.name
        return error


def _object(body: bytes) -> Mapping[str, Any]:
    """Return a body's object, which is the first of a list where a stream was to begin."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    if isinstance(data, list) and data:
        data = data[0]
    return as_object(data) or {}


def _delay(answer: Mapping[str, Any]) -> str | None:
    """Return in how many seconds to come again: among the details of an error, as `34.07s`."""
    error = as_object(answer.get("error")) or {}
    for detail in as_list(error.get("details")):
        told = as_text((as_object(detail) or {}).get("retryDelay"))
        if told is not None:
            number = told.removesuffix("s")
            return f"{float(number):.3f}" if number.replace(".", "", 1).isdigit() else None
    return None


def _entry(model: Mapping[str, Any]) -> dict[str, Any]:
    """Return a model in the words of which lists are read."""
    entry = {**model, "display_name": model.get("displayName")}
    if isinstance(model.get("thinking"), bool):
        entry["capabilities"] = {"thinking": model["thinking"]}
    return entry


KIND = ProviderKind(
    id="gemini",
    title="Google Gemini",
    dialect="gemini",
    fields=(
        Field("base_url", "Base URL", required=True),
        Field("api_key", "API key", secret=True),
    ),
    default_url="https://generativelanguage.googleapis.com/v1beta",
    create=GeminiProvider,
    makes=TALK | {Makes.EMBEDDING},
)
