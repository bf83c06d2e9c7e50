"""What tools inject is overlooked, and nothing beside it."""

from typing import Any

import pytest

from butler.engine.caches.normalise.tools import INJECTIONS, without_injected
from tests.engine.calls import new_call

ENVIRONMENT = (
    "<environment_context>\n  <cwd>{cwd}</cwd>\n  <current_date>{date}</current_date>\n"
    "</environment_context>"
)


def said(*texts: str, system: str = "") -> Any:
    """What remains of a request in which these were said."""
    messages = [{"role": "user", "content": [{"type": "text", "text": one} for one in texts]}]
    call = new_call({"messages": messages, "system": [{"type": "text", "text": system}]})
    found = without_injected(call)
    return None if found is None else (dict(found.body), found.tools)


@pytest.mark.parametrize(
    ("tool", "one", "other"),
    [
        (
            "Claude Code",
            {"system": "x-anthropic-billing-header: cc_version=2.1.330.a1; cc_entrypoint=cli;"},
            {"system": "x-anthropic-billing-header: cc_version=2.1.330.b7; cc_entrypoint=cli;"},
        ),
        ("Claude Code", {"system": "Today's date: 2026-11-23"}, {"system": "Today's date: 2026-11-24"}),  # noqa: E501
        (
            "Codex",
            {"system": ENVIRONMENT.format(cwd="/a", date="2026-11-23")},
            {"system": ENVIRONMENT.format(cwd="/a", date="2026-11-24")},
        ),
        (
            "OpenCode",
            {"system": "<env>\n  Today's date: Mon Nov 23 2026\n  Platform: linux\n</env>"},
            {"system": "<env>\n  Today's date: Tue Nov 24 2026\n  Platform: linux\n</env>"},
        ),
        (
            "OpenClaw",
            {"ask": "[Mon 2026-11-23 06:24 UTC] say hi\n\nRuntime: agent=main | session=a1"},
            {"ask": "[Mon 2026-11-23 06:25 UTC] say hi\n\nRuntime: agent=main | session=b2"},
        ),
        (
            "Copilot",
            {"ask": "<current_datetime>2026-11-23T06:24:00Z</current_datetime>\n\nsay hi"},
            {"ask": "<current_datetime>2026-11-23T06:25:00Z</current_datetime>\n\nsay hi"},
        ),
        (
            "Cline",
            {"system": "<environment_details>\n# Current Time\n6:24 AM\n\n# Files\na.py"},
            {"system": "<environment_details>\n# Current Time\n6:25 AM\n\n# Files\na.py"},
        ),
    ],
)  # fmt: skip
def test_what_a_tool_injects_anew_is_overlooked(
    tool: str, one: dict[str, str], other: dict[str, str]
) -> None:
    first = said(one.get("ask", "say hi"), system=one.get("system", ""))
    second = said(other.get("ask", "say hi"), system=other.get("system", ""))
    assert first is not None
    assert first == second
    assert first[1] == (tool,)


def test_where_the_work_is_done_counts() -> None:
    one = said("say hi", system=ENVIRONMENT.format(cwd="/a", date="2026-11-23"))
    other = said("say hi", system=ENVIRONMENT.format(cwd="/b", date="2026-11-23"))
    assert one != other


def test_dates_count_for_who_asks_about_time() -> None:
    system = "Today's date: 2026-11-23"
    assert said("Which day of the week is it?", system=system) is None
    assert said("今天星期几？", system=system) is None
    assert said("Explain this function.", system=system) is not None


def test_nothing_is_overlooked_where_nothing_is_injected() -> None:
    assert said("The billing header is missing; Runtime: 3 s") is None
    assert {tool.title for tool, _ in INJECTIONS} == {
        "Claude Code", "Codex", "OpenCode", "Gemini CLI", "OpenClaw", "Copilot", "Cline",
    }  # fmt: skip


def test_a_billing_line_within_other_words_counts() -> None:
    assert said("Explain this line:\nx-anthropic-billing-header: a") is None


def test_what_two_tools_inject_alike_is_the_callers() -> None:
    opening = "We set up the context.\nToday's date is Monday, November 23, 2026.\nMy OS: linux"
    contents = [{"role": "user", "parts": [{"text": opening}]}]
    messages = [{"role": "user", "content": opening}, {"role": "user", "content": "say hi"}]
    call = new_call({"contents": contents, "messages": messages})
    call.headers = {"User-Agent": "GeminiCLI/0.61.0"}
    found = without_injected(call)
    assert found is not None
    assert found.tools == ("Gemini CLI",)
    left = {"role": "user", "parts": [{"text": "We set up the context.\n\nMy OS: linux"}]}
    assert found.body["contents"] == [left]
