"""A local server that speaks OpenAI's protocol; the real one does."""

from collections.abc import AsyncIterator

import pytest

from butler.engine.arbiter.answer import read_answer
from butler.engine.arbiter.openai_server import OpenAIServer
from butler.engine.arbiter.question import Question
from butler.engine.arbiter.servers import ServerError, Trouble
from tests.fakes.ollama import MODEL, FakeOllama, Raw

ASKED = Question((("coding", "Programs"), ("chat", "Talk")), "Mend this loop")


@pytest.fixture
async def server(ollama: FakeOllama) -> AsyncIterator[OpenAIServer]:
    one = OpenAIServer(ollama.url + "/v1/", MODEL)
    yield one
    await one.close()


async def test_a_real_server_answers_and_tells_how_sure(llama: str) -> None:
    server = OpenAIServer(llama, "tiny")
    assert await server.has_model()
    answer = read_answer(await server.ask(ASKED), ASKED)
    assert answer.confidence is not None and answer.confidence < 0.5
    await server.close()


async def test_one_that_knows_no_probabilities_is_asked_without(
    server: OpenAIServer, ollama: FakeOllama
) -> None:
    ollama.faults.append(Raw(b"{}", status=400))
    for _ in range(2):
        assert read_answer(await server.ask(ASKED), ASKED).route == "coding"
    assert ["logprobs" in asked for asked in ollama.asked] == [True, False, False]


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"choices": []}', b'{"choices": [1]}', b"x"])
async def test_what_can_not_be_read(server: OpenAIServer, ollama: FakeOllama, body: bytes) -> None:
    ollama.faults.append(Raw(body))
    with pytest.raises(ServerError) as raised:
        await server.ask(ASKED)
    assert raised.value.trouble is Trouble.FAILED


async def test_it_can_not_be_told_to_fetch(server: OpenAIServer) -> None:
    with pytest.raises(ServerError):
        server.pull()
