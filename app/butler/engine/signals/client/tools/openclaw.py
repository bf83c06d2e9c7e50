"""OpenClaw: no header of its own, but its prompt says so; its session stands in a `Runtime:` line.

The hour precedes the user's words, and a message of its own follows them and every tool's result.
"""

import re

from butler.engine.signals.client.injection import Injection
from butler.engine.signals.client.sent import Sent, texts_of
from butler.engine.signals.client.tool import Tool, Wrapping

_RUNTIME = "Runtime: agent="
_SESSION = re.compile(r"^Runtime: agent=.*?\bsession(?:Id)?=([^\s|]+)", re.MULTILINE)


def _session(sent: Sent) -> str | None:
    for message in reversed(sent.request.messages):
        if not isinstance(message, dict) or message.get("role") != "user":
            continue
        for text in texts_of(message.get("content")):
            if _RUNTIME in text and (found := _SESSION.search(text)):
                return found[1]
    return None


OPENCLAW = Tool(
    "openclaw",
    "OpenClaw",
    systems=("running inside openclaw",),
    session=_session,
    injections=(
        Injection(
            b" UTC] ",
            re.compile(r"^\[[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? UTC\] "),
            is_time=True,
        ),
        Injection(b"Runtime: agent=", re.compile(r"(?<=\| )session(?:Id)?=[^\s|]+ ?")),
    ),
    wrapping=Wrapping(
        stretches=(
            ("<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>", "<<<END_OPENCLAW_INTERNAL_CONTEXT>>>"),
        ),
        prefix=re.compile(
            r"\A\s*\[[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?(?: [^\]\n]{1,40})?\]\s*"
        ),
        lines=((_RUNTIME, re.compile(r"^Runtime: agent=.*$", re.MULTILINE)),),
    ),
)
