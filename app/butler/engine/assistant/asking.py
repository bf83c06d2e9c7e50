"""The butler's own calls: made like any other, in the log as “Butler”, paid for, never kept."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from multidict import CIMultiDict

from butler.engine.call import Call, Caller, Target, UseTargets
from butler.engine.dialects.hub import Asked, answer_writer
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.errors import ClientError, FailureKind, UpstreamError
from butler.engine.ledger.recorder import Finished
from butler.engine.server.reply import note
from butler.engine.server.serving import Serving, ServingRuntime
from butler.engine.server.statuses import status_of
from butler.engine.signals.features import Features
from butler.engine.store.ids import new_id

BUTLER = Caller("butler", "Butler")
"""Who asks, in the log."""
_ENDPOINT = "assistant"
_LONGEST_S = 240.0
_MISFITS = (400, 422)
"""Statuses of servers that do not take a request as it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """A model's answer; `cut` says that it ended because it grew too long."""

    text: str
    cut: bool


class Asking:
    """Asks models on the owner's behalf; privacy rules and local-only bind these calls, too."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._dialect = OpenAIChat()

    async def ask(
        self,
        target: Target,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        temperature: float,
    ) -> Told:
        """Return what a model says, held to a JSON schema where its provider can do that.

        Raises ClientError where policy forbids the target, UpstreamError when it does not answer.
        """
        body = {
            "model": str(target),
            "messages": list(messages),
            "temperature": temperature,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "rules", "schema": schema},
            },
        }
        try:
            return await self._made(target, body)
        except UpstreamError as error:
            if error.status not in _MISFITS:
                raise
        # Some take no schema, some no temperature: the words of the request say it, too.
        return await self._made(target, {"model": str(target), "messages": list(messages)})

    async def _made(self, target: Target, body: Mapping[str, Any]) -> Told:
        runtime = self._serving.runtime()
        call = Call(new_id("req"), _ENDPOINT, runtime, CIMultiDict())
        features = Features(call)
        features.take_over(client="butler", kind_of_call="rules", conversation=None)
        call.known, call.caller = features, BUTLER
        try:
            with self._serving.in_flight.one_more():
                async with asyncio.timeout(_LONGEST_S):
                    return await self._answered(call, target, body, runtime)
        except ClientError as error:
            call.end(error.status, error.message)
            raise
        except UpstreamError as error:
            call.end(status_of(error), error.for_log)
            raise
        except TimeoutError:
            call.end(504, "The model took too long to write rules.")
            raise UpstreamError(
                FailureKind.TIMEOUT, f"{target} took too long.", status=504
            ) from None
        except asyncio.CancelledError:
            call.end(499, "Whoever wanted the rules went away.")
            raise
        finally:
            provider = runtime.providers.get(target.provider)
            base_url = provider.connection.base_url if provider else None
            self._serving.record(Finished(call, base_url, None))

    async def _answered(
        self, call: Call, target: Target, body: Mapping[str, Any], runtime: ServingRuntime
    ) -> Told:
        call.request = self._dialect.read_request(orjson.dumps(body))
        call.explicit = target
        runtime.router.bind(call)
        call.verdict = UseTargets((target,), "direct", "The assistant asks this model.")
        answer = await self._serving.dispatcher.answer(call, (target,), runtime.providers)
        try:
            call.mark_answering()
            note(call, answer.begun, answer.dialect)
            asked = Asked(self._dialect, call.asked, target, 0, call.warnings)
            written = answer_writer(asked, answer.dialect, whole=True).write(answer.begun)
            call.mark_first_content()
            call.end(answer.status)
        finally:
            answer.close()
        return _told(written)


def _told(written: bytes) -> Told:
    choice = orjson.loads(written)["choices"][0]
    return Told(choice["message"].get("content") or "", choice.get("finish_reason") == "length")
