"""Ollama as its own library reads it, and whatever else may answer there."""

from collections.abc import AsyncIterator

import ollama as library
import pytest

from butler.engine.arbiter.answer import read_answer
from butler.engine.arbiter.ollama_server import OllamaServer
from butler.engine.arbiter.question import Question
from butler.engine.arbiter.servers import ServerError, Trouble
from tests.fakes.ollama import MODEL, Cut, FakeOllama, Fault, Flood, Raw

ASKED = Question((("coding", "Programs"), ("chat", "Talk")), "Mend this loop")


@pytest.fixture
async def server(ollama: FakeOllama) -> AsyncIterator[OllamaServer]:
    one = OllamaServer(ollama.url, MODEL)
    yield one
    await one.close()


async def test_the_librarys_own_types_read_what_the_fake_says(real_ollama: FakeOllama) -> None:
    real_ollama.model.tells_probabilities = True
    client = library.AsyncClient(real_ollama.url)
    (listed,) = (await client.list()).models
    assert (listed.model, listed.details.family if listed.details else "") == (MODEL, "qwen2")
    said = await client.chat(
        MODEL,
        [{"role": "user", "content": "Hi"}],
        format=ASKED.schema,
        logprobs=True,
        options={"num_predict": 100, "temperature": 0},
    )
    assert said.done and said.message.content and said.logprobs
    lines = [line.status async for line in await client.pull("new:1b", stream=True)]
    assert lines[-1] == "success"
    await client.close()  # type: ignore[no-untyped-call]


async def test_what_is_asked(server: OllamaServer, ollama: FakeOllama) -> None:
    assert read_answer(await server.ask(ASKED), ASKED).route == "coding"
    (asked,) = ollama.asked
    assert asked["format"]["properties"]["route"]["enum"] == ["coding", "chat", "other"]
    assert [message["role"] for message in asked["messages"]] == ["user"]
    assert asked["options"]["num_predict"] <= 160
    assert asked["keep_alive"] and asked["stream"] is False


async def test_no_key_of_the_environment_goes_there(
    ollama: FakeOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_API_KEY", "sk-somebody-else")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    server = OllamaServer(ollama.url, MODEL)
    assert await server.has_model()
    assert all("authorization" not in map(str.lower, seen) for seen in ollama.headers)
    await server.close()


@pytest.mark.parametrize(("model", "is_there"), [("a", True), ("a:latest", True), ("a:1b", False)])
async def test_latest_needs_no_name(ollama: FakeOllama, model: str, is_there: bool) -> None:
    ollama.pulled = ["a:latest"]
    server = OllamaServer(ollama.url, model)
    assert await server.has_model() is is_there
    await server.close()


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        pytest.param(Raw(b"[]"), Trouble.FAILED, id="list"),
        pytest.param(Raw(b"<html>"), Trouble.FAILED, id="page"),
        pytest.param(Raw(b"secret words", status=500), Trouble.FAILED, id="broken"),
        pytest.param(Raw(b"", 302, {"Location": "http://8.8.8.8"}), Trouble.FAILED, id="redirect"),
        pytest.param(Cut(), Trouble.FAILED, id="cut"),
        pytest.param(Flood(), Trouble.FAILED, id="flood"),
        pytest.param(Raw(b'{"error": "model not found"}', 404), Trouble.NO_MODEL, id="no model"),
    ],
)
async def test_troubles(
    server: OllamaServer, ollama: FakeOllama, fault: Fault, trouble: Trouble
) -> None:
    ollama.faults.append(fault)
    with pytest.raises(ServerError) as raised:
        await server.ask(ASKED)
    assert raised.value.trouble is trouble
    assert "secret" not in str(raised.value)


async def test_nobody_there(server: OllamaServer, ollama: FakeOllama) -> None:
    await ollama.stop()
    with pytest.raises(ServerError) as raised:
        await server.has_model()
    assert raised.value.trouble is Trouble.ABSENT


async def test_a_pull_counts_bytes(server: OllamaServer, ollama: FakeOllama) -> None:
    ollama.pulled.clear()
    told = [line async for line in server.pull()]
    shares = [line.share for line in told if line.share is not None]
    assert shares == sorted(shares) and shares[-1] == 1
    assert told[-1].status == "success"


async def test_a_pull_that_fails(server: OllamaServer, ollama: FakeOllama) -> None:
    ollama.lines = [{"status": "pulling manifest"}, {"error": "no space left on /home/somebody"}]
    with pytest.raises(ServerError) as raised:
        _ = [line async for line in server.pull()]
    assert "somebody" not in str(raised.value)
