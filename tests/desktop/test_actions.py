"""What a person asks for is carried out by a real server, and what fails is said."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import State
from butler.desktop.app import Desktop
from tests.desktop import samples
from tests.desktop.conftest import until
from tests.desktop.fake_engine import FakeEngine


@pytest.fixture
def failures(desktop: Desktop) -> Iterator[list[str]]:
    """What was said to have failed."""
    said: list[str] = []
    desktop.actions.failed.connect(said.append)
    yield said
    desktop.actions.failed.disconnect(said.append)


def _clipboard() -> str:
    return QGuiApplication.clipboard().text()


async def test_routing_is_switched_by_the_engine(desktop: Desktop, engine: FakeEngine) -> None:
    desktop.actions.set_routing(False)
    await until(lambda: not desktop.state.routing)
    assert engine.status.state is State.OFF
    desktop.actions.set_routing(True)
    await until(lambda: desktop.state.routing)


async def test_a_refusal_is_said_in_words(
    desktop: Desktop, engine: FakeEngine, failures: list[str]
) -> None:
    engine.refusal = Problem(code=ProblemCode.READ_ONLY, detail="Set by the command line.")
    desktop.actions.set_routing(False)
    await until(lambda: bool(failures))
    assert failures == ["This can not be changed here."]
    assert desktop.state.routing


async def test_without_an_engine_it_says_so(
    desktop: Desktop, engine: FakeEngine, failures: list[str]
) -> None:
    await engine.stop()
    desktop.actions.set_routing(False)
    await until(lambda: bool(failures))
    assert failures == ["The engine does not answer right now. Try again when it runs."]


async def test_the_base_url_is_copied(desktop: Desktop) -> None:
    desktop.actions.copy_base_url()
    assert _clipboard() == "http://localhost:8080/v1"


async def test_the_token_is_copied_as_a_secret(desktop: Desktop) -> None:
    desktop.actions.copy_token()
    await until(lambda: _clipboard() == samples.TOKEN)
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


async def test_the_example_works_as_it_is(desktop: Desktop, engine: FakeEngine) -> None:
    desktop.actions.copy_example()
    await until(lambda: f"Bearer {samples.TOKEN}" in _clipboard())
    engine.configure(default_token=None)
    await until(lambda: desktop.state.status.default_token is None)
    desktop.actions.copy_example()
    await until(lambda: "Bearer YOUR_TOKEN" in _clipboard())


async def test_a_token_without_a_copy_stays_where_it_is(
    desktop: Desktop, engine: FakeEngine
) -> None:
    QGuiApplication.clipboard().setText("before")
    engine.configure(default_token=None)
    await until(lambda: desktop.state.status.default_token is None)
    desktop.actions.copy_token()
    desktop.actions.copy_base_url()
    await until(lambda: _clipboard() == "http://localhost:8080/v1")
