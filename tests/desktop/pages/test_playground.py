"""The playground over a real engine: what it shows is what the engine explains."""

from collections.abc import AsyncIterator

import pytest

from butler.contract.explanation import Explanation
from butler.desktop.app import Desktop
from butler.desktop.pages.playground import PlaygroundPage
from butler.desktop.pages.rules import RulesPage
from butler.desktop.widgets.requests.call_actions import CallActions
from tests.desktop.asking import ask
from tests.desktop.conftest import until
from tests.desktop.eyes import press, shown
from tests.fakes import Upstream

CODE = "Write a Python function that merges two sorted lists."


@pytest.fixture
async def up() -> AsyncIterator[Upstream]:
    """A vendor with the models alpha and beta, on a real socket."""
    async with Upstream() as upstream:
        yield upstream


@pytest.fixture
async def page(real: Desktop, up: Upstream) -> PlaygroundPage:
    """The page, with two models and a rule for code."""
    client = real.actions.engine.client
    body = {"name": "acme", "kind": "openai_compatible", "base_url": up.base_url}
    models = [{"name": "alpha"}, {"name": "beta"}]
    await client.send("POST", "providers", {**body, "api_key": up.key, "models": models})
    when = {"all": [{"kind": "task", "tasks": ["coding"]}]}
    await client.send("POST", "rules", {"name": "Code", "when": when, "target": "acme/beta"})
    real.window.open_page("playground")
    found = real.window.findChild(PlaygroundPage)
    assert found is not None
    await until(lambda: found.input.token.count() > 1)
    return found


async def test_a_prompt_is_explained_as_it_is_written(
    real: Desktop, page: PlaygroundPage, up: Upstream
) -> None:
    press(page, "playground.example.code")
    await until(lambda: page.decision.found is not None)
    text = page.input.text.toPlainText()
    told = await real.actions.engine.client.ask("POST", "explain", Explanation, {"text": text})
    found = page.decision.found
    assert found is not None
    assert (found.target, found.rule, found.task) == (told.target, told.rule, told.task)
    words = " ".join(shown(page.decision))
    assert "acme/beta" in words
    assert f"task, {told.task_confidence:.0%} sure" in words
    assert told.runner_up is not None
    assert f"otherwise {told.runner_up.target}" in words
    assert up.seen == []


async def test_a_threshold_that_is_tried_is_stored_nowhere(
    real: Desktop, page: PlaygroundPage
) -> None:
    page.try_request(CODE)
    await until(lambda: page.decision.found is not None and page.decision.found.rule == "Code")
    switch = page.input.flags["routing.enabled"]
    switch.show_value(False)
    switch.picked.emit(False)
    await until(lambda: page.decision.found is not None and page.decision.found.layer == "default")
    assert real.state.routing
    press(page, "playground.reset")
    await until(lambda: page.decision.found is not None and page.decision.found.rule == "Code")


async def test_a_bad_request_is_told_with_its_place(page: PlaygroundPage) -> None:
    page.input.way.show_value("json")
    page.input.way.picked.emit("json")
    page.input.json.setPlainText('{"messages": [\n  oops\n]}')
    await until(lambda: any("Line 2, column 3" in words for words in shown(page.input)))
    page.input.json.setPlainText('{"messages": [{"role": "user", "content": "Hello there"}]}')
    await until(lambda: page.decision.found is not None)
    assert not any("Line" in words for words in shown(page.input))


async def test_a_past_call_is_tried_and_made_a_rule(real: Desktop, page: PlaygroundPage) -> None:
    client = real.actions.engine.client
    await client.send("PATCH", "settings", {"log.bodies": "prompts"})
    await ask(real, CODE)
    await until(lambda: len(real.state.calls) == 1)
    real.window.open_call(real.state.calls[0].id)
    actions = real.window.findChild(CallActions)
    assert actions is not None
    await until(actions._trial.isEnabled)
    actions._trial.trigger()
    await until(lambda: page.isVisible() and page.decision.found is not None)
    assert page.decision.found is not None
    # The very same was asked before: its answer is kept.
    assert (page.decision.found.task, page.decision.found.layer) == ("coding", "exact_cache")
    actions._rule.trigger()
    rules = real.window.findChild(RulesPage)
    assert rules is not None
    await until(lambda: rules.isVisible() and rules.rules.editor.draft is not None)
    draft = rules.rules.editor.draft
    assert draft is not None
    assert draft.body["target"] == "acme/beta"
    assert {"kind": "task", "tasks": ["coding"]} in draft.body["when"]["all"]
    assert draft.id is None
