"""What a peer makes of the golden replies for a client of chat completions, beside what we do."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.golden.answers import Pair, Reply, replies

_GOT_IN = "openai_chat"
_MODELS = {
    "openai_responses": "openai/responses/gpt-5.5",
    "anthropic_messages": "anthropic/claude-sonnet-4-5",
    "gemini": "gemini/gemini-2.5-flash",
    "ollama": "ollama_chat/qwen3:8b",
}
_DETAILS = {
    "cached_tokens": ("prompt_tokens_details", "cached_tokens"),
    "reasoning_tokens": ("completion_tokens_details", "reasoning_tokens"),
}
Facets = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AnswerJob:
    """One golden reply that a peer is to read."""

    id: str
    case: Reply
    said_in: str

    @property
    def name(self) -> str:
        """How the file of explanations calls it."""
        return f"answer:{self.case.name}/{self.said_in}/{_GOT_IN}"

    @property
    def said(self) -> bytes:
        """What the upstream answers."""
        return json.dumps(self.case.said[self.said_in]["whole"]).encode()

    def told(self, url: str) -> Mapping[str, Any]:
        """Return the job as the driver reads it."""
        asked = {
            "messages": [{"role": "user", "content": "Hi"}],
            **self.case.asked.get(_GOT_IN, {}),
        }
        model = _MODELS[self.said_in]
        return {"id": self.id, "speaks": _GOT_IN, "model": model, "url": url, "body": asked}


def answer_jobs() -> Iterator[AnswerJob]:
    """Yield every whole golden reply that is not an error."""
    number = 0
    for case in replies():
        for said_in in _MODELS:
            if _GOT_IN not in case.got or "whole" not in case.said.get(said_in, {}):
                continue
            if "refused" not in case.expected(Pair(case, said_in, _GOT_IN, stream=False)):
                number += 1
                yield AnswerJob(f"answer{number}", case, said_in)


def differences(job: AnswerJob, reply: Any) -> Mapping[str, tuple[Any, Any]]:
    """Return the facets in which a peer's answer tells something else: ours, and theirs."""
    own = _facets(job.case.expected(Pair(job.case, job.said_in, _GOT_IN, stream=False)))
    if reply is None:
        return {"answer": ("an answer", "none")}
    theirs = _facets({**reply["choices"][0], "usage": reply.get("usage")})
    return {name: (own[name], theirs[name]) for name in own if own[name] != theirs[name]}


def _facets(answer: Facets) -> Facets:
    message, usage = answer["message"], answer.get("usage") or {}
    calls = [call.get("function", call) for call in message.get("tool_calls") or ()]
    counts = {name: usage.get(name) for name in ("prompt_tokens", "completion_tokens")}
    for name, (group, member) in _DETAILS.items():
        # None and nothing are the same number.
        counts[name] = (usage.get(group) or {}).get(member) or 0
    return {
        "content": message.get("content") or "",
        "thought": message.get("reasoning_content") or "",
        "calls": [[call["name"], json.loads(call["arguments"] or "{}")] for call in calls],
        "finish": answer["finish_reason"],
        **counts,
    }
