"""Claude Code: says nearly everything in headers; older ones say it in the body."""

import re

import orjson

from butler.engine.signals.client.injection import Injection
from butler.engine.signals.client.sent import Sent
from butler.engine.signals.client.tool import Tool, Wrapping, text_member

_CLASSES = ("x-claude-code-request-class", "x-claude-1p-request-class")
"""Sent where the user has switched hints on."""
_KINDS = {"blocking-subagent": "subagent", "summary-extraction": "memory"}
_OLD_SESSION = re.compile(r"_session_([0-9a-f-]{8,64})\Z")


def _kind(sent: Sent) -> str | None:
    for name in _CLASSES:
        if value := sent.headers.get(name):
            return _KINDS.get(value, value)
    if "x-claude-code-agent-id" in sent.headers or "cc_is_subagent=true" in sent.billing:
        return "subagent"
    config = sent.request.data.get("output_config")
    asks_json = isinstance(config, dict) and config.get("format") is not None
    # A title is asked for without any tools, as JSON.
    return "title" if asks_json and not sent.request.data.get("tools") else None


def _session(sent: Sent) -> str | None:
    """Read the session that stands in `metadata.user_id`, as JSON or, of old, as its end."""
    user = text_member(sent.request.data.get("metadata"), "user_id")
    if user is None:
        return None
    if old := _OLD_SESSION.search(user):
        return old[1]
    try:
        return text_member(orjson.loads(user), "session_id")
    except orjson.JSONDecodeError:
        return None


CLAUDE_CODE = Tool(
    "claude-code",
    "Claude Code",
    agents=("claude-cli/",),
    header="x-claude-code-session-id",
    sessions=("x-claude-code-session-id",),
    session=_session,
    kind=_kind,
    injections=(
        Injection(
            b"x-anthropic-billing-header:",
            re.compile(r"\Ax-anthropic-billing-header:.*$", re.MULTILINE),
        ),
        Injection(
            b"oday's date",
            re.compile(r"^(?:- )?Today's date(?: is|:) .*$", re.MULTILINE),
            is_time=True,
        ),
    ),
    wrapping=Wrapping(elements=("system-reminder", "system_reminder")),
)
