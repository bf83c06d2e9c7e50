"""`butler arbiter`: shown, tried, fetched."""

from tests.commands.conftest import Run, beside
from tests.e2e.house import House, until
from tests.fakes.arbiters import ollama
from tests.fakes.ollama import MODEL, FakeOllama

__all__ = ["ollama"]


async def moved(house: House, up: FakeOllama) -> None:
    """Have the house ask the fake, with time enough."""
    await house.set(arbiter__url=up.url, arbiter__budget_ms=5_000)


async def test_it_is_shown_and_tried(house: House, ollama: FakeOllama, butler: Run) -> None:
    await moved(house, ollama)
    shown = await beside(butler, "arbiter", "show")
    assert shown.out.startswith("The arbiter is switched off")
    assert f"Model {MODEL} at {ollama.url}." in shown.out
    tried = await beside(butler, "arbiter", "test", "Mend this loop")
    assert tried.out.startswith("It chose “coding” (it does not tell how sure it is)")
    assert tried.status == 0
    tried = await beside(butler, "--lang", "zh_CN", "arbiter", "test")
    assert tried.out.startswith("它选择了“coding”")


async def test_a_dead_one_is_told(house: House, ollama: FakeOllama, butler: Run) -> None:
    await moved(house, ollama)
    await ollama.stop()
    tried = await beside(butler, "arbiter", "test")
    assert (tried.status, "nothing answers there" in tried.out) == (1, True)


async def test_the_model_is_fetched(house: House, ollama: FakeOllama, butler: Run) -> None:
    await moved(house, ollama)
    ollama.pulled.clear()
    tried = await beside(butler, "arbiter", "test")
    assert "butler arbiter pull" in tried.out
    pulled = await beside(butler, "arbiter", "pull")
    assert (pulled.status, pulled.out) == (0, f"{MODEL} is there.\n")
    await until(lambda: MODEL in ollama.pulled)
    ollama.lines = [{"status": "pulling manifest"}, {"error": "no space"}]
    assert (await beside(butler, "arbiter", "pull")).status == 1
