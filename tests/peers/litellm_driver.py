"""Runs in LiteLLM's own environment: makes the calls it is told, and prints what came of each.

Reads one job a line: `{"id", "speaks", "model", "url", "body"}`. `speaks` is the dialect in which
LiteLLM is asked, `model` names the dialect in which it has to ask: `anthropic/…`, `gemini/…`.
Writes one line for each: `{"id", "reply"}` or `{"id", "error"}`.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

# Whatever it knows of models stands in its own files: nothing is fetched.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
os.environ["LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS"] = "True"

import litellm

litellm.telemetry = False
litellm.suppress_debug_info = True
litellm.drop_params = True

_ADDRESS = {"api_key": "sk-peer", "num_retries": 0, "max_retries": 0}


def _chat(body: Mapping[str, Any], **where: Any) -> Any:
    return litellm.completion(**{**body, **where, **_ADDRESS})


def _messages(body: Mapping[str, Any], **where: Any) -> Any:
    return asyncio.run(litellm.anthropic_messages(**{**body, **where, "api_key": "sk-peer"}))


def _responses(body: Mapping[str, Any], **where: Any) -> Any:
    return litellm.responses(**{**body, **where, "api_key": "sk-peer"})


_ASK: Mapping[str, Callable[..., Any]] = {
    "openai_chat": _chat,
    "anthropic_messages": _messages,
    "openai_responses": _responses,
}


def _done(job: Mapping[str, Any]) -> dict[str, Any]:
    body = {key: value for key, value in job["body"].items() if key != "stream"}
    try:
        got = _ASK[job["speaks"]](body, model=job["model"], api_base=job["url"])
        return {"id": job["id"], "reply": got if isinstance(got, dict) else got.model_dump()}
    except Exception as error:  # noqa: BLE001 - whatever it is, it is LiteLLM's answer
        return {"id": job["id"], "error": f"{type(error).__name__}: {str(error)[:300]}"}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(_done(json.loads(line)), default=str), flush=True)
