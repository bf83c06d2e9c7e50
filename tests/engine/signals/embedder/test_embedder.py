"""The embedder: states, budgets, cancelling, and giving way to requests."""

import ast
import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import butler
from butler.engine.signals.embedder.embedder import Embedder
from butler.engine.signals.embedder.index import VectorIndex
from butler.engine.signals.embedder.model import (
    EmbedderState,
    Embedding,
    ModelError,
    NoEmbedding,
    Phase,
    Why,
)
from butler.engine.signals.embedder.sources import NamedSource, local
from tests.engine.signals.embedder.hub import hub
from tests.engine.signals.embedder.tiny import make_model

LONG = "some words of a long text " * 2_000


def why_of(found: Embedding | NoEmbedding) -> Why:
    assert isinstance(found, NoEmbedding)
    return found.why


async def test_from_absent_through_loading_to_ready(tmp_path: Path, tiny_folder: Path) -> None:
    heard: list[EmbedderState] = []
    embedder = Embedder(tmp_path, heard.append)
    assert embedder.state.phase is Phase.ABSENT
    assert why_of(await embedder.embed("text", 50)) is Why.ABSENT
    embedder.use(local(tiny_folder))
    assert why_of(await embedder.embed("text", 50)) is Why.LOADING
    state = await embedder.settled()
    assert state.phase is Phase.READY
    assert state.model is embedder.model is not None
    assert state.model.name == "local/tiny"
    assert isinstance(await embedder.embed("text", 5_000), Embedding)
    await embedder.close()
    assert why_of(await embedder.embed("text", 50)) is Why.ABSENT
    phases = [state.phase for state in heard]
    assert phases == [Phase.LOADING, Phase.READY, Phase.ABSENT]


@pytest.mark.allow_logs("no embedding model: ")
async def test_a_model_that_can_not_be_had_says_why(embedder: Embedder) -> None:
    embedder.use(NamedSource("BAAI/bge-small-en-v1.5"))
    state = await embedder.settled()
    assert state.phase is Phase.FAILED
    assert "Allow the download" in state.reason
    found = await embedder.embed("text", 50)
    assert found == NoEmbedding(Why.FAILED, state.reason)


@pytest.mark.allow_logs("no embedding model: ")
@pytest.mark.parametrize("damaged", ["model.onnx", "tokenizer.json"])
async def test_a_damaged_file_is_a_failure_with_its_reason(
    embedder: Embedder, tmp_path: Path, damaged: str
) -> None:
    folder = make_model(tmp_path / "damaged")
    (folder / damaged).write_bytes(b"no model at all")
    embedder.use(local(folder))
    state = await embedder.settled()
    assert state.phase is Phase.FAILED
    assert state.reason.startswith("local/damaged can not be loaded: ")


async def test_the_last_choice_wins(ready: Embedder, tiny_folder: Path, tmp_path: Path) -> None:
    other = make_model(tmp_path / "other", seed=11)
    ready.use(local(tiny_folder))
    ready.use(local(other))
    state = await ready.settled()
    assert state.model is not None
    assert state.model.name == "local/other"
    ready.use(None, "switched off")
    assert ready.state == EmbedderState(Phase.ABSENT, "switched off")


async def test_a_budget_that_is_too_short_is_said(ready: Embedder) -> None:
    found = await ready.embed(LONG, 0.01)
    assert why_of(found) is Why.LATE


async def test_who_is_cancelled_before_its_turn_costs_nothing(ready: Embedder) -> None:
    async def line_of_40(*, cancelled: bool) -> float:
        began_s = time.perf_counter()
        waiting = [asyncio.create_task(ready.embed(LONG, 5_000)) for _ in range(40)]
        await asyncio.sleep(0)
        if cancelled:
            for task in waiting:
                task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert isinstance(await ready.embed("short", 5_000), Embedding)
        return time.perf_counter() - began_s

    all_s = await line_of_40(cancelled=False)
    assert await line_of_40(cancelled=True) < all_s / 2


@pytest.mark.parametrize("budget_ms", [5_000, None])
async def test_too_long_a_line_turns_away(ready: Embedder, budget_ms: float | None) -> None:
    tasks = [asyncio.create_task(ready.embed("a text", budget_ms)) for _ in range(70)]
    done = await asyncio.gather(*tasks)
    refused = [found for found in done if isinstance(found, NoEmbedding)]
    assert {found.why for found in refused} == {Why.BUSY}
    assert len(refused) == 6


async def test_bulk_gives_way_to_requests(ready: Embedder) -> None:
    order: list[str] = []
    bulk = asyncio.create_task(ready.embed_all([f"text {number}" for number in range(100)]))
    rest = [asyncio.create_task(ready.embed(f"stored {number}")) for number in range(40)]
    bulk.add_done_callback(lambda _task: order.append("bulk"))
    await asyncio.sleep(0)
    assert isinstance(await ready.embed("a request", 5_000), Embedding)
    order.append("request")
    done = await bulk
    await asyncio.gather(*rest)
    assert order == ["request", "bulk"]
    assert len(done) == 100
    assert all(isinstance(found, Embedding) for found in done)


async def test_an_index_opens_for_the_model_that_is_there(
    embedder: Embedder, tiny_folder: Path
) -> None:
    with pytest.raises(ModelError):
        embedder.new_index()
    embedder.use(local(tiny_folder))
    await embedder.settled()
    index = embedder.new_index(capacity=10)
    assert isinstance(index, VectorIndex)
    assert index.fits(embedder.model)
    assert (index.dimension, index.capacity) == (64, 10)
    found = await embedder.embed("how do i sort a list")
    assert isinstance(found, Embedding)
    index.add("key", found)
    assert index.search(found)[0].score == pytest.approx(1, abs=1e-5)


def test_without_a_model_no_library_is_loaded() -> None:
    names = "embedder, shared, sources, model, download"
    code = f"""
import sys
from butler.engine.signals.embedder import {names}
print(sorted(name for name in sys.modules if "." not in name))
"""
    done = run(code)
    assert done.returncode == 0, done.stderr
    heavy = {"numpy", "onnxruntime", "fastembed", "tokenizers", "huggingface_hub", "PIL"}
    assert not heavy & set(ast.literal_eval(done.stdout))


def test_the_program_can_end_while_a_model_is_loading(tiny_folder: Path) -> None:
    code = """
import asyncio, sys
from pathlib import Path
from butler.engine.signals.embedder.embedder import Embedder
from butler.engine.signals.embedder.sources import local

async def main():
    embedder = Embedder(Path(sys.argv[1]))
    embedder.use(local(Path(sys.argv[1])))
    while "fastembed" not in sys.modules:
        await asyncio.sleep(0.001)
    await embedder.close()

asyncio.run(main())
"""
    done = run(code, str(tiny_folder))
    assert (done.returncode, done.stderr) == (0, "")


def test_with_consent_a_model_is_fetched_and_used(tiny_folder: Path, tmp_path: Path) -> None:
    code = """
import asyncio, json, sys
from pathlib import Path
from butler.engine.signals.embedder.embedder import Embedder
from butler.engine.signals.embedder.sources import NamedSource

async def main():
    states = []
    embedder = Embedder(Path(sys.argv[1]), states.append)
    embedder.use(NamedSource("sentence-transformers/all-minilm-l6-v2", may_download=True))
    await embedder.settled()
    print(json.dumps([[state.phase, state.reason, state.fetched_share] for state in states]))
    await embedder.close()

asyncio.run(main())
"""
    with hub(tiny_folder, "Qdrant/all-MiniLM-L6-v2-onnx") as (address, asked):
        # The address of the hub is read when its library is imported.
        done = run(code, str(tmp_path), HF_ENDPOINT=address)
    assert done.returncode == 0, done.stderr
    states = json.loads(done.stdout)
    assert states[0] == ["loading", "loading sentence-transformers/all-minilm-l6-v2", None]
    assert states[-1] == ["ready", "", None]
    assert all(0 <= share <= 1 for _, _, share in states[1:-1])
    assert any(path.endswith("/model.onnx") for path in asked)


def run(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run some lines in an interpreter of their own."""
    source = {"PYTHONPATH": str(Path(butler.__file__).parents[1])}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | source | environment,
        capture_output=True,
        text=True,
        check=False,
    )
